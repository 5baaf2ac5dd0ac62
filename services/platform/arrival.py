"""When a record came in. Its timestamp says it, but a stranger may have written that."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_AHEAD = timedelta(minutes=15)
"""Clocks run fast by minutes: what admit grants the date of an article (`services/admit/published.py`), too."""

_END_OF_2099 = 4102444799.0


def arrival_time(seconds: float | None) -> datetime:
    """A record's timestamp as UTC. Any producer may write any 64 bits there: held to the years 1970 to 2099."""
    return datetime.fromtimestamp(min(max(seconds or 0.0, 0.0), _END_OF_2099), UTC)


def believed(written: datetime, now: datetime, kept: timedelta) -> datetime:
    """The arrival of a stranger's record: its timestamp, or `now` where that cannot be. `kept`: its topic's retention.

    One record of 2099 would age every open dispute by decades and stop the alerts for ever; one of 1970 would find
    every dated article ahead of its time. Kafka writes its own time on that topic (LogAppendTime); Tansu, and a topic
    created by hand, take the publisher's.

    A possible time is kept to the digit, so that a record read again after a kill has the same arrival. An impossible
    one comes later by as long as the restart took; the article's id, made of its name and content, stays the same, and
    so do the alerts. What lay unread for longer than `kept` arrives when it is read.
    """
    return written if now - kept <= written <= now + _AHEAD else now
