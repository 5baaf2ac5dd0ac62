"""A figure over time: one upright range bar a claim, time across, the number upwards. Pure geometry, in per cent.

Positions are of the drawing's box, so that the same SVG fits a phone and a wall. The table of all claims is its twin.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from schemas.claim import Claim
from services.desk.chart import Tick, scale, ticks
from services.desk.wording import short_number

LEFT, RIGHT = 8.0, 97.0
TOP, BOTTOM = 6.0, 90.0
"""Room for the number's labels on the left and the days below."""

VOICES = 4
"""Voices with a mark of their own: more kinds of line than that cannot be told apart. The others share one."""

LONG = timedelta(days=300)
"""From here on the year is said: 461 reports of one war speak of seven years."""

MOST = 200
"""Bars drawn, the latest; 200 on 900 px are 4 px apart, and more would be a smear."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One claim. `low` and `high` are heights from the top: high <= low. `rank`: its voice, VOICES for all others."""

    claim: Claim
    x: float
    low: float
    high: float
    dot: float
    floor: bool
    soft: bool
    rank: int


@dataclass(frozen=True, slots=True)
class Timeline:
    bars: tuple[Bar, ...]
    voices: tuple[str, ...]
    numbers: tuple[Tick, ...]
    days: tuple[Tick, ...]

    @property
    def others(self) -> bool:
        """Whether a voice has no mark of its own."""
        return any(bar.rank == VOICES for bar in self.bars)


def timeline(claims: Sequence[Claim], zone: ZoneInfo, contested: Collection[str] = ()) -> Timeline | None:
    """The bars of `claims` by the time each is of; None where there is nothing to compare in time (fewer than two).
    `contested`: voices that contradict another now."""
    shown = sorted(claims, key=lambda c: (c.as_of, c.id))[-MOST:]
    if len(shown) < 2:
        return None
    top = scale(shown)
    first, last = shown[0].as_of, shown[-1].as_of
    voices = _voices(shown, contested)
    return Timeline(
        bars=tuple(_bar(claim, top, first, last, voices) for claim in shown),
        voices=voices,
        numbers=tuple(Tick(_y(n, top), short_number(n)) for n in ticks(top)),
        days=_days(first, last, zone),
    )


def _voices(claims: Sequence[Claim], contested: Collection[str]) -> tuple[str, ...]:
    """Those that contradict another, then those that spoke most often."""
    counts: dict[str, int] = {}
    for claim in claims:
        counts[claim.voice_name] = counts.get(claim.voice_name, 0) + 1
    return tuple(sorted(counts, key=lambda name: (name not in contested, -counts[name], name))[:VOICES])


def _bar(claim: Claim, top: float, first: datetime, last: datetime, voices: Sequence[str]) -> Bar:
    floor = claim.high is None
    return Bar(
        claim=claim,
        x=_x(claim.as_of, first, last),
        low=_y(claim.low, top),
        high=TOP if claim.high is None else _y(claim.high, top),
        dot=_y(claim.value, top),
        floor=floor,
        soft=claim.soft_low or claim.soft_high,
        rank=voices.index(claim.voice_name) if claim.voice_name in voices else VOICES,
    )


def _x(at: datetime, first: datetime, last: datetime) -> float:
    span = (last - first).total_seconds()
    share = 0.5 if span <= 0 else (at - first).total_seconds() / span
    return round(LEFT + 3 + (RIGHT - LEFT - 6) * share, 2)


def _y(n: float, top: float) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * min(max(n, 0.0) / top, 1.0), 2)


def _days(first: datetime, last: datetime, zone: ZoneInfo) -> tuple[Tick, ...]:
    """At most six labels: the beginnings of days; hours where all happened within two days, months where in years."""
    span = last - first
    if timedelta(days=2) <= span < LONG:
        return tuple(Tick(_x(at, first, last), _label(at, zone, "%b")) for at in _midnights(first, last, zone))
    how = "%b %Y" if span >= LONG else "%b %H:%M" if span > timedelta(0) else "%b"
    marks = [first + span * share / 4 for share in range(5)] if span > timedelta(0) else [first]
    labels: list[Tick] = []
    for at in marks:
        label = _label(at, zone, how)
        if not labels or labels[-1].label != label:
            labels.append(Tick(_x(at, first, last), label))
    return tuple(labels)


def _midnights(first: datetime, last: datetime, zone: ZoneInfo) -> Iterator[datetime]:
    """Each day's beginning, or every second, third ... so that they are six at most."""
    day = first.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    if day < first:
        day += timedelta(days=1)
    step = timedelta(days=(last - first) // timedelta(days=6) + 1)
    while day <= last:
        yield day
        day += step  # a zone's days are not all 24 hours: aware local times keep the wall clock


def _label(at: datetime, zone: ZoneInfo, how: str) -> str:
    local = at.astimezone(zone)
    return f"{local:{how}}" if how == "%b %Y" else f"{local.day} {local:{how}}"
