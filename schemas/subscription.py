"""Subscriptions: who wants which alerts, and where they go. The words of the operator's subscriptions file."""

from __future__ import annotations

from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, field_validator, model_validator

from schemas.message import Word
from schemas.metrics import Metric
from schemas.verdict import Severity, VerdictName

ChannelName = Literal["console", "webhook"]
MessageType = Literal["alert", "update", "cancel"]


class Match(Word):
    """Which alerts a subscription wants: every field that is given must fit, each by one of its values."""

    verdict: tuple[VerdictName, ...] = ()
    metric: tuple[Metric, ...] = ()
    entity: tuple[str, ...] = Field(
        default=(), description="Whose number it is or where: Wikidata ids or names, in any case."
    )
    speaker: tuple[str, ...] = Field(default=(), description="Who asserts one of the numbers: entity ids or names.")
    minimum_severity: Severity = "none"
    message_type: tuple[MessageType, ...] = ("alert", "update", "cancel")


class SecretSource(Word):
    """Where a signing secret is: an environment variable or a file. The secret itself never stands in the file."""

    env: str | None = Field(default=None, pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")
    file: Path | None = None

    @field_validator("env")
    @classmethod
    def _is_not_a_setting(cls, value: str | None) -> str | None:
        if value is not None and value.upper().startswith("COUNTERCLAIM_"):
            raise ValueError("variables that begin with COUNTERCLAIM_ are settings; give the secret another name")
        return value

    @model_validator(mode="after")
    def _is_one_place(self) -> SecretSource:
        if (self.env is None) == (self.file is None):
            raise ValueError("say one place, either env or file")
        return self


class Subscription(Word):
    """One subscriber."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$", description="Lower-case letters, digits, hyphens.")
    channel: ChannelName = "webhook"
    url: str | None = None
    secret: SecretSource | None = None
    match: Match = Match()

    @field_validator("url")
    @classmethod
    def _is_a_plain_url(cls, value: str | None) -> str | None:
        if value is None:
            return value
        problem = _url_problem(value)
        if problem is not None:
            raise ValueError(f"{problem}; write it as https://host/path, with no user, password or fragment")
        return value

    @model_validator(mode="after")
    def _has_what_its_channel_needs(self) -> Subscription:
        if self.channel == "webhook" and (self.url is None or self.secret is None):
            raise ValueError("a webhook needs url and secret; add both")
        if self.channel == "console" and not (self.url is None and self.secret is None):
            raise ValueError("the console has no url and no secret; remove them")
        return self


CONSOLE = Subscription(id="console", channel="console")
"""Every alert on the worker's standard output: always there, whatever the file says."""


class SubscriptionsFile(Word):
    """The whole file. At most 200: each webhook has a queue, a thread for names and an attempt of its own under way."""

    subscriptions: tuple[Subscription, ...] = Field(max_length=200)

    @field_validator("subscriptions")
    @classmethod
    def _have_names_of_their_own(cls, value: tuple[Subscription, ...]) -> tuple[Subscription, ...]:
        seen = {CONSOLE.id}
        for subscription in value:
            if subscription.id in seen:
                raise ValueError(f"the id {subscription.id!r} is taken twice or is the built-in one; choose another")
            seen.add(subscription.id)
        return value


def _url_problem(value: str) -> str | None:
    """What is wrong with a webhook's address, None if nothing."""
    if not value.isascii() or not value.isprintable() or " " in value:
        return "holds a space or a character that is not ASCII (international host names as xn--…)"
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError as error:
        return str(error)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return "is no web address"
    if parts.username is not None or parts.password is not None or parts.fragment:
        return "holds a user, a password or a fragment"
    return "has port 0" if port == 0 else None
