"""The channel of each subscription, with its secret read and its address judged, before anything is sent."""

from __future__ import annotations

import base64
import binascii
import os
import ssl
from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

from standardwebhooks import Webhook as Signer

from schemas.errors import BadSetting
from schemas.subscription import SecretSource, Subscription
from services.deliver.addresses import is_public
from services.deliver.channel import Channel
from services.deliver.connect import CheckedConnections
from services.deliver.console import Console
from services.deliver.webhook import Webhook
from services.platform.settings import PREFIX, Settings

SECRET_BYTES = (24, 64)
"""Standard Webhooks: at least 192 bits, at most 512."""

_MAKE_ONE = """make one: python3 -c "import base64, os; print('whsec_' + base64.b64encode(os.urandom(32)).decode())\""""


def open_channels(subscriptions: Iterable[Subscription], settings: Settings) -> dict[str, Channel]:
    """By subscription id. Raises BadSetting for all that is wrong at once; no secret is shown."""
    tls = ssl.create_default_context()
    file = "" if settings.subscriptions_file is None else f"{settings.subscriptions_file}: "
    channels: dict[str, Channel] = {}
    complaints = []
    for subscription in subscriptions:
        try:
            channels[subscription.id] = _open(subscription, settings, tls)
        except BadSetting as error:
            complaints.append(f"{file}subscription {subscription.id}: {error}")
    if complaints:
        raise BadSetting("\n".join(complaints))
    return channels


def _open(subscription: Subscription, settings: Settings, tls: ssl.SSLContext) -> Channel:
    if subscription.url is None or subscription.secret is None:
        return Console()
    if not settings.webhook_development:
        _check_for_production(subscription.url)
    network = CheckedConnections(anywhere=settings.webhook_development)
    return Webhook(subscription.url, _signer(subscription.secret), network, tls)


def _check_for_production(url: str) -> None:
    parts = urlsplit(url)
    only = f"only for development set {PREFIX}WEBHOOK_DEVELOPMENT=true"
    if parts.scheme != "https":
        raise BadSetting(f"url: {url} has no TLS; write https://…, {only}")
    host = parts.hostname or ""
    try:
        ip_address(host)
    except ValueError:
        return  # a name: its addresses are judged at each connection
    if not is_public(host):
        raise BadSetting(f"url: {host} is not a public address; {only}")


def _signer(source: SecretSource) -> Signer:
    """Raises BadSetting when the secret is not there or is none."""
    where, secret = _secret(source)
    try:
        key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except (binascii.Error, ValueError):
        raise BadSetting(f"{where} is not whsec_ and base64; {_MAKE_ONE}") from None
    low, high = SECRET_BYTES
    if not secret.startswith("whsec_") or not low <= len(key) <= high:
        raise BadSetting(f"{where} must be whsec_ and the base64 of {low} to {high} bytes; {_MAKE_ONE}")
    return Signer(secret)


def _secret(source: SecretSource) -> tuple[str, str]:
    """Where the secret is, for people, and the secret."""
    if source.file is None:
        name = source.env or ""
        value = os.environ.get(name, "").strip()
        if not value:
            raise BadSetting(f"secret.env: the variable {name} is not set; set it to the secret, or {_MAKE_ONE}")
        return f"secret.env: the value of {name}", value
    try:
        return f"secret.file: what {source.file} holds", source.file.read_text("ascii").strip()
    except OSError as error:
        raise BadSetting(f"secret.file: {source.file}: {error.strerror}; give a file this process can read") from None
    except UnicodeDecodeError:
        raise BadSetting(f"secret.file: {source.file} is not ASCII; {_MAKE_ONE}") from None
