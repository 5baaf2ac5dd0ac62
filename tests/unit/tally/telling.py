"""Articles that name an entity, a stage that runs on plain dicts, and a plain count of all that was told."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

from schemas.entity import EntitiesMentioned, EntityInArticle, EntityTallied, FigureOf, Name, Window
from schemas.metrics import Metric
from schemas.outcomes import Arrival, Processed
from schemas.topics import TABLE_VALUE_BYTES, entity_partition
from services.tally.rolling import WINDOWS
from services.tally.stage import Tally

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
Rows = dict[str, dict[str, bytes]]


def small(*, at_once: bool = False, fold_after: int = 40) -> Tally:
    """A stage whose rings come round soon, so that a story is told partly by them and partly by rows of its own."""
    return Tally(at_once=at_once, slots=fold_after + 24, fold_after=fold_after)


def article(
    number: int,
    at: datetime,
    *,
    entity: str = "Q184",
    spans: int = 1,
    publisher: str | None = "wire",
    lineage: str | None = None,
    figures: dict[str, int] | None = None,
    company: tuple[str, ...] = (),
    latest: tuple[FigureOf, ...] = (),
) -> EntitiesMentioned:
    return EntitiesMentioned(
        article_id=f"art-{number}",
        article=str(number),
        publisher=publisher,
        lineage=lineage or f"art-{number}",
        arrived=at,
        partition=entity_partition(entity),
        entities=(
            EntityInArticle(
                entity=entity,
                name="Belarus",
                type="GPE",
                spans=tuple((10 * i, 10 * i + 7) for i in range(spans)),
                figures=figures or {},
                latest=latest,
            ),
        ),
        company=tuple(Name(entity=name, name=name.title()) for name in company),
    )


def tell(
    rows: Rows, message: EntitiesMentioned, offset: int = 0, tally: Tally | None = None
) -> tuple[EntityTallied, ...]:
    """Run the stage as the platform does, in a new process if none is said: send, then store."""
    arrival = Arrival("news.entity.mentioned.v1", 0, offset, message.arrived)
    outcome = (tally or small(at_once=True)).step(message, rows, arrival)
    assert isinstance(outcome, Processed)
    for write in outcome.store:
        assert write.value is not None
        assert len(write.value) < TABLE_VALUE_BYTES
        rows[write.table][write.key] = write.value
    return tuple(m for m in outcome.emit if isinstance(m, EntityTallied))


def plain_count(told: list[EntitiesMentioned], at: datetime) -> dict[str, Any]:
    """Every distinct article counted from scratch."""
    articles = {m.article_id: m for m in told}.values()
    windows = {}
    for name, seconds in WINDOWS.items():
        inside = [m for m in articles if at - timedelta(seconds=seconds) < m.arrived <= at]
        windows[name] = Window(
            mentions=sum(len(m.entities[0].spans) for m in inside),
            articles=len(inside),
            lineages=len({m.lineage for m in inside}),
            publishers=len({m.publisher for m in inside} - {None}),
            before=sum(
                at - timedelta(seconds=2 * seconds) < m.arrived <= at - timedelta(seconds=seconds) for m in articles
            ),
        )
    figures: Counter[str] = Counter()
    for m in articles:
        if at - timedelta(days=7) < m.arrived <= at:
            figures.update(m.entities[0].figures)
    met = Counter(name.entity for m in articles if m.arrived.toordinal() > at.toordinal() - 7 for name in {*m.company})
    tolls = [figure for m in articles for figure in m.entities[0].latest]
    return {
        "windows": windows,
        "figures": dict(figures),
        "companions": dict(met),
        "latest": max(tolls, key=lambda figure: (figure.as_of, figure.claim), default=None),
    }


def numbered(number: int) -> EntitiesMentioned:
    """An article whose every field hangs on its number: told again, it is the same. Arrivals span nine days."""
    return article(
        number,
        START + timedelta(minutes=number * 7919 % 13_000),
        spans=1 + number % 4,
        publisher=(None, "one", "two", "three")[number % 4],
        lineage=f"art-{number % 5}" if number % 2 else None,
        figures={"deaths": 1 + number % 3, "injured": 1} if number % 3 == 0 else None,
        company=tuple(f"x-friend-{divisor}-{number % divisor}" for divisor in (2, 3, 5)),
        latest=(toll(number, START + timedelta(hours=number * 31 % 17)),) if number % 3 == 0 else (),
    )


def toll(number: int, as_of: datetime) -> FigureOf:
    return FigureOf(
        metric=Metric.DEATHS,
        words=f"{number} people",
        value=number,
        speaker="the ministry",
        publisher="wire",
        claim=f"claim-{number}",
        article_id=f"art-{number}",
        start=0,
        end=9,
        as_of=as_of,
    )


def run(tally: Tally, rows: Rows, message: EntitiesMentioned, at: datetime) -> tuple[EntityTallied, ...]:
    outcome = tally.step(message, rows, Arrival("news.entity.mentioned.v1", 0, 0, at))
    assert isinstance(outcome, Processed)
    for write in outcome.store:
        assert write.value is not None
        rows[write.table][write.key] = write.value
    return tuple(m for m in outcome.emit if isinstance(m, EntityTallied))
