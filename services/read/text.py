"""A text cut once into tokens, sentences and paragraphs; everything that reads works on these.

One pass of a regular expression for tokens, one over the tokens for sentences: linear in the length of the text; every
span is [start, end) in characters of the text as it came.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from services.read.wordlists import word_list

WORD, NUMBER, MARK = "word", "number", "mark"

_TOKEN = re.compile(
    r"""
    (?P<number>\d+(?:[.,]\d+)*)                      # 2,000  33.2; spaces inside are the grammar's work
  | (?P<word>[^\W\d_]+(?:['’‘][^\W\d_]+)*)           # words with inner apostrophes: don't, Belarus’s
  | (?P<mark>\S)
    """,
    re.VERBOSE,
)

_ENDERS = frozenset(".!?…")
_CLOSERS = frozenset("\"'”’»)]")
_OPENERS = frozenset("\"'“‘«([")


class Token(NamedTuple):
    """One word, number or mark. `lower` is the word folded for look-ups, its apostrophes made plain."""

    start: int
    end: int
    text: str
    lower: str
    kind: str


class Sentence(NamedTuple):
    """Tokens [first, last) and characters [start, end); `number` and `paragraph` count from 0."""

    number: int
    start: int
    end: int
    first: int
    last: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Document:
    """A text and its cuts. Sentences never cross a line break that ends a paragraph."""

    text: str
    tokens: list[Token]
    sentences: list[Sentence]

    def sentence_at(self, position: int) -> Sentence:
        """The sentence that holds, or is the last to start before, a character position; sentences may not be empty."""
        return self.sentences[max(0, bisect_right(self.sentences, position, key=lambda s: s.start) - 1)]


def read_text(text: str) -> Document:
    """Cut a text. Never raises; a text without a single token has no sentences."""
    tokens = _tokens(text)
    return Document(text, tokens, _sentences(text, tokens))


def _tokens(text: str) -> list[Token]:
    return [
        Token(m.start(), m.end(), m.group(), m.group().lower().replace("’", "'").replace("‘", "'"), m.lastgroup or MARK)
        for m in _TOKEN.finditer(text)
    ]


def _sentences(text: str, tokens: list[Token]) -> list[Sentence]:
    """A sentence ends at a line break, or at . ! ? (and closing quotes) before a capital, an opening quote or a digit,
    unless the stop belongs to an abbreviation ("Gen. Smith", "U.S. troops", "No. 3") or an initial ("J. Smith")."""
    sentences: list[Sentence] = []
    first = paragraph = 0
    count = len(tokens)

    def close(last: int) -> None:
        nonlocal first
        if last > first:
            sentences.append(
                Sentence(len(sentences), tokens[first].start, tokens[last - 1].end, first, last, paragraph)
            )
        first = last

    i = 0
    while i < count:
        token = tokens[i]
        nxt = i + 1
        if token.kind == MARK and token.text in _ENDERS:
            while (
                nxt < count
                and tokens[nxt].kind == MARK
                and (tokens[nxt].text in _ENDERS or tokens[nxt].text in _CLOSERS)
            ):
                if "\n" in text[tokens[nxt - 1].end : tokens[nxt].start]:
                    break
                # A quote mark after a space opens the next sentence: `ended. "Then`.
                if tokens[nxt].start > tokens[nxt - 1].end and tokens[nxt].text in _OPENERS:
                    break
                nxt += 1
            if nxt < count and _starts_sentence(tokens, nxt) and not _abbreviated(text, tokens, i, nxt):
                close(nxt)
        if nxt < count and "\n" in text[tokens[nxt - 1].end : tokens[nxt].start]:
            close(nxt)
            paragraph += 1
        i = nxt
    close(count)
    return sentences


def _starts_sentence(tokens: list[Token], i: int) -> bool:
    token = tokens[i]
    if token.kind == MARK and token.text in _OPENERS and i + 1 < len(tokens):
        token = tokens[i + 1]
    return token.kind == NUMBER or token.text[0].isupper() or token.text in "-–—•*$€£" or not token.text[0].isascii()


def _abbreviated(text: str, tokens: list[Token], stop: int, nxt: int) -> bool:
    """Whether the stop at token `stop` belongs to the word before it."""
    if tokens[stop].text != "." or stop == 0:
        return False
    before, after = tokens[stop - 1], tokens[nxt]
    if before.end != tokens[stop].start:
        return False
    if before.kind == NUMBER:
        return after.start == tokens[stop].end  # 3.Mai, 10.30am: no space, no end
    if len(before.text) == 1 and before.text.isupper():  # J. Smith, U.S. troops
        dotted = stop >= 3 and tokens[stop - 2].text == "." and tokens[stop - 3].end == tokens[stop - 2].start
        return not (dotted and after.lower in word_list("sentence_starters"))
    return before.lower in word_list("abbreviations")
