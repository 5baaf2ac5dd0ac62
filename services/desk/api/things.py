"""Single things by their names, and what belongs to one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import Response

from schemas.alert import AlertRaised
from schemas.delivery import DeliveryLogged
from schemas.desk_act import DeskActed
from schemas.entity import EntityInArticle, EntityTallied
from schemas.figure import FigureStated
from schemas.message import Word
from schemas.verdict import VerdictGiven
from services.desk.access.people import Role, require
from services.desk.api.answers import Listed, Reading, answer, several
from services.desk.api.asked import Time
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
from services.ledger.rules.thresholds import Thresholds, thresholds

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


Ask = Callable[[AsyncConnection, str], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class One:
    """A thing at `path`, which ends in its id; `called` is its kind in words."""

    path: str
    model: Any
    ask: Ask
    called: str
    says: str
    role: Role = "reader"


@dataclass(frozen=True, slots=True)
class Several:
    """What belongs to the thing whose id is in `path`: told whole."""

    path: str
    model: Any
    ask: Ask
    says: str


ONES = (
    One("/articles/{id}", Article, articles.one, "article", "An article with its text, as long as that is kept."),
    One("/claims/{id}", Known, claims.one, "claim", "A claim, and what is known beside it."),
    One("/conflicts/{id}", conflicts.KnownConflict, conflicts.one, "conflict", "A conflict and its life."),
    One("/alerts/{id}", AlertRaised, alerts.one, "alert", "An alert as it was last told."),
    One(
        "/entities/{id}", EntityTallied, entities.one, "entity",
        "The rolling table of an entity; of a merged id, of the one that stands for it, with all its ids together.",
    ),
    One("/held/{id}", held.HeldItem, held.one, "held item", "What is held for a person, decided or not."),
    One(
        "/dead-letters/{id}", dead_letters.Letter, dead_letters.one, "dead letter",
        "A record nobody could use, with its bytes in base64. For editors.", role="editor",
    ),
)  # fmt: skip


async def _verdicts(db: AsyncConnection, claim: str) -> list[VerdictGiven]:
    return await verdicts.of_claim(db, claim, MOST)


async def _figures(db: AsyncConnection, entity: str) -> list[FigureStated]:
    return await entities.figures_of(db, entity, MOST)


async def _revisions(db: AsyncConnection, id_: str) -> list[Article]:
    own = _there(await articles.one(db, id_), "article")
    return await articles.revisions(db, own.message)


async def _copies(db: AsyncConnection, id_: str) -> list[Article]:
    own = _there(await articles.one(db, id_), "article")
    return await articles.same_words(db, own.message)


BELOW = (
    Several("/articles/{id}/claims", Known, claims.of_article, "Its claims in the order of its text."),
    Several(
        "/articles/{id}/entities", EntityInArticle, articles.names, "Who and what it names, the most mentioned first."
    ),
    Several(
        "/articles/{id}/revisions", Article, _revisions, "All texts it has had, oldest first, without their words."
    ),
    Several(
        "/articles/{id}/copies", Article, _copies,
        "The other articles of its origin, in order of arrival, without their words.",
    ),
    Several("/claims/{id}/verdicts", VerdictGiven, _verdicts, "Its comparisons, the latest first, at most 500."),
    Several(
        "/figures/{id}/history", FigureStated, figures.history,
        "Its states, oldest first; of more than 500 every second, third, …, and the latest.",
    ),
    Several(
        "/alerts/{id}/messages", AlertRaised, alerts.messages, "Every message of it, oldest first; the latest 500."
    ),
    Several(
        "/alerts/{id}/deliveries", DeliveryLogged, alerts.delivered,
        "Where it went, step by step, oldest first; the latest 500. `silenced`: somebody at the desk kept it back.",
    ),
    Several(
        "/alerts/{id}/acts", DeskActed, acts.of, "What people did with it at the desk, oldest first; the latest 500."
    ),
    Several(
        "/entities/{id}/figures", FigureStated, _figures,
        "The series it is in, the worst open conflict first, at most 500. All: /figures?entity=.",
    ),
)  # fmt: skip


def things(reading: Reading) -> APIRouter:
    """Their routes."""
    router = APIRouter(responses=NOT_MODIFIED)
    database = reading.database

    def add(thing: One | Several, model: Any, ask: Callable[[Request, str], Awaitable[Response]]) -> None:
        words = [word for word in thing.path.split("/") if word and word != "{id}"]
        router.add_api_route(
            thing.path, ask, response_model=model, tags=[words[0]], description=thing.says,
            name=" ".join(reversed(words)) if len(words) == 1 else f"{words[1]} of {words[0]}",
        )  # fmt: skip

    def one(thing: One) -> Callable[[Request, str], Awaitable[Response]]:
        async def tell(request: Request, id: str) -> Response:  # noqa: A002  # as the path names it
            require(request, thing.role)
            async with database.reading() as db:
                return answer(request, thing.model, _there(await thing.ask(db, id), thing.called))

        return tell

    def below(thing: Several) -> Callable[[Request, str], Awaitable[Response]]:
        async def tell(request: Request, id: str) -> Response:  # noqa: A002  # as the path names it
            async with database.reading() as db:
                return several(request, thing.model, await thing.ask(db, id))

        return tell

    for thing in ONES:
        add(thing, thing.model, one(thing))
    for each in BELOW:
        kind: Any = each.model
        add(each, Listed[kind], below(each))

    @router.get("/figures/{id}", response_model=FigureStated, tags=["figures"])
    async def figure(request: Request, id: str, as_known_at: AsKnownAt = None) -> Response:  # noqa: A002
        """A series: who says what, and the conflicts in it, as it stands or as it stood."""
        async with database.reading() as db:
            then = moment("as_known_at", as_known_at, reading.zone)
            name = "figure" if then is None else "figure known by then"
            return answer(request, FigureStated, _there(await figures.one(db, id, then), name))

    @router.get("/figures/{id}/claims", response_model=Listed[Known], tags=["figures"])
    async def claims_of_figure(request: Request, id: str, as_known_at: AsKnownAt = None) -> Response:  # noqa: A002
        """Every claim of it that was learned by then, first learned first; the latest 500. All: /claims?series=."""
        async with database.reading() as db:
            then = moment("as_known_at", as_known_at, reading.zone)
            return several(request, Known, await claims.of_series(db, id, then))

    @router.get("/explanations/{id}", response_model=Explanation, tags=["explanations"])
    async def explanation(request: Request, id: str) -> Response:  # noqa: A002
        """The chain of rules behind a claim or an alert, with thresholds and evidence."""
        async with database.reading() as db:
            asked = Asked(reading.clock(), reading.zone, {"id": id})
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
