"""The number reader: a text in, its figures and the numbers that are none out. Pure; one pass over the tokens.

For every number in order: read its value (numbers.py); ask the guards (guards.py); else put hedge, range and money to it
(quantity.py), find what it counts (counted.py), what happened to that (metric.py) and its part in the text (roles.py);
refuse what no newsroom counts. Then who says it (speaker.py) and where and when (setting.py), for all figures at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from schemas.entity import Mention
from schemas.metrics import Metric
from services.read.figures import setting, speaker
from services.read.figures.counted import Noun, noun_of
from services.read.figures.figure import Counted, Figure, Quantity, Reading, RejectedNumber
from services.read.figures.guards import Guarded, guard
from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.figures.metric import Told, metric_of, verbs
from services.read.figures.numbers import ZEROS, Numeral, candidates, numeral_at
from services.read.figures.quantity import quantity_at
from services.read.figures.roles import kind_of, role_of, status_of
from services.read.figures.whose import whose_of
from services.read.figures.zero import zero_at
from services.read.text import Document, read_text
from services.read.wordlists import word_list

MAX_FIGURES = 1_000
"""Figures of one article. The fullest of 21,000 articles measured (a budget table) has some 400; past this the rest of
a text is a data dump, and a claim table must stay bounded."""


@dataclass(frozen=True, slots=True)
class _Found:
    line: Line
    quantity: Quantity
    noun: Noun
    told: Told
    counted: Counted
    end: int


def read_figures(
    text: str,
    published: datetime,
    mentions: Sequence[Mention] = (),
    skip: Sequence[tuple[int, int]] = (),
) -> Reading:
    """Read the figures of a text. Never raises; spans are characters of `text`.

    `published` (aware, UTC) resolves "on Thursday"; `mentions` are the names found in the text, in order; in `skip`
    spans (junk) nothing is read. At most MAX_FIGURES figures.
    """
    document = read_text(text)
    found, rejected = _find(document, mentions, sorted(skip))
    quantities = [one.quantity for one in found]
    speakers = speaker.speakers(document, quantities, mentions)
    settings = setting.settings(document, quantities, mentions, published)
    figures = tuple(
        Figure(
            start=one.quantity.start,
            end=one.end,
            sentence=one.line.sentence.number,
            quantity=one.quantity,
            counted=one.counted,
            speaker=said,
            setting=where,
        )
        for one, said, where in zip(found, speakers, settings, strict=True)
    )
    return Reading(figures, tuple(rejected))


def _find(
    document: Document, mentions: Sequence[Mention], skip: Sequence[tuple[int, int]]
) -> tuple[list[_Found], list[RejectedNumber]]:
    found: list[_Found] = []
    rejected: list[RejectedNumber] = []
    tokens = document.tokens
    line: Line | None = None
    done = 0  # tokens below are read
    junk = 0
    sentence = 0

    def reject(first: int, last: int, reason: str) -> None:
        rejected.append(RejectedNumber(tokens[first].start, tokens[last - 1].end, reason))

    for i in candidates(document):
        if i < done:
            continue
        position = tokens[i].start
        while junk < len(skip) and skip[junk][1] <= position:
            junk += 1
        if junk < len(skip) and skip[junk][0] <= position:
            continue
        while document.sentences[sentence].last <= i:
            sentence += 1
        if line is None or line.sentence.number != sentence:
            line = Line(document, document.sentences[sentence])
        previous = found[-1] if found and found[-1].line is line else None
        if tokens[i].lower in ZEROS:
            zero = zero_at(line, i)
            if zero is not None:
                found.append(_found(line, zero.quantity, zero.noun, Told(zero.metric, zero.noun.head), None, mentions))
                done = zero.quantity.last
            continue
        numeral = numeral_at(line, i)
        if numeral is None:
            if line.is_number(i):
                reject(i, i + 1, "id")
            continue
        if numeral.first < done:
            continue
        refused = guard(line, numeral) or _bare(numeral)
        if refused is not None:
            reject(*refused)
            done = refused.last
            continue
        quantity = quantity_at(line, numeral)
        if quantity is None:
            reject(numeral.first, numeral.last, "id")
            continue
        done = quantity.last
        noun = noun_of(line, quantity)
        listed = previous if previous is not None and _listed(line, previous, quantity) else None
        told = metric_of(line, quantity, noun, listed.told if listed else None)
        if noun.head is None and told.token is None and previous is not None and _parallel(line, previous, quantity):
            told = Told(previous.told.metric, previous.told.token, previous.told.governs)
            noun = Noun(previous.noun.head, previous.noun.first, previous.noun.last, "elided")
        reason = _uncounted(line, numeral, quantity, noun, told)
        if reason is not None:
            reject(numeral.first, quantity.last, reason)
            continue
        found.append(_found(line, quantity, noun, told, listed, mentions))
        if len(found) == MAX_FIGURES:
            break
    return found, rejected


def _bare(numeral: Numeral) -> Guarded | None:
    """"several people", "a few": too vague to set against anything (R2 gives them units only)."""
    if numeral.vague in {"several", "few", "couple", "handful"} and numeral.scale == 1:
        return Guarded(numeral.first, numeral.last, "indefinite")
    return None


def _listed(line: Line, previous: _Found, quantity: Quantity) -> bool:
    """Whether only "and", "or", a comma stand between the noun of the figure before and this quantity."""
    between = range(max(previous.noun.last, previous.quantity.last), quantity.first)
    return len(between) <= _LIST_GAP and all(line.lower(k) in _LIST_WORDS for k in between)


def _parallel(line: Line, previous: _Found, quantity: Quantity) -> bool:
    """"28 died in Rajasthan *and five in Odisha*", "killed 54, *including 9 in* the east": the noun is not said again."""
    if previous.told.metric is Metric.OTHER or previous.noun.head is None and previous.told.token is None:
        return False
    before = line.lower(quantity.first - 1)
    if before == "the" or line.lower(quantity.last) not in {"in", "at", "from", "near", "on"}:
        return False
    close = quantity.first - previous.quantity.last <= _PARALLEL_REACH
    return before in {"and", ",", "including", "another", "with"} and close


_PARALLEL_REACH = 16
_LIST_GAP = 4
_LIST_WORDS = frozenset({"and", "or", ",", "as", "well", "plus", "&", "another", "also"})


def _uncounted(line: Line, numeral: Numeral, quantity: Quantity, noun: Noun, told: Told) -> str | None:
    """Why a quantity that passed the guards is still no figure; None where it is one."""
    if quantity.currency:
        return "rate" if quantity.currency == "XXC" else None
    if quantity.percent:
        return None
    if noun.refused:
        return noun.refused
    if quantity.value == 0 and quantity.bound == "exact" and noun_word(line, noun) not in group("zero_counted"):
        return "zero"
    if noun.head is None and told.token is None:
        return "nothing counted"
    if told.metric is not Metric.OTHER:
        return None
    small = numeral.spelled and quantity.value <= _SMALL and quantity.bound == "exact"
    if small and quantity.value == 1:
        return "pronoun"
    if small and line.lower(quantity.first - 1) in group("definite") and noun.how == "after":
        return "definite"
    return None


def noun_word(line: Line, noun: Noun) -> str:
    return line.lower(noun.head) if noun.head is not None else ""


_SMALL = 10
"""Number words up to ten behind an article refer back ("the two leaders") more often than they count."""


def _found(
    line: Line,
    quantity: Quantity,
    noun: Noun,
    told: Told,
    listed: _Found | None,
    mentions: Sequence[Mention],
) -> _Found:
    tokens = line.tokens
    head = noun.head
    if head is None and told.token is not None and not (quantity.currency or quantity.percent):
        head = told.token
    first = noun.first if noun.how == "before" and noun.head is not None else head
    name = None if head is None or first is None else line.document.text[tokens[first].start : tokens[_noun_end(noun, head) - 1].end]
    whose, whose_id = whose_of(line, quantity, noun, told.metric, mentions)
    counted = Counted(
        noun=name,
        noun_start=tokens[first].start if first is not None else None,
        noun_end=tokens[_noun_end(noun, head) - 1].end if head is not None else None,
        unit=_unit(line, quantity, noun, told.metric, head),
        metric=told.metric,
        whose=whose,
        whose_id=whose_id,
        role=role_of(line, quantity, noun, listed is not None and listed.counted.role == "subset"),
        status=status_of(line, quantity, told.metric),
        kind=kind_of(line, quantity, told.metric),
    )
    follows = noun.head is not None and noun.how in {"after", "state", "ratio", "part"}
    end = tokens[noun.last - 1].end if follows else quantity.end
    return _Found(line, quantity, noun, told, counted, max(end, quantity.end))


def _noun_end(noun: Noun, head: int) -> int:
    return noun.last if noun.how == "ratio" else head + 1


def _unit(line: Line, quantity: Quantity, noun: Noun, metric: Metric, head: int | None) -> str:
    """The unit two figures must share to be compared: people, soldiers, families, attempts, homes, EUR, percent."""
    if quantity.currency:
        return quantity.currency
    if quantity.percent:
        return "percent"
    if metric is Metric.RATIO:
        return "times"
    fixed = {Metric.TROOPS: "soldiers", Metric.CROSSING_ATTEMPTS: "attempts", Metric.HOMES_DAMAGED: "homes", Metric.CASES: "cases"}
    if metric in fixed:
        return fixed[metric]
    word = line.lower(head) if head is not None else ""
    if word in {"families", "family", "households", "household"}:
        return "families"
    if metric is not Metric.OTHER or word in word_list("persons"):
        return "people"
    return word or "number"


def flat_line(article_id: str, text: str, figure: Figure) -> dict[str, Any]:
    """One figure as the flat line of `counterclaim read --format figures` (eval/score_figures.py reads it).

    A plain or hedged number has both ends at its headline; a floor no high end, a ceiling no low end; a vague one the
    interval of R2 and `vague` true.
    """
    quantity, counted = figure.quantity, figure.counted
    low, high = quantity.stated_low, quantity.stated_high
    return {
        "id": article_id,
        "start": figure.start,
        "end": figure.end,
        "value_low": low,
        "value_high": high,
        "modifier": quantity.modifier,
        "counted": _flat_counted(text, figure),
        "attributed_to": figure.speaker.name,
        "kind": _flat_kind(counted),
        "vague": quantity.bound == "vague",
        "text": text[figure.start : figure.end],
        "metric": counted.metric.value,
        "role": counted.role,
        "status": counted.status,
        "whose": counted.whose,
        "place": figure.setting.place,
        "scope": figure.setting.scope,
        "window": figure.setting.window,
    }


def _flat_counted(text: str, figure: Figure) -> str | None:
    quantity = figure.quantity
    if quantity.currency:
        return quantity.currency if figure.counted.noun is None else f"{figure.counted.noun} {quantity.currency}"
    if quantity.percent:
        return f"percent {figure.counted.noun}" if figure.counted.noun else "percent"
    return figure.counted.noun


def _flat_kind(counted: Counted) -> str:
    kinds = {
        Metric.PEOPLE_PRESENT: "migrants",
        Metric.REFUGEES: "migrants",
        Metric.CROSSING_ATTEMPTS: "attempts",
    }
    return kinds.get(counted.metric, counted.metric.value)


__all__ = ["MAX_FIGURES", "flat_line", "read_figures", "verbs"]
