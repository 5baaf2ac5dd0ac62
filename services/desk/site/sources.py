"""Sources: who sends news, how much, and who fell silent."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from services.desk.queries import sources
from services.desk.queries.sources import Source
from services.desk.site.asked import Asked
from services.desk.site.page import Page


@dataclass(frozen=True, slots=True)
class SourcesView:
    sources: tuple[Source, ...]
    silent: int


async def view(db: AsyncConnection, asked: Asked) -> SourcesView:
    found = await sources.listed(db, asked.now)
    return SourcesView(tuple(found), sum(source.silent for source in found))


def twin(shown: SourcesView) -> dict[str, Any]:
    return {"sources": [asdict(source) | {"typical_gap": _seconds(source)} for source in shown.sources]}


def _seconds(source: Source) -> float | None:
    return None if source.typical_gap is None else source.typical_gap.total_seconds()


PAGE = Page("/sources", "sources.html", view, twin)
