"""The currency beside a number: "$5", "Rs. 500", "Sh150,000", "K230,000", "5 million euros"."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.figures.numbers import scales
from services.read.wordlists import word_list, word_table


class Money(NamedTuple):
    """A currency code and the token at which it begins or ends."""

    code: str
    edge: int


_UNKNOWN = "XXX"
"""ISO 4217 for no currency: of a nation that no entry of `currencies.txt` names."""
_PAYING_REACH = 4
"""Tokens from a verb of paying to "millions": "*pay* the contractors *more* millions"."""
_LETTERS = 2
"""Letters up to which a currency may as well be a model (Mk19, N95) or a road (R2), so that digits must tell."""


def money_before(line: Line, first: int) -> Money | None:
    """$5, US$5, USD 5, Rs. 500, C$5, Sh150,000, K230,000."""
    at = first - 1
    glued = word_table("glued_currencies").get(line.lower(at)) if line.touches(first) else None
    plain = len(line.text(at)) > _LETTERS or line.lower(at) in word_table("currencies")
    if glued and (_is_sum(line, first) if not plain or line.text(at).islower() else line.capitalised(at)):
        return Money(glued, at)
    if (dollars := _dollars(line, at, first)) is not None:
        return dollars
    if line.text(at) == "." and line.lower(at - 1) in {"rs", "rp"}:
        at -= 1
    code = word_table("currencies").get(line.lower(at))
    if code is None or line.lower(at) in group("after_number_money"):
        return None
    named = line.lower(at) in {"rs", "rp", "tk"} or line.text(at) in {"Sh", "Shs", "Ksh"}
    if line.is_word(at) and not (line.text(at).isupper() or named):
        return None
    return Money(code, at)


_DOLLARS = {
    "us": "USD",
    "c": "CAD",
    "ca": "CAD",
    "a": "AUD",
    "au": "AUD",
    "nz": "NZD",
    "hk": "HKD",
    "s": "SGD",
    "nt": "TWD",
    "tt": "TTD",
    "fj": "FJD",
    "j": "JMD",
    "ec": "XCD",
    "r": "BRL",
    "z": "ZWL",
}
"""Letters beside a dollar sign: US$5, $A5."""


def _dollars(line: Line, at: int, first: int) -> Money | None:
    """US$5, $US5, A$5, US $5; `at` is the token before the number at `first`."""
    if line.text(at) != "$":
        sign = line.lower(at) in _DOLLARS and line.text(at - 1) == "$" and line.touches(at) and line.touches(first)
        return Money(_DOLLARS[line.lower(at)], at - 1) if sign else None
    spaced = line.text(at - 1) == "US" and line.lower(at - 2) not in group("determiners")
    named = spaced or (line.lower(at - 1) in _DOLLARS and line.touches(at))
    return Money(_DOLLARS[line.lower(at - 1)], at - 1) if named else None


def _is_sum(line: Line, first: int) -> bool:
    """Whether digits are too many for a model or a road: "230,000", "5 million", "1.5bn"."""
    behind = line.lower(first + 1)
    return "," in line.text(first) or (behind in scales() and (len(behind) > 1 or line.touches(first + 1)))


def money_after(line: Line, at: int) -> Money | None:
    """5 dollars, 5 million US dollars, 500 rupees, a 5-million-dollar loan, two million pounds ("30,000 pounds" may be
    a weight)."""
    if line.lower(at) not in _money_words():
        named = line.capitalised(at) and line.lower(at + 1) in _coins()  # Surinamese dollars
        return Money(_UNKNOWN, at + 2) if named and not line.titled else None
    if line.text(at) == "-" and line.touches(at) and line.touches(at + 1) and _has_digits(line, at):
        at += 1
    pair = word_table("currencies").get(f"{line.lower(at)} {line.lower(at + 1)}")  # Syrian pounds
    if pair is not None:
        return Money(pair, at + 2)
    skip = at + 1 if line.lower(at) in group("money_adjectives") else at
    if line.lower(at) == "u" and line.text(at + 1) == "." and line.lower(at + 2) == "s":
        skip = at + 4 if line.text(at + 3) == "." else at + 3
    word = line.lower(skip)
    code = word_table("currencies").get(word)
    if code is None or (line.lower(at) == "of" and code == "XXC"):
        return None
    if word in {"pound", "pounds"} and line.lower(skip + 1) != "sterling" and not _scaled(line, at):
        return None
    abbreviated = line.is_word(skip) and len(word) <= 3 and word != "yen" and not line.text(skip).isupper()
    if abbreviated or (line.text(skip) == "$" and not line.touches(skip)):
        return None
    return Money(code, skip + 1)


def money_meant(line: Line, first: int, last: int) -> Money | None:
    """Money of no currency in a vague plural without a noun: "stole *billions* from", "*billions* in damage"."""
    behind = line.lower(last)
    described = 3 if behind == "in" else 2  # "in consumer spending"
    if behind in {"in", "of"} and not group("sums_in").isdisjoint(line.lowers(last + 1, last + described)):
        return Money(_UNKNOWN, last)
    alone = behind in word_list("phrase_ends") and behind != "of" if line.is_word(last) else line.text(last) != "-"
    paid = not group("paying").isdisjoint(line.lowers(first - _PAYING_REACH, first))
    return Money(_UNKNOWN, last) if alone and paid else None


@cache
def _coins() -> frozenset[str]:
    """Names of money in the plural, which a nation may stand before; pounds may be a weight, marks what is left."""
    words = {word for word in word_table("currencies") if word.endswith("s") and len(word) > _LETTERS + 1}
    return frozenset(words - {"pounds", "marks", "crowns", "cents", "bucks"})


@cache
def _money_words() -> frozenset[str]:
    """All words that money behind a number begins with; most numbers are none, and are told by this one look."""
    first = (words.split()[0] for words in word_table("currencies"))
    return frozenset({*first, *group("money_adjectives"), "u", "-"})


def _scaled(line: Line, at: int) -> bool:
    return line.lower(at - 1) in scales() or (line.text(at - 1) == "-" and line.lower(at - 2) in scales())


def _has_digits(line: Line, at: int) -> bool:
    """Whether the number that ends before `at` is in digits: "a 5-million-dollar loan", not "a billion-dollar"."""
    return any(line.is_number(k) for k in (at - 1, at - 2, at - 3))
