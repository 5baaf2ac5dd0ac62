"""From a numeral to a quantity: the hedge beside it, the range it opens, its currency, its interval (rules.md R2)."""

from __future__ import annotations

from typing import NamedTuple

from schemas import interval
from schemas.claim import Bound
from schemas.interval import Interval
from services.read.figures.figure import Quantity
from services.read.figures.hedges import Hedge, hedge_after, hedge_before, hedge_words
from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.figures.money import Money, money_after, money_before, money_meant
from services.read.figures.numbers import FEWS, Numeral, numeral_at
from services.read.figures.ranges import percent_end, range_at

LARGEST = 1e15
"""A quadrillion. World GDP is 1e14 dollars; above, a number is a mistake of writing or of reading."""

_MILLION = 1e6
"""A vague plural from here on may be of money without a word of it; nobody spends "thousands" so."""


class _Frame(NamedTuple):
    """What every quantity of a numeral shares: its sentence, its currency, whether it is a percentage."""

    line: Line
    money: Money | None
    percent: bool

    def quantity(
        self,
        first: int,
        last: int,
        value: float,
        *,
        bound: Bound,
        modifier: str | None,
        ends: Interval,
        stated: tuple[float | None, float | None],
    ) -> Quantity:
        return Quantity(
            start=self.line.tokens[first].start,
            end=self.line.tokens[last - 1].end,
            first=first,
            last=last,
            value=value,
            stated_low=stated[0],
            stated_high=stated[1],
            low=ends.low,
            high=ends.high,
            soft_low=ends.soft_low,
            soft_high=ends.soft_high,
            bound=bound,
            modifier=modifier,
            currency=self.money.code if self.money else None,
            percent=self.percent,
        )


def quantity_at(line: Line, numeral: Numeral) -> Quantity | None:
    """The quantity around a numeral that passed the guards; None where it is too large to be a count."""
    money = money_before(line, numeral.first)
    first = money.edge if money else numeral.first
    if numeral.vague:
        return _vague(line, numeral, first, money)
    numeral, other, joint = range_at(line, numeral, first)
    if max(numeral.value, other.value if other else 0) > LARGEST:
        return None
    last = other.last if other else numeral.last
    behind = money_after(line, last) if money is None else None
    if behind:
        money, last = behind, behind.edge
    percent = percent_end(line, last)
    last = percent or last
    frame = _Frame(line, money, percent is not None)
    if other is not None:
        hedge = None if joint in {"between", "from"} else hedge_before(line, first)
        if hedge is not None and hedge.bound in _BOUNDS:
            return _bounded(frame, hedge, numeral if hedge.bound == "lower" else other, last)
        begin = hedge.first if hedge else first - 1 if joint in {"between", "from"} else first
        ends = interval.stated(numeral.value, "range", None, low=numeral.value, high=other.value)
        modifier = hedge_words(line, hedge) if hedge else joint
        both = (numeral.value, other.value)
        return frame.quantity(begin, last, numeral.value, bound="range", modifier=modifier, ends=ends, stated=both)
    return _hedged(frame, numeral, first, last)


_BOUNDS = frozenset({"lower", "upper"})


def _bounded(frame: _Frame, hedge: Hedge, end: Numeral, last: int) -> Quantity:
    """ "up to 50 or 60" is a ceiling of 60, "at least two to three million" a floor of 2 million."""
    modifier = hedge_words(frame.line, hedge)
    ends = interval.stated(end.value, hedge.bound, modifier, granule=end.granule)
    stated = (None, end.value) if hedge.bound == "upper" else (end.value, None)
    return frame.quantity(hedge.first, last, end.value, bound=hedge.bound, modifier=modifier, ends=ends, stated=stated)


def _hedged(frame: _Frame, numeral: Numeral, first: int, last: int) -> Quantity:
    """A single number and the hedge before or behind it."""
    line = frame.line
    before = hedge_before(line, first)
    after = None if before else hedge_after(line, last)
    if after:
        last = after.last
        behind = money_after(line, last) if frame.money is None else None
        if behind:
            frame, last = frame._replace(money=behind), behind.edge
    hedge = before or after
    bound: Bound = hedge.bound if hedge else "exact"
    modifier = hedge_words(line, hedge) if hedge else None
    ends = interval.stated(numeral.value, bound, modifier, granule=numeral.granule)
    stated = (None if bound == "upper" else numeral.value, None if bound == "lower" else numeral.value)
    begin = before.first if before else first
    return frame.quantity(begin, last, numeral.value, bound=bound, modifier=modifier, ends=ends, stated=stated)


def _vague(line: Line, numeral: Numeral, first: int, money: Money | None) -> Quantity | None:
    word, last = numeral.vague or "", numeral.last
    if word in FEWS:
        ends = interval.vague(word, numeral.scale)
    else:
        ends = _plural_interval(word, numeral.scale)
        higher = _second_plural(line, last)
        if higher and higher.value > numeral.value:
            top = _plural_interval(higher.vague or "", higher.scale)
            ends, last = Interval(ends.low, top.high, soft_high=True), higher.last
    if ends.low > LARGEST:
        return None
    hedge = hedge_before(line, first)
    behind = money_after(line, last + 1 if line.lower(last) == "of" else last) if money is None else None
    if behind:
        money, last = behind, behind.edge
    elif money is None and word not in FEWS and ends.low >= _MILLION:
        money = money_meant(line, first, last)
    start = hedge.first if hedge else first
    end = last + 1 if line.lower(last) == "of" else last
    modifier = line.document.text[line.tokens[start].start : line.tokens[end - 1].end]
    frame = _Frame(line, money, False)
    both = (ends.low, ends.high)
    return frame.quantity(start, last, ends.low, bound="vague", modifier=modifier, ends=ends, stated=both)


def _plural_interval(word: str, scale: float) -> Interval:
    if word in {"lakhs", "crores"}:
        unit = scale * (1e5 if word == "lakhs" else 1e7)
        return Interval(unit, 10 * unit - 1, soft_high=True)
    return interval.vague(word, scale)


def _second_plural(line: Line, at: int) -> Numeral | None:
    """The thousands of "hundreds, perhaps thousands" and "hundreds or even thousands"."""
    for k in range(at, at + 4):
        word = line.lower(k)
        if k > at and (numeral := numeral_at(line, k)) is not None:
            return numeral if numeral.vague and numeral.vague not in FEWS else None
        if word not in group("plural_links"):
            return None
    return None
