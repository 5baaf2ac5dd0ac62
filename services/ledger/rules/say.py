"""Ranges, ratios and times in the words of the reason chains."""

from __future__ import annotations

from schemas.interval import Interval, in_digits


def span(interval: Interval) -> str:
    """`1,800 to 2,200`, `40`, `25 or more`, `100 to 999 (soft)`: the range and whether an end may give."""
    if interval.high is None:
        text = f"{in_digits(interval.low)} or more"
    elif interval.low == interval.high:
        text = in_digits(interval.low)
    else:
        text = f"{in_digits(interval.low)} to {in_digits(interval.high)}"
    soft = {(True, True): " (both ends soft)", (True, False): " (low end soft)", (False, True): " (high end soft)"}
    return text + soft.get((interval.soft_low, interval.soft_high), "")


def times(ratio: float | None) -> str:
    """`1.36 times`; None is the ratio to zero."""
    return "beyond any ratio" if ratio is None else f"{ratio:,.2f} times"


def hours(value: float) -> str:
    """`3 hours`, `4.5 days`, whichever reads better."""
    if value < 48:
        return f"{value:.3g} hours"
    return f"{value / 24:.3g} days"
