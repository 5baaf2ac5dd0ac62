"""From a numeral to a quantity: the hedge beside it, the range it opens, its currency, its interval (rules.md R2)."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import NamedTuple

from schemas import interval
from schemas.claim import Bound
from schemas.interval import Interval
from services.read.figures.dates import is_month
from services.read.figures.figure import Quantity
from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.figures.money import Money, money_after, money_before, money_meant
from services.read.figures.numbers import FEWS, Numeral, numeral_at
from services.read.wordlists import word_list, word_table

LARGEST = 1e15
"""A quadrillion. World GDP is 1e14 dollars; above, a number is a mistake of writing or of reading."""


_THOUSAND = 1e3
_MILLION = 1e6
"""A vague plural from here on may be of money without a word of it; nobody spends "thousands" so."""


class Hedge(NamedTuple):
    """A modifier as tokens [first, last) and the bound it makes."""

    first: int
    last: int
    bound: Bound


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


_DASHES = frozenset("-–—‑")


@cache
def _hedges_by_last() -> dict[str, list[tuple[tuple[str, ...], Bound]]]:
    """Hedges by their last word, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], Bound]]] = defaultdict(list)
    for words, bound in word_table("hedges").items():
        parts = tuple(words.split())
        found[parts[-1]].append((parts, _bound(bound)))
    for entries in found.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return dict(found)


@cache
def _hedges_after() -> dict[str, list[tuple[tuple[str, ...], Bound]]]:
    """Hedges behind a number by their first word, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], Bound]]] = defaultdict(list)
    for words, bound in word_table("hedges_after").items():
        parts = tuple(words.split())
        found[parts[0]].append((parts, _bound(bound)))
    for entries in found.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return dict(found)


def _bound(word: str) -> Bound:
    bounds: dict[str, Bound] = {"approx": "approx", "lower": "lower", "upper": "upper"}
    return bounds[word]


def quantity_at(line: Line, numeral: Numeral) -> Quantity | None:
    """The quantity around a numeral that passed the guards; None where it is too large to be a count."""
    money = money_before(line, numeral.first)
    first = money.edge if money else numeral.first
    if numeral.vague:
        return _vague(line, numeral, first, money)
    numeral, other, joint = _range(line, numeral, first)
    if max(numeral.value, other.value if other else 0) > LARGEST:
        return None
    last = other.last if other else numeral.last
    behind = money_after(line, last) if money is None else None
    if behind:
        money, last = behind, behind.edge
    percent_end = _percent_end(line, last)
    last = percent_end or last
    frame = _Frame(line, money, percent_end is not None)
    if other is not None:
        hedge = None if joint in {"between", "from"} else hedge_before(line, first)
        if hedge is not None and hedge.bound in _BOUNDS:
            return _bounded(frame, hedge, numeral if hedge.bound == "lower" else other, last)
        begin = hedge.first if hedge else first - 1 if joint in {"between", "from"} else first
        ends = interval.stated(numeral.value, "range", None, low=numeral.value, high=other.value)
        modifier = _words(line, hedge) if hedge else joint
        both = (numeral.value, other.value)
        return frame.quantity(begin, last, numeral.value, bound="range", modifier=modifier, ends=ends, stated=both)
    return _hedged(frame, numeral, first, last)


_BOUNDS = frozenset({"lower", "upper"})


def _bounded(frame: _Frame, hedge: Hedge, end: Numeral, last: int) -> Quantity:
    """ "up to 50 or 60" is a ceiling of 60, "at least two to three million" a floor of 2 million."""
    modifier = _words(frame.line, hedge)
    ends = interval.stated(end.value, hedge.bound, modifier, granule=end.granule)
    stated = (None, end.value) if hedge.bound == "upper" else (end.value, None)
    return frame.quantity(hedge.first, last, end.value, bound=hedge.bound, modifier=modifier, ends=ends, stated=stated)


def _hedged(frame: _Frame, numeral: Numeral, first: int, last: int) -> Quantity:
    """A single number and the hedge before or behind it."""
    line = frame.line
    before = hedge_before(line, first)
    after = None if before else _hedge_after(line, last)
    if after:
        last = after.last
        behind = money_after(line, last) if frame.money is None else None
        if behind:
            frame, last = frame._replace(money=behind), behind.edge
    hedge = before or after
    bound: Bound = hedge.bound if hedge else "exact"
    modifier = _words(line, hedge) if hedge else None
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


def hedge_before(line: Line, first: int) -> Hedge | None:
    """The longest hedge that ends before token `first`, over fillers: "at least another", "more than a total of"."""
    at = first - 1
    if line.text(at) in _OPENING and line.touches(first):  # around "600 people"
        first, at = at, at - 1
    for _ in range(4):
        word = line.lower(at)
        for parts, bound in _hedges_by_last().get(word, ()):
            begin = at - len(parts) + 1
            if tuple(line.lowers(begin, at + 1)) == parts and _is_hedge(line, begin, parts, first):
                return Hedge(begin, at + 1, bound)
        if word not in group("hedge_fillers"):
            return None
        at -= 1
    return None


_OPENING = frozenset("\"“'‘")


def _is_hedge(line: Line, begin: int, parts: tuple[str, ...], number: int) -> bool:
    """Some hedges are also plain words: over, around, some, under, above, near, as much as."""
    compares = parts[-1] == "than" and line.lower(begin + len(parts)) == "the"  # more than the 140,000 jobs expected
    if compares or (parts in _PLACE_WORDS and begin + len(parts) < number):
        return False  # "over the 2,000 refugees", "under another 12 soldiers"
    before = line.lower(begin - 1)
    if parts == ("up", "to") and (before in group("risen") or before in word_list("change_verbs")):
        # "ticked up to 49%" says where it stands, "there are up to 3,000 soldiers" how many at most
        return "there" in (line.lower(begin - 2), line.lower(begin - 3))
    if parts == ("north", "of"):
        return before not in word_table("measures") and before not in group("determiners")  # 12 km north of 40 villages
    if parts == ("over",) and before in group("over_verbs"):
        return False
    if parts == ("under",) and before in {"killed", "those", "children", "trapped", "buried"}:
        return before == "killed"
    return not (parts == ("about",) and before in group("about_verbs"))


_PLACE_WORDS = frozenset({("over",), ("under",), ("above",), ("below",), ("near",), ("around",), ("about",), ("some",)})


def _hedge_after(line: Line, at: int) -> Hedge | None:
    """A hedge behind the number: "200 or more", "100-plus", "20 or so"."""
    begin = at + 1 if line.lower(at) == "-" and line.touches(at) else at
    for parts, bound in _hedges_after().get(line.lower(begin), ()):
        if tuple(line.lowers(begin, begin + len(parts))) == parts:
            if parts in {("odd",)} and begin == at:
                continue
            if numeral_at(line, begin + len(parts)) is not None or line.lower(begin + len(parts)) == "than":
                continue  # "… 67 At least 45 people": of the number behind
            return Hedge(at, begin + len(parts), bound)
    return None


def _words(line: Line, hedge: Hedge) -> str:
    return line.document.text[line.tokens[hedge.first].start : line.tokens[hedge.last - 1].end].lstrip("-‑ ")


def _range(line: Line, numeral: Numeral, first: int) -> tuple[Numeral, Numeral | None, str]:
    """Both numbers of a range and the word that makes it one (between, from, to, or, -); else the first alone.

    The first takes the scale of the second: "2 to 3 million".
    """
    alone: tuple[Numeral, Numeral | None, str] = (numeral, None, "")
    before = line.lower(first - 1)
    # "$2m-$3m", "10 percent to 15 percent": the unit may be said twice.
    money = money_after(line, numeral.last)
    joint = _percent_end(line, numeral.last) or (money.edge if money else numeral.last)
    if before == "between":
        joint = _past_noun_said_twice(line, joint)
    word = line.lower(joint)
    if not (word in {"to", "or"} or (word == "and" and before == "between") or word in _DASHES):
        return alone
    at = joint + 1
    if word in _DASHES and (word == "—" or line.touches(joint) != line.touches(at)):
        return alone
    for _ in range(2):
        if line.lower(at) in group("second_end") or (
            line.lower(at) in word_table("currencies") and len(line.lower(at)) <= 3
        ):
            at += 1
    other = numeral_at(line, at)
    if other is None and line.lower(at) in {"a", "half"}:  # between half a million and a million
        other = next((n for k in (at + 1, at + 2) if (n := numeral_at(line, k)) is not None and n.first == at), None)
    if other is None or other.vague or is_month(line, other.last) or _units_differ(line, numeral, other, joint, first):
        return alone
    if numeral.loose == 1 and other.loose > 1 and numeral.value < other.value / other.loose:
        numeral = numeral._replace(value=numeral.value * other.loose)
    thousands = other.value / _THOUSAND
    if word in _DASHES and numeral.value < thousands and thousands.is_integer() and not other.spelled:
        numeral = numeral._replace(value=numeral.value * _THOUSAND)  # "3-4,000 people"
    if other.value <= numeral.value or (word == "or" and other.value > 10 * numeral.value):
        return alone
    if word == "to" and moved(line, numeral.first):
        far = other.value > _FAR * numeral.value and joint == numeral.last
        far = far or (joint == numeral.last and _is_sum_of(line, numeral, other, first))
        if before == "from" or (far and _risen_by(line, first)):
            return alone
    return numeral, other, before if before == "between" or (before == "from" and word != "or") else word


def _units_differ(line: Line, numeral: Numeral, other: Numeral, joint: int, first: int) -> bool:
    """ "fell 8.4 percent to 210.60 dollars": how much it fell, and where to; "10 percent to 15 percent" is a range."""
    percent = _percent_end(line, numeral.last) == joint
    if percent != (_percent_end(line, other.last) is not None):
        return percent or (joint > numeral.last or money_before(line, first) is not None)
    return percent and money_before(line, other.first) is not None


def _past_noun_said_twice(line: Line, at: int) -> int:
    """The position of "and" in "between 30 *people* and 40 people"; else `at`."""
    for joint in range(at + 1, at + 1 + _SAID_TWICE):
        if not line.is_word(joint - 1):
            break
        if line.lower(joint) == "and" and (other := numeral_at(line, joint + 1)) is not None:
            return joint if line.lowers(at, joint) == line.lowers(other.last, other.last + joint - at) else at
    return at


_SAID_TWICE = 3
"""Words of a noun that both ends of a range have: "30 aid workers and 40 aid workers"."""


def _is_sum_of(line: Line, numeral: Numeral, other: Numeral, first: int) -> bool:
    """Whether "by A to B" gives the addition and the new count: of a toll, or no round numbers, "rose by 12 to 31"."""
    whole = numeral.value == int(numeral.value) and other.value == int(other.value)
    counts = whole and numeral.loose == other.loose == 1
    unit = _percent_end(line, other.last) or money_after(line, other.last)
    by = "by" in line.lowers(first - 2, first) and unit is None
    if counts and by and not group("tallied_anew").isdisjoint(line.lowers(first - _TALLIED, first)):
        return True
    return counts and by and (numeral.value % _ROUND > 0 or other.value % _ROUND > 0) and other.value > _ROUND


_TALLIED = 9
"""Tokens before a number in which "deaths" or "cases" is what rose by it."""
_ROUND = 10
"""Estimates that make a range are round: "rise by 10 to 20"."""


def _risen_by(line: Line, first: int) -> bool:
    """Whether "by" or the verb stands before a number and its hedge: "rose (by) more than 21,000 to 130,000"."""
    hedge = hedge_before(line, first)
    before = line.lower((hedge.first if hedge else first) - 1)
    return before == "by" or before in word_list("change_verbs")


def moved(line: Line, at: int) -> bool:
    """Whether a verb of change stands before "from A to B": then A is the old number and B the new one."""
    changes = word_list("change_verbs")
    return any(line.lower(k) in changes for k in range(at - 1, at - _CHANGE_REACH, -1))


_CHANGE_REACH = 12
_FAR = 3.0
"""Times the first number from which "rose by A to B" tells a change and the new number rather than a range."""


def _percent_end(line: Line, at: int) -> int | None:
    """The position behind %, percent, per cent or pct at `at`; None where none stands there."""
    if line.lower(at) == "-" and line.touches(at + 1):
        at += 1
    word = line.lower(at)
    if word in {"%", "percent", "pct", "٪"}:
        return at + 1
    if word == "per" and line.lower(at + 1) == "cent":
        return at + 2
    return None
