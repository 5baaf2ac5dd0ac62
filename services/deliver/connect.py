"""Connections to public addresses only, checked on the very address that is connected to.

A check of the URL's host beforehand would be worth nothing: its owner may answer the next question for the name with
127.0.0.1 (DNS rebinding). So the name is resolved once, here, each address is judged, and what was judged is connected
to, while TLS still checks the certificate against the name.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

import httpcore

from services.deliver.addresses import is_public

CONNECT_SECONDS = 5.0
"""For one address: a third of an attempt, so that an IPv6 address without a way leaves time for the IPv4 one."""


class AddressRefused(Exception):
    """The host has no address that may be connected to. Says which it has."""


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host name, in the order of the system's preference. Raises socket.gaierror."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class CheckedConnections(httpcore.AsyncNetworkBackend):
    """The network as one webhook may use it. `anywhere`: in development, addresses are not judged."""

    def __init__(self, *, anywhere: bool, lookup: Callable[[str, int], list[str]] = resolve) -> None:
        self._anywhere = anywhere
        self._lookup = lookup
        self._network = httpcore.AnyIOBackend()
        # A thread of its own: the loop's few threads also find the brokers' addresses, and a name service that does not
        # answer holds a thread for half a minute.
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="resolve")

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109  # httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """As httpcore's. Raises AddressRefused, socket.gaierror, httpcore.ConnectError, httpcore.ConnectTimeout."""
        found = await asyncio.get_running_loop().run_in_executor(self._thread, self._lookup, host, port)
        allowed = [address for address in found if self._anywhere or is_public(address)]
        if not allowed:
            raise AddressRefused(f"{host} is {', '.join(found)}, which is not public")
        for address in allowed[:-1]:
            try:
                return await self._network.connect_tcp(address, port, CONNECT_SECONDS, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue  # the last one says why
        return await self._network.connect_tcp(allowed[-1], port, CONNECT_SECONDS, local_address, socket_options)

    async def sleep(self, seconds: float) -> None:
        """As httpcore's."""
        await asyncio.sleep(seconds)
