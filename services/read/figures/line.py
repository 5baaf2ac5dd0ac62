"""A sentence as the number rules see it: words by position, nothing beyond its ends."""

from __future__ import annotations

from services.read.text import NUMBER, WORD, Document, Sentence, Token
from services.read.wordlists import word_list

_TITLED_SHARE = 0.85
"""A headline in title case: of its words over three letters, small words aside, this share is capitalised."""
_TITLED_WORDS = 3
"""Fewer such words tell nothing: "He met the Group of Seven" is no headline."""


class Line:
    """One sentence of a document. Positions are token indexes of the document; outside the sentence a word is ""."""

    __slots__ = ("_kinds", "_lowers", "_texts", "_titled", "document", "first", "last", "sentence", "tokens")

    def __init__(self, document: Document, sentence: Sentence) -> None:
        self.document = document
        self.sentence = sentence
        self.tokens: list[Token] = document.tokens
        self.first = sentence.first
        self.last = sentence.last
        self._titled: bool | None = None
        _, self._texts, self._lowers, self._kinds = document.columns

    def lower(self, i: int) -> str:
        """The word at i, lower-cased."""
        return self._lowers[i] if self.first <= i < self.last else ""

    def lowers(self, first: int, last: int) -> list[str]:
        """The words at [first, last), lower-cased, as far as the sentence reaches."""
        # Without `min` and `max`: some 150 calls a text of 1000 words.
        first = first if first > self.first else self.first
        last = last if last < self.last else self.last
        return self._lowers[first : last if last > 0 else 0]

    def text(self, i: int) -> str:
        """The word or mark at i as written; "" outside the sentence."""
        return self._texts[i] if self.first <= i < self.last else ""

    def kind(self, i: int) -> str:
        """Whether it is a WORD, a NUMBER or a MARK; "" outside the sentence."""
        return self._kinds[i] if self.first <= i < self.last else ""

    def is_word(self, i: int) -> bool:
        """Whether a word stands at i."""
        return self.first <= i < self.last and self._kinds[i] == WORD

    def is_number(self, i: int) -> bool:
        """Whether a number in digits stands at i."""
        return self.first <= i < self.last and self._kinds[i] == NUMBER

    def capitalised(self, i: int) -> bool:
        """Whether a word with a capital stands at i."""
        return self.is_word(i) and self._texts[i][0].isupper()

    def touches(self, i: int) -> bool:
        """Whether token i stands against token i - 1, no space between; both inside the sentence."""
        return self.first < i < self.last and self.tokens[i - 1].end == self.tokens[i].start

    def breaks(self, i: int) -> bool:
        """Whether a new line begins at token i, in a text that has several spaces for its line ends."""
        return self.first < i < self.last and self.tokens[i].start - self.tokens[i - 1].end > 1

    def opens(self, i: int) -> bool:
        """Whether token i begins the sentence or a stretch of it: behind a colon, a dash, a bracket, a quote mark."""
        return i <= self.first or self.text(i - 1) in _OPENING

    @property
    def titled(self) -> bool:
        """Whether capitals say nothing here: a headline, or a text all in capitals."""
        if self._titled is None:
            small = word_list("phrase_ends")
            sample = self.tokens[self.first : min(self.last, self.first + _SAMPLE)]
            words = [t.text for t in sample if t.kind == WORD and len(t.text) > 3]
            shouted = sum(map(str.isupper, words))
            content = [word for word in words if word.lower() not in small]
            names = sum(1 for word in content if word[0].isupper())
            title = len(content) >= _TITLED_WORDS and names >= _TITLED_SHARE * len(content)
            self._titled = title or 2 * shouted > len(words)
        return self._titled


_OPENING = frozenset(":;“\"‘'«([—–-•*|>]")
_SAMPLE = 60
"""Words looked at to tell a title: a sentence without an end (a table, 1 MB of words) must not cost its length."""
