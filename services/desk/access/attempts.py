"""How often an address may fail to sign in."""

from __future__ import annotations

import ipaddress
from collections import deque

FAILURES = 10
WINDOW = 15 * 60
"""Ten failures in a quarter of an hour: more than a person mistypes. A token cannot be guessed (256 bits), so this is
for the log and the processor; it is no lock on anybody's account."""

ADDRESSES = 10_000
"""Kept; the one that failed longest ago goes first. About 1 kB each at worst."""


class Attempts:
    """Failures of the last quarter of an hour by address. Times are whole seconds of one clock."""

    def __init__(self) -> None:
        self._failed: dict[str, deque[int]] = {}

    def wait(self, address: str, now: int) -> int:
        """Seconds until `address` may try again; 0: now."""
        times = self._failed.get(_network(address))
        if times is None or len(times) < FAILURES:
            return 0
        return max(0, times[0] + WINDOW - now)

    def failed(self, address: str, now: int) -> None:
        network = _network(address)
        times = self._failed.pop(network, None) or deque(maxlen=FAILURES)
        times.append(now)
        self._failed[network] = times  # the newest last
        if len(self._failed) > ADDRESSES:
            del self._failed[next(iter(self._failed))]


def _network(address: str) -> str:
    """An IPv6 customer has a /64 of addresses to fail from."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((parsed, 64), strict=False)) if parsed.version == 6 else address
