"""By which name the desk is asked for, and over which scheme."""

from __future__ import annotations

import re
from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from services.desk.access.access import Access
from services.desk.access.refusals import Refused, Render, respond, wants_json

_PORT = re.compile(r":[0-9]{0,5}")

SHOWN = 100
"""Characters of a name in the refusal: DNS allows 253, and nobody has to read them."""


class Addressed:
    """Refuses (400) names in the Host header that are none of `hosts`: another is a foreign page whose name was pointed
    here. `*.example.org` stands for all names below that one, `*` for all there are. Sets the scheme to the browser's,
    which a proxy with TLS knows, so that links and redirects of the desk lead back the same way.
    """

    def __init__(self, app: ASGIApp, hosts: Sequence[str], access: Access, render: Render) -> None:
        self._app = app
        self._hosts = frozenset(host.lower() for host in hosts)
        self._access = access
        self._render = render

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        name = _name(request.headers.get("host", ""))
        if self._is_own(name):
            scope["scheme"] = self._access.scheme(request)
            await self._app(scope, receive, send)
            return
        refused = Refused(
            400,
            f"The desk does not answer to the name {name[:SHOWN]!a}.",
            "Whoever runs it can add the name to COUNTERCLAIM_DESK_HOSTS.",
        )
        if wants_json(request):
            await respond(self._render, request, refused)(scope, receive, send)
        else:  # no page: its style and its links would be refused, too
            await PlainTextResponse(f"{refused.problem}\n{refused.fix}\n", 400)(scope, receive, send)

    def _is_own(self, name: str) -> bool:
        above = (f"*{name[at:]}" for at, letter in enumerate(name) if letter == ".")
        return name in self._hosts or "*" in self._hosts or any(pattern in self._hosts for pattern in above)


def _name(host: str) -> str:
    """The Host header without its port, and an IPv6 address without its brackets (RFC 3986, 3.2.2). Nothing where
    what follows is no port: in "127.0.0.1:80@elsewhere", which links would repeat, the host is elsewhere."""
    if host.startswith("["):
        name, _, port = host[1:].partition("]")
    else:
        name, colon, port = host.partition(":")
        port = colon + port
    return "" if port and not _PORT.fullmatch(port) else name.lower()
