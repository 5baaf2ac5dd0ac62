"""Numbers that stand alone, no noun behind them and none left out beside: what tells a count, and of whom.

"The police freed *at least 27*", "*the other four* left", "the lives of *thousands*", "patients, *900 of whom* …".
"""

from __future__ import annotations

from schemas.metrics import Metric
from services.read.figures.counting.counted import Noun, is_plural
from services.read.figures.counting.happened import Told
from services.read.figures.dates import may_be_year
from services.read.figures.figure import Quantity
from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.wordlists import word_list, word_table

_REACH = 60
"""Tokens looked back for the refugees a paragraph speaks of: two sentences."""
_MORE = frozenset({"other", "another", "additional", "further"})
_OWNER = 12
"""Tokens before "20 of them" in which people may stand: "all women members of the upper house, 20 of them"."""
_SCORE = 20
"""A vague plural from here on ("scores", not "dozens" or "several") may stand for people without a word of them."""
_MONEY_REACH = 8
"""Tokens looked back for a word of paying before "millions"."""


def is_other(line: Line, quantity: Quantity) -> bool:
    """ "the other four have been freed", "another 12 were on their way", "and an additional two"."""
    return line.lower(quantity.first - 1) in _MORE and stands_alone(line, quantity)


def is_hedged(line: Line, quantity: Quantity) -> bool:
    """ "The army freed 800 rebels, the police *at least 27*.": a hedge tells a count from an age, a year or a name."""
    if quantity.bound in {"exact", "vague"} and quantity.modifier is None:
        return False
    before, after = line.lower(quantity.first - 1), line.lower(quantity.last)
    aged = before in word_list("persons") and line.lower(quantity.first) in {"over", "under", "above", "below"}
    other = aged or before in group("no_count_before") or after in {"a", "an", "per"}  # "roughly three a day"
    return quantity.bound != "vague" and not (may_be_year(line, quantity) or other) and stands_alone(line, quantity)


def exists(line: Line, quantity: Quantity) -> bool:
    """ "In the 1990s, *there were 42*.": how many there were of what was counted before."""
    at = quantity.first - 1
    while line.lower(at) in {"only", "just", "already"}:
        at -= 1
    if line.lower(at) not in group("be") or not stands_alone(line, quantity):
        return False
    return "there" in {line.lower(at - 1), line.lower(at - 2)}


def stands_alone(line: Line, quantity: Quantity) -> bool:
    """Whether no noun can follow: a mark, a small word or a verb stands behind the number."""
    at = quantity.last
    word = line.lower(at)
    if not line.is_word(at):
        return line.text(at) not in {"-", "‑", "%", "/", "°"}
    return word in word_list("phrase_ends") or word in word_table("metric_verbs") or word in group("other_verbs")


def crowd(line: Line, quantity: Quantity) -> tuple[Noun, Told] | None:
    """ "the lives of thousands", "millions still live there": a vague plural of nobody but people, no sum of money."""
    if quantity.bound != "vague" or quantity.value < _SCORE or not stands_alone(line, quantity):
        return None
    words = line.lowers(quantity.first - _MONEY_REACH, quantity.first)
    if line.lower(quantity.last) == "more":
        words += line.lowers(quantity.last, quantity.last + 2)
    if not group("spending").isdisjoint(words) or line.lower(quantity.first - 1) in group("no_crowd"):
        return None
    return Noun(None, quantity.last, quantity.last, "people"), Told(Metric.OTHER, None)


def fugitives(line: Line, quantity: Quantity) -> Noun | None:
    """The refugees or displaced the paragraph speaks of: "Most IDPs left in 2007. At least 900 returned."."""
    paragraph = line.sentence.paragraph
    for k in range(quantity.first - 1, max(-1, quantity.first - _REACH), -1):
        word = line.tokens[k].lower
        if word in group("fugitives"):
            same = line.document.sentence_at(line.tokens[k].start).paragraph == paragraph
            return Noun(k, k, k + 1, "elided") if same else None
    return None


def _is_people(line: Line, at: int) -> bool:
    """Whether a name alone stands at `at` that may be of a people: "the safety of *Walungas*"."""
    alone = not (line.capitalised(at - 1) or line.capitalised(at + 1))
    return alone and line.capitalised(at) and not (line.titled or line.opens(at))


def owner(line: Line, quantity: Quantity, *, nobody: bool) -> tuple[Noun, Told] | None:
    """The people before "some 900 of whom", "two of them": just before, or where none were counted a little before."""
    if line.lower(quantity.last) != "of" or line.lower(quantity.last + 1) not in {"whom", "them", "which"}:
        return None
    last = quantity.first - 1
    last -= line.text(last) in {",", "(", "–", "—"}
    for at in range(last, last - (_OWNER if nobody else 1), -1):
        people = nobody and _is_people(line, at)
        if (people or line.lower(at) in word_list("persons")) and is_plural(line.lower(at)):
            return Noun(at, at, at + 1, "elided"), Told(Metric.OTHER, None)
    return None
