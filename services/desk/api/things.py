"""Single things by their names, and what belongs to one."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from schemas.alert import AlertRaised
from schemas.delivery import DeliveryLogged
from schemas.desk_act import DeskActed
from schemas.entity import EntityInArticle, EntityTallied
from schemas.figure import FigureStated
from schemas.message import Word
from schemas.verdict import VerdictGiven
from services.desk.access.people import require
from services.desk.api.answers import Listed, Reading, answer, several
from services.desk.api.asked import Time
from services.desk.api.lists import untold
from services.desk.api.problems import NOT_MODIFIED
from services.desk.queries import (
    acts,
    alerts,
    articles,
    claims,
    conflicts,
    counts,
    dead_letters,
    entities,
    figures,
    held,
    verdicts,
)
from services.desk.queries.articles import Article
from services.desk.queries.claims import Known
from services.desk.queries.paging import MOST
from services.desk.site import explain
from services.desk.site.asked import Asked, moment
from services.desk.site.page import NotHere
from services.ledger.thresholds import Thresholds, thresholds

AsKnownAt = Annotated[Time | None, Query(description="As it was known then; without a zone in the desk's zone.")]


class Silence(Word):
    """Why a claim was compared with nothing."""

    reason: str = Field(description="Stable code.")
    because: str


class Explanation(Word):
    """Why a claim was compared, alerted on or left alone: of an alert or of a claim."""

    id: str
    claim: Known | None
    alert: AlertRaised | None
    comparisons: tuple[explain.Comparison, ...] = Field(description="The latest first, at most 50.")
    silence: Silence | None
    thresholds: Thresholds


def _there(thing: Any, name: str) -> Any:
    if thing is None:
        raise NotHere(
            f"This desk holds no {name} of that name.",
            "Take the name from the list. A desk that was just started is still reading the topics: ask again then.",
        )
    return thing


def things(reading: Reading) -> APIRouter:  # noqa: PLR0915  # one function for each address
    """Their routes."""
    router = APIRouter(responses=NOT_MODIFIED)
    database = reading.database

    @router.get("/articles/{article_id}", response_model=Article, tags=["articles"])
    async def article(request: Request, article_id: str) -> Response:
        """An article with its text, as long as that is kept."""
        async with database.reading() as db:
            return answer(request, Article, _there(await articles.one(db, article_id), "article"))

    @router.get("/articles/{article_id}/claims", response_model=Listed[Known], tags=["articles"])
    async def claims_of_article(request: Request, article_id: str) -> Response:
        """Its claims in the order of its text."""
        async with database.reading() as db:
            return several(request, Known, await claims.of_article(db, article_id))

    @router.get("/articles/{article_id}/entities", response_model=Listed[EntityInArticle], tags=["articles"])
    async def names_of_article(request: Request, article_id: str) -> Response:
        """Who and what it names, the most mentioned first."""
        async with database.reading() as db:
            return several(request, EntityInArticle, await articles.names(db, article_id))

    @router.get("/articles/{article_id}/revisions", response_model=Listed[Article], tags=["articles"])
    async def revisions(request: Request, article_id: str) -> Response:
        """All texts it has had, oldest first, without their words."""
        async with database.reading() as db:
            own = _there(await articles.one(db, article_id), "article")
            found = await articles.revisions(db, own.message)
        return several(request, Article, [untold(each) for each in found])

    @router.get("/articles/{article_id}/copies", response_model=Listed[Article], tags=["articles"])
    async def copies(request: Request, article_id: str) -> Response:
        """The other articles of its origin, in order of arrival, without their words."""
        async with database.reading() as db:
            own = _there(await articles.one(db, article_id), "article")
            found = await articles.same_words(db, own.message)
        return several(request, Article, [untold(each) for each in found])

    @router.get("/claims/{claim_id}", response_model=Known, tags=["claims"])
    async def claim(request: Request, claim_id: str) -> Response:
        """A claim, and what is known beside it."""
        async with database.reading() as db:
            return answer(request, Known, _there(await claims.one(db, claim_id), "claim"))

    @router.get("/claims/{claim_id}/verdicts", response_model=Listed[VerdictGiven], tags=["claims"])
    async def verdicts_of_claim(request: Request, claim_id: str) -> Response:
        """Its comparisons, the latest first, at most 500."""
        async with database.reading() as db:
            return several(request, VerdictGiven, await verdicts.of_claim(db, claim_id, MOST))

    @router.get("/figures/{series}", response_model=FigureStated, tags=["figures"])
    async def figure(request: Request, series: str, as_known_at: AsKnownAt = None) -> Response:
        """A series: who says what, and the conflicts in it, as it stands or as it stood."""
        async with database.reading() as db:
            then = moment("as_known_at", as_known_at, reading.zone)
            name = "figure" if then is None else "figure known by then"
            return answer(request, FigureStated, _there(await figures.one(db, series, then), name))

    @router.get("/figures/{series}/history", response_model=Listed[FigureStated], tags=["figures"])
    async def history(request: Request, series: str) -> Response:
        """Its states, oldest first; of more than 500 every second, third, …, and the latest."""
        async with database.reading() as db:
            return several(request, FigureStated, await figures.history(db, series))

    @router.get("/figures/{series}/claims", response_model=Listed[Known], tags=["figures"])
    async def claims_of_figure(request: Request, series: str, as_known_at: AsKnownAt = None) -> Response:
        """Every claim of it that was learned by then, first learned first; the latest 500. All: /claims?series=."""
        async with database.reading() as db:
            then = moment("as_known_at", as_known_at, reading.zone)
            return several(request, Known, await claims.of_series(db, series, then))

    @router.get("/conflicts/{conflict_id}", response_model=conflicts.KnownConflict, tags=["conflicts"])
    async def conflict(request: Request, conflict_id: str) -> Response:
        """A conflict and its life."""
        async with database.reading() as db:
            found = _there(await conflicts.one(db, conflict_id), "conflict")
        return answer(request, conflicts.KnownConflict, found)

    @router.get("/alerts/{fingerprint}", response_model=AlertRaised, tags=["alerts"])
    async def alert(request: Request, fingerprint: str) -> Response:
        """An alert as it was last told."""
        async with database.reading() as db:
            return answer(request, AlertRaised, _there(await alerts.one(db, fingerprint), "alert"))

    @router.get("/alerts/{fingerprint}/messages", response_model=Listed[AlertRaised], tags=["alerts"])
    async def messages(request: Request, fingerprint: str) -> Response:
        """Every message of it, oldest first; the latest 500."""
        async with database.reading() as db:
            return several(request, AlertRaised, await alerts.messages(db, fingerprint))

    @router.get("/alerts/{fingerprint}/deliveries", response_model=Listed[DeliveryLogged], tags=["alerts"])
    async def deliveries(request: Request, fingerprint: str) -> Response:
        """Where it went, step by step, oldest first; the latest 500."""
        async with database.reading() as db:
            return several(request, DeliveryLogged, await alerts.delivered(db, fingerprint))

    @router.get("/alerts/{fingerprint}/acts", response_model=Listed[DeskActed], tags=["alerts"])
    async def acts_on_alert(request: Request, fingerprint: str) -> Response:
        """What people did with it at the desk, oldest first; the latest 500."""
        async with database.reading() as db:
            return several(request, DeskActed, await acts.of(db, fingerprint))

    @router.get("/entities/{entity}", response_model=EntityTallied, tags=["entities"])
    async def one_entity(request: Request, entity: str) -> Response:
        """The rolling table of an entity; of a merged id, of the one that stands for it."""
        async with database.reading() as db:
            return answer(request, EntityTallied, _there(await entities.one(db, entity), "entity"))

    @router.get("/entities/{entity}/figures", response_model=Listed[FigureStated], tags=["entities"])
    async def figures_of_entity(request: Request, entity: str) -> Response:
        """The series it is in, the worst open conflict first, at most 500. All: /figures?entity=."""
        async with database.reading() as db:
            return several(request, FigureStated, await entities.figures_of(db, entity, MOST))

    @router.get("/held/{held_id}", response_model=held.HeldItem, tags=["held"])
    async def held_item(request: Request, held_id: str) -> Response:
        """What is held for a person, decided or not."""
        async with database.reading() as db:
            return answer(request, held.HeldItem, _there(await held.one(db, held_id), "held item"))

    @router.get("/dead-letters/{letter_id}", response_model=dead_letters.Letter, tags=["dead-letters"])
    async def letter(request: Request, letter_id: str) -> Response:
        """A record nobody could use, with its bytes in base64. For editors."""
        require(request, "editor")
        async with database.reading() as db:
            return answer(request, dead_letters.Letter, _there(await dead_letters.one(db, letter_id), "dead letter"))

    @router.get("/explanations/{claim_or_alert}", response_model=Explanation, tags=["explanations"])
    async def explanation(request: Request, claim_or_alert: str) -> Response:
        """The chain of rules behind a claim or an alert, with thresholds and evidence."""
        async with database.reading() as db:
            asked = Asked(reading.clock(), reading.zone, {"id": claim_or_alert})
            shown = await explain.view(db, asked)
        told = Explanation.model_construct(
            id=shown.id,
            claim=shown.own,
            alert=shown.alert,
            comparisons=shown.comparisons,
            silence=None if shown.silence is None else Silence(**shown.silence._asdict()),
            thresholds=thresholds(shown.metric),
        )
        return answer(request, Explanation, told)

    @router.get("/counts", response_model=counts.Counts, tags=["counts"])
    async def all_counts(request: Request) -> Response:
        """How much the desk holds."""
        async with database.reading() as db:
            return answer(request, counts.Counts, await counts.counts(db))

    return router
