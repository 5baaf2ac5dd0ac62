"""What may stand between the counted and its predicate and says nothing of it: a place, remarks, clauses, examples.

Each function gives the position where the reading goes on.
"""

from __future__ import annotations

from services.read.figures.counting.verbs import verbs
from services.read.figures.figure import Quantity
from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.figures.numbers import numeral_at
from services.read.wordlists import word_table

_ASIDE = 18
"""Tokens of a clause between commas: ", which links the capital and the border,"."""
HEDGE = 4
"""Words of a hedge: "and *at least another* 12"."""
_BRACKET = 12
"""Tokens of a remark in brackets that a predicate is sought behind: "12 (five of them children) were hurt"."""
_SOURCE = 16
"""Tokens of a source between commas: ", the head of the regional health ministry said late on Monday,"."""
_WHERE = 6
"""Tokens of a place between a number and its "were": "from villages"."""


def past_where(line: Line, at: int) -> int:
    """The position of "were" in "9,528 *from villages* were moved", where a noun is left out; else `at`."""
    if line.lower(at) not in group("in_parallel"):
        return at
    for k in range(at + 2, at + _WHERE):
        if line.lower(k) in group("be"):
            return k
        if not line.is_word(k - 1):
            break
    return at


def past_remark(line: Line, at: int, word: str) -> int:
    """The position behind a remark opened at `at`, in brackets, between dashes or commas, or behind the stop of an
    abbreviation ("15 people in the U.S. were killed"); 0 where none is."""
    if word == "." and len(line.text(at - 1)) == 1 and line.capitalised(at - 1):
        return at + 1
    if word == "(":
        return _closed(line, at, ")")
    if word in {"—", "–"}:
        return _closed(line, at, word)
    if word == "-" and line.text(at + 1) == "-":
        end = _closed(line, at + 1, "-")
        return end + 1 if end and line.text(end) == "-" else 0
    return (_aside(line, at) or _past_source(line, at)) if word == "," else 0


def past_example(line: Line, at: int, quantity: Quantity) -> int:
    """The position of "were" behind "12 civilians including a reporter for a news agency *were* killed"; else 0."""
    if line.lower(at - 1) == ",":
        return 0
    before = quantity.first - 1
    opens = before < line.first or not line.is_word(before) or line.lower(before) in word_table("reporting_verbs")
    opens = opens or line.lower(before) == "that"
    for k in range(at + 1, min(at + _ASIDE, line.last)):
        word = line.lower(k)
        if word in group("be") or word in group("have"):
            return k if line.lower(k + 1) in verbs() or line.lower(k + 1) in group("be") else 0
        number = line.is_number(k) or word in word_table("numbers")
        if number and not opens:
            return 0  # "killed 11 civilians including two boys and 5 soldiers were hurt"
        if not (line.is_word(k) or number or line.text(k) in {"-", "'", "’"}):
            return 0
        if word in verbs() or word in group("relative"):
            return 0
    return 0


def past_whose(line: Line, at: int) -> int:
    """The position of "had" behind "12 men *whose cases came to nothing* had died"; 0 where no second verb tells."""
    own = False
    stops = group("stop_predicate") | group("relative") - {"that"}
    for k in range(at + 1, min(at + _ASIDE, line.last)):
        word = line.lower(k)
        helps = word in group("be") or word in group("have")
        if helps and own and (line.lower(k + 1) in verbs() or line.lower(k + 1) in group("be")):
            return k
        if not (line.is_word(k) or line.text(k) in {"-", "'", "’"}) or word == "and" or (k > at + 1 and word in stops):
            return 0
        own = own or helps or (word.endswith("ed") and k > at + 1)
    return 0


def _closed(line: Line, at: int, mark: str) -> int:
    """The position behind the mark that closes what was opened at `at`; 0 where it is not closed soon."""
    words = line.lowers(at + 1, at + _BRACKET)
    return at + words.index(mark) + 2 if mark in words else 0


def _aside(line: Line, at: int) -> int:
    """The position behind ", which links A and B," where the main clause goes on; 0 for any other comma.

    A clause with "who" that itself says what happened ("12 people, who were hurt, …") is read, not passed.
    """
    opens = line.lower(at + 1)
    if opens not in group("aside") and opens not in group("placing") and not number_next(line, at + 1):
        return 0
    told = line.lower(at + 1) == "who"
    for k in range(at + 2, min(at + _ASIDE, line.last)):
        word = line.lower(k)
        after = line.lower(k + 2 if line.lower(k + 1) == "also" else k + 1)
        if word == "," and (after in group("be") or after in group("have") or after in verbs()):
            return k + 1
        if told and word in verbs():
            return 0
    return 0


def _past_source(line: Line, at: int) -> int:
    """The position behind ", the ministry said on Monday," where the clause goes on; 0 where nobody is named so."""
    words = line.lowers(at + 1, at + _SOURCE)
    end = words.index(",") if "," in words else 0
    said = any(word_table("reporting_verbs").get(word) == "says" for word in words[:end])
    if not (said or words[:2] == ["according", "to"]):
        return 0
    behind = line.lower(at + end + 2)
    return at + end + 2 if behind in group("be") or behind in group("have") or behind in verbs() else 0


def number_next(line: Line, at: int) -> bool:
    """Whether a number follows, behind a hedge or not."""
    for k in range(at, at + HEDGE):
        if numeral_at(line, k) is not None:
            return True
        if line.lower(k) not in group("object_skip") and line.lower(k) not in group("object_hedges"):
            return False
    return False
