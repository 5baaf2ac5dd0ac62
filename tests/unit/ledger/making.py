"""Claims made to measure, and a ledger that runs on plain dicts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from schemas.alert import AlertRaised
from schemas.claim import Claim, ClaimsMade
from schemas.figure import FigureStated
from schemas.ids import claim_id
from schemas.message import Message
from schemas.metrics import Metric
from schemas.outcomes import Arrival, Duplicate, Outcome, Processed
from schemas.review import ReviewDecided
from schemas.revision import ArticleRevised
from schemas.topics import BY_MODEL, TABLES
from schemas.verdict import VerdictGiven
from services.cli.written import read_value
from services.ledger.rows.record import ROW_BYTES
from services.ledger.sweep import Keeper

NOON = datetime(2030, 3, 4, 12, tzinfo=UTC)
BLOCK = "people/Q1+Q2"


def hours(number: float) -> datetime:
    """A time that many hours after noon."""
    return NOON + timedelta(hours=number)


def claim(words: str, **given: Any) -> Claim:
    """A claim of people in a camp, said by the publisher, unless `given` says otherwise.

    `before` and `after` are the words of the sentence around the figure; `hour` is as_of in hours from noon.
    """
    article = given.pop("article", "one")
    before, after = given.pop("before", "There are "), given.pop("after", " people in the camp.")
    hour = given.pop("hour", 0.0)
    sentence = before + words + after
    start = given.pop("at", 100) + len(before)
    written = read_value(words)
    fields: dict[str, Any] = {
        "id": claim_id(f"art-{article}", start, start + len(words)),
        "article": article,
        "article_id": f"art-{article}",
        "publisher": f"Daily {article}",
        "lineage": f"art-{article}",
        "published": hours(hour),
        "reader": "read/test",
        "words": words,
        "start": start,
        "end": start + len(words),
        "sentence": sentence,
        "sentence_start": start - len(before),
        "sentence_end": start - len(before) + len(sentence),
        "sentence_index": 5,
        "value": written.value,
        "low": float(written.interval.low),
        "high": None if written.interval.high is None else float(written.interval.high),
        "soft_low": written.interval.soft_low,
        "soft_high": written.interval.soft_high,
        "bound": written.bound,
        "modifier": None,
        "counted": "people",
        "unit": "people",
        "metric": Metric.PEOPLE_PRESENT,
        "place": "in the camp",
        "scope": "camp",
        "as_of": hours(hour),
        "speaker": None,
        "block": BLOCK,
    }
    return Claim(**(fields | given))


def toll(words: str, **given: Any) -> Claim:
    """A death toll of one air strike on the town Q77, unless `given` says otherwise."""
    town: dict[str, Any] = {
        "metric": Metric.DEATHS,
        "kind": "cumulative",
        "place": "in Lower Torvia",
        "places": ("Q77",),
        "scope": None,
        "block": "harm/Q1",
        "before": "The airstrike on the grain market of Lower Torvia killed ",
        "after": " people.",
    }
    return claim(words, **(town | given))


def message(*claims: Claim, revises: str | None = None, revision: int = 1, correction: bool = False) -> ClaimsMade:
    """The message that carries claims of one article and block."""
    return ClaimsMade(
        block=claims[0].block,
        article_id=claims[0].article_id,
        revision=revision,
        revises=revises,
        correction=correction,
        claims=claims,
    )


def revised(revises: str, by: str, *blocks: str, correction: bool = False) -> ArticleRevised:
    """Word that the article `by` takes the place of `revises`, and has claims in `blocks` only."""
    return ArticleRevised(partition=0, article_id=by, revises=revises, correction=correction, blocks=blocks)


Record = ClaimsMade | ArticleRevised | ReviewDecided


@dataclass
class Ledger:
    """The stage with its tables. `sent` is everything it ever said, in order."""

    tables: dict[str, dict[str, bytes]] = field(default_factory=lambda: {name: {} for name in TABLES["ledger"]})
    sent: list[Message] = field(default_factory=list)
    offset: int = -1
    keeper: Keeper = field(default_factory=Keeper)

    def take(self, *claims: Claim, revises: str | None = None) -> Outcome:
        """Apply the claims of one article as the next record."""
        self.offset += 1
        return self.apply(message(*claims, revises=revises), self.offset)

    def tell(self, record: Record, *, at: float | None = None) -> Outcome:
        """Apply any record as the next one; `at` in hours from noon."""
        self.offset += 1
        return self.apply(record, self.offset, at=at)

    def apply(self, record: Record, offset: int, *, stored: int | None = None, at: float | None = None) -> Outcome:
        """Apply one record; only the first `stored` of its writes take hold, as in a crash."""
        arrival = Arrival(BY_MODEL[type(record)].name, 0, offset, hours(offset / 60 if at is None else at))
        outcome = self.keeper.step(record, self.tables, arrival)
        if isinstance(outcome, Processed | Duplicate):
            self.sent += outcome.emit if isinstance(outcome, Processed) else ()
            for write in outcome.store[:stored]:
                assert len(write.value or b"") <= ROW_BYTES
                write.into(self.tables[write.table])
        return outcome

    def sweep(self, at: float) -> list[Message]:
        """An hour of sweeps from `at` hours after noon, so that every row has its turn."""
        said = [m for minute in range(60) for m in self.keeper.sweep(self.tables, hours(at + minute / 60))]
        self.sent += said
        return said

    @property
    def alerts(self) -> list[AlertRaised]:
        return [sent for sent in self.sent if isinstance(sent, AlertRaised)]

    @property
    def verdicts(self) -> list[VerdictGiven]:
        return [sent for sent in self.sent if isinstance(sent, VerdictGiven)]

    @property
    def figures(self) -> list[FigureStated]:
        return [sent for sent in self.sent if isinstance(sent, FigureStated)]


def ledger(articles: Iterable[Iterable[Claim]]) -> Ledger:
    """A ledger that took these articles in this order."""
    made = Ledger()
    for claims in articles:
        made.take(*claims)
    return made
