"""The sign-in page, and the way out."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable

import structlog
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from services.desk.access.access import Access
from services.desk.access.cookies import drop_session, keep_session, keep_visit, visit_name
from services.desk.access.people import person_of
from services.desk.access.posts import check, form_of, own_form, same_site
from services.desk.access.refusals import Refused, Render

CLEAR = {"clear-site-data": '"cache"'}
"""Or the browser's "back" would show the desk once more."""

log = structlog.get_logger(__name__)


Keep = Callable[[str, int], Awaitable[None]]
"""Remembers, also over a restart, that a session (its id) ended, until it would have ended by age."""


def sign_in_routes(access: Access, render: Render, keep: Keep) -> list[Route]:
    """GET and POST /sign-in, POST /sign-out."""

    def page(request: Request, to: str, refused: Refused | None = None) -> Response:
        visit = request.cookies.get(visit_name(access, request)) or secrets.token_urlsafe(16)
        request.state.csrf = access.seal.csrf(_visitor(visit))
        shown = render(
            "sign_in.html",
            request,
            to=to,
            refused=refused,
            takes_tokens=access.takes_tokens,
            plain_http=access.over_plain_http(request),
        )
        headers = refused.headers if refused is not None else None
        answer = HTMLResponse(shown, refused.status_code if refused is not None else 200, headers)
        answer.headers.append("set-cookie", keep_visit(access, request, visit))
        return answer

    async def show(request: Request) -> Response:
        to = same_site(request.query_params.get("next"))
        return page(request, to) if person_of(request) is None else RedirectResponse(to, 303)

    async def sign_in(request: Request) -> Response:
        fields = await form_of(request)
        to = same_site(fields.get("next"))
        request.state.holder = _visitor(request.cookies.get(visit_name(access, request), ""))
        try:
            check(request, fields.get("csrf", ""))
            user = access.user_by_token(request, fields.get("token", ""))
        except Refused as refused:
            return page(request, to, refused)
        session = access.sessions.begin(user, access.now())
        log.info("signed in", name=user.name, role=user.role)
        answer = RedirectResponse(to, 303)
        answer.headers.append("set-cookie", keep_session(access, request, session))
        return answer

    async def sign_out(request: Request) -> Response:
        await own_form(request)
        answer = RedirectResponse("/sign-in", 303, CLEAR)
        if request.state.session is not None:
            until = access.sessions.end(request.state.session, access.now())
            await keep(request.state.session.id, until)
            log.info("signed out", name=request.state.person.name)
        answer.headers.append("set-cookie", drop_session(access, request))
        return answer

    return [
        Route("/sign-in", show, methods=["GET"]),
        Route("/sign-in", sign_in, methods=["POST"]),
        Route("/sign-out", sign_out, methods=["POST"]),
    ]


def _visitor(visit: str) -> str:
    return f"visit {visit}"
