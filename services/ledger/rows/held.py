"""What R8 holds for a person to look at, and what the person decided.

One row for each pair of claims and partition, with all that is needed to tell the alert later: by then the claims may
no longer be live. A decision may be read before the verdict it is about (a replay): then it is remembered here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import AwareDatetime

from schemas.claim import Claim
from schemas.ids import held_id
from schemas.message import Word
from schemas.outcomes import Write
from schemas.review import ReviewDecided
from schemas.verdict import Verdict
from services.ledger.rows.record import ROW_BYTES, TABLE, load
from services.ledger.rules.compare import LOUD

KIND = "hld-"
"""How ids of held verdicts, and so the keys of these rows, begin."""

NEVER_LEAVES = "unsupported"
"""R0: a claim without evidence is held, and no person can release it."""


class Decided(Word):
    """Who decided what of it, and in which record."""

    decision: Literal["released", "dismissed"]
    by: str
    why: str
    offset: int
    alerted: bool = False


class Held(Word):
    """The row. `pair` and `verdict` are there once the verdict was given."""

    id: str
    partition: int
    updated: AwareDatetime
    block: str = ""
    pair: tuple[Claim, Claim] | None = None
    verdict: Verdict | None = None
    decided: Decided | None = None

    def write(self) -> list[Write]:
        """The row; none where two claims with endless words do not fit."""
        body = self.__pydantic_serializer__.to_json(self)
        return [Write(TABLE, key_of(self.id, self.partition), body)] if len(body) <= ROW_BYTES else []


def key_of(name: str, partition: int) -> str:
    """Key of the row of a held verdict by its id."""
    return f"{name}@{partition}"


def load_held(rows: Mapping[str, bytes], one: str, other: str, partition: int) -> Held | None:
    """The row of a pair of claims, None where it was never held nor decided."""
    return load(Held, rows, key_of(held_id(one, other), partition))


def decided(held: Held | None, message: ReviewDecided, partition: int, offset: int) -> Held:
    """The row with the decision in it."""
    known = held or Held(id=message.id, partition=partition, updated=message.at)
    word = Decided(decision=message.decision, by=message.by, why=message.why, offset=offset)
    return known.model_copy(update={"decided": word})


def as_decided(verdict: Verdict, word: Decided) -> Verdict:
    """A held verdict after the decision: a released one may be told, a dismissed one is not asked again."""
    may_leave = word.decision == "released" and verdict.reason != NEVER_LEAVES
    loud = may_leave and verdict.severity in LOUD
    free = verdict.model_copy(update={"hold": False, "alert": loud})
    return free.noting(word.decision, f"{word.decision} by {word.by}: {word.why}")
