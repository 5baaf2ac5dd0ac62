"""Errors of the API: problem+json (RFC 9457) that names the parameter and the fix, and how the schema declares them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Coroutine, Mapping
from difflib import get_close_matches
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from schemas.errors import BadCursor
from schemas.message import Word
from schemas.metrics import Metric
from schemas.printable import visible
from services.desk.access.refusals import NoDatabase, Refused, respond
from services.desk.store.database import DatabaseAway

SHOWN = 40
"""Characters of what was given that are shown again: enough to know it by. A value may be as long as an address."""


class Problem(Word):
    """What is wrong, and what to do."""

    status: int
    title: str = Field(description="What is wrong.")
    detail: str = Field(description="What to do instead.")
    field: str | None = Field(default=None, description="The parameter that is wrong, if one is.")


def _declared(description: str) -> dict[str, Any]:
    return {
        "description": description,
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


RESPONSES: dict[int | str, dict[str, Any]] = {
    400: _declared("A parameter is not known, stands twice, or names no time or no page."),
    401: _declared("Nobody is signed in."),
    403: _declared("Whoever is signed in may not see this."),
    404: _declared("The desk holds nothing of that name, or there is no such address."),
    422: _declared("A parameter has a value it cannot have."),
    503: _declared("The database does not answer."),
}
NOT_MODIFIED: dict[int | str, dict[str, Any]] = {304: {"description": "As it was when its ETag was given."}}
NOT_INSTALLED: dict[int | str, dict[str, Any]] = {501: _declared("Parquet is asked for and not installed.")}


def _no_page(template: str, request: Request, **values: Any) -> str:
    raise AssertionError(f"{template}: who asks the API gets JSON")  # refusals.wants_json: whatever is under /v1


def refuse(request: Request, refused: Refused) -> Response:
    return respond(_no_page, request, refused)


async def _refused(request: Request, error: Refused) -> Response:
    return refuse(request, error)


async def _bad_cursor(request: Request, error: BadCursor) -> Response:
    return refuse(request, Refused(400, f"{error.problem}.", f"{_sentence(error.fix)}.", field=error.field))


async def _malformed(request: Request, error: RequestValidationError) -> Response:
    first = error.errors()[0]
    field = visible(str(first["loc"][-1])[:SHOWN])
    if first["type"] == "missing":
        return refuse(request, Refused(422, f"{field} is missing.", f"Add {field}=…", field=field))
    given = visible(repr(first["input"])[:SHOWN])
    return refuse(request, Refused(422, f"{given} does not fit.", _fix(field, first), field=field))


def _fix(field: str, error: Mapping[str, Any]) -> str:
    meant = get_close_matches(str(error["input"])[:SHOWN], [metric.value for metric in Metric], 1)
    if field == "metric" and meant:
        return f"Did you mean {meant[0]}? {error['msg']}."
    return f"{error['msg']}."


async def _elsewhere(request: Request, error: HTTPException) -> Response:
    missing = Refused(404, "There is no such address.", "GET /v1/ names what there is.")
    wrong = Refused(error.status_code, f"{error.detail}.", "The API is read with GET.", headers=error.headers)
    return refuse(request, missing if error.status_code == 404 else wrong)


async def _away(request: Request, _: DatabaseAway) -> Response:
    return refuse(request, NoDatabase())


async def _broken(request: Request, _: Exception) -> Response:
    fix = "It is the desk's fault, not yours: try again, and if it stays give its log to whoever runs the desk."
    return refuse(request, Refused(500, "The desk could not answer this.", fix))


HANDLERS: Mapping[int | type[Exception], Callable[[Request, Any], Coroutine[Any, Any, Response]]] = {
    Refused: _refused,
    BadCursor: _bad_cursor,
    RequestValidationError: _malformed,
    HTTPException: _elsewhere,
    DatabaseAway: _away,
    Exception: _broken,
}


async def known_parameters(request: Request) -> None:
    """Refuses a parameter that this address does not have, or that stands twice. A mistyped filter that was ignored
    would give a longer list than was asked for, and nobody would notice.

    Async, so that FastAPI calls it in the event loop: the schema is made at the first request, and of several threads
    that make it at once some fail.
    """
    app: FastAPI = request.app
    known = _parameters(app, request.scope["route"].path_format)
    for name, times in Counter(name for name, _ in request.query_params.multi_items()).items():
        shown = visible(name[:SHOWN])
        if name not in known:
            meant = get_close_matches(name[:SHOWN], known, 1)
            rest = f"Known here: {', '.join(sorted(known))}." if known else "None is known here."
            fix = f"Did you mean {meant[0]}? {rest}" if meant else rest
            raise Refused(400, f"There is no parameter {shown!r} here.", fix, field=shown)
        if times > 1:
            raise Refused(400, f"{shown} stands {times} times.", "Give it once.", field=shown)


def _parameters(app: FastAPI, path: str) -> list[str]:
    operation = app.openapi()["paths"][path]["get"]
    return [each["name"] for each in operation.get("parameters", ()) if each["in"] == "query"]


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
