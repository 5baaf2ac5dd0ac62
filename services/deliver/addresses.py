"""Which addresses a webhook may connect to."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

_NAT64 = IPv6Network("64:ff9b::/96")
"""RFC 6052: the last 32 bits are an IPv4 address that a gateway connects to. In a network without IPv4 every receiver
that has only IPv4 is seen so."""

_PROTOCOLS = IPv4Network("192.0.0.0/24")
"""RFC 6890: for protocols between machines of one network; Oracle's cloud has its metadata there. Pythons before
3.11.10 and 3.12.4 count all but 16 of its addresses as public."""


def is_public(address: str) -> bool:
    """Whether it is an address of the Internet: not private, loopback, link-local, shared, multicast or reserved.

    An IPv6 address that leads to IPv4 ones is judged by those. False for what is no address.
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, IPv6Address) and (inner := _inside(parsed)):
        return all(is_public(str(each)) for each in inner)
    if isinstance(parsed, IPv4Address) and parsed in _PROTOCOLS:
        return False
    site_local = isinstance(parsed, IPv6Address) and parsed.is_site_local
    return parsed.is_global and not (parsed.is_multicast or parsed.is_reserved or site_local)


def _inside(address: IPv6Address) -> list[IPv4Address]:
    """The IPv4 addresses that an IPv6 address leads to: mapped, 6to4, Teredo, NAT64."""
    found = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _NAT64:
        found.append(IPv4Address(int(address) & 0xFFFFFFFF))
    return [inner for inner in found if inner is not None]
