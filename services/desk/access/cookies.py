"""The desk's cookies: for this host, no script and no other site."""

from __future__ import annotations

from starlette.requests import HTTPConnection
from starlette.responses import Response

from services.desk.access.access import Access
from services.desk.access.seal import Session

VISIT = "visit"
"""Of somebody who is yet to sign in: it ties the sign-in form to the browser that was given it."""


def keep_session(access: Access, request: HTTPConnection, session: Session) -> str:
    """The Set-Cookie that gives a browser its session. It ends with the browser, or earlier by age."""
    return _cookie(access.cookie_name(request), access.sessions.cookie(session), secure=access.secure(request))


def drop_session(access: Access, request: HTTPConnection) -> str:
    """The Set-Cookie that takes it away."""
    return _cookie(access.cookie_name(request), "", secure=access.secure(request))


def keep_visit(access: Access, request: HTTPConnection, visit: str) -> str:
    return _cookie(visit_name(access, request), visit, secure=access.secure(request))


def visit_name(access: Access, request: HTTPConnection) -> str:
    return f"{access.cookie_name(request)}-{VISIT}"


def _cookie(name: str, value: str, *, secure: bool) -> str:
    answer = Response()
    answer.set_cookie(
        name, value, max_age=None if value else 0, secure=secure, httponly=True, samesite="strict", path="/"
    )
    return answer.headers["set-cookie"]
