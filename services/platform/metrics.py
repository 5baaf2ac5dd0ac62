"""Every metric of the service, declared here and nowhere else; all series stand at 0 from the start.

Base units, timestamps rather than ages, and no label that grows with the news: no id, no URL, no entity.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, PlatformCollector, ProcessCollector

from schemas.alert import AlertRaised
from schemas.delivery import DeliveryState
from schemas.message import Message
from schemas.subscription import ChannelName
from schemas.topics import TABLES
from schemas.verdict import Severity

REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)
PlatformCollector(registry=REGISTRY)

OUTCOMES = ("processed", "duplicate", "rejected")

REASONS: dict[str, str] = {
    "tombstone": "encoding",
    "bad_encoding": "encoding",
    "unreadable_record": "encoding",
    "nul_byte": "encoding",
    "bad_json": "encoding",
    "too_deep": "encoding",
    "duplicate_key": "encoding",
    "bad_number": "encoding",
    "not_an_object": "encoding",
    "unknown_version": "schema",
    "missing_field": "schema",
    "unknown_field": "schema",
    "bad_field": "schema",
    "too_large": "size",
    "stage_failed": "service",
    "delivery_failed": "service",
}
"""Reason code to group; what a stage itself refuses is `content`. Codes may grow with the stages, groups may not."""

REASON_GROUPS = (*dict.fromkeys(REASONS.values()), "content")

_SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
"""A hop costs 0.3 ms, reading 1000 words 2 to 10 ms, the longest article allowed about 2 s."""

_ATTEMPT_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15)
"""A TLS handshake around half the world takes 0.5 s; an attempt ends after 15."""

RECORDS = Counter("counterclaim_records", "Records a stage finished.", ["stage", "outcome"], registry=REGISTRY)
SENT = Counter("counterclaim_messages_sent", "Messages a stage sent.", ["stage"], registry=REGISTRY)
DEAD_LETTERS = Counter(
    "counterclaim_dead_letters", "Records refused, by group of reason.", ["stage", "group"], registry=REGISTRY
)
RETRIES = Counter("counterclaim_retries", "Steps tried again after a retriable error.", ["stage"], registry=REGISTRY)
STAGE_SECONDS = Histogram(
    "counterclaim_stage_seconds",
    "Time from a record's turn until all it causes was handed on.",
    ["stage"],
    buckets=_SECONDS,
    registry=REGISTRY,
)
LAST_PROGRESS = Gauge(
    "counterclaim_last_progress_timestamp_seconds",
    "When the stage last finished a record; 0: not since the start.",
    ["stage"],
    registry=REGISTRY,
)
LAG = Gauge(
    "counterclaim_lag_records", "Records waiting in the partitions assigned here.", ["stage"], registry=REGISTRY
)
READY = Gauge("counterclaim_stage_ready", "1: partitions assigned and tables recovered.", ["stage"], registry=REGISTRY)
TABLE_ROWS = Gauge("counterclaim_table_rows", "Rows of a table held here.", ["stage", "table"], registry=REGISTRY)
ALERTS = Counter("counterclaim_alerts", "Alert messages sent.", ["severity"], registry=REGISTRY)
DELIVERIES = Counter(
    "counterclaim_deliveries", "Attempts to deliver an alert, and deliveries given up.", ["state"], registry=REGISTRY
)
DELIVERY_SECONDS = Histogram(
    "counterclaim_delivery_seconds",
    "Time an attempt to deliver an alert took.",
    ["channel"],
    buckets=_ATTEMPT_SECONDS,
    registry=REGISTRY,
)
DELIVERIES_WAITING = Gauge(
    "counterclaim_deliveries_waiting", "Deliveries of this worker that are not finished.", registry=REGISTRY
)
SUBSCRIPTIONS_DISABLED = Gauge(
    "counterclaim_subscriptions_disabled", "Subscriptions of this worker that answered 410.", registry=REGISTRY
)
LOG_LINES_DROPPED = Counter(
    "counterclaim_log_lines_dropped", "Repeated lines of the Kafka client not written.", registry=REGISTRY
)


def _stand_at_zero() -> None:
    for stage, tables in TABLES.items():
        for outcome in OUTCOMES:
            RECORDS.labels(stage, outcome)
        for group in REASON_GROUPS:
            DEAD_LETTERS.labels(stage, group)
        for table in tables:
            TABLE_ROWS.labels(stage, table)
        for metric in (SENT, RETRIES, STAGE_SECONDS, LAST_PROGRESS, LAG, READY):
            metric.labels(stage)
    for severity in get_args(Severity):
        ALERTS.labels(severity)
    for state in get_args(DeliveryState):
        if state != "due":
            DELIVERIES.labels(state)
    for channel in get_args(ChannelName):
        DELIVERY_SECONDS.labels(channel)


_stand_at_zero()


def finished(stage: str, outcome: str, *, seconds: float, now: float) -> None:
    """One record is done. `now` in seconds since 1970."""
    RECORDS.labels(stage, outcome).inc()
    STAGE_SECONDS.labels(stage).observe(seconds)
    LAST_PROGRESS.labels(stage).set(now)


def sent(stage: str, message: Message) -> None:
    """One message was handed to the producer."""
    SENT.labels(stage).inc()
    if isinstance(message, AlertRaised):
        ALERTS.labels(message.severity).inc()


def dead_letter(stage: str, reason: str) -> None:
    """One record was refused for `reason`."""
    DEAD_LETTERS.labels(stage, REASONS.get(reason, "content")).inc()


def delivery(state: DeliveryState) -> None:
    """One attempt failed or delivered an alert, or a delivery was given up."""
    DELIVERIES.labels(state).inc()


def attempted(channel: ChannelName, *, seconds: float) -> None:
    """One attempt ended after `seconds`."""
    DELIVERY_SECONDS.labels(channel).observe(seconds)


def deliveries(*, waiting: int, disabled: int) -> None:
    """How many deliveries wait here, and how many subscriptions are disabled."""
    DELIVERIES_WAITING.set(waiting)
    SUBSCRIPTIONS_DISABLED.set(disabled)


def watch(stage: str, *, lag: Callable[[], float], ready: Callable[[], float]) -> None:
    """Lag and readiness are asked for when somebody scrapes."""
    LAG.labels(stage).set_function(lag)
    READY.labels(stage).set_function(ready)


def watch_table(stage: str, table: str, rows: Callable[[], float]) -> None:
    """Row counts, too."""
    TABLE_ROWS.labels(stage, table).set_function(rows)
