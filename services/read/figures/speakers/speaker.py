"""Who asserts each figure: the source whose cue governs the clause or the quotation the figure stands in."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import partial

from schemas.entity import Mention
from schemas.parts import Parts
from services.read.figures.clauses import COMMA, Clauses
from services.read.figures.figure import Quantity, Speaker
from services.read.figures.speakers.background import is_background, pasted_headline
from services.read.figures.speakers.blocks import find_blocks
from services.read.figures.speakers.carried import (
    adds_on,
    breaks_down,
    counts_on,
    goes_into,
    has_number,
    is_behind,
    is_polled,
    is_share,
    is_torn,
    last_count,
    leans,
)
from services.read.figures.speakers.citations import cited
from services.read.figures.speakers.contrast import follows, gapped, giver, is_set_against
from services.read.figures.speakers.coreference import Names
from services.read.figures.speakers.cue import Cue
from services.read.figures.speakers.cues import find_cues
from services.read.figures.speakers.described import is_size_of_place
from services.read.figures.speakers.pasted import parted_at
from services.read.figures.speakers.quotes import Quote, find_quotes, quote_at
from services.read.figures.speakers.same_name import with_ids
from services.read.figures.speakers.spoken import find_spoken
from services.read.figures.speakers.turning import is_parted, remarks, turns, turns_off
from services.read.figures.speakers.turns import find_turns
from services.read.figures.speakers.written_names import Named
from services.read.text import Document, Sentence
from services.read.wordlists import word_list

NARRATOR = Speaker(name=None)
"""The publisher's own voice."""

_SPEECH = 5
"""Words a quotation needs to be speech without a cue beside it; shorter ones are words at arm's length ("pawns")."""

_NEAR = 6
"""Cues looked at on each side of a figure; no real sentence has more, and a text without stops stays linear."""

_EARLIER = 6
"""Sentences a speech may run on in its paragraph after '"…," he said.'"""

_BEHIND = 12
"""Sentences behind the last figure still read for who speaks; the speaker of a long quotation may stand that far."""

_CARRIED = 3
"""Sentences back to the cue that a count still stands under (half and double: 10 / 0)."""

_TAG = 5
"""Tokens of "Moreno said on Friday.", where a stop instead of a comma ended the quotation."""

_JOINTS = frozenset({"while", "although", "though", "as", "since", "because", "after", "but", "and"})
"""What joins two clauses of one speaker."""


def naming_speakers(
    document: Document, quantities: Sequence[Quantity], mentions: Sequence[Mention], clauses: Clauses
) -> Parts[list[Speaker]]:
    """One speaker for each quantity, in their order; `name` None where the publisher speaks. Never raises.

    In parts: the cues of each sentence, who gives them, then each figure. `clauses`: `classify(document, mentions)`.
    """
    if not quantities or not document.sentences:
        return [NARRATOR] * len(quantities)
    last = document.sentence_at(quantities[-1].start).number + _BEHIND
    voices = _Voices(clauses, mentions, (yield from find_cues(clauses, last)))
    named: list[Speaker] = []
    for i, quantity in enumerate(quantities):
        yield
        named.append(voices.given(quantity, i, quantities))
    return with_ids(named)


class _Voices:
    """The cues and quotations of one document, each with its resolved source."""

    def __init__(self, clauses: Clauses, mentions: Sequence[Mention], cues: list[list[Cue]]) -> None:
        self.clauses = clauses
        self.document: Document = clauses.document
        self.quotes = find_quotes(clauses)
        # No method of this object: names and voices would hold each other, and each text read, with its 1,000 tokens,
        # would wait for the garbage collector, which then took 1.1 ms an article instead of 0.6.
        self.quote_at = partial(quote_at, self.quotes, [quote.first for quote in self.quotes])
        self.cues = cues
        self.spoken = sorted(find_spoken(clauses) + find_turns(clauses), key=lambda words: words.first)
        self._cite()
        self.unquoted = [[c for c in cues if self.quote_at(c.first) is None] for cues in self.cues]
        self.blocks = find_blocks(clauses, self.unquoted)
        self.parted = parted_at(clauses)
        self.named: dict[int, Named | None] = {}
        self.media: dict[int, Named | None] = {}
        self.names = Names(clauses, mentions, self.quote_at)
        self._resolve(self.names)
        self.quote_cues = self._quote_cues()

    def given(self, quantity: Quantity, i: int, quantities: Sequence[Quantity]) -> Speaker:
        """Who asserts the quantity, the i-th of all: its own giver where it is set against another's number."""
        sentence = self.document.sentence_at(quantity.start)
        said = self.cues[sentence.number]
        owner = giver(self.clauses, quantity, sentence.first)
        second = i > 0 and quantities[i - 1].first >= sentence.first and any(c.end <= quantity.first for c in said)
        source = owner or (gapped(self.clauses, quantity, sentence.first) if second else None)
        named = self.names.resolve(source) if source is not None else None
        if source is None or named is None:
            return self.of(quantity, quantities[i + 1 : i + 2])
        outer = self.of(quantity) if owner is not None and said else NARRATOR
        name = named.name.removesuffix("'s").removesuffix("’s")
        official = named.name.startswith("official ") and outer.name is None  # nobody's against whom it is set
        if name == outer.name or official:
            return outer
        cue = self.document.text[self.clauses.tokens[source[1] - 1].end : quantity.start].strip(" ,'’") or None
        return Speaker(name, named.id, cue, tuple(n for n in (outer.name, *outer.via) if n is not None and n != name))

    def of(self, quantity: Quantity, following: Sequence[Quantity] = ()) -> Speaker:
        """Who asserts the quantity; `following` is the next one, which may have a voice of its own."""
        sentence, index = self.document.sentence_at(quantity.start), self.quote_at(quantity.first)
        if index is not None:
            return self._quoted(quantity.first, sentence, index)
        if is_size_of_place(self.clauses, quantity.first):
            return NARRATOR
        return self._unquoted(quantity, following, sentence)

    def _unquoted(self, quantity: Quantity, following: Sequence[Quantity], sentence: Sentence) -> Speaker:
        """Who asserts a quantity that stands in no quotation."""
        position, cues = quantity.first, self.unquoted[sentence.number]
        for other in (quantity, *following):
            own = [cue for cue in cues if follows(self.clauses, other, cue)]
            if own and is_set_against(self.clauses, other):  # "52, against 90 according to residents"
                if other is quantity:
                    return self._speaker(own[:1])
                cues = [cue for cue in cues if cue is not own[0]]
        if any(cue.first == position for cue in cues):
            position += 1  # "police estimated 8,000": the verb is the number's hedge, too
        if cues and self.parted:
            part = bisect_right(self.parted, position)
            cues = [cue for cue in cues if cue.backward or bisect_right(self.parted, cue.first) == part]
        pasted = pasted_headline(self.clauses, sentence, position, quantity.last) if cues else None
        if pasted is not None:
            return self._speaker([cue for cue in cues if pasted[0] <= cue.start and cue.end <= pasted[1]][:1])
        chain = [c for c in self._governing(position, cues) if not is_background(self.clauses, c, position)]
        if not chain and not self.unquoted[sentence.number]:
            chain = self._given_below(sentence) or self._carried(sentence, position) or self._between(sentence)
        if not chain:
            chain = self._same_again(sentence, position) or self._quoted_on(sentence, position)
        return self._speaker(chain + self._holder(position, sentence))

    def _quoted(self, position: int, sentence: Sentence, index: int) -> Speaker:
        """Who asserts what stands at `position` in the quotation `index`: its speaker, or whom that one cites."""
        quote, outer = self.quotes[index], self.quote_cues[index]
        inner = [c for c in _near(self.cues[sentence.number], position) if quote.first <= c.first < quote.last]
        chain = self._governing(position, inner)
        if outer is not None and chain and chain[0].side == "after" and turns(self.clauses, chain[0].end, position):
            chain = []  # '"They said it was over, but 20 more came," she said'
        if outer is None and quote.last - quote.first >= _SPEECH:  # a post's quotations may be of others
            return self._speaker(chain + [cue for cue in self._holder(position, sentence) if cue.side == "after"])
        return self._speaker([*chain, outer] if outer is not None else chain)

    def _resolve(self, names: Names) -> None:
        """Names each source, in the order of the text: pronouns mean who was named before."""
        for words in self.spoken:
            if words.cue.source is not None:
                self.named[words.cue.first] = names.resolve(words.cue.source)
        names.forget()
        introduced = {cue.first: cue for cue in self.blocks.values()}
        spoke: Named | None = None
        for sentence, cues in zip(self.document.sentences, self.cues, strict=True):
            below = introduced.get(sentence.last - 1)
            for cue in [*cues, below] if below is not None and below not in cues else cues:
                if cue.passed_on_by is not None:
                    self.media[cue.first] = names.resolve(cue.passed_on_by)
                if cue.source is not None and (cue.partial or cue.content is not None):
                    self.named[cue.first] = names.resolve(cue.source, spoke=False)
                    continue
                if cue.source is not None:
                    spoke = names.resolve(cue.source)
                self.named[cue.first] = spoke

    def _cite(self) -> None:
        """Gives sentences without a cue the citation that closes them."""
        if ")" not in self.document.text:
            return
        for sentence in self.document.sentences:
            if not self.cues[sentence.number]:
                cue = cited(self.clauses, sentence)
                self.cues[sentence.number] = [cue] if cue is not None else []

    def _given_below(self, sentence: Sentence) -> list[Cue]:
        """The cue of a sentence behind that gives the source of this one's figures."""
        for number in range(sentence.number + 1, min(sentence.number + _EARLIER, len(self.cues))):
            if not is_behind(self.clauses, self.document.sentences[number]):
                break
            for cue in self.unquoted[number][:1]:
                return [cue] if cue.backward else []
        return []

    def _carried(self, sentence: Sentence, position: int) -> list[Cue]:
        """The cue of a sentence before that the figure at a token still stands under."""
        clauses = self.clauses
        share, adds = is_share(clauses, position), adds_on(clauses, sentence)
        leaning = counting = torn = False
        for _ in range(_CARRIED):
            leaning = leans(clauses, sentence) or breaks_down(clauses, sentence)
            counting, here = counts_on(clauses, sentence), is_torn(clauses, sentence)
            behind = is_behind(clauses, sentence) or goes_into(clauses, sentence)
            if not here and not (behind and (leaning or counting or share or adds)):
                return []
            torn = torn or here
            sentence = self.document.sentences[sentence.number - 1]
            if self.cues[sentence.number]:
                break
        cues = self.unquoted[sentence.number]
        chain = self._governing(last_count(clauses, sentence), cues) or self._governing(sentence.last - 1, cues)
        chain = chain or (cues[-1:] if adds else [])  # "12 died, he said. Dozens were also hurt"
        if not chain or (chain[0].side != "after" and not adds):
            return []
        cue = chain[0]
        polled = share and cue.source is not None and is_polled(clauses, *cue.source)
        opens = cue.first == sentence.first  # "According to the agency …" speaks for more than a "said" does
        if torn or leaning or polled or adds or (counting and (opens or has_number(clauses, cue.end, sentence.last))):
            return chain
        return []

    def _between(self, sentence: Sentence) -> list[Cue]:
        """The cue of the sentence before where the same body speaks in the one behind as well."""
        number = sentence.number
        if not number or number + 1 >= len(self.cues):
            return []
        before, behind = self.unquoted[number - 1][-1:], self.unquoted[number + 1][:1]
        following = self.document.sentences[number + 1]
        if not before or not behind or not (is_behind(self.clauses, sentence) and is_behind(self.clauses, following)):
            return []
        one, other = self.named.get(before[0].first), self.named.get(behind[0].first)
        same = one is not None and other is not None and not one.person and one.name == other.name
        return before if same and before[0].side == "after" and behind[0].side == "before" else []

    def _same_again(self, sentence: Sentence, position: int) -> list[Cue]:
        """The cue behind a token where its source spoke in the sentence before, too.

        "… the fund said. The raid killed five though the group said the toll may rise": all of it is the fund's.
        """
        behind = next((cue for cue in self.unquoted[sentence.number] if cue.start > position), None)
        if behind is None or not sentence.number or behind.source is None:
            return []
        number = sentence.number - 1
        before = self.unquoted[number] or self.cues[number]
        if not before or self.document.sentences[number].paragraph != sentence.paragraph:
            return []
        one, other = self.named.get(before[-1].first), self.named.get(behind.first)
        joined = any(self.clauses.tokens[i].lower in _JOINTS for i in (sentence.first, behind.start - 1))
        return [behind] if joined and one is not None and other is not None and one.name == other.name else []

    def _quoted_on(self, sentence: Sentence, position: int) -> list[Cue]:
        """The cue of a quotation that goes on in the next sentence: 'When 20 left, "we wept. All of us," X said'."""
        at = bisect_left(self.quotes, position, key=lambda quote: quote.first)
        if at >= len(self.quotes) or not self.quotes[at].first < sentence.last < self.quotes[at].last:
            return []
        if self.clauses.classes[self.quotes[at].first - 1] != COMMA:
            return []  # 'The mayor sent 20."We hope …': a page lost the space
        cue = self.quote_cues[at]
        return [cue] if cue is not None and cue.start >= self.quotes[at].last - 1 else []

    def _holder(self, position: int, sentence: Sentence) -> list[Cue]:
        """The cue of the post, turn, statement or block that holds a token."""
        at = bisect_right(self.spoken, position, key=lambda words: words.first) - 1
        if at >= 0 and position < self.spoken[at].last:
            return [self.spoken[at].cue]
        block = self.blocks.get(sentence.paragraph)
        return [block] if block is not None else []

    def _governing(self, position: int, cues: list[Cue]) -> list[Cue]:
        """The cues a token stands under, innermost first, then those that pass it on."""
        cues = [c for c in _near(cues, position) if c.content is None or c.content[0] <= position < c.content[1]]
        left = [c for c in cues if c.end <= position and c.side != "before"]
        right = [c for c in cues if c.start > position and c.side != "after"]
        if not left:
            return self._citing(right)
        right = right[:1]
        chain = [left[-1]]
        for outer in reversed(left[:-1]):
            if outer.side != "after" or turns(self.clauses, outer.end, chain[-1].start):
                break
            chain.append(outer)
        if not right:  # "20 more are needed, analysts say; in 2012 he had 27"
            return [] if chain[0].side == "both" and is_parted(self.clauses, chain[0].end, position) else chain
        passes_on = right and self._is_medium(right[0]) and chain[0].side == "after"
        if passes_on and not turns_off(self.clauses, chain[0].end, position):
            return [*chain, *right]  # "adding that 20 came while 12 left, Osmia News reported"
        new = turns(self.clauses, chain[0].end, position) or remarks(self.clauses, chain[0].end, position)
        if chain[0].side == "both" or new:
            return right
        if right and self._passes_on(right[0], chain[0]):
            return [*right, *chain]  # "TASS reported 20 deaths citing officials"
        return chain if turns(self.clauses, position, right[0].start) else [*chain, *right]

    def _citing(self, cues: list[Cue]) -> list[Cue]:
        """The first of the cues behind a statement, or whom its source quotes: "20 died, TASS reported, citing"."""
        if len(cues) > 1 and cues[1].passed_on_by is not None and cues[1].passed_on_by == cues[0].source:
            return [cues[1], cues[0]]
        return cues[:1]

    def _passes_on(self, cue: Cue, other: Cue) -> bool:
        """Whether the source of another cue quotes that of a cue: "TASS reported …, citing officials"."""
        if cue.passed_on_by is None or cue.passed_on_by == other.source:
            return cue.passed_on_by is not None
        medium, one = self.media.get(cue.first), self.named.get(other.first)
        return medium is not None and one is not None and medium.name == one.name

    def _is_medium(self, cue: Cue) -> bool:
        """Whether a cue's source is one that passes on what others say: an agency, a channel."""
        media = word_list("media_nouns")
        return cue.source is not None and any(self.clauses.tokens[i].lower in media for i in range(*cue.source))

    def _quote_cues(self) -> list[Cue | None]:
        """The cue of each quotation: beside it, else in its paragraph, else that of the quotation it continues."""
        found: list[Cue | None] = []
        previous: Cue | None = None
        paragraph = -2
        for quote in self.quotes:
            start, end = self._sentence_of(quote.first), self._sentence_of(quote.last - 1)
            cue = self._beside(quote, start, end)
            if cue is None and quote.last - quote.first >= _SPEECH and quote.first - start.first <= 1:
                cue = self._before_in_paragraph(start)
                if cue is None and start.paragraph - paragraph <= 1:
                    cue = previous
            if cue is not None:
                previous, paragraph = cue, end.paragraph
            found.append(cue)
        for i in range(len(found) - 2, -1, -1):
            if found[i] is None and self._runs_on(self.quotes[i], self.quotes[i + 1]):
                found[i] = found[i + 1]  # a quotation no mark closes goes on in the next paragraph
        return found

    def _runs_on(self, quote: Quote, following: Quote) -> bool:
        """Whether a quotation is left open at the end of a paragraph and taken up in the next."""
        tokens = self.clauses.tokens
        if quote.last != following.first:
            return False
        before, here = self._sentence_of(quote.last - 1), self._sentence_of(following.first)
        return before.paragraph != here.paragraph or tokens[quote.last].start - tokens[quote.last - 1].end > 1

    def _beside(self, quote: Quote, start: Sentence, end: Sentence) -> Cue | None:
        """The cue in the quotation's own sentence: right behind it, else before it, else anywhere behind."""
        unquoted = self.unquoted[end.number]
        at = bisect_left(unquoted, quote.last - 1, key=lambda c: c.first)
        after = next((c for c in unquoted[at : at + 1] if c.side != "after"), None)
        if after is not None and after.start - quote.last <= 2:
            return after
        before = [c for c in _near(self.unquoted[start.number], quote.first) if c.end <= quote.first + 1]
        return before[-1] if before else after or self._after_question(quote, end)

    def _after_question(self, quote: Quote, end: Sentence) -> Cue | None:
        """'"How many? Twenty?" Smith said.': the sentence ends at the mark, its speaker opens the next one."""
        if end.number + 1 >= len(self.cues) or quote.last != end.last:
            return None
        following = self.document.sentences[end.number + 1]
        if self.clauses.tokens[quote.last - 2].text not in "?!…" and following.last - following.first > _TAG:
            return None
        for cue in self.unquoted[following.number][:1]:
            direct = cue.source is not None and cue.start == following.first and cue.first <= cue.source[1]
            return cue if direct and following.paragraph == end.paragraph else None
        return None

    def _before_in_paragraph(self, start: Sentence) -> Cue | None:
        """'"…," he said. "…"': the nearest cue before in the same paragraph."""
        for number in range(start.number - 1, max(-1, start.number - _EARLIER), -1):
            if self.document.sentences[number].paragraph != start.paragraph:
                return None
            if self.unquoted[number]:
                return self.unquoted[number][-1]
        return None

    def _sentence_of(self, token: int) -> Sentence:
        return self.document.sentence_at(self.clauses.tokens[token].start)

    def _speaker(self, chain: list[Cue]) -> Speaker:
        """The innermost source speaks; the others, and the media, passed it on."""
        named: list[Named] = []
        for cue in chain:
            for who in (self.named.get(cue.first), self.media.get(cue.first)):
                if who is not None and all(who.name != other.name for other in named):
                    named.append(who)
        if not named:
            return NARRATOR
        tokens = self.clauses.tokens
        words = self.document.text[tokens[chain[0].first].start : tokens[chain[0].last - 1].end]
        return Speaker(named[0].name, named[0].id, " ".join(words.split()), tuple(n.name for n in named[1:]))


def _near(cues: list[Cue], position: int) -> list[Cue]:
    """The few cues of a sentence around a token."""
    if len(cues) <= _NEAR:
        return cues
    at = bisect_left(cues, position, key=lambda c: c.first)
    return cues[max(0, at - _NEAR) : at + _NEAR]
