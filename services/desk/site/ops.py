"""Ops: lag a stage, what is held longest, silent sources, dead letters to look at, edit and replay, who did what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.desk_act import DeskActed
from schemas.topics import PUBLISHED
from services.desk.access.refusals import Refused
from services.desk.queries import acts, counts, dead_letters, held, sources
from services.desk.queries.counts import Counts
from services.desk.queries.dead_letters import Letter
from services.desk.queries.paging import Page as Rows
from services.desk.queries.sources import Source
from services.desk.site.asked import Asked
from services.desk.site.page import NotHere, Page

LETTERS_SHOWN = 20
ACTS_SHOWN = 20
"""Chosen, as on the board: what a person can scan."""

BODY_SHOWN = 64 * 1024
"""Bytes of a dead letter that can be edited on the page: as many as a dead letter keeps of a longer one."""


@dataclass(frozen=True, slots=True)
class OpsView:
    counts: Counts
    oldest_held: datetime | None
    silent: tuple[Source, ...]
    letters: Rows[Letter]
    acts: Rows[DeskActed]


@dataclass(frozen=True, slots=True)
class LetterView:
    """`body`: the bytes as text, None where they cannot be edited here: no UTF-8, not all kept, or no article.

    `refused`: why a replay was not taken; `typed`: the fields it was asked for with.
    """

    letter: Letter
    body: str | None
    shown: str
    acts: tuple[DeskActed, ...]
    refused: Refused | None = None
    typed: Mapping[str, str] = field(default_factory=dict)


async def view(db: AsyncConnection, asked: Asked) -> OpsView:
    waiting = await held.waiting(db, None, 1)
    return OpsView(
        counts=await counts.counts(db),
        oldest_held=waiting.items[0].given.at if waiting.items else None,
        silent=tuple(source for source in await sources.listed(db, asked.now) if source.silent),
        letters=await dead_letters.listed(db, asked.filter, asked.cursor, LETTERS_SHOWN),
        acts=await acts.listed(db, None, ACTS_SHOWN),
    )


def twin(shown: OpsView) -> dict[str, Any]:
    return {
        "counts": asdict(shown.counts),
        "oldest_held": shown.oldest_held,
        "silent": [source.publisher for source in shown.silent],
        "dead_letters": [
            letter.message.model_copy(update={"body": None, "key": None}) for letter in shown.letters.items
        ],
        "next": shown.letters.next,
        "acts": list(shown.acts.items),
    }


async def letter(db: AsyncConnection, asked: Asked) -> LetterView:
    found = await dead_letters.one(db, asked.path["letter"])
    if found is None:
        raise NotHere(
            "This desk holds no dead letter of that name.", "`counterclaim dead-letters list` names them all."
        )
    body = found.message.body or b""
    return LetterView(
        letter=found,
        body=_editable(body) if found.message.complete and found.message.origin.topic == PUBLISHED.name else None,
        shown=body[:BODY_SHOWN].decode("utf-8", "backslashreplace"),
        acts=tuple(await acts.of(db, found.message.id)),
    )


def letter_twin(shown: LetterView) -> dict[str, Any]:
    return {"dead_letter": shown.letter.message, "replayed": shown.letter.replayed, "acts": list(shown.acts)}


def _editable(body: bytes) -> str | None:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return None


OPS = Page("/ops", "ops.html", view, twin)
LETTER = Page("/ops/dead-letters/{letter}", "dead_letter.html", letter, letter_twin, role="editor")
