"""When a delivery is tried again, and when it is given up. Pure: time and chance come from outside."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from schemas.delivery import DeliveryLogged
from services.deliver.channel import Answer

PAUSES = tuple(
    timedelta(seconds=seconds)
    for seconds in (5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 14 * 3600, 20 * 3600, 24 * 3600)
)
"""After the 1st, 2nd, … failed attempt: the example of the Standard Webhooks specification. 10 attempts in 76 hours: a
receiver that breaks on Friday evening has Monday morning."""

JITTER = 0.2
"""A pause is longer by up to this share: alerts that failed together do not come back together."""

LONGEST_WAIT = PAUSES[-1]
"""What a receiver may ask for in Retry-After. "In a year" would keep a delivery for ever."""


def pause(attempt: int, chance: float, scale: float = 1.0) -> timedelta | None:
    """How long to wait after failed attempt `attempt` (from 1), None: no further one. `chance` in [0, 1)."""
    if attempt > len(PAUSES):
        return None
    return PAUSES[attempt - 1] * (scale * (1 + JITTER * chance))


def retry_after(header: str | None, now: datetime) -> timedelta | None:
    """What a Retry-After header asks for (RFC 9110: seconds or a date), in [0, LONGEST_WAIT]; None: nothing clear."""
    if header is None:
        return None
    text = header.strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text[:9]), LONGEST_WAIT.total_seconds()))
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, OverflowError):  # a zone of 99999999999999 hours
        return None
    if date.tzinfo is None:  # "-0000": a time of which only the UTC value is known
        date = date.replace(tzinfo=UTC)
    return min(max(date - now, timedelta(0)), LONGEST_WAIT)


def logged(
    subscription: str, alert_id: str, attempt: int, answer: Answer, *, at: datetime, chance: float, scale: float = 1.0
) -> DeliveryLogged:
    """The log entry of attempt `attempt` (from 1; the one before for an answer that needed none), which ended `at`."""
    state, next_at = answer.state, None
    if state == "failed":
        wait = pause(attempt, chance, scale)
        if wait is None:
            state = "given_up"
        else:
            next_at = at + max(wait, answer.retry_after or timedelta(0))
    return DeliveryLogged(
        subscription=subscription,
        alert_id=alert_id,
        state=state,
        attempt=attempt,
        at=at,
        next_at=next_at,
        reason=answer.reason,
        detail=answer.detail,
    )
