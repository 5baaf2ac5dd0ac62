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
        return listening(host, port)
    except OSError as error:
        raise BadSetting(
            f"{PREFIX}{setting}: {host}:{port} cannot be used ({error}); choose another, or 0 for a free one"
        ) from None


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens on an address (IPv4 or IPv6) or name. Raises OSError."""
    return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)


def web_address(host: str, bound: socket.socket) -> str:
    """Where what listens there is asked: http://127.0.0.1:9464, http://[::1]:9464."""
    return f"http://{f'[{host}]' if ':' in host else host}:{bound.getsockname()[1]}"
