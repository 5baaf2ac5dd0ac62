"""Where everything stands in a "who says what" chart: intervals, floors and soft ends on one axis, in per cent.

Pure geometry: the templates draw it. Positions are per cent of the track's width, so that the same SVG fits a phone and
a wall without scaling its strokes and letters.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from schemas.claim import Claim
from services.desk.wording import short_number

LEFT, RIGHT, EDGE = 1.5, 94.0, 99.0
"""The axis runs from LEFT to RIGHT; a floor's arrow goes on to EDGE, so that it is seen to leave the axis."""

HEADROOM = 1.06
"""The highest number stands a little inside the axis; exactly on its end it would look cut off."""

SOFT_REACH = 2.0
"""A soft end may stretch the axis to this many times the highest firm number. "Tens of thousands" reaches 99,999 and
would press a disagreement between 10,000 and 15,000 into one corner."""

STEPS = 5
NEARLY = 0.9
"""About so many steps on the axis: six labels such as "10k" fit the 230 px a track has on a laptop."""

Fade = Literal["none", "low", "high", "both"]


@dataclass(frozen=True, slots=True)
class Tick:
    """A label on the axis; `x` in percent of its width."""

    x: float
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    """One claim on the axis. `low` to `high` is its interval, `dot` its headline number."""

    claim: Claim
    low: float
    high: float
    dot: float
    floor: bool  # no upper end: drawn as an open arrow
    ceiling: bool  # "up to n": nothing promises the low end
    fade: Fade

    @property
    def width(self) -> float:
        return round(self.high - self.low, 2)


@dataclass(frozen=True, slots=True)
class Gap:
    """The stretch of the axis that lies between two claims that do not meet."""

    low: float
    width: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Claims on one axis, in the order given."""

    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]
    gap: Gap | None


def draw(claims: Sequence[Claim], apart: tuple[Claim, Claim] | None = None) -> Chart:
    """`claims` in the order given, on one axis from zero. `apart`: the two whose gap is shaded, if they do not meet."""
    top = scale(claims)
    return Chart(
        rows=tuple(_row(claim, top) for claim in claims),
        ticks=tuple(Tick(_x(n, top), short_number(n)) for n in ticks(top)),
        gap=_gap(*apart, top) if apart else None,
    )


def scale(claims: Sequence[Claim]) -> float:
    """The number at the right end of the axis, at least 1."""
    firm = max((c.high if c.high is not None and not c.soft_high else c.value for c in claims), default=0.0)
    firm = max([firm, *(c.low for c in claims)])
    soft = max((c.high for c in claims if c.high is not None and c.soft_high), default=0.0)
    return max(1.0, max(firm, min(soft, SOFT_REACH * firm)) * HEADROOM)


def _x(n: float, top: float) -> float:
    return round(LEFT + (RIGHT - LEFT) * min(max(n, 0.0) / top, 1.0), 2)


def _row(claim: Claim, top: float) -> Row:
    floor = claim.high is None
    return Row(
        claim=claim,
        low=_x(claim.low, top),
        high=EDGE if claim.high is None else _x(claim.high, top),
        dot=_x(claim.value, top),
        floor=floor,
        ceiling=claim.bound == "upper",
        fade=_fade(claim),
    )


def _fade(claim: Claim) -> Fade:
    soft_high = claim.soft_high and claim.high is not None
    if claim.soft_low and soft_high:
        return "both"
    if soft_high:
        return "high"
    return "low" if claim.soft_low else "none"


def _gap(one: Claim, other: Claim, top: float) -> Gap | None:
    lower, higher = sorted((one, other), key=lambda c: (c.low, math.inf if c.high is None else c.high))
    if lower.high is None or lower.high >= higher.low:
        return None
    low = _x(lower.high, top)
    return Gap(low, round(_x(higher.low, top) - low, 2))


def ticks(top: float) -> list[float]:
    """Round numbers from zero to the last that fits below `top`; whole ones where the axis is long enough for them."""
    rough = top / STEPS * NEARLY
    ten = 10.0 ** math.floor(math.log10(rough))
    step = next(m * ten for m in (1, 2, 2.5, 5, 10) if m * ten >= rough)
    if top >= STEPS:
        step = math.ceil(step)
    return [i * step for i in range(math.floor(top / step) + 1)]
