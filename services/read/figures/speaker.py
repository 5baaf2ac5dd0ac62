"""Who asserts each figure: the source whose cue governs the clause or the quotation the figure stands in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from schemas.entity import Mention
from services.read.figures.clauses import COMMA, Clauses, classify
from services.read.figures.coreference import Named, Names
from services.read.figures.cues import Cue, find_cues
from services.read.figures.figure import Quantity, Speaker
from services.read.figures.quotes import Quote, find_quotes
from services.read.text import Document, Sentence

NARRATOR = Speaker(name=None)
"""The publisher's own voice."""

_SPEECH = 5
"""Words a quotation needs to be speech without a cue beside it; shorter ones are words at arm's length ("pawns")."""

_TURNS = frozenset({"and", "but", "while", "whereas", "although", "though", "yet", "however"})


def speakers(document: Document, quantities: Sequence[Quantity], mentions: Sequence[Mention]) -> list[Speaker]:
    """One speaker for each quantity, in their order; `name` None where the publisher speaks. Never raises."""
    if not quantities or not document.sentences:
        return [NARRATOR] * len(quantities)
    voices = _Voices(document, mentions)
    return [voices.of(quantity) for quantity in quantities]


class _Voices:
    """The cues and quotations of one document, each with its resolved source."""

    def __init__(self, document: Document, mentions: Sequence[Mention]) -> None:
        self.document = document
        self.clauses: Clauses = classify(document, mentions)
        self.quotes = find_quotes(self.clauses)
        self.quote_starts = [quote.first for quote in self.quotes]
        self.cues = find_cues(self.clauses)
        names = Names(self.clauses, mentions)
        self.named: dict[int, Named | None] = {}
        self.media: dict[int, Named | None] = {}
        said: Named | None = None
        for cues in self.cues:
            for cue in cues:
                if cue.passed_on_by is not None:
                    self.media[cue.first] = names.resolve(cue.passed_on_by)
                if cue.source is not None:
                    said = names.resolve(cue.source)
                self.named[cue.first] = said
        self.quote_cues = self._quote_cues()

    def of(self, quantity: Quantity) -> Speaker:
        sentence = self.document.sentence_at(quantity.start)
        position = quantity.first
        quote = self.quote_at(position)
        if quote is None:
            chain = self._governing(position, sentence, [c for c in self.cues[sentence.number] if not self._in_quote(c)])
            return self._speaker(chain)
        q = self.quotes[quote]
        inner = [c for c in self.cues[sentence.number] if q.first <= c.first < q.last]
        chain = self._governing(position, sentence, inner)
        outer = self.quote_cues[quote]
        if outer is not None:
            chain.append(outer)
        return self._speaker(chain)

    def quote_at(self, position: int) -> int | None:
        """Index of the quotation that holds a token."""
        i = bisect_right(self.quote_starts, position) - 1
        return i if i >= 0 and position < self.quotes[i].last else None

    def _in_quote(self, cue: Cue) -> bool:
        return self.quote_at(cue.first) is not None

    def _governing(self, position: int, sentence: Sentence, cues: list[Cue]) -> list[Cue]:
        """The cue a token stands under, innermost first, then those that pass it on."""
        left = [c for c in cues if c.end <= position and c.side != "before"]
        right = [c for c in cues if c.start > position and c.side != "after"]
        if not left:
            return right[:1]
        chain = [left[-1]]
        for outer in reversed(left[:-1]):
            if outer.side != "after" or self._turns(outer.end, chain[-1].start):
                break
            chain.append(outer)
        if not right:
            return chain
        between = self._turns(chain[0].end, position)
        if between or chain[0].side == "both":
            return right[:1]
        if self._turns(position, right[0].start):
            return chain
        return [*chain, right[0]]

    def _turns(self, first: int, last: int) -> bool:
        """Whether a new clause is joined on between two tokens: ', and', 'while', ';'."""
        classes, tokens = self.clauses.classes, self.clauses.tokens
        for i in range(first, last):
            word = tokens[i].lower
            if word == ";" or (word in _TURNS and (word != "and" or classes[i - 1] == COMMA or i + 1 == last)):
                return True
        return False

    def _quote_cues(self) -> list[Cue | None]:
        """The cue of each quotation: beside it, else in its paragraph, else that of the quotation it continues."""
        found: list[Cue | None] = []
        previous: Cue | None = None
        previous_paragraph = -2
        for quote in self.quotes:
            start = self._sentence_of(quote.first)
            end = self._sentence_of(quote.last - 1)
            cue = self._beside(quote, start, end)
            opens = quote.first - start.first <= 1
            if cue is None and quote.last - quote.first >= _SPEECH and opens:
                cue = self._in_paragraph(quote, start)
                if cue is None and previous is not None and start.paragraph - previous_paragraph <= 1:
                    cue = previous
            found.append(cue)
            if cue is not None:
                previous, previous_paragraph = cue, end.paragraph
        return found

    def _beside(self, quote: Quote, start: Sentence, end: Sentence) -> Cue | None:
        after = [c for c in self.cues[end.number] if c.start >= quote.last - 1 and not self._in_quote(c)]
        if after and after[0].start - quote.last <= 2 and after[0].side != "after":
            return after[0]
        before = [c for c in self.cues[start.number] if c.end <= quote.first + 1 and not self._in_quote(c)]
        if before:
            return before[-1]
        if after and after[0].side != "after":
            return after[0]
        # '"How many? Twenty?" Smith said.': the sentence ends at the mark, its speaker opens the next one.
        if end.number + 1 < len(self.cues) and quote.last == end.last and self.clauses.tokens[quote.last - 2].text in "?!…":
            following = self.document.sentences[end.number + 1]
            cues = self.cues[following.number]
            if following.paragraph == end.paragraph and cues and cues[0].start == following.first:
                return cues[0]
        return None

    def _in_paragraph(self, quote: Quote, start: Sentence) -> Cue | None:
        """'"…," he said. "…"': the cue before in the same paragraph."""
        for number in range(start.number - 1, max(-1, start.number - 6), -1):
            sentence = self.document.sentences[number]
            if sentence.paragraph != start.paragraph:
                break
            cues = [c for c in self.cues[number] if not self._in_quote(c)]
            if cues:
                return cues[-1]
        return None

    def _sentence_of(self, token: int) -> Sentence:
        return self.document.sentence_at(self.clauses.tokens[token].start)

    def _speaker(self, chain: list[Cue]) -> Speaker:
        named: list[Named] = []
        for cue in chain:
            for who in (self.named.get(self._origin(cue)), self.media.get(cue.first)):
                if who is not None and who.name not in (n.name for n in named):
                    named.append(who)
        if not named:
            return NARRATOR
        tokens = self.clauses.tokens
        words = self.document.text[tokens[chain[0].first].start : tokens[chain[0].last - 1].end]
        return Speaker(named[0].name, named[0].id, words, tuple(n.name for n in named[1:]))

    def _origin(self, cue: Cue) -> int:
        return cue.first
