"""A proxy that signs people in: its word counts if the connection comes from it, and from nobody else."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import HTTPConnection

from services.desk.access.people import ROLES, Person, Role, good_name
from services.desk.access.refusals import NotAllowed, Refused

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True)
class TrustedProxy:
    """`addresses`: where it connects from. `user_header`: in which it names the person, and `groups_header` their
    groups, comma between; without the latter all are readers. `roles`: which group gives which role."""

    addresses: Sequence[Network]
    user_header: str
    groups_header: str = ""
    roles: Mapping[str, Role] | None = None

    def is_peer(self, request: HTTPConnection) -> bool:
        """Whether the connection comes from the proxy."""
        return request.client is not None and self._has(request.client.host)

    def person(self, request: HTTPConnection) -> Person | None:
        """Who the proxy says it is; None if it is not the proxy that says so, or it names nobody.

        Raises Refused (400) if it names two or nothing that can be a name, NotAllowed if no group has a role here.
        """
        if not self.user_header or not self.is_peer(request):
            return None
        named = request.headers.getlist(self.user_header)
        if not named:
            return None
        # Two: a proxy that adds its header to the client's own instead of replacing it. Either may be the forged one.
        if len(named) > 1:
            raise Refused(400, f"{self.user_header} came twice.", "Let the proxy remove what clients send under it.")
        try:
            name = good_name(named[0].encode("latin-1").decode("utf-8"))
        except ValueError as error:  # UnicodeDecodeError is one
            raise Refused(400, f"{self.user_header}: {error}.", "Let the proxy send a name in UTF-8.") from None
        return Person(name, self._role(name, request), "proxy")

    def client(self, request: HTTPConnection) -> str:
        """The address that asks: the last one in X-Forwarded-For that is not the proxy's own."""
        peer = request.client.host if request.client is not None else "unknown"
        if not self.is_peer(request):
            return peer
        forwarded = ",".join(request.headers.getlist("x-forwarded-for")).split(",")
        others = [part.strip() for part in forwarded if part.strip() and not self._has(part.strip())]
        return others[-1] if others else peer

    def scheme(self, request: HTTPConnection) -> str:
        """http or https, as the browser has it."""
        forwarded = request.headers.get("x-forwarded-proto", "") if self.is_peer(request) else ""
        return forwarded if forwarded in ("http", "https") else request.url.scheme

    def _role(self, name: str, request: HTTPConnection) -> Role:
        if not self.groups_header:
            return "reader"
        groups = {part.strip() for value in request.headers.getlist(self.groups_header) for part in value.split(",")}
        found = [role for group, role in (self.roles or {}).items() if group in groups]
        if not found:
            raise NotAllowed(f"None of the groups of {name} has a role at this desk.", "Ask an admin of this desk.")
        return max(found, key=ROLES.index)

    def _has(self, host: str) -> bool:
        try:
            address = ipaddress.ip_address(host)
        except ValueError:
            return False
        mapped = getattr(address, "ipv4_mapped", None)  # how an IPv4 peer looks on a socket that takes both
        return any((mapped or address) in network for network in self.addresses)
