"""The number reader: a text in, its figures and the numbers that are none out. Pure; one pass over the tokens.

For every number in order: read its value (numbers.py); ask the guards (guards.py); else put hedge, range and money to
it (quantity.py), find what it counts (noun.py), what happened to that (metric.py) and its part in the text
(roles.py); refuse what no newsroom counts. Then who says it (speaker.py) and where and when (setting.py), for all
figures at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from schemas.entity import Mention
from schemas.parts import Parts, whole
from services.read.figures.clauses import classify
from services.read.figures.counting.contrasted import contrasted
from services.read.figures.counting.counted import Noun
from services.read.figures.counting.elided import left_out, meant, none_again, stands_for
from services.read.figures.counting.happened import Told
from services.read.figures.counting.listed import Found, is_listed, is_parallel, leans
from services.read.figures.counting.metric import metric_of
from services.read.figures.counting.noun import noun_of
from services.read.figures.counting.roles import kind_of, role_of, status_of
from services.read.figures.counting.uncounted import uncounted, unsaid
from services.read.figures.counting.units import unit_of
from services.read.figures.counting.whose import abroad, whose_of
from services.read.figures.counting.zero import nothing, zero_at
from services.read.figures.figure import Counted, Figure, Quantity, Reading, RejectedNumber
from services.read.figures.guards.guarded import Guarded
from services.read.figures.guards.guards import guard
from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.figures.numbers import ZEROS, Numeral, candidates, numeral_at
from services.read.figures.quantity import quantity_at
from services.read.figures.settings import setting
from services.read.figures.speakers import speaker
from services.read.text import Document, Token, read_text

MAX_FIGURES = 1_000
"""Figures of one article. The fullest of 3,000 articles measured has 150; past a thousand the rest of a text is a data
dump, and a claim table must stay bounded."""

MAX_NUMBERS = 20_000
"""Numbers looked at in one article, figures or not. A million characters of news have some 3,000; a million characters
of single digits would take 20 s instead of 1."""


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
    return whole(reading_figures(text, published, mentions, skip))


def reading_figures(
    text: str, published: datetime, mentions: Sequence[Mention] = (), skip: Sequence[tuple[int, int]] = ()
) -> Parts[Reading]:
    """`read_figures` in parts: the cuts, each number, the clauses, the voices, each figure's setting."""
    document = read_text(text)
    yield
    reader = _Reader(document, mentions)
    for line, i in _candidates(document, sorted(skip)):
        reader.read(line, i)
        yield
        if len(reader.found) == MAX_FIGURES or len(reader.rejected) >= MAX_NUMBERS:
            break
    quantities = [one.quantity for one in reader.found]
    clauses = classify(document, mentions)
    yield
    speakers = yield from speaker.naming_speakers(document, quantities, mentions, clauses)
    for i, one in enumerate(reader.found):
        if one.counted.status in ("denied", "unverified"):  # who denies a number is not who asserts it
            speakers[i] = speaker.NARRATOR
    settings = yield from setting.finding_settings(document, quantities, mentions, published, clauses)
    figures = tuple(
        Figure(one.quantity.start, one.end, one.line.sentence.number, one.quantity, one.counted, said, where)
        for one, said, where in zip(reader.found, speakers, settings, strict=True)
    )
    return Reading(document, figures, tuple(reader.rejected))


def _candidates(document: Document, skip: Sequence[tuple[int, int]]) -> Iterator[tuple[Line, int]]:
    """Tokens that may begin a number, outside of `skip`, each with its sentence."""
    line: Line | None = None
    sentence = junk = 0
    for i in candidates(document):
        position = document.tokens[i].start
        while junk < len(skip) and skip[junk][1] <= position:
            junk += 1
        if junk < len(skip) and skip[junk][0] <= position:
            continue
        while document.sentences[sentence].last <= i:
            sentence += 1
        if line is None or line.sentence.number != sentence:
            line = Line(document, document.sentences[sentence])
        yield line, i


class _Reader:
    """The figures and rejected numbers of one text so far; tokens below `done` are read."""

    def __init__(self, document: Document, mentions: Sequence[Mention]) -> None:
        self.found: list[Found] = []
        self.rejected: list[RejectedNumber] = []
        self._tokens = document.tokens
        self._mentions = mentions
        self._done = 0

    def read(self, line: Line, i: int) -> None:
        """Read the number that may begin at token i."""
        if i < self._done:
            return
        if line.lower(i) in ZEROS:
            zero = zero_at(line, i)
            if zero is not None:
                self._keep(line, zero.quantity, zero.noun, Told(zero.metric, zero.noun.head), None)
            elif (again := none_again(line, i, self.found)) is not None:
                self._keep(line, nothing(line, i, i + 1), replace(again.noun, how="elided"), again.told, None)
            return
        numeral = numeral_at(line, i)
        if numeral is None:
            if line.is_number(i):
                self._reject(Guarded(i, i + 1, "id"))
        elif numeral.first >= self._done:
            refused = guard(line, numeral) or self._count(line, numeral)
            if refused is not None:
                self._reject(refused)

    def _count(self, line: Line, numeral: Numeral) -> Guarded | None:
        """Keep a numeral that no guard claimed as a figure, or say why it is none."""
        quantity = quantity_at(line, numeral)
        if quantity is None or quantity.first < self._done:  # "5$5": one sign for two numbers is no money
            return Guarded(numeral.first, numeral.last, "id")
        noun = noun_of(line, quantity)
        previous = self.found[-1] if self.found and self.found[-1].line is line else None
        listed = previous if previous is not None and is_listed(line, previous, quantity) else None
        told = abroad(line, metric_of(line, quantity, noun, listed.told if listed else None), self._mentions)
        if previous is not None and leans(line, previous, quantity, noun, told):
            told = Told(previous.told.metric, previous.told.token)
            if noun.how in {"none", "state"}:
                noun = replace(previous.noun, how="elided")
        elif previous is not None and unsaid(noun, told, quantity) and is_parallel(line, previous, quantity):
            told, noun = previous.told, replace(previous.noun, how="elided")
        if unsaid(noun, told, quantity):
            meaning = left_out(line, quantity, noun, self.found) or contrasted(line, quantity, self.found)
            noun, told = meaning or (noun, told)
        reason = uncounted(line, numeral, quantity, noun, told)
        if reason is not None:
            return Guarded(numeral.first, quantity.last, reason)
        self._keep(line, quantity, noun, told, listed, again=meant(line, quantity, noun, told, self.found))
        return None

    def _keep(
        self, line: Line, quantity: Quantity, noun: Noun, told: Told, listed: Found | None, *, again: Noun | None = None
    ) -> None:
        """Keep a figure; `again` is the noun it means where that is another than the one it has."""
        tokens, text = self._tokens, line.document.text
        said, noun = noun, again or noun
        head = noun.head
        stays = told.token is not None and tokens[told.token].lower in group("stays")
        if head is None and not (quantity.currency or quantity.percent or stays):
            head = told.token
        first = noun.first if noun.how == "before" and noun.head is not None else head
        last = noun.last if noun.how == "ratio" else (head or 0) + 1
        start = tokens[first].start if first is not None else None
        stop = tokens[last - 1].end if first is not None else None
        whose, whose_id = whose_of(line, quantity, noun, told.metric, self._mentions)
        counted = Counted(
            noun=text[start:stop] if first is not None else None,
            noun_start=start,
            noun_end=stop,
            unit=unit_of(line, quantity, told.metric, head, people=said.how == "people"),
            metric=told.metric,
            whose=whose,
            whose_id=whose_id,
            state=_state(text, tokens, said, told, quantity),
            role=role_of(line, quantity, said, told, self.found),
            status=status_of(line, quantity, told.metric),
            kind=kind_of(line, quantity, told.metric),
        )
        follows = said.head is not None and said.how in {"after", "state", "ratio", "part"}
        end = max(quantity.end, tokens[said.last - 1].end if follows else 0)
        self.found.append(Found(line, quantity, noun, told, counted, end))
        self._done = quantity.last
        if said.how == "after" and said.head is not None:  # the 737 of "two Boeing 737 jets"
            for k in range(max(quantity.last, said.first), said.head):
                if line.is_number(k):
                    self._reject(Guarded(k, k + 1, "name"))

    def _reject(self, refused: Guarded) -> None:
        start, end = self._tokens[refused.first].start, self._tokens[refused.last - 1].end
        self.rejected.append(RejectedNumber(start, end, refused.reason))
        self._done = refused.last


def _state(text: str, tokens: Sequence[Token], noun: Noun, told: Told, quantity: Quantity) -> str | None:
    """The word that stands for a noun left out: the "wounded" of "12 wounded"."""
    at = noun.head if stands_for(noun, tokens) else told.token if noun.head is None else None
    if at is None or quantity.currency or quantity.percent or tokens[at].lower in group("stays"):
        return None
    return text[tokens[at].start : tokens[at].end]
