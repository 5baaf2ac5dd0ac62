"""What the desk knows: a projection of the topics, in memory.

It decides nothing and invents nothing: each message replaces or joins what is shown of it. It is rebuilt from the first
offset of the topics at every start; nothing of it is written anywhere. (A later desk keeps it in a database: pages ask
only the methods below, so that only this file changes.)

Messages come from several topics in no order between the topics, and may come twice. Both change nothing: everything
is stored by id, and of two states of one thing the newer wins.
"""

from __future__ import annotations

from dataclasses import dataclass

from schemas.alert import AlertRaised
from schemas.article import ArticleTraced
from schemas.claim import Claim, ClaimsMade
from schemas.dead_letter import ArticleRejected
from schemas.entity import EntityTallied
from schemas.figure import FigureStated
from schemas.message import Message
from schemas.verdict import VerdictGiven
from services.desk.claim_index import ARTICLES_KEPT, ClaimIndex
from services.desk.newest import Newest

TEXT_KEPT = 100_000_000
"""Characters of all articles together. News stays far below: 5,000 articles of 5,000 characters are 25 million. The
bound is for 5,000 of the longest allowed (schemas.article.MAX_TEXT, a million each), which would take 5 GB."""

ALERTS_KEPT = 2_000
FIGURES_KEPT = 5_000
ENTITIES_KEPT = 5_000
NOTES_KEPT = 500
"""As many series and names as articles; fewer alerts, and notes only as long as somebody would read them."""

DEAD_LETTERS_KEPT = 1_000
"""Only the reasons are kept here; `counterclaim dead-letters` reads the whole topic."""


@dataclass(frozen=True, slots=True)
class Count:
    """A number of things held. `more` says older ones were forgotten, so that the true number is higher."""

    number: int
    more: bool


class ReadStore:
    """The newest state of everything the desk shows. Not thread-safe: one event loop writes and reads it."""

    def __init__(self, articles_kept: int = ARTICLES_KEPT) -> None:
        self.claims = ClaimIndex(articles_kept)
        self._articles: Newest[ArticleTraced] = Newest(articles_kept, weigh=lambda a: len(a.text), heaviest=TEXT_KEPT)
        self._alerts: Newest[AlertRaised] = Newest(ALERTS_KEPT)
        self._figures: Newest[FigureStated] = Newest(FIGURES_KEPT)
        self._entities: Newest[EntityTallied] = Newest(ENTITIES_KEPT)
        self._notes: Newest[VerdictGiven] = Newest(NOTES_KEPT)
        self._dead: Newest[ArticleRejected] = Newest(DEAD_LETTERS_KEPT)
        self.version = 0

    def apply(self, message: Message) -> None:
        """Take in one message; `version` goes up. A message of a kind the desk does not show changes nothing."""
        match message:
            case ArticleTraced():
                self._articles.put(message.article_id, message.arrived, message)
            case ClaimsMade():
                self.claims.add(message.claims)
            case FigureStated():
                self._state_figure(message)
            case AlertRaised():
                self._raise_alert(message)
            case EntityTallied():
                held = self._entities.get(message.entity)
                if held is None or held.as_of <= message.as_of:
                    self._entities.put(message.entity, message.last_seen, message)
            case VerdictGiven():
                if _is_note(message):
                    self._notes.put(message.record_id(), message.at, message)
            case ArticleRejected():
                # Without its body: 1,000 dead letters of 64 KiB each are 64 MB that no page shows.
                self._dead.put(message.id, message.rejected, message.model_copy(update={"body": None, "key": None}))
            case _:
                return
        self.version += 1

    def _state_figure(self, message: FigureStated) -> None:
        self.claims.add(message.statements)
        held = self._figures.get(message.series)
        if held is None or held.updated <= message.updated:
            self._figures.put(message.series, message.updated, message)

    def _raise_alert(self, message: AlertRaised) -> None:
        self.claims.add(message.claims)
        held = self._alerts.get(message.fingerprint)
        if held is None or held.sequence <= message.sequence:
            self._alerts.put(message.fingerprint, message.raised, message)

    def article(self, article_id: str) -> ArticleTraced | None:
        return self._articles.get(article_id)

    def alert(self, fingerprint: str) -> AlertRaised | None:
        return self._alerts.get(fingerprint)

    def figure(self, series: str) -> FigureStated | None:
        return self._figures.get(series)

    def last_article(self) -> ArticleTraced | None:
        """The article that arrived last."""
        return max(self._articles, key=lambda a: (a.arrived, a.article_id), default=None)

    def alerts(self) -> list[AlertRaised]:
        """The newest message of every alert, newest first."""
        return self._alerts.newest_first()

    def figures(self) -> list[FigureStated]:
        """Every series: those with an open conflict first, each part newest first."""
        return sorted(self._figures.newest_first(), key=lambda f: not has_open_conflict(f))

    def entities(self) -> list[EntityTallied]:
        """Every entity, the most mentioned of the last 24 hours first, then of 7 days, then by name."""
        return sorted(self._entities, key=lambda e: (-_mentions(e, "24h"), -_mentions(e, "7d"), e.name, e.entity))

    def notes(self) -> list[VerdictGiven]:
        """Conflicts below an alert, and what is held for a person to look at, newest first."""
        return self._notes.newest_first()

    def dead_letters(self) -> list[ArticleRejected]:
        """Newest first, without bodies."""
        return self._dead.newest_first()

    def same_words(self, article: ArticleTraced) -> list[ArticleTraced]:
        """The other articles of this article's lineage, in order of arrival."""
        others = (a for a in self._articles if a.lineage == article.lineage and a.article_id != article.article_id)
        return sorted(others, key=lambda a: (a.arrived, a.article_id))

    def revised_by(self, article: ArticleTraced) -> ArticleTraced | None:
        """The next revision of the same article, if it came."""
        return next((a for a in self._articles if a.revises == article.article_id), None)

    def claims_of(self, article_id: str) -> list[Claim]:
        return self.claims.of_article(article_id)

    def counts(self) -> dict[str, Count]:
        """articles, claims, alerts, dead_letters: how many of each are held."""
        return {
            "articles": Count(len(self._articles), self._articles.forgot),
            "claims": Count(len(self.claims), self._articles.forgot),
            "alerts": Count(len(self._alerts), self._alerts.forgot),
            "dead_letters": Count(len(self._dead), self._dead.forgot),
        }


def has_open_conflict(figure: FigureStated) -> bool:
    return any(conflict.state == "open" for conflict in figure.conflicts)


def _mentions(entity: EntityTallied, window: str) -> int:
    held = {str(name): counts for name, counts in entity.windows.items()}.get(window)
    return 0 if held is None else held.mentions


def _is_note(message: VerdictGiven) -> bool:
    verdict = message.verdict
    return verdict.hold or (verdict.verdict == "conflict" and verdict.severity == "info" and not verdict.alert)
