"""Nothing of the desk without sign-in: stands in front of every page, file and stream."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.desk.access.access import Access, Found
from services.desk.access.cookies import keep_session
from services.desk.access.posts import from_elsewhere
from services.desk.access.refusals import NotAllowed, Refused, Render, SignInNeeded, respond
from services.desk.access.sign_in_page import sign_in_over_form

FREE = ("/static/", "/healthz", "/readyz")
"""What anybody may read: it says nothing of the news, and a probe has no name."""

SIGN_IN = "/sign-in"

CHECKED = 15
"""Seconds after which a stream asks anew whether its reader is still let in: the board's heartbeat."""


class SignedIn:
    """Sets `request.state.person`, `.session`, `.holder`, `.csrf` and `.access`, or answers itself: whom it does not
    know is led to the sign-in page, what another site sends is refused. Keeps sessions in use alive, and ends the
    streams of those who signed out or were put out.
    """

    def __init__(self, app: ASGIApp, access: Access, render: Render) -> None:
        self._app = app
        self._access = access
        self._render = render

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or _is_free(scope):
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        await self._access.sessions.look_up(self._access.now())
        try:
            found = self._admit(request)
        except Refused as refused:
            await (await self._refusal(request, refused))(scope, receive, send)
            return
        answering = _Answer(self._access, request, found, send)
        try:
            await self._app(scope, receive, answering.send)
        except (OSError, ClientDisconnect):
            if not answering.ended:
                raise

    def _admit(self, request: Request) -> Found | None:
        state = request.state
        state.access = self._access
        state.person, state.session, state.holder, state.csrf = None, None, "", ""
        found = self._access.find(request)
        if found is not None:
            state.person, state.session, state.holder = found.person, found.session, found.holder
            state.csrf = self._access.seal.csrf(found.holder)
        elif request.url.path != SIGN_IN:
            raise SignInNeeded()
        by_token = found is not None and found.person.by == "token"
        if request.method not in ("GET", "HEAD", "OPTIONS") and not by_token and from_elsewhere(request):
            raise NotAllowed("Another site sent this form.", "Do it from the desk's own page.")
        return found

    async def _refusal(self, request: Request, refused: Refused) -> Response:
        if isinstance(refused, SignInNeeded):
            page = await sign_in_over_form(self._access, self._render, request, refused)
            if page is not None:
                return page
        return respond(self._render, request, refused)


class _Answer:
    """The way back of one answer."""

    def __init__(self, access: Access, request: Request, found: Found | None, send: Send) -> None:
        self._access = access
        self._request = request
        self._found = found
        self._send = send
        self._checked: int | None = None
        self.ended = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            # What is shown names who asked and holds the tokens of their forms: not for a cache that others share.
            headers.setdefault("cache-control", "private, no-cache")
            headers.add_vary_header("cookie, authorization")
            self._keep(headers)
            if headers.get("content-type", "").startswith("text/event-stream"):
                self._checked = self._access.now()
        elif self._checked is not None and self._access.now() - self._checked >= CHECKED:
            self._checked = self._access.now()
            if not await self._still_in():
                self.ended = True
                await self._send({"type": "http.response.body", "body": b"", "more_body": False})
                raise OSError("signed out")  # as for a client that left: whoever makes the stream ends it
        await self._send(message)

    def _keep(self, headers: MutableHeaders) -> None:
        session = self._found.session if self._found is not None else None
        name = self._access.cookie_name(self._request)
        if session is None or any(cookie.startswith(f"{name}=") for cookie in headers.getlist("set-cookie")):
            return  # signing out, or in: that answer has the last word
        renewed = self._access.sessions.renewed(session, self._access.now())
        if renewed is not None:
            headers.append("set-cookie", keep_session(self._access, self._request, renewed))

    async def _still_in(self) -> bool:
        await self._access.sessions.look_up(self._access.now())
        try:
            return self._access.find(self._request) is not None
        except Refused:
            return False


def _is_free(scope: Scope) -> bool:
    path: str = scope["path"]
    return scope["method"] in ("GET", "HEAD") and (path.startswith(FREE[0]) or path in FREE[1:])
