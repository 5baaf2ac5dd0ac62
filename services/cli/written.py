"""A figure that stands alone, read: "at least 40", "2.000", "between 3,000 and 4,000", "tens of thousands"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import yaml

from schemas.claim import Bound
from schemas.interval import Interval, stated, vague

_GROUPED = re.compile(r"\d{1,3}(?:[.,' \u00a0\u2009\u202f]\d{3})+(?!\d)")
"""Thousands apart by comma, stop, apostrophe or any space: 2,000 = 2.000 = 2 000."""
_PLAIN = re.compile(r"\d[\d,]*(?:\.\d+)?")
_RANGE = re.compile(r"^(?:between |from )?(?P<low>.+?)(?: and | to | or |[-–—])(?P<high>.+)$")
_LONGEST = 100
"""Characters: a figure is a few words, and what is longer is something else."""


@dataclass(frozen=True, slots=True)
class Written:
    """Headline number, bound, and the interval by rules.md R2."""

    value: float
    bound: Bound
    interval: Interval


def read_value(words: str) -> Written:
    """Read one figure. Raises ValueError where the words name no number."""
    text = " ".join(words.lower().split())
    if not text or len(text) > _LONGEST:
        raise ValueError(f"{words[:_LONGEST]!r} is no figure")
    hedge, bound, rest = _split_hedge(text)
    number = _number(rest)
    if number is not None:
        value, granule = number
        return Written(value, bound, stated(value, bound, hedge, granule=granule))
    ends = _RANGE.match(rest)
    if ends:
        low, high = _number(ends["low"]), _number(ends["high"])
        if low is not None and high is not None:
            first = low[0] * _shared_scale(ends["low"], ends["high"])
            interval = stated(first, "range", None, low=first, high=high[0])
            return Written(interval.low, "range", interval)
    return _vague(rest)


def _split_hedge(text: str) -> tuple[str | None, Bound, str]:
    for hedge, bound in _hedges():
        if text.startswith(hedge + " "):
            return hedge, bound, text[len(hedge) + 1 :]
    return None, "exact", text


def _number(text: str) -> tuple[float, float | None] | None:
    """A number in figures or words and its granule, None where zeros tell it."""
    table = _words()
    parts = text.strip().split(" ")
    scale = 1
    while len(parts) > 1 and parts[-1] in table["scales"]:
        scale *= table["scales"][parts.pop()]
    rest = " ".join(parts)
    if rest in ("a", "an") and scale > 1:
        return float(scale), None
    spelled = _spelled(rest)
    return (float(spelled * scale), None) if spelled is not None else _in_figures(rest, scale)


def _spelled(text: str) -> int | None:
    """`six`, `twenty-five`."""
    numbers: dict[str, int] = _words()["numbers"]
    tens, _, ones = text.partition("-")
    if ones in numbers and tens in numbers:
        return numbers[tens] + numbers[ones]
    return numbers.get(text)


def _in_figures(text: str, scale: int) -> tuple[float, float | None] | None:
    """`2,000`, `2.000`, `33.2` with the scale of the words behind it."""
    if scale == 1 and _GROUPED.fullmatch(text):
        return float(re.sub(r"\D", "", text)), None
    if not _PLAIN.fullmatch(text):
        return None
    decimals = len(text.partition(".")[2])
    granule = scale / 10**decimals if decimals and scale > 1 else None
    return round(float(text.replace(",", "")) * scale, 6), granule


def _shared_scale(low: str, high: str) -> int:
    """The 1000 of "3 to 4 thousand", which stands only once."""
    scales: dict[str, int] = _words()["scales"]
    first, last = low.rsplit(" ", 1)[-1], high.rsplit(" ", 1)[-1]
    return scales[last] if last in scales and first not in scales else 1


def _vague(text: str) -> Written:
    words = text.split(" ")
    scale = 1.0
    while len(words) > 1 and words[-1] in _words()["scales"]:
        scale *= _words()["scales"][words.pop()]
    interval = vague(" ".join(words), scale)
    return Written(interval.low, "vague", interval)


@cache
def _hedges() -> tuple[tuple[str, Bound], ...]:
    """Hedges and their bounds, longest first, so that "no more than" is not "more than"."""
    found = [(hedge, bound) for bound, hedges in _words()["hedges"].items() for hedge in hedges]
    return tuple(sorted(found, key=lambda entry: -len(entry[0])))


@cache
def _words() -> dict[str, Any]:
    table: dict[str, Any] = yaml.safe_load(resources.files("services.cli").joinpath("written.yaml").read_text("utf-8"))
    return table
