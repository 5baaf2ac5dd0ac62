"""Serving the desk inside somebody else's event loop."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator

import uvicorn
from starlette.applications import Starlette

from services.desk.access.access import is_loopback
from services.platform.serving import listening, web_address

PORT = 8340
"""Unassigned at IANA and no common default of broker, database or metrics."""

GRACE = 3
"""Seconds for answers under way when the server stops; streams are ended at once."""


class DeskServer(uvicorn.Server):
    """A server that leaves signals to its host: end `serve()` by `stop()`. The address is taken when it is made.

    Raises ValueError for an address that is not loopback, unless everybody has to sign in (`signed_in`). Raises OSError
    if the port is taken; port 0 takes a free one.
    """

    def __init__(self, app: Starlette, host: str = "127.0.0.1", port: int = PORT, *, signed_in: bool = False) -> None:
        if not (signed_in or is_loopback(host)):
            raise ValueError(
                f"{host} is not loopback, and this desk has no sign-in; bind 127.0.0.1, or set one up "
                "(`counterclaim desk-users`)"
            )
        super().__init__(
            uvicorn.Config(
                app,
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=GRACE,
                proxy_headers=False,  # uvicorn would let any process on this machine say where a request comes from
            )
        )
        self._app = app
        self._socket = listening(host, port)
        self.url = f"{web_address(host, self._socket)}/"

    async def serve(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve until `stop()`."""
        await super().serve([self._socket, *(sockets or [])])

    def stop(self) -> None:
        """Take no more, finish what is under way, end."""
        self.should_exit = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._app.state.stream.close()  # before uvicorn waits for its clients: an open board never ends by itself
        self._app.state.changes.close()  # nor does a stream of alerts
        await super().shutdown(sockets)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
