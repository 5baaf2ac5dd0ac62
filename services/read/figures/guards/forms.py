"""Guards by form: web addresses, clock times, models and ids glued to letters, telephone numbers, list numbers."""

from __future__ import annotations

from services.read.figures.guards.guarded import HYPHENS, Guarded, claim, counts_next, tallied
from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.figures.money import money_before
from services.read.figures.numbers import Numeral, digits_value
from services.read.figures.ranges import moved
from services.read.wordlists import word_list, word_table

_CHUNK = 80
"""Characters looked back for the beginning of the web or mail address a number may stand in (half and double: 0 /
0)."""
_LONGEST_CHAIN = 12
"""Links of "800-555-1234-…" followed; past it the rest is an id of its own."""
_LONGEST_LIST_LINE = 8
"""Tokens of a line that holds no word and so is a list or a table cell: "218 - 11", "* 3 *"."""
_ORDINAL_ENDS = frozenset({"st", "nd", "rd", "th"})


def address(line: Line, numeral: Numeral) -> Guarded | None:
    """Numbers inside a web address, a mail address or a #tag."""
    start = line.tokens[numeral.first].start
    before = line.document.text[max(0, start - _CHUNK) : start]
    chunk = before[max(before.rfind(" "), before.rfind("\n")) + 1 :]
    if "://" in chunk or "www." in chunk or "@" in chunk or ".com/" in chunk or chunk.endswith("#"):
        return claim(numeral, "id")
    return None


def clock(line: Line, numeral: Numeral) -> Guarded | None:
    """10:27, 9 a.m., 9pm, 6 o'clock, at 1600, 1800 GMT."""
    first, last = numeral.first, numeral.last
    if _colon(line, last):
        while _colon(line, last):
            last += 2
        return Guarded(first, _past_halfday(line, last), "clock")
    after = _past_halfday(line, last)
    if after > last:
        return Guarded(first, after, "clock")
    if line.lower(last) in group("clock") or (line.lower(last) == "local" and line.lower(last + 1) == "time"):
        return Guarded(first, last + 1, "clock")
    hour = _hour(line, first)
    if hour and line.lower(first - 1) in group("before_hour") and not counts_next(line, last):
        return claim(numeral, "clock")
    span = line.lower(first - 1) in {"from", "between"} and line.lower(last) in {"to", "and"} and _hour(line, last + 1)
    if hour and span and not counts_next(line, last + 2) and not moved(line, first):
        return Guarded(first, last + 2, "clock")
    return None


def _hour(line: Line, at: int) -> bool:
    """Whether four digits at `at` may be a time of day: 1845."""
    text = line.text(at)
    return len(text) == 4 and text.isdigit() and int(text) < 2400 and int(text[2:]) < 60


def _is_morning(line: Line, at: int) -> bool:
    return line.touches(at) or (line.text(at) == "AM" and not line.titled) or _run_together(line, at - 1)


def _run_together(line: Line, at: int) -> bool:
    """Whether hour and minutes stand at `at` without their colon: 330 am, 1145 am."""
    return _hour(line, at) or (len(line.text(at)) == 3 and line.text(at).isdigit() and int(line.text(at)[1:]) < 60)


def _colon(line: Line, at: int) -> bool:
    """Whether ":" and a number stand against each other and the number before."""
    return line.text(at) == ":" and line.touches(at) and line.touches(at + 1) and line.is_number(at + 1)


def _past_halfday(line: Line, at: int) -> int:
    """The position behind "am", "p.m." or "PM" at `at`, else `at`. "am" and "a" need to be no verb and no article."""
    word = line.lower(at)
    if word == "pm" or (word == "am" and _is_morning(line, at)):
        return at + 1
    if word in {"a", "p"} and line.text(at + 1) == "." and line.lower(at + 2) == "m" and line.touches(at + 2):
        return at + (4 if line.text(at + 3) == "." else 3)
    return at


def chain(line: Line, numeral: Numeral) -> Guarded | None:
    """Numbers joined into an id: 555-1234-00, +44 20 7946 0958, 1.2.3, 007."""
    first, last, links = numeral.first, numeral.last, 0
    while links < _LONGEST_CHAIN and line.text(last) in HYPHENS and line.touches(last) and line.touches(last + 1):
        if not line.is_number(last + 1):
            break
        last, links = last + 2, links + 1
    phone = len(line.text(first)) >= 3 and len(line.text(last - 1)) == 4 and _phone(line, first)
    if links >= 2 or (links and phone):
        return Guarded(first, last, "id")
    text = line.text(first)
    if line.text(first - 1) == "+" and line.touches(first) and len(text) <= 3:
        while line.is_number(last):
            last += 1
        return Guarded(first, last, "id")
    if digits_value(text) is None and numeral.last == first + 1:
        return claim(numeral, "id")
    if text[0] == "0" and len(text) > 1 and "." not in text:
        return claim(numeral, "clock" if len(text) == 4 else "id")
    return None


def _phone(line: Line, first: int) -> bool:
    return any(line.lower(first - k) in group("phone") for k in (1, 2, 3))


def glued_before(line: Line, numeral: Numeral) -> Guarded | None:
    """Something against the number's left: AK-47, T-72, Covid-19, MUC3-1037, G20, F16, #2, 24/7, mid-2015."""
    first = numeral.first
    if not line.touches(first):
        return None
    before = line.text(first - 1)
    reason = None
    if line.is_word(first - 1):
        # "across14 provinces": a lost space behind a small word
        lost = before.islower() and len(before) > 1 and before in word_list("phrase_ends")
        lost = lost or (before.islower() and _lost_its_space(line, numeral))
        reason = None if lost or money_before(line, first) or before.lower() in group("money_codes") else "name"
    elif before in {"#", "_", "@", "°", "№"}:
        reason = "id"
    elif before == "/":
        reason = "date" if line.is_number(first - 2) else "id"
    elif before in HYPHENS and line.touches(first - 1):
        if line.is_word(first - 2) and line.lower(first - 2) not in group("money_codes"):
            reason = "date" if line.lower(first - 2) in group("year_prefixes") else "name"
        elif line.is_number(first - 2):
            reason = "id"
    return claim(numeral, reason) if reason else None


def _lost_its_space(line: Line, numeral: Numeral) -> bool:
    """ "captured16 villages", "6 dead31,739 people evacuated": what happened against a count with its noun behind."""
    before = line.lower(numeral.first - 1)
    happened = before.endswith("ed") or before in word_table("metric_verbs") or before in word_table("metric_nouns")
    return happened and counts_next(line, numeral.last)


def glued_behind(line: Line, numeral: Numeral) -> Guarded | None:
    """Something against the number's right: 3rd, 1980s, 3D, 30mph, 9/11."""
    first, at = numeral.first, numeral.first + 1
    if not line.touches(at) or numeral.last > at:
        return None
    if line.is_word(at):
        suffix = line.lower(at)
        if suffix in _ORDINAL_ENDS:
            return Guarded(first, at + 1, "ordinal")
        if suffix == "s":
            return Guarded(first, at + 1, "date" if line.text(first).endswith("0") else "name")
        if suffix not in group("glued_scales") and suffix not in word_table("currencies") and not _noun(suffix):
            return Guarded(first, at + 1, word_table("measures").get(suffix, "name"))
    elif line.text(at) == "/" and line.touches(at + 1) and line.is_number(at + 1):
        return Guarded(first, at + 2, "fraction" if len(line.text(first)) == len(line.text(at + 1)) == 1 else "date")
    return None


def _noun(word: str) -> bool:
    """Whether a word against digits is a noun that lost its space: "191people"."""
    return len(word) > 3 and (word in word_list("persons") or word in word_list("concrete_nouns"))


def list_number(line: Line, numeral: Numeral) -> Guarded | None:
    """ "1. …", "2) …" at the start of a line, "(3)" anywhere, and a line that is nothing but numbers."""
    first, last = numeral.first, numeral.last
    if first == line.first:
        alone = last >= line.last or (last + 1 == line.last and not line.is_word(last))
        marked = line.text(last) in {".", ")", ":"} and line.is_number(first) and numeral.value < 100
        if alone or marked:
            return claim(numeral, "list")
    if line.text(first - 1) == "(" and line.text(last) == ")" and not numeral.spelled and numeral.value < 1000:
        return None if tallied(line, first, last) else claim(numeral, "list")
    if line.last - line.first < _LONGEST_LIST_LINE and not any(map(line.is_word, range(line.first, line.last))):
        return claim(numeral, "list")
    return None
