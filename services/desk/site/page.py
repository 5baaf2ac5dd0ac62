"""A page and its JSON twin under one address: read the request, make the view, render it one way or the other."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from schemas.errors import BadCursor
from services.desk.access.people import Role, require
from services.desk.access.refusals import Refused
from services.desk.site.asked import Asked, asked
from services.desk.site.render import Renderer
from services.desk.store.database import Database
from services.desk.twins import JSON

V = TypeVar("V")


class NotHere(Refused):
    """404 that says what is missing and what to do."""

    def __init__(self, problem: str, fix: str) -> None:
        super().__init__(404, problem, fix)


@dataclass(frozen=True, slots=True)
class Page(Generic[V]):
    """One page. `path` without .json; `view` asks the store and raises NotHere; `twin` gives what the JSON form has.

    `role`: who may see it. In its template the view stands as `view`, the request as `asked`.
    """

    path: str
    template: str
    view: Callable[[AsyncConnection, Asked], Awaitable[V]]
    twin: Callable[[V], Any]
    role: Role = "reader"


@dataclass(frozen=True, slots=True)
class Site:
    """What every page needs of the desk."""

    database: Database
    renderer: Renderer
    clock: Callable[[], datetime]
    zone: ZoneInfo

    def routes(self, pages: Sequence[Page[Any]]) -> list[Route]:
        """Two routes a page; the JSON one first, since a path's last part may hold dots."""
        routes = []
        for page in pages:
            routes.append(Route(f"{page.path}.json", self._endpoint(page, twin=True)))
            routes.append(Route(page.path, self._endpoint(page, twin=False)))
        return routes

    def _endpoint(self, page: Page[Any], *, twin: bool) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            require(request, page.role)
            what = asked(self.clock(), self.zone, request.path_params, request.query_params)
            async with self.database.reading() as db:
                try:
                    view = await page.view(db, what)
                except BadCursor as error:
                    raise Refused(400, f"{error.problem}.", f"{error.fix}.", field=error.field) from None
            if twin:
                return tagged(request, JSON(page.twin(view)))
            return tagged(request, HTMLResponse(self.renderer.page(page.template, request, view=view, asked=what)))

        return answer


def tagged(request: Request, response: Response) -> Response:
    """`response` with an ETag of its content, or 304 where the asker has it already."""
    tag = f'"{blake2b(bytes(response.body), digest_size=12).hexdigest()}"'
    if tag in (request.headers.get("if-none-match") or ""):
        return Response(status_code=304, headers={"etag": tag})
    response.headers["etag"] = tag
    return response
