"""Every setting of the service, read from the environment and nowhere else.

A wrong value stops the start: `load_settings` raises BadSetting with the variable, the value and the fix. The value of
a secret is never shown.
"""

from __future__ import annotations

import os
import re
import ssl
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from schemas.errors import BadSetting

PREFIX = "COUNTERCLAIM_"

_NOT_SETTINGS = {f"{PREFIX}SHARED", f"{PREFIX}TEST_BOOTSTRAP"}
"""Read by tests and measurements: the folder of shared data, a Kafka that is already running."""

_SERVICE_LINK = re.compile(r".+_SERVICE_(?:HOST|PORT(?:_[A-Z0-9_]+)?)|.+_PORT_[0-9]+_(?:TCP|UDP|SCTP)(?:_[A-Z]+)?")
_ADDRESS = re.compile(r"(?:tcp|udp|sctp)://")
"""Kubernetes gives every pod such variables of each Service: one named counterclaim-desk makes seven with our prefix,
COUNTERCLAIM_DESK_PORT=tcp://10.0.0.7:80 among them. They are nobody's mistake."""

WATCHDOG_SHARE = 0.75
"""Of the stall limit (60 s): with a look every 5 s and the broker's answer, what stands still is noticed within it."""

EMBEDDED_TUNING: Mapping[str, float] = {
    "session_timeout": 3,
    "heartbeat_interval": 1,
    "rebalance_timeout": 3,
    "batch_bytes": 1,
    "tally_period": 0.2,
}
"""Seconds. Tansu holds a first join for half the session timeout: measured 3.0 s with 6, 1.5 with 3, 1.0 with 2, and
about one join in four waits a whole session longer. Static
membership makes it 6.0 s whatever the timeouts, so it stays off there. Heartbeats have a thread of their own.
It gives the first offset of the last batch as the end of a partition (measured: 2 for 6 records in batches of 1 and 5),
so that a table's recovery would stop short: with one record a batch the end is right.
The demo ends with its alert, half a second after the last article: entities' tables have to be out by then."""


class Settings(BaseSettings):
    """What the operator decides. Times are seconds. Each field is the variable COUNTERCLAIM_<FIELD>."""

    # Empty counts as unset: a compose file or a chart writes COUNTERCLAIM_INSTANCE= for "none".
    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore", env_ignore_empty=True)

    bootstrap_servers: str = Field(
        default="",
        description="Kafka as host:port, comma between several. "
        "Empty: only `counterclaim demo` starts a broker of its own.",
    )
    security_protocol: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = "PLAINTEXT"
    sasl_mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] = "PLAIN"
    sasl_username: str | None = None
    sasl_password: SecretStr | None = None
    ssl_ca_file: Path | None = Field(default=None, description="PEM file of the authority that signed the broker.")
    instance: str | None = Field(
        default=None,
        pattern=r"^[A-Za-z0-9._-]{1,100}$",
        description="Name of this worker slot, unique among workers (a StatefulSet's pod name): static membership, "
        "2 to 5 s of silence after a kill instead of 11 to 15. Not on the embedded broker.",
    )
    session_timeout: float = Field(
        default=12, ge=1, le=80, description="Below Faust's broker_request_timeout of 90 s, which it insists on."
    )
    heartbeat_interval: float = Field(default=3, ge=0.1, le=100)
    rebalance_timeout: float = Field(
        default=30,
        ge=1,
        le=600,
        description="How long a rebalance waits for a worker that does not answer; below three quarters of the stall "
        "limit, at which the watchdog ends those who wait.",
    )
    broker_timeout: float = Field(
        default=10, ge=1, le=300, description="How long a start, a check or a creation waits for the broker."
    )
    send_timeout: float = Field(
        default=300, ge=5, le=3600, description="How long an outage of the broker a worker rides out before it ends."
    )
    batch_bytes: int = Field(
        default=131_072,
        ge=1,
        le=131_072,  # services/tally/ring.py counts on it
        description="Records to one partition wait for so many bytes, or 5 ms.",
    )
    commit_interval: float = Field(default=1, ge=0.05, le=60, description="Work re-executed after a kill.")
    tier: Literal["fast", "deep", "auto"] = Field(
        default="fast",
        description="How names are found: fast by rules, deep also by a model (`make setup-deep`) at some 30 times the "
        "time, auto deep while the lag allows it. Figures and alerts are the same in all.",
    )
    tier_lag: int = Field(
        default=300,
        ge=10,
        le=1_000_000,
        description="Records that may wait for a worker before auto reads fast: 10 to 20 s of deep reading.",
    )
    tally_period: float = Field(
        default=5,
        ge=0.1,
        le=60,
        description="An entity's table is sent once in so long at most, and so late may be what counts mentions.",
    )
    replication: int = Field(default=1, ge=1, le=9, description="Replicas of topics that `topics --create` makes.")
    subscriptions_file: Path | None = Field(
        default=None, description="YAML: who gets which alerts; see deploy/subscriptions.example.yaml."
    )
    webhook_development: bool = Field(
        default=False, description="Webhooks without TLS and to private addresses. Never in production."
    )
    webhook_retry_scale: float = Field(
        default=1, gt=0, le=1, description="Times the pauses between attempts (5 s to 24 h); below 1 in development."
    )
    desk_zone: str = Field(default="UTC", description="IANA name of the time zone the desk shows: Europe/Warsaw.")
    desk_users_file: Path | None = Field(
        default=None, description="Who may sign in to the desk, by token; `counterclaim desk-users` writes it."
    )
    desk_proxy_addresses: str = Field(
        default="", description="Proxies in front of the desk whose headers count, as 10.0.0.7 or 10.0.0.0/24, commas."
    )
    desk_proxy_user_header: str = Field(default="", description="In which they name the person they signed in.")
    desk_proxy_groups_header: str = Field(default="", description="In which they name the person's groups, commas.")
    desk_proxy_roles: str = Field(
        default="", description="Which group is what: group=role, commas; roles are reader, editor, admin."
    )
    desk_hosts: str = Field(
        default="", description="Names the desk is reached by beside loopback, as desk.example.org, commas."
    )
    desk_session_secret: SecretStr | None = Field(
        default=None,
        min_length=32,
        description="Keeps sign-ins over a restart; the same for all desks behind one name. Wants a desk_database, "
        "which keeps sign-outs.",
    )
    desk_session_idle: int = Field(default=43_200, ge=60, le=2_592_000, description="A sign-in ends so long unused.")
    desk_session_longest: int = Field(default=604_800, ge=60, le=31_536_000, description="And so old in any case.")
    desk_database: SecretStr = Field(
        default=SecretStr(""),
        description="Where the desk keeps what it shows: sqlite+aiosqlite:///FILE or "
        "postgresql+asyncpg://USER:PASSWORD@HOST/NAME. Empty: a file that ends with the desk.",
    )
    desk_text_days: int = Field(
        default=90, ge=1, le=36_500, description="Days that articles' texts are kept at the desk and can be searched."
    )
    desk_keep_days: int = Field(
        default=365, ge=1, le=36_500, description="Days that everything else is kept at the desk."
    )
    desk_metrics_port: int = Field(
        default=0, ge=0, le=65535, description="Of the desk's /metrics, on HEALTH_HOST. 0: a free one, said in the log."
    )
    health_host: str = "127.0.0.1"
    health_port: int = Field(default=0, ge=0, le=65535, description="0: a free one, said in the log.")
    stall_limit: float = Field(
        default=60, ge=1, le=3600, description="/healthz fails when records wait and none was finished for so long."
    )
    stop_timeout: float = Field(default=10, ge=1, le=300, description="A clean stop may take so long.")
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["auto", "json", "console"] = Field(
        default="auto", description="auto: plain on a terminal, else JSON lines."
    )

    @field_validator("log_level", "log_format", "tier", mode="before")
    @classmethod
    def _lower(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value

    @field_validator("bootstrap_servers")
    @classmethod
    def _has_hosts_and_ports(cls, value: str) -> str:
        for server in filter(None, (part.strip() for part in value.split(","))):
            host, _, port = server.rpartition(":")
            if not host or not port.isdigit() or not 0 < int(port) < 65536 or "/" in server:
                raise ValueError(f"{server!r} is not host:port; write for example kafka-1:9092,kafka-2:9092")
        return value

    @field_validator("desk_zone")
    @classmethod
    def _is_a_zone(cls, value: str) -> str:
        try:
            return ZoneInfo(value).key
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("is no time zone; write one like Europe/Warsaw") from None

    @field_validator("ssl_ca_file")
    @classmethod
    def _can_be_read(cls, value: Path | None) -> Path | None:
        if value is not None:
            try:
                value.open("rb").close()
            except OSError as error:
                raise ValueError(f"{error.strerror}; give the path of a PEM file this process can read") from None
        return value

    @model_validator(mode="after")
    def _fits_together(self) -> Settings:
        if self.heartbeat_interval * 2 > self.session_timeout:
            raise ValueError(
                f"{PREFIX}HEARTBEAT_INTERVAL {self.heartbeat_interval:g} is more than half of "
                f"{PREFIX}SESSION_TIMEOUT {self.session_timeout:g}; one lost heartbeat would end the session: "
                "set it to a third"
            )
        patience = WATCHDOG_SHARE * self.stall_limit
        for name, seconds in (("COMMIT_INTERVAL", self.commit_interval), ("REBALANCE_TIMEOUT", self.rebalance_timeout)):
            if seconds >= patience:
                raise ValueError(
                    f"{PREFIX}{name} {seconds:g} is not below {patience:g}, which is {WATCHDOG_SHARE:g} of "
                    f"{PREFIX}STALL_LIMIT: the watchdog would end a healthy worker; shorten it or raise the limit"
                )
        if self.security_protocol.startswith("SASL") and not (self.sasl_username and self.sasl_password):
            raise ValueError(
                f"{PREFIX}SECURITY_PROTOCOL {self.security_protocol} needs {PREFIX}SASL_USERNAME and "
                f"{PREFIX}SASL_PASSWORD; set both"
            )
        return self

    @property
    def servers(self) -> tuple[str, ...]:
        """Bootstrap servers, each host:port."""
        return tuple(part.strip() for part in self.bootstrap_servers.split(",") if part.strip())

    def on_embedded_broker(self, bootstrap: str) -> Settings:
        """These settings for the broker at `bootstrap` (host:port) that this process started: see EMBEDDED_TUNING."""
        tuning = {name: value for name, value in EMBEDDED_TUNING.items() if name not in self.model_fields_set}
        return self.model_copy(
            update={"bootstrap_servers": bootstrap, "security_protocol": "PLAINTEXT", "instance": None, **tuning}
        )

    @property
    def password(self) -> str | None:
        """The SASL password in the clear. For the clients only; never log it."""
        return None if self.sasl_password is None else self.sasl_password.get_secret_value()

    def ssl_context(self) -> ssl.SSLContext | None:
        """TLS context where the protocol has TLS. Raises BadSetting if the CA file is no PEM or cannot be read."""
        if not self.security_protocol.endswith("SSL"):
            return None
        try:
            return ssl.create_default_context(cafile=self.ssl_ca_file)
        except ssl.SSLError as error:
            raise BadSetting(f"{PREFIX}SSL_CA_FILE: {self.ssl_ca_file} is not a PEM file ({error}); give one") from None
        except OSError as error:  # it could be read at the start
            raise BadSetting(
                f"{PREFIX}SSL_CA_FILE: {self.ssl_ca_file}: {error.strerror}; give a PEM file this process can read"
            ) from None


def load_settings() -> Settings:
    """The settings in the environment. Raises BadSetting naming each wrong or unknown variable, its value, the fix."""
    complaints = [_unknown(name) for name in sorted(os.environ) if _is_unknown(name, os.environ[name])]
    try:
        settings = Settings()
    except ValidationError as error:
        complaints += [_explain(complaint) for complaint in error.errors(include_url=False)]
    if complaints:
        raise BadSetting("\n".join(complaints))
    return settings


def _is_unknown(name: str, value: str) -> bool:
    """Whether a variable has our prefix and no meaning: a mistyped one would be ignored in silence."""
    if not value or not name.upper().startswith(PREFIX) or name.upper() in _NOT_SETTINGS:
        return False
    if _SERVICE_LINK.fullmatch(name) or _ADDRESS.match(value):
        return False
    return name.upper().removeprefix(PREFIX).lower() not in Settings.model_fields


def _unknown(name: str) -> str:
    near = get_close_matches(name.upper().removeprefix(PREFIX).lower(), Settings.model_fields, n=1)
    meant = f" (is {PREFIX}{near[0].upper()} meant?)" if near else ""
    return f"{name}: no such setting{meant}; correct or unset the variable"


def _explain(complaint: Any) -> str:
    problem = complaint["msg"].removeprefix("Value error, ")
    if not complaint["loc"]:
        return str(problem)
    field = str(complaint["loc"][0]).lower()
    secret = "password" in field or "secret" in field
    given = "(not shown)" if secret else repr(str(complaint["input"]))
    about = Settings.model_fields[field].description if field in Settings.model_fields else None
    fix = f" ({about})" if about and not secret else ""
    return f"{PREFIX}{field.upper()}: {given}: {problem}{fix}; change or unset the variable"
