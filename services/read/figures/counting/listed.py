"""Figures that lean on the one before: items of a list, parts of a whole, nouns not said again."""

from __future__ import annotations

from typing import NamedTuple

from schemas.metrics import Metric
from services.read.figures.counting.counted import Noun
from services.read.figures.counting.happened import Told
from services.read.figures.counting.verbs import verbs
from services.read.figures.figure import Counted, Quantity
from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.wordlists import word_list, word_table

_GAP = 4
"""Tokens between the items of a list: ", as well as"."""
_ONE = frozenset({"a", "an"})
_REACH = 16
"""Tokens from a figure to its part or parallel: "28 died in the north and five in the capital"."""

_PARALLEL = 24
"""Tokens between them where the second figure has no noun of its own: "five in the capital"."""


class Found(NamedTuple):
    """A figure as read so far, without speaker and setting; `end` is the last character of its words."""

    line: Line
    quantity: Quantity
    noun: Noun
    told: Told
    counted: Counted
    end: int


def is_listed(line: Line, previous: Found, quantity: Quantity) -> bool:
    """Whether only "and", "or", a comma stand between the noun of the figure before and this quantity, or one person
    that no number counts: "including seven guards, *an inmate and* three nurses"."""
    last = max(previous.noun.last, previous.quantity.last)
    if not 0 < quantity.first - last <= _GAP + 2:
        return False
    between = line.lowers(last, quantity.first)
    one = next((k for k, word in enumerate(between) if word in _ONE), None)
    if one is not None and between[one + 1 : one + 2] and between[one + 1] in word_list("persons"):
        del between[one : one + 2]
    return 0 < len(between) <= _GAP and group("listing").issuperset(between)


def _is_part(line: Line, previous: Found, quantity: Quantity, noun: Noun) -> bool:
    """ "56 civilians were killed *including 19 children*": what happened to the whole happened to the part."""
    of_them = line.lower(quantity.last) == "of" and line.lower(quantity.last + 1) in {
        "them",
        "whom",
        "which",
        "those",
        "these",
    }
    person = line.lower(noun.head) in word_list("persons") if noun.head is not None else of_them
    if not person or quantity.percent or quantity.currency:
        return False
    before = line.lower(quantity.first - 1)
    among = before in {"them", "whom"} and line.lower(quantity.first - 2) == "among"
    listed = previous.counted.role == "subset" and is_listed(line, previous, quantity)
    near = quantity.first - previous.quantity.last <= _REACH
    part = of_them or among or listed or before in group("subset_before")
    return near and part and previous.counted.unit in {"people", "soldiers"}


def leans(line: Line, previous: Found, quantity: Quantity, noun: Noun, told: Told) -> bool:
    """Whether a quantity to which nothing happened has the metric of the figure before it."""
    said = noun.head is not None and line.lower(noun.head) in group("stand_for")  # "11 children and dozens wounded"
    default = noun.head is not None and told.token == noun.head and noun.how != "state" and not said
    if not (told.metric is Metric.OTHER or default):
        return False
    if _is_part(line, previous, quantity, noun):
        return True
    if _is_home(line, previous, quantity, noun):
        return True
    token = told.token
    others = noun.head is not None and line.lower(noun.head) in {"others", "other"}
    at = noun.head if noun.how == "state" else token if noun.head is None or others else None
    use = verbs().get(line.lower(at)) if at is not None else None
    # "60 houses collapsed and 500 were damaged": only homes were counted so far
    return use is not None and use.metric is Metric.HOMES_DAMAGED and previous.told.metric is Metric.HOMES_DAMAGED


def _is_home(line: Line, previous: Found, quantity: Quantity, noun: Noun) -> bool:
    """ "wiped out 413 homes in Ila, *50 houses in Oru* and 23 residences in Kiwa": homes behind homes and a place."""
    word = line.lower(noun.head) if noun.head is not None else ""
    homes = word_table("metric_nouns").get(word, "").startswith(Metric.HOMES_DAMAGED)
    if not homes or previous.told.metric is not Metric.HOMES_DAMAGED:
        return False
    last = max(previous.noun.last, previous.quantity.last)
    between = line.lowers(last, quantity.first)
    if not between or between[0] not in group("in_parallel") or len(between) > _GAP + 4:
        return False
    rest = [k for k in range(last + 1, quantity.first) if line.lower(k) not in group("listing")]
    return bool(rest) and all(map(line.capitalised, rest)) and between[-1] in group("listing")


def is_parallel(line: Line, previous: Found, quantity: Quantity) -> bool:
    """ "28 died in the north *and five in the capital*": the noun is not said again."""
    if previous.noun.head is None and (previous.told.metric is Metric.OTHER or previous.told.token is None):
        return False
    before, after = line.lower(quantity.first - 1), line.lower(quantity.last)
    near = quantity.first - previous.quantity.last <= _PARALLEL and quantity.bound != "vague"  # "and millions lost"
    if before == "from" and line.lower(quantity.first - 2) in {"up", "down"}:  # 19,000 troops, up from 5,000
        return near
    joined = before in group("before_parallel") or _done(line, quantity.first - 1)
    joined = joined or _in_a_row(line, previous, quantity)
    return near and joined and (after in group("in_parallel") or _is_year_before(line, quantity.last))


def _done(line: Line, k: int) -> bool:
    """ "handled 700 cases in May *and settled* 60 in June": the second verb has the first one's object."""
    return line.lower(k).endswith("ed") and line.lower(k - 1) in {"and", "but", ","} and line.text(k).islower()


def _is_year_before(line: Line, k: int) -> bool:
    """ "against 414 in 2013 and 230 *the year before*", "400 last month"."""
    k += line.lower(k) in {"the", "a"}
    k += line.lower(k) in {"last", "this", "previous"}
    ahead = line.lower(k + 1) in {"before", "earlier", "ago"} or line.lower(k - 1) in {"last", "this", "previous"}
    return ahead and line.lower(k) in group("periods")


def _in_a_row(line: Line, previous: Found, quantity: Quantity) -> bool:
    """ "8 in Ila 5 in Oru": nothing but a name between, not even a comma."""
    if quantity.first - 1 == previous.told.token:
        return line.capitalised(quantity.last + 1)  # "21 died 8 in Ila"
    between = range(previous.quantity.last + 1, quantity.first)
    return line.lower(between.start - 1) in group("in_parallel") and all(map(line.capitalised, between))
