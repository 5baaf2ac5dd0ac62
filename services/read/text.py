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
_OPENERS = frozenset("\"'`“‘«([")


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


_KINDS = ("", NUMBER, WORD, MARK)  # by the number of the group in _TOKEN
_CURLED = str.maketrans("’‘", "''")


def _tokens(text: str) -> list[Token]:
    """All tokens. `tuple.__new__` and unpacked spans cost half of the plain constructor, and this runs per word."""
    new, kinds, curled = tuple.__new__, _KINDS, _CURLED
    tokens: list[Token] = []
    append = tokens.append
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        word = match[0]
        lower = word.lower()
        if not lower.isascii():
            lower = lower.translate(curled)
        append(new(Token, (start, end, word, lower, kinds[match.lastindex or 3])))
    return tokens


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

    newline = text.find("\n")
    i = 0
    while i < count:
        _, end, word, _, kind = tokens[i]
        nxt = i + 1
        if kind == MARK and word in _ENDERS:
            nxt = _past_closers(text, tokens, nxt)
            end = tokens[nxt - 1].end
            if nxt < count and _starts_sentence(tokens, nxt) and not _abbreviated(tokens, i, nxt):
                close(nxt)
        if newline >= 0 and nxt < count and newline < tokens[nxt].start:
            if newline >= end:
                close(nxt)
                paragraph += 1
            newline = text.find("\n", tokens[nxt].start)
        i = nxt
    close(count)
    return sentences


def _past_closers(text: str, tokens: list[Token], nxt: int) -> int:
    """The position behind the stops and closing quotes that follow a stop on its line."""
    while nxt < len(tokens) and tokens[nxt].kind == MARK:
        token = tokens[nxt]
        if token.text not in _ENDERS and token.text not in _CLOSERS:
            break
        gap = token.start - tokens[nxt - 1].end
        # A quote mark after a space opens the next sentence: `ended. "Then`.
        if gap and ("\n" in text[tokens[nxt - 1].end : token.start] or token.text in _OPENERS):
            break
        nxt += 1
    return nxt


def _starts_sentence(tokens: list[Token], i: int) -> bool:
    token = tokens[i]
    for k in (i + 1, i + 2):  # two for the quote mark of old wires: ''Then
        if token.kind == MARK and token.text in _OPENERS and k < len(tokens):
            token = tokens[k]
    return token.kind == NUMBER or token.text[0].isupper() or token.text in "-–—•*$€£" or not token.text[0].isascii()


def _abbreviated(tokens: list[Token], stop: int, nxt: int) -> bool:
    """Whether the stop at token `stop` belongs to the word before it."""
    if tokens[stop].text != "." or stop == 0:
        return False
    before, after = tokens[stop - 1], tokens[nxt]
    if before.end != tokens[stop].start:
        return after.kind == NUMBER and after.start == tokens[stop].end  # a .38 revolver
    if before.kind == NUMBER:
        return after.start == tokens[stop].end  # 3.Mai, 10.30am: no space, no end
    if len(before.text) == 1 and before.text.isupper():  # J. Smith, U.S. troops
        dotted = stop >= 3 and tokens[stop - 2].text == "." and tokens[stop - 3].end == tokens[stop - 2].start
        return not (dotted and after.lower in word_list("sentence_starters"))
    return before.lower in word_list("abbreviations")
