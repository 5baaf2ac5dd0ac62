"""What the ledger's table `series` holds, and how it stays below 64 kB a row.

By series id: the live claims of each voice and the disputes between voices. Bounded by count, then by bytes: the inner
steps of disputes go first, then the oldest statement. What is dropped can no longer be compared, which is silence,
never a false alert.
By block and kind of toll: the index of the series that may be of one event (index.py).
By block: which records were applied, and which numbers were met (block.py); all but the latest by block and number of a
row (lines.py).
By block and slot: what was sent (outbox.py, which also says why all this is one table).
By partition: what the last record writes that changes several rows at once (redo.py).
By article and partition: which claims of it are in which row (articles.py). By alert and partition: the alert told last
(told.py). By held verdict and partition: what a person must look at (held.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import Annotated, Any, Self, TypeVar

from pydantic import AfterValidator, AwareDatetime, Field

from schemas.claim import Bound, Claim
from schemas.figure import Conflict, FigureStated, LifeStep
from schemas.message import Word
from schemas.topics import TABLE_VALUE_BYTES
from schemas.verdict import VerdictName
from services.ledger.event.voices import heard
from services.ledger.kept import CLAIMS, by_claim
from services.ledger.rows import room
from services.ledger.rows.decoded import Decoded
from services.ledger.rules.moment import in_utc, told_at
from services.ledger.rules.series import label_of, window_of

TABLE = "series"
MAX_ENTRIES = 32
"""Live claims of one series. A claim with its sentence takes 1 to 2 kB, so 32 take most of a row; room.py says which go
first."""
MAX_DISPUTES = 48
"""Pairs of voices of one series with a conflict or a told change; 0.6 kB each with two steps. Twelve voices make 66
pairs."""
MAX_STEPS = 20
"""Steps of one dispute, 0.2 kB each: the first one and the latest. A quarrel that moves every hour fills them in a
day."""
SHORT_STEPS = 3
"""Steps that stay of each dispute where a row is too long: its birth and the last two. Chosen."""
MAX_EARLIER = 8
"""Claims by which a live one was told before: by earlier revisions of its article, or by others who said the same."""
MAX_CARRIERS = 32
"""Outlets and origins remembered of one claim; a count beyond it reads as 32."""
MAX_LINKS = 32
"""Other series that one has to do with: an event is told under three or four, a whole front under twenty."""
ROW_BYTES = TABLE_VALUE_BYTES * 7 // 8
"""What a row may take: one eighth is left to the envelope Faust puts around it."""

W = TypeVar("W", bound=Word)

_decoded = Decoded()


class Hedge(Word):
    """How a text hedges a number that it also gives bare: "at least 22" below "raids kill 22"."""

    bound: Bound
    low: float
    high: float | None


@lru_cache(maxsize=CLAIMS)
def _known(claim: Claim) -> Claim:
    """The same claim as it was met first: what was worked out of it is found by the object, and not by comparing 50
    fields a dozen times, whenever its row was decoded anew."""
    return claim


class Entry(Word):
    """A live claim and everybody who carried it."""

    claim: Annotated[Claim, AfterValidator(_known)]
    hedge: Hedge | None = None
    doubled: bool = Field(description="Its voice gives another number in the same article: which is which is unclear.")
    outlets: tuple[str, ...] = Field(min_length=1)
    origins: tuple[str, ...] = Field(min_length=1)
    agencies: tuple[str, ...] = ()
    articles: tuple[str, ...] = Field(default=(), description="Ids of the articles that carried it.")
    earlier: tuple[str, ...] = Field(default=(), description="Ids of the same statement's claims in other texts.")
    arrived: Annotated[AwareDatetime, AfterValidator(in_utc)] = Field(description="When it was carried last.")


class Dispute(Conflict):
    """A pair of voices, or one voice changing: what was last seen between them and what was last told."""

    verdict: VerdictName
    sequence: int = Field(ge=0, description="Alerts told of it so far.")
    first: int = Field(default=1, description="Sequence of the first alert told of it.")
    newest: AwareDatetime = Field(description="What time the newer claim is of, of the pair last told.")
    series: str = Field(description="The series it is told under, in whose row it is kept.")
    direction: int = Field(default=0, ge=-1, le=1, description="Of its last move: 1 up or apart, -1 down or together.")
    turns: tuple[AwareDatetime, ...] = Field(default=(), description="When it last changed direction.")
    unsettled: bool = Field(default=False, description="Told as unsettled: quiet until it keeps a direction.")

    def with_step(self, step: LifeStep) -> Dispute:
        """With one more step; the first and the latest are kept."""
        steps = (*self.steps, step)
        return self.keeping_steps(steps, MAX_STEPS)

    def keeping_steps(self, steps: tuple[LifeStep, ...], most: int) -> Dispute:
        """With `most` of `steps`, the first and the latest; the rest is counted."""
        cut = max(0, len(steps) - most)
        kept = (steps[0], *steps[cut + 1 :]) if cut else steps
        return self.model_copy(update={"steps": kept, "dropped": self.dropped + cut})


class SeriesRecord(Word):
    """One row of `series`."""

    series: str
    block: str
    index: str | None = Field(default=None, description="Key of the index it is in, if any (series.py).")
    entries: tuple[Entry, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    forgotten: int = Field(default=0, description="Highest sequence of a dispute dropped from `disputes`.")
    links: tuple[str, ...] = Field(default=(), description="Series to be read with it (gathered.py).")
    partition: int = Field(description="Of the records it is made of.")
    updated: AwareDatetime

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy, which knows nothing of what was worked out of this row (shelf.py)."""
        copied = super().model_copy(update=update, deep=deep)
        for name in copied.__dict__.keys() - SeriesRecord.model_fields.keys():
            del copied.__dict__[name]
        return copied

    def keeping(self, most: int) -> SeriesRecord:
        """With at most `most` disputes: those never told go first, then those resolved, then the oldest.

        A pair not among `disputes` starts above `forgotten`, so no alert id is used twice however many pairs went.
        """
        if not self.disputes:
            return self
        ranked = sorted(self.disputes, key=lambda d: (d.sequence > 0, d.state == "open", d.updated, d.id))
        cut = max(0, len(ranked) - most)
        forgotten = max([self.forgotten, *(dispute.sequence for dispute in ranked[:cut])])
        kept = sorted(ranked[cut:], key=lambda d: (d.updated, d.id))
        return self.model_copy(update={"disputes": tuple(kept), "forgotten": forgotten})

    def row(self) -> bytes | None:
        """What is stored of it; None where there is nothing to remember."""
        return self.encode() if self.entries or self.disputes or self.links or self.forgotten else None

    def encode(self) -> bytes:
        """The row, below ROW_BYTES: steps of disputes go first, then the oldest statements, then disputes."""
        kept = self
        body = kept.__pydantic_serializer__.to_json(kept)
        if len(body) > ROW_BYTES:
            short = tuple(dispute.keeping_steps(dispute.steps, SHORT_STEPS) for dispute in kept.disputes)
            kept = kept.model_copy(update={"disputes": short})
            body = kept.__pydantic_serializer__.to_json(kept)
        while len(body) > ROW_BYTES and (len(kept.entries) > 1 or kept.disputes):
            if len(kept.entries) > 1:
                count = len(kept.entries)
                excess = max(1, (len(body) - ROW_BYTES) * count // len(body))  # by their mean: to encode takes 0.4 ms
                kept = kept.model_copy(update={"entries": tuple(room.kept(kept.entries, count - excess))})
            else:
                kept = kept.keeping(len(kept.disputes) - 1)
            body = kept.__pydantic_serializer__.to_json(kept)
        _decoded.keep(self.series, body, kept)
        return body


def load(model: type[W], rows: Mapping[str, bytes], key: str) -> W | None:
    """The row under `key`, None where there is none."""
    body = rows.get(key)
    return None if body is None else _decoded.read(model, key, body, model.model_validate_json)


def stated(record: SeriesRecord, beside: Mapping[str, Claim]) -> FigureStated:
    """A series that has a statement for everybody else: the latest claim of each voice at each scope and window, and
    the claims that are in conflict under it, of which those of other series are `beside`, by id."""
    own = sorted((entry.claim for entry in record.entries), key=rank)
    conflicts = [dispute for dispute in record.disputes if is_conflict(dispute)]
    latest = {(heard(claim), claim.scope, claim.window): claim for claim in own}
    shown = {claim.id: claim for claim in latest.values()}
    if conflicts:
        live = {**beside, **{claim.id: claim for claim in own}}
        disputed = (claim_id for dispute in conflicts for claim_id in (dispute.one, dispute.other))
        shown |= {claim_id: live[claim_id] for claim_id in disputed if claim_id in live}
    first = own[0]
    return FigureStated(
        series=record.series,
        block=record.block,
        label=label_of(first),
        metric=first.metric,
        unit=first.unit,
        whose=first.whose,
        places=first.places,
        window=window_of(first),
        statements=tuple(sorted(shown.values(), key=rank)),
        conflicts=tuple(
            Conflict.model_validate({name: getattr(dispute, name) for name in Conflict.model_fields})
            for dispute in conflicts
        ),
        updated=record.updated,
    )


def is_conflict(dispute: Dispute) -> bool:
    """Whether a dispute is a conflict or was one: a pair that moved on to a change has one that is over."""
    return dispute.verdict == "conflict" or any(step.what == "opened" for step in dispute.steps)


@by_claim
def rank(claim: Claim) -> tuple[datetime, datetime, float, str]:
    """A total order of claims by the time they are of; arrival plays no part."""
    return told_at(claim), in_utc(claim.published), claim.value, claim.id
