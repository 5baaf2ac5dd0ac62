"""The sign-in that the settings ask for."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from datetime import datetime

from schemas.errors import BadSetting
from services.desk.access.access import LOOPBACK_NAMES, Access, is_loopback
from services.desk.access.people import ROLES, Role
from services.desk.access.proxy import Network, TrustedProxy
from services.desk.access.users_file import UsersFile
from services.platform.settings import PREFIX, Settings

_USERS = f"{PREFIX}DESK_USERS_FILE"
_ADDRESSES = f"{PREFIX}DESK_PROXY_ADDRESSES"
_SECRET = f"{PREFIX}DESK_SESSION_SECRET"
_HEADER = f"{PREFIX}DESK_PROXY_USER_HEADER"
_GROUPS = f"{PREFIX}DESK_PROXY_GROUPS_HEADER"
_ROLES = f"{PREFIX}DESK_PROXY_ROLES"


def access_of(settings: Settings, host: str, clock: Callable[[], datetime], *, without_sign_in: bool = False) -> Access:
    """The sign-in of a desk that listens on `host`, an address or a name.

    `without_sign_in`: everybody is an editor, which somebody must ask for and which only loopback allows. Raises
    BadSetting where that is not so, where there is no sign-in, or where a setting of it cannot be used.
    """
    proxy = _proxy(settings)
    signs_in = settings.desk_users_file is not None or settings.desk_proxy_user_header != ""
    if without_sign_in and signs_in:
        raise BadSetting(f"--no-sign-in: {_USERS} or {_HEADER} is set; leave out the one or the other")
    if without_sign_in and not is_loopback(host):
        raise BadSetting(f"--host {host}: is not loopback, and nobody signs in; set {_USERS} instead of --no-sign-in")
    if not (signs_in or without_sign_in):
        raise BadSetting(
            f"{_USERS}: is not set, so nobody could sign in; `counterclaim desk-users add NAME --role editor` makes "
            f"it. Or let a proxy sign people in: {_ADDRESSES}, {_HEADER}. Or, on loopback, --no-sign-in"
        )
    secret = settings.desk_session_secret
    if secret is not None and not settings.desk_database.get_secret_value():
        raise BadSetting(
            f"{_SECRET}: is set, but {PREFIX}DESK_DATABASE is not: who signs out would be in again after a restart; "
            "set the database, too, or leave the secret out"
        )
    return Access(
        clock,
        users=UsersFile(settings.desk_users_file) if settings.desk_users_file is not None else None,
        proxy=proxy,
        secret=secret.get_secret_value().encode() if secret is not None else None,
        idle=settings.desk_session_idle,
        longest=settings.desk_session_longest,
    )


def hosts_of(settings: Settings) -> tuple[str, ...]:
    """Names the desk answers to in the Host header. Another is a foreign page whose name was pointed here."""
    return (*LOOPBACK_NAMES, *_parts(settings.desk_hosts))


def _proxy(settings: Settings) -> TrustedProxy:
    addresses, header = settings.desk_proxy_addresses, settings.desk_proxy_user_header
    if header and not addresses:
        raise BadSetting(f"{_ADDRESSES}: is not set, but {_HEADER} is; set it, or anybody could send that header")
    if settings.desk_proxy_groups_header and not (header and settings.desk_proxy_roles):
        raise BadSetting(f"{_GROUPS}: is set; set {_HEADER} and {_ROLES} (as newsroom=reader,desk=editor), too")
    if settings.desk_proxy_roles and not settings.desk_proxy_groups_header:
        raise BadSetting(f"{_ROLES}: is set; set {_GROUPS}, too: without it everybody the proxy names is a reader")
    return TrustedProxy(
        tuple(_network(part) for part in _parts(addresses)),
        header,
        settings.desk_proxy_groups_header,
        dict(_role(part) for part in _parts(settings.desk_proxy_roles)),
    )


def _network(given: str) -> Network:
    try:
        network = ipaddress.ip_network(given)
    except ValueError as error:
        raise BadSetting(f"{_ADDRESSES}: {error}; give addresses as 10.0.0.7 or 10.0.0.0/24") from None
    if network.prefixlen == 0:
        raise BadSetting(f"{_ADDRESSES}: {given} is everybody; give the addresses of the proxies alone")
    return network


def _role(given: str) -> tuple[str, Role]:
    group, _, name = given.rpartition("=")
    for role in ROLES:
        if group and name == role:
            return group, role
    raise BadSetting(f"{_ROLES}: {given!r} is not group=role; roles are {', '.join(ROLES)}")


def _parts(given: str) -> list[str]:
    return [part.strip() for part in given.split(",") if part.strip()]
