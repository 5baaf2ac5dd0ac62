"""Where the counted noun of a quantity stands: after it, behind "of", in a compound, or before it.

"86 people", "86 of the people", "a 500-strong force", "the number of soldiers rose to 86", "the rebels number 86".
"""

from __future__ import annotations

from services.read.figures.counting.counted import BACK, SOME, Noun, after, is_plural, run_at
from services.read.figures.counting.levels import level
from services.read.figures.counting.whole import past_owner
from services.read.figures.figure import Quantity
from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.figures.numbers import numeral_at
from services.read.wordlists import word_list, word_table

_QUOTES = frozenset("\"”'’")
_SHARED = 6
"""Tokens between a number and the "and" behind which its noun is said: "16 Democrat-appointed and"."""
_HEDGED = 5
"""Tokens of a dash and a hedge before a number: "-- less than"."""
_REMARK = 6
"""Tokens of a remark between a number and its noun (half and double: 0 / 0)."""
_NUMBERING = 8
"""Words looked back for the subject of "number": "the police *who now only number* 100"."""


def noun_of(line: Line, quantity: Quantity) -> Noun:
    """The counted noun of a quantity; see `Noun`."""
    at = quantity.last
    if quantity.currency:
        return Noun(None, at, at, "none")
    defined = _defined(line, at)
    if defined is not None:
        return defined
    compound = _compound(line, quantity)
    if compound is not None:
        return compound
    if quantity.bound == "vague" and line.lower(at - 1) == "of":
        at -= 1
    if line.text(at) in _QUOTES and line.lower(at + 1) == "of":
        at += 1  # "dozens" of people
    if line.lower(at) == "out" and line.lower(at + 1) == "of" and _is_whole(line, at + 2):
        at += 1  # 20,000 out of 60,000 families; not "forced 300 out of their homes"
    at = _past_remark(line, quantity.first, at)
    of = line.lower(at) == "of"
    found = _of(line, at + 1, quantity) if of else _number_of(line, at) or after(line, at, quantity.value, "after")
    if found.refused == "page" and line.is_word(quantity.first - 1) and line.text(quantity.first - 1).islower():
        found = Noun(None, at, at, "none")  # "Toll Rises to 70 Tags": a heading without a stop
    if found.refused or found.head is not None or found.how in {"part", "people"}:
        return found
    if not of and (shared := _shared(line, at)) is not None:
        return shared
    told = _before(line, quantity) or _reached(line, quantity) or _most(line, quantity) or _numbering(line, quantity)
    return told or level(line, quantity) or found


def _past_remark(line: Line, first: int, at: int) -> int:
    """The position behind a remark between dashes that parts a number from its noun: "5 million — or most — voters",
    "a handful — less than 100 — traffickers"; else `at`."""
    width = _dash(line, at)
    if not width:
        return at
    if any(_dash(line, k) for k in range(first - _HEDGED, first)):
        noun = at + width  # the number itself is the remark
    else:
        close = next((k for k in range(at + width, at + width + _REMARK) if _dash(line, k) or line.text(k) == ";"), at)
        if line.text(close) == ";":
            return at  # "46 – people killed; 120 – people hurt" is a list
        noun = close + _dash(line, close)
        if close == at or numeral_at(line, at + width) is not None:
            return at
    run = run_at(line, noun)
    return noun if run and any(is_plural(line.lower(k)) for k in run) else at


def _dash(line: Line, at: int) -> int:
    """Tokens of the dash at `at`: 1, two for "--"; 0 where none stands."""
    if line.text(at) in {"—", "–"}:
        return 1
    return 2 if line.text(at) == "-" and line.text(at + 1) == "-" and line.touches(at + 1) else 0


def _defined(line: Line, at: int) -> Noun | None:
    """ "75,000 – Estimated number of residents who left": a list that gives each number first."""
    if line.text(at) not in {"-", "–", "—", ":"}:
        return None
    k = at + 1
    while line.lower(k) in group("number_before") or line.lower(k) in {"estimated", "approximate"}:
        k += 1
    if line.lower(k) != "number" or line.lower(k + 1) != "of":
        return _listed_item(line, at)
    found = after(line, _past_determiners(line, k + 2), SOME, "after")
    return found if found.head is not None and not found.refused else None


def _listed_item(line: Line, at: int) -> Noun | None:
    """ "46 – people killed; 120 – people hurt": each number opens its item, and a dash its noun."""
    opens = line.is_number(at - 1) and (at - 1 <= line.first or line.text(at - 2) in _ITEM_ENDS)
    if not opens or not _dash(line, at) or line.touches(at):
        return None
    found = after(line, at + 1, SOME, "after")
    return found if found.head is not None and found.how == "after" and not found.refused else None


_ITEM_ENDS = frozenset(";*•")


def _is_whole(line: Line, at: int) -> bool:
    at += line.lower(at) == "the"
    return line.lower(at) in group("pronouns") or numeral_at(line, at) is not None


def _shared(line: Line, at: int) -> Noun | None:
    """The noun said once for two numbers: "two F-16 and three A-10 *jets*", "16 left-leaning and 13 other judges"."""
    joint = next((k for k in range(at, at + _SHARED) if line.lower(k) in {"and", "or"}), at)
    inner = numeral_at(line, joint + 1) if joint > at else None
    if inner is None or any(_closes(line, k) for k in range(at, joint)):
        return None
    found = after(line, inner.last, SOME, "elided")
    return found if found.head is not None and found.how == "elided" and not found.refused else None


def _closes(line: Line, k: int) -> bool:
    """Whether the token at k cannot stand between a number and its noun."""
    word = line.lower(k)
    if word in word_list("phrase_ends") or word in word_table("metric_verbs") or is_plural(word):
        return True
    return word in word_list("persons") or not (line.is_word(k) or line.text(k) == "-" or line.touches(k))


def _of(line: Line, at: int, quantity: Quantity) -> Noun:
    """Behind "of": "of migrants", "of the dead" (a part), "of them children", "of the 86 dead"."""
    if line.lower(at) in group("pronouns"):
        return _of_them(line, at)
    owned = quantity.bound == "vague" and line.lower(at) in group("possessives")  # "thousands of its people" is no part
    part = line.lower(at) in group("determiners") and line.lower(at) not in {"a", "an"} and not owned
    while line.lower(at) in group("determiners") or line.lower(at) in {"all", "both"}:
        at += 1
    if part and line.lower(at) in {"most", "more", "least", "less"}:  # of the most vulnerable families
        at += 1
    at = past_owner(line, at)
    inner = numeral_at(line, at)
    if inner is not None:
        return after(line, inner.last, SOME, "part")
    if part and line.lower(at) in group("stand_for") and line.lower(at + 1) in group("be"):
        told = after(line, at + 2, SOME, "part")  # 14 of the dead were rebels
        if told.head is not None and told.how == "part" and is_person(line, told.head):
            return Noun(told.head, at, told.last, "part")
    return after(line, at, SOME if part else quantity.value, "part" if part else "after")


def is_person(line: Line, head: int) -> bool:
    """Whether the noun at `head` is people of any kind."""
    return line.lower(head) in word_list("persons")


def _of_them(line: Line, at: int) -> Noun:
    """ "30 of them children", "19 of whom were civilians", "12 of those killed", "five of those killed were nurses"."""
    if line.lower(at) == "us":
        return Noun(None, at, at, "people")
    nxt = at + 1
    killed = nxt if line.lower(nxt) in word_table("metric_verbs") and line.lower(nxt + 1) in group("be") else 0
    nxt += 1 if killed else 0
    while line.lower(nxt) in group("be") or line.lower(nxt) in group("have"):
        nxt += 1
    found = after(line, nxt, SOME, "part")
    if found.head is not None and not found.refused:
        return Noun(found.head, killed or found.first, found.last, found.how)
    return Noun(None, at, at + 1, "part")


def _compound(line: Line, quantity: Quantity) -> Noun | None:
    """ "a 500-strong force", "a 60-man patrol", "a 12-member council", "a 10-day visit"."""
    at = quantity.last
    if line.text(at) not in {"-", "‑"} or not line.is_word(at + 1):
        return None
    word = line.lower(at + 1)
    if word in {"strong", "plus"}:
        return _body(line, at + 2)
    if not line.touches(at) and not line.touches(at + 1):
        return None
    if word in {"man", "woman", "person", "men"}:
        return _body(line, at + 2)
    if word == "member":  # an 11-member team: its members
        body = _body(line, at + 2)
        return Noun(at + 1, at + 1, body.last, "after") if body.head is not None else body
    return Noun(None, at, at + 2, "none", word_table("measures").get(word, "compound"))


def _body(line: Line, at: int) -> Noun:
    """The force of "a 500-strong (rebel) force"."""
    for k in run_at(line, at):
        if line.lower(k) in group("strong_bodies") or line.lower(k) in word_table("metric_nouns"):
            return Noun(k, at, k + 1, "after")
    return Noun(None, at, at, "none", "compound")


def _number_of(line: Line, at: int) -> Noun | None:
    """ "bringing to 86 the (total) number of people killed", "updated to 86 its toll"."""
    k = at
    while line.lower(k) in group("number_before"):
        k += 1
    if k == at or line.lower(k) not in group("tolls"):
        return None
    if line.lower(k + 1) in {"of", "for"} and line.lower(k) in group("number_nouns"):
        return after(line, _past_determiners(line, k + 2), SOME, "before")
    if line.lower(k) in group("number_nouns") and line.lower(k + 1) in word_table("metric_verbs"):
        return Noun(k + 1, k + 1, k + 2, "before")  # "bringing to 45 the number killed"
    return Noun(k, k, k + 1, "before")


def _before(line: Line, quantity: Quantity) -> Noun | None:
    """ "increased the number of soldiers … to 15 thousand", "the death toll rose to 86", "population of 5,000"."""
    at = quantity.first - 1
    ranged = quantity.bound == "vague" and line.lowers(at - 1, at + 1) in (["in", "the"], ["into", "the"])
    ranged = ranged and line.lower(quantity.last) != "of"  # "a toll in the hundreds", not "in the hundreds of tents"
    at -= ranged
    past = line.lower(at + 1) in _PAST and line.lower(at) not in group("before_count")
    if past or line.lower(at + 1) in group("before_count"):
        at += 1  # "exceeded 730": the verb is the hedge too
    while line.lower(at) in group("before_skip") or line.lower(at) in word_list("weekdays"):
        at -= 1
    if line.lower(at) == "of" and line.lower(at - 1) == "total" and line.lower(at - 2) in {"a", "the"}:
        at -= 3  # "the number of pardons … to a total of 86"
    if line.lower(at) in _PAST:  # "pushed the death toll above 1,350", "the toll climbed past 300"
        near = line.lowers(at - _PAST_WITHIN, at)
        at = at if not _TALLIES.isdisjoint(near) else quantity.last
    remains = quantity.percent and line.lower(at).startswith("remain")  # "the population remains 10% lower"
    if line.lower(at) in group("toll_metrics") and at < quantity.first:
        return _tolled(line, at, quantity)  # "Bombing toll almost 150"
    if line.text(at) == ":" and _is_heading(line, at - 1):
        return Noun(at - 1, at - 1, at, "before")
    if remains or not (ranged or line.lower(at) in group("before_count") | _PAST):
        return None
    for k in range(at - 1, at - BACK, -1):
        word = line.lower(k)
        if not word or word == ";":
            return None
        town = word in group("towns") and not (k == at - 1 and line.lower(at) == "of")  # only where, not how many
        if word in group("tolls") and not town:
            return _tolled(line, k, quantity)
    return None


def _is_heading(line: Line, k: int) -> bool:
    """Whether the noun at k heads an item of a tally: "Confirmed *cases*: 240,000", "*Injured*: 40"."""
    opens = k <= line.first or line.lower(k - 1) in {"confirmed", "total", "new", "people", ".", ";", ",", "•"}
    return opens and line.lower(k) in group("tally_heads")


_PAST = frozenset({"past", "above", "beyond"})
_TALLIES = frozenset({"toll", "tolls", "count", "tally", "caseload"})
_PAST_WITHIN = 6
"""Tokens between "toll" and "past": "the toll is expected to rise"."""


def _reached(line: Line, quantity: Quantity) -> Noun | None:
    """The plural that reached a number: "confirmed *cases* of the virus topped 500,000", "*arrests* hit 4,000"."""
    at = quantity.first if line.lower(quantity.first) in group("reaching") else quantity.first - 1
    while line.lower(at) in group("before_skip"):
        at -= 1
    if line.lower(at) in _PAST and line.lower(at - 1) in word_list("change_verbs"):
        at -= 1  # "as cases climbed past 30,000"
    elif line.lower(at) not in group("reaching") and not (
        line.lower(at) == "near" and line.lower(at - 1) in group("tallied_anew")  # "as cases near 125,000"
    ):
        return None
    if quantity.percent:
        return None
    for k in range(at - 1, max(at - BACK, line.first) - 1, -1):
        word = line.lower(k)
        if not line.is_word(k) or word in group("stop_predicate") or word in group("reaching"):
            return None
        if is_plural(word) and (word in word_table("metric_nouns") or word in group("levels")):
            return Noun(k, k, k + 1, "before")
    return None


def _most(line: Line, quantity: Quantity) -> Noun | None:
    """The plural of which somebody has the most: "has the most confirmed *cases*, with 82,000"."""
    if line.lower(quantity.first - 1) not in {"with", "at"} or quantity.percent:
        return None
    for k in range(quantity.first - 2, max(quantity.first - BACK, line.first - 1), -1):
        if line.lower(k) in group("tallied_anew"):
            most = not {"most", "more", "highest", "largest"}.isdisjoint(line.lowers(k - _MOST, k))
            return Noun(k, k, k + 1, "before") if most else None
        if line.lower(k) in word_table("metric_verbs") or numeral_at(line, k) is not None:
            return None
    return None


_MOST = 5
"""Tokens from "the most" to its noun: "the most *confirmed coronavirus* cases", "the highest number of deaths"."""


def _tolled(line: Line, k: int, quantity: Quantity) -> Noun | None:
    """The noun that "number", "toll" or "population" at k counts."""
    if line.lower(k) in {"count", "tally"} and line.lower(k - 1) in {"death", "body"}:
        return Noun(k - 1, k - 1, k + 1, "before")  # "the body count rose to 86"
    if line.lower(k) not in group("number_nouns"):
        if line.lower(k) in group("towns"):
            return Noun(None, quantity.last, quantity.last, "people")  # "a city of about 14,000"
        first = k - 1 if line.lower(k - 1) in {"death", "casualty", "injury"} else k
        return Noun(k, first, k + 1, "before")
    if line.lower(k + 1) in word_table("metric_verbs"):  # "the number killed in 24 hours to 45"
        return Noun(k + 1, k + 1, k + 2, "before")
    if line.lower(k + 1) != "of":
        return None
    found = after(line, _past_determiners(line, k + 2), SOME, "before")
    counted = found.head is not None and found.head < quantity.first and not found.refused
    return Noun(found.head, found.first, found.last, "before") if counted else None


def _past_determiners(line: Line, at: int) -> int:
    while line.lower(at) in group("determiners"):
        at += 1
    return at


def _numbering(line: Line, quantity: Quantity) -> Noun | None:
    """ "the police who now only number 100", "the rebels numbered some 200"; not "decree number 100"."""
    at = quantity.first - 1
    if line.lower(at) not in {"number", "numbered", "numbering"}:
        return None
    relative = False
    for k in range(at - 1, at - _NUMBERING - 1, -1):
        word = line.lower(k)
        if word in word_list("persons") or (is_plural(word) and not relative):
            return Noun(k, k, k + 1, "before")
        relative = relative or word in group("relative")
        if not (relative or word in group("before_skip") or word in {"they", ","}):
            return None
    return None
