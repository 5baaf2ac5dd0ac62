"""The sign-in page, and the way out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import structlog
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from services.desk.access.access import Access, holder_of
from services.desk.access.cookies import drop_session, keep_session, visit_name
from services.desk.access.people import Person, person_of
from services.desk.access.posts import SMALL, check, form_of, own_form, same_site
from services.desk.access.refusals import Refused, Render
from services.desk.access.sign_in_page import KEPT, kept_of, sign_in_page, visitor

CLEAR = {"clear-site-data": '"cache"'}
"""Or the browser's "back" would show the desk once more."""

log = structlog.get_logger(__name__)


Keep = Callable[[str, int], Awaitable[None]]
"""Remembers, also over a restart, that a session (its id) ended, until it would have ended by age."""


def sign_in_routes(access: Access, render: Render, keep: Keep) -> list[Route]:
    """GET and POST /sign-in, POST /sign-out."""

    async def show(request: Request) -> Response:
        to = same_site(request.query_params.get("next"))
        if person_of(request) is not None:
            return RedirectResponse(to, 303)
        return sign_in_page(access, render, request, to=to)

    async def sign_in(request: Request) -> Response:
        fields = await form_of(request, KEPT + SMALL)
        to, kept = same_site(fields.get("next")), kept_of(fields)
        request.state.holder = visitor(request.cookies.get(visit_name(access, request), ""))
        try:
            check(request, fields.get("csrf", ""))
            user = access.user_by_token(request, fields.get("token", ""))
        except Refused as refused:
            return sign_in_page(access, render, request, to=to, refused=refused, kept=kept)
        session = access.sessions.begin(user, access.now())
        log.info("signed in", name=user.name, role=user.role)
        answer: Response = RedirectResponse(to, 303)
        if kept:
            request.state.person = Person(user.name, user.role, "session")
            request.state.csrf = access.seal.csrf(holder_of(session))
            answer = HTMLResponse(render("act_kept.html", request, back=to, typed=kept))
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
