"""What the desk does not do, said to a person as a page and to a program as problem+json (RFC 9457)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol
from urllib.parse import quote

import orjson
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

CHALLENGE = {"www-authenticate": 'Bearer realm="counterclaim"'}


class Refused(HTTPException):
    """An answer of 400 to 503 that says what is wrong (`problem`) and what to do (`fix`), and of which form field."""

    def __init__(
        self, status: int, problem: str, fix: str, *, field: str | None = None, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(status, problem, headers)
        self.problem = problem
        self.fix = fix
        self.field = field


class SignInNeeded(Refused):
    """401. A person is led to the sign-in page and back."""

    def __init__(
        self,
        problem: str = "This desk is for people who are signed in.",
        fix: str = "Sign in, or send Authorization: Bearer and a token.",
    ) -> None:
        super().__init__(401, problem, fix, headers=CHALLENGE)


class NotAllowed(Refused):
    """403."""

    def __init__(self, problem: str, fix: str) -> None:
        super().__init__(403, problem, fix)


class NoDatabase(Refused):
    """503 while the database is away, which is no fault of what was asked."""

    def __init__(self) -> None:
        super().__init__(
            503,
            "The desk's database does not answer.",
            "Try again in half a minute; if it stays, tell whoever runs the desk that its database is down.",
            headers={"retry-after": "30"},
        )


class Render(Protocol):
    """A page of the desk: `site.render.Renderer.page`."""

    def __call__(self, template: str, request: Request, **values: Any) -> str: ...


def refusal(render: Render) -> Callable[[Request, Exception], Awaitable[Response]]:
    """The handler of Refused for Starlette's `exception_handlers`."""

    async def answer(request: Request, error: Exception) -> Response:
        assert isinstance(error, Refused)  # noqa: S101  # what Starlette calls this handler for
        return respond(render, request, error)

    return answer


def respond(render: Render, request: Request, refused: Refused) -> Response:
    """The answer to a person or to a program, whoever asks."""
    if wants_json(request):
        body: dict[str, Any] = {"status": refused.status_code, "title": refused.problem, "detail": refused.fix}
        if refused.field is not None:
            body["field"] = refused.field
        return Response(orjson.dumps(body), refused.status_code, refused.headers, media_type="application/problem+json")
    if isinstance(refused, SignInNeeded):
        return _to_sign_in(request)
    problem = refused.problem if refused.field is None else f"{refused.field}: {refused.problem}"
    page = render("error.html", request, status=refused.status_code, problem=problem, fix=refused.fix)
    return HTMLResponse(page, refused.status_code, refused.headers)


def wants_json(request: Request) -> bool:
    """Whether a program asks, which wants no pages and no redirects."""
    path = request.url.path
    if path.endswith(".json") or path == "/v1" or path.startswith("/v1/"):
        return True
    return "authorization" in request.headers or "text/html" not in request.headers.get("accept", "text/html")


def _to_sign_in(request: Request) -> Response:
    """Leads to the sign-in page.

    A link in a mail or a chat comes from another site, so the browser leaves the cookie (SameSite=Strict) out even of
    those who are signed in, and out of everything a redirect leads to. A page of ours that asks for the next one makes
    it the desk's own request: it carries the cookie, and the sign-in page then goes straight on.
    """
    raw = request.scope.get("raw_path")  # as it was asked for; the path itself is percent-decoded
    asked = (raw.decode("latin-1") if raw else quote(request.url.path)).partition("?")[0]
    asked += f"?{request.url.query}" if request.url.query else ""
    address = "/sign-in?next=" + quote(asked if request.method in ("GET", "HEAD") else "/", safe="/")
    if request.method != "GET" or request.headers.get("sec-fetch-site", "none") in ("none", "same-origin"):
        return RedirectResponse(address, 303)
    page = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Counterclaim</title>'
        f'<meta http-equiv="refresh" content="0;url={address}"></head>'
        f'<body><p><a href="{address}">Go on to the desk</a></p></body></html>'
    )  # `address` is percent-encoded: no quote, no angle bracket, no ampersand can stand in it
    return HTMLResponse(page, 401, CHALLENGE)
