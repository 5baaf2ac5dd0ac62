"""The API: what machines read of the desk, mounted at /v1."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, FastAPI, Query
from fastapi.openapi.utils import get_openapi
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from services.desk.access.people import require
from services.desk.api.answers import Listed, Reading, answer, page
from services.desk.api.asked import Asked, in_pages
from services.desk.api.exports import MEDIA, Format, exported, writer_of
from services.desk.api.following import following
from services.desk.api.lists import LISTS, List, Wanted
from services.desk.api.problems import HANDLERS, NOT_INSTALLED, NOT_MODIFIED, RESPONSES, Problem, known_parameters
from services.desk.api.tail import Tail
from services.desk.api.things import things
from services.desk.changes import Changes
from services.desk.queries.paging import MOST
from services.desk.store.database import Database

VERSION = "1.0.0"
"""Of the API. What is added raises the second number; what is taken away or renamed makes a /v2."""

ABOUT = (
    "Who says which number, how it changed, and who contradicts whom. Read with GET; `Authorization: Bearer TOKEN` "
    "where the desk has sign-in. Times are ISO 8601 in UTC."
)


@dataclass(frozen=True, slots=True)
class Index:
    """Where everything is."""

    openapi: str
    lists: tuple[str, ...]
    exports: tuple[str, ...]
    follow: tuple[str, ...]


def api_app(database: Database, clock: Callable[[], datetime], zone: ZoneInfo, changes: Changes) -> FastAPI:
    """The API over `database`. `clock` gives aware times; times asked for without a zone are of `zone`; `changes`
    says when the store changed, and its end ends open streams. Whoever asks must have been let in before (`SignedIn`).
    """
    reading = Reading(database, clock, zone)
    app = FastAPI(
        title="Counterclaim",
        version=VERSION,
        description=ABOUT,
        docs_url=None,  # these pages load scripts from elsewhere
        redoc_url=None,
        dependencies=[Depends(_somebody), Depends(known_parameters)],
        responses=RESPONSES,
        exception_handlers=dict(HANDLERS),
    )
    app.include_router(_index())
    app.include_router(following(reading, Tail(database, changes)))  # before /alerts.{format} and /alerts/{fingerprint}
    for listed in LISTS:
        app.include_router(_list(reading, listed))
    app.include_router(things(reading))
    app.openapi = _schema(app)  # type: ignore[method-assign]  # FastAPI's own way to change it
    return app


async def _somebody(request: Request) -> None:  # async: FastAPI runs any other in a thread
    require(request, "reader")


def _index() -> APIRouter:
    router = APIRouter()
    index = Index(
        openapi="/v1/openapi.json",
        lists=tuple(f"/v1/{listed.name}" for listed in LISTS),
        exports=tuple(f"/v1/{listed.name}.{form}" for listed in LISTS for form in MEDIA),
        follow=("/v1/alerts.atom", "/v1/alerts/stream"),
    )

    @router.get("/", response_model=Index, responses=NOT_MODIFIED)
    async def addresses(request: Request) -> Response:
        """Where everything is."""
        return answer(request, Index, index)

    return router


def _list(reading: Reading, listed: List[Any]) -> APIRouter:
    """A list and its exports."""
    router = APIRouter(tags=[listed.name.partition("/")[0]])
    name = listed.name.replace("/", "_").replace("-", "_")

    def wanted(asked: Asked) -> Wanted:
        return Wanted(reading.clock(), asked.filter(reading.zone), asked)

    async def give(request: Request, asked: Any) -> Response:
        require(request, listed.role)
        cursor, limit = (None, MOST) if listed.whole else (asked.cursor, asked.limit)
        async with reading.database.reading() as db:
            rows = await listed.rows(db, wanted(asked), cursor, limit)
        return page(request, listed.item, rows)

    async def export(request: Request, format: Format, asked: Any) -> Response:  # noqa: A002  # its name in the schema
        require(request, listed.role)
        writer = writer_of(listed, format)
        pieces = exported(reading.database, listed, wanted(asked), writer)
        first, _ = await anext(pieces)  # what can be refused is refused before the answer has begun
        return StreamingResponse(
            _after(first, pieces),
            media_type=MEDIA[format],
            headers={"content-disposition": f'attachment; filename="{name}.{format}"'},
        )

    # Each list has parameters of its own, which FastAPI reads from annotations.
    give.__annotations__["asked"] = Annotated[listed.asked if listed.whole else in_pages(listed.asked), Query()]
    export.__annotations__["asked"] = Annotated[listed.asked, Query()]
    path = f"/{listed.name}"
    item: Any = listed.item
    router.get(path, name=name, description=listed.about, response_model=Listed[item], responses=NOT_MODIFIED)(give)
    router.get(
        f"{path}.{{format}}",
        name=f"{name}_export",
        description=f"The whole list as a file. {listed.about}",
        response_class=Response,
        responses={200: {"content": _FILES}, **NOT_INSTALLED},
    )(export)
    return router


_FILES: dict[str, Any] = {media: {"schema": {"type": "string"}} for media in MEDIA.values()}


async def _after(first: bytes, pieces: AsyncIterator[tuple[bytes, int]]) -> AsyncIterator[bytes]:
    yield first
    async for piece, _ in pieces:
        yield piece


def _schema(app: FastAPI) -> Callable[[], dict[str, Any]]:
    """The schema as FastAPI makes it, with the form of errors and the way to sign in."""

    def schema() -> dict[str, Any]:
        if app.openapi_schema is None:
            made = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
            parts = made["components"]
            parts["schemas"]["Problem"] = Problem.model_json_schema()
            parts["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
            made["security"] = [{"token": []}, {}]  # a browser has its session, a desk of one machine nothing
            made["servers"] = [{"url": "/v1"}]
            app.openapi_schema = made
        return app.openapi_schema

    return schema
