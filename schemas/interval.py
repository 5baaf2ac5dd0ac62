"""From words to an interval (rules.md R2): the range of true counts a written figure does not contradict.

The reader builds every claim's interval with it, the ledger compares them, and neither needs the other. A soft end may
be passed without conflict ("hundreds" can turn out to be 2,000), a hard end may not.

    stated(2000, "exact", None)                            [1800, 2200]
    stated(33200, "exact", None)                           [33150, 33250]
    stated(10, "approx", "about")                          [9, 11]
    stated(2000, "approx", "nearly")                       [1800, 2000]
    stated(25, "lower", "at least")                        [25, no upper end]
    stated(3000, "range", "between", low=3000, high=4000)  [3000, 4000]
    vague("tens of thousands")                             [10000, 99999], high end soft
    vague("several", 1000)                                 [2000, 9000], both ends soft
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from importlib import resources
from typing import Any

import yaml

from schemas.claim import Bound

_WORDS: dict[str, Any] = yaml.safe_load(resources.files("schemas").joinpath("interval.yaml").read_text("utf-8"))
_JUST_BELOW: frozenset[str] = frozenset(_WORDS["just_below"])
_PLURALS: dict[str, tuple[int, int]] = {word: (low, high) for word, (low, high) in _WORDS["plurals"].items()}
_FEWS: dict[str, tuple[float, float]] = {word: (low, high) for word, (low, high) in _WORDS["fews"].items()}
_SPLIT = re.compile(r"[a-z]+")

_ROUND_FROM = 100
"""R2: below 100 a number is taken as counted, however round."""
_BARE_SHARE = 0.10
"""R2: a bare round number is read as approximate by at most a tenth (Williams & Power 2013: readers do so)."""
_HEDGED_SHARE = 0.05
"""R2: "about n" is at least a twentieth wide to each side."""
_NEARLY_SHARE = 0.9
"""R2: "nearly n" is [0.9 n, n]."""


@dataclass(frozen=True, slots=True)
class Interval:
    """[low, high] in the claim's unit; `high` None has no upper end. Raises ValueError when low is above high."""

    low: float
    high: float | None
    soft_low: bool = False
    soft_high: bool = False

    def __post_init__(self) -> None:
        if self.high is not None and self.low > self.high:
            raise ValueError(f"low {self.low} is above high {self.high}")


def stated(
    value: float,
    bound: Bound,
    hedge: str | None,
    *,
    low: float | None = None,
    high: float | None = None,
    granule: float | None = None,
) -> Interval:
    """The interval of a figure that names a number.

    `value` is the headline number in whole units (33200 for "33.2 thousand"), >= 0; `hedge` its modifier as written, in
    any case, or None; only the words for "just below" change what `bound` says. `low` and `high` are the ends of a
    "range" (either order). `granule` is the scale of the last significant digit; None: 10^(trailing zeros), which is
    right unless zeros are written behind a decimal point ("2.0 million": pass 100000).

    Raises ValueError for "vague" (use `vague`), a range without both ends, or a negative or infinite number.
    """
    if not math.isfinite(value) or value < 0:
        raise ValueError(f"a count is a finite number from 0, got {value}")
    if bound == "range":
        if low is None or high is None:
            raise ValueError("a range needs both low and high")
        return Interval(min(low, high), max(low, high))
    if bound == "vague":
        raise ValueError("a vague plural names no number; use vague()")
    if bound in ("exact", "approx", "upper") and hedge is not None and _plain(hedge) in _JUST_BELOW:
        return Interval(_tidy(_NEARLY_SHARE * value), value)
    if bound == "lower":
        return Interval(value, None)
    if bound == "upper":
        return Interval(0, value)
    spread = rounding(value, granule)
    if bound == "approx":
        spread = max(spread, _HEDGED_SHARE * value, 1)
    return Interval(max(0, _tidy(value - spread)), _tidy(value + spread))


def vague(word: str, unit_scale: float = 1) -> Interval:
    """The interval of a figure that names none: "hundreds", "tens of thousands", "a few", "several".

    `word` as written, in any case, an article or a trailing "of" ignored. `unit_scale` multiplies: ("several", 1000) is
    "several thousand", ("tens", 1000) is the same as "tens of thousands". Raises ValueError for any other word.
    """
    words = [part for part in _SPLIT.findall(word.lower()) if part not in ("of", "a", "the")]
    factors = [part for part in words if part in _FEWS]
    plurals = [part for part in words if part in _PLURALS]
    if not words or len(factors) + len(plurals) != len(words) or len(factors) > 1:
        raise ValueError(f"{word!r} is no vague quantity; see schemas/interval.yaml")
    if factors:
        scale = unit_scale * math.prod(_PLURALS[part][0] for part in plurals)
        few_low, few_high = _FEWS[factors[0]]
        return Interval(few_low * scale, few_high * scale, soft_low=True, soft_high=True)
    scale = unit_scale * math.prod(_PLURALS[part][0] for part in plurals[1:])
    first_low, first_high = _PLURALS[plurals[0]]
    return Interval(first_low * scale, (first_high + 1) * scale - 1, soft_high=True)


def rounding(value: float, granule: float | None = None) -> float:
    """Half-width of a bare number: 200 for 2,000, 500 for 15,000, 0 for 1,774 or for anything below 100."""
    grain = _trailing(value) if granule is None else granule
    if value < _ROUND_FROM or grain <= 1:
        return 0
    return min(grain / 2, _BARE_SHARE * value)


def _trailing(value: float) -> float:
    """10^(trailing zeros): 1000 for 15,000; 1 for 1,774 and for anything with a fraction."""
    if value != int(value) or value == 0:
        return 1
    digits = str(int(value))
    return float(10 ** (len(digits) - len(digits.rstrip("0"))))


def in_digits(value: float) -> str:
    """1,800 or 0.001: every digit there is (the ends of an interval have at most six decimals), thousands apart."""
    return f"{value:,.6f}".rstrip("0").rstrip(".")


def roughly(ratio: float) -> str:
    """Two digits of a ratio that is said in passing: 1.7, 160."""
    return in_digits(float(f"{ratio:.2g}"))


def _plain(hedge: str) -> str:
    return " ".join(hedge.lower().split())


def _tidy(number: float) -> float:
    """Without the noise of binary fractions (0.9 * 2000 is 1800 to the digit): ends are compared for equality."""
    return round(number, 6)
