"""Guards for names that hold a number, and for "one" that counts nothing."""

from __future__ import annotations

from services.read.figures.guards.guarded import Guarded, claim, counts_next
from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.figures.numbers import Numeral
from services.read.wordlists import word_list, word_table

_LARGEST_NAME = 10_000
"""Numbers in names are small: Unit 8200, Resolution 2254. Above, "KABUL 12,000" is a lost stop."""
_FURNITURE_WORDS = 7
"""Tokens of a line in which a page counts itself: "Readers Comments 11", "1,204 views · 3 shares"."""


def numbered(line: Line, numeral: Numeral) -> Guarded | None:
    """Article 5, Resolution 2254, No. 3, Boeing 737, Nord Stream 2; by the word before or by its capital."""
    first, last = numeral.first, numeral.last
    at = first - 1
    if line.text(at) == "." and line.lower(at - 1) in group("number_marks"):
        return claim(numeral, "name")
    if line.lower(at) in {"and", "to", "or", "-", "–", ","} and line.is_number(at - 1):  # Articles 5 and 6
        at -= 2
    before = line.lower(at)
    if not line.is_word(at):
        return None
    capital = line.capitalised(at) and not line.titled
    counted = counts_next(line, last) and not (capital and line.lower(last) not in word_list("persons"))
    graded = before in group("graded") and not _plural(line, last)  # a category 2 cyclone
    decree = before == "number" and line.is_word(at - 1) and not _numbering(line, at - 1)
    tops = before == "top" and not group("tallied_anew").isdisjoint(line.lowers(line.first, at))  # "deaths top 1,000"
    if (before in word_list("numbered_names") and not counted and not tops) or graded or decree:
        return claim(numeral, "name")
    percent = line.text(last) == "%"  # "Unemployment in Oru 47.9%"
    if not capital or percent or "," in line.text(first) or last - first > 1 or counts_next(line, last):
        return None
    kills = word_table("metric_verbs").get(before, "").endswith("object")  # "Kills 30 Ruritanian fighters"
    if kills or _in_a_row(line, first, last):
        return None
    inner = not line.opens(at) and before not in group("no_name") and numeral.value < _LARGEST_NAME
    return claim(numeral, "name") if inner or before in word_list("name_heads") else None


def _plural(line: Line, at: int) -> bool:
    word = line.lower(at)
    return word.endswith("s") or word in word_list("irregular_plurals")


def related(line: Line, numeral: Numeral) -> Guarded | None:
    """A family of six, a mother of two: how many belong to it, not how many were counted."""
    first = numeral.first
    family = line.lower(first - 1) == "of" and line.lower(first - 2) in group("relations")
    at = numeral.last + (line.lower(first - 2) == "families")  # families of five service *members*
    alone = not {line.lower(numeral.last), line.lower(at)} & word_list("persons") and numeral.value < _LARGEST_FAMILY
    return claim(numeral, "compound") if family and alone and not numeral.vague else None


_LARGEST_FAMILY = 30
"""Members from which "a family of N" is a count (half and double: 0 / 0)."""


def emergency(line: Line, numeral: Numeral) -> Guarded | None:
    """911 calls, a 999 operator."""
    known = line.text(numeral.first) in {"911", "999", "112"} and line.lower(numeral.last) in group("emergency_calls")
    return claim(numeral, "name") if known else None


def quake(line: Line, numeral: Numeral) -> Guarded | None:
    """A 5.9 quake, measuring 5.0 on the Richter scale, of magnitude 6.1."""
    if numeral.value >= _STRONGEST or "." not in line.text(numeral.first) or numeral.last > numeral.first + 1:
        return None
    words = line.lowers(numeral.first - 3, numeral.last + 4)
    return None if group("quakes").isdisjoint(words) else claim(numeral, "magnitude")


_STRONGEST = 10
"""Magnitude: the strongest quake recorded had 9.5."""


def _numbering(line: Line, at: int) -> bool:
    """Whether "number" behind the word at `at` is a verb: "who only number 100", "the rebels number 200"."""
    word = line.lower(at)
    verbal = word in group("before_skip") or word in group("relative") or word in {"they", "to", "the", "a", "total"}
    return verbal or word.endswith("s") or word in word_list("persons")


def _in_a_row(line: Line, first: int, last: int) -> bool:
    """ "8 in Ila 5 in Oru": a list of places without commas; the name before belongs to the number before it."""
    k = first - 1
    while line.capitalised(k):
        k -= 1
    places = group("in_parallel")
    return line.lower(last) in places and line.lower(k) in places and line.is_number(k - 1)


def spelled(line: Line, numeral: Numeral) -> Guarded | None:
    """Number words in names: Visegrad Four, Group of Seven, the Big Three, Air Force One, Five Star Movement."""
    first, last = numeral.first, numeral.last
    before = line.lower(first - 1)
    if before in group("spelled_names") and last - first == 1:
        return claim(numeral, "name")
    if line.text(first - 1) == "-" and line.lower(first - 2) == "number":
        return claim(numeral, "name")  # "the number-two man"
    text = line.text(first)
    if numeral.vague or not text[0].isupper() or (len(text) > 1 and text.isupper()) or line.titled:
        return None
    if line.opens(first) or not line.is_word(first - 1) or before in word_table("metric_verbs"):
        return None
    if before != "of" and any(line.lower(k) in word_list("persons") for k in (last, last + 1, last + 2)):
        return None  # "… in Oru Ten Ruritanian civilians": a heading without a stop
    # A capital inside a sentence. "… said Two people": a sentence lost its stop; a name has a capital beside it.
    counted = counts_next(line, last)
    named = line.capitalised(first - 1) and first - 1 > line.first and not counted
    of_name = before in {"of", "the"} and (line.capitalised(first - 2) or not counted)
    known = line.lower(last) in word_list("persons") or line.lower(last) in word_table("metric_verbs")
    into = line.capitalised(last) and not known
    return claim(numeral, "name") if named or of_name or into else None


def street(line: Line, numeral: Numeral) -> Guarded | None:
    """10 Downing Street, 1600 Pennsylvania Avenue."""
    for k in range(numeral.last, numeral.last + 4):
        if not line.capitalised(k):
            return None
        if k > numeral.last and line.lower(k) in group("streets"):
            return Guarded(numeral.first, k + 1, "address")
    return None


def furniture(line: Line, numeral: Numeral) -> Guarded | None:
    """11 comments, 1,204 views: what a page counts about itself, on a line of its own."""
    if line.last - line.first > _FURNITURE_WORDS:
        return None
    around = {line.lower(numeral.last), line.lower(numeral.first - 1), line.lower(numeral.last + 1)}
    return claim(numeral, "page") if around & word_list("page_counts") else None


def shared(line: Line, numeral: Numeral) -> Guarded | None:
    """Counters of a page behind its "short URL": "Get short URL 0 214 The …"."""
    at = numeral.first - 1
    while line.is_number(at) and numeral.first - at < _COUNTERS:
        at -= 1
    return claim(numeral, "page") if line.lower(at) == "url" else None


_COUNTERS = 5
"""Numbers a page shows behind its address, at most four (half and double: 0 / 0)."""


MORE = frozenset({"more", "other", "additional", "further"})
"""Behind "one" these count again: "one more person"."""

_BODIES = frozenset({"body", "corpse", "death", "fatality", "casualty", "injury"})


def _goes_on(line: Line, at: int) -> bool:
    word = line.lower(at)
    return word in group("be") or word in group("have") or word in word_table("metric_verbs")


def one(line: Line, numeral: Numeral) -> Guarded | None:
    """ "one" that counts nothing: one of the, no one, one another, one day, this one, the one who."""
    first, last = numeral.first, numeral.last
    if numeral.value != 1 or not numeral.spelled or numeral.vague or last - first > 1:
        return None
    after = line.lower(last)
    if after in group("be") and line.lower(last + 1) in word_table("metric_verbs"):
        return None  # one was killed
    if after in MORE and (line.lower(last + 1) in word_list("persons") or line.lower(last + 1) in _BODIES):
        return None  # one more soldier
    said = line.lower(first - 1) == "that" and _goes_on(line, last + 1)  # "said that one person was killed"
    if (said or line.lower(first - 1) in group("ones_person")) and after in word_list("persons"):
        return None  # only one person has been found
    if line.lower(first - 1) in group("before_one") or after in group("after_one") or after in {"-", "'", "’"}:
        return claim(numeral, "pronoun")
    return None
