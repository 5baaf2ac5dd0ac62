"""A web server inside a process whose signals belong to somebody else: /metrics and /healthz of a worker and a desk."""

from __future__ import annotations

import socket
from contextlib import nullcontext
from typing import Any

import uvicorn
from starlette.applications import Starlette

from schemas.errors import BadSetting
from services.platform.settings import PREFIX


class Server(uvicorn.Server):
    """uvicorn takes SIGINT and SIGTERM for itself; in this process they belong to the host."""

    def capture_signals(self) -> Any:
        return nullcontext()


def server(app: Starlette) -> Server:
    """A server of `app` that logs nothing and ends within a second."""
    return Server(uvicorn.Config(app, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=1))


def listener(host: str, port: int, setting: str) -> socket.socket:
    """A socket that listens there. Raises BadSetting with the `setting` that gives the port where it cannot."""
    try:
        return socket.create_server((host, port))
    except OSError as error:
        raise BadSetting(
            f"{PREFIX}{setting}: {host}:{port} cannot be used ({error}); choose another, or 0 for a free one"
        ) from None
