"""A text cut once into tokens, sentences and paragraphs; everything that reads works on these.

One pass of a regular expression for tokens, one over the tokens for sentences: linear in the length of the text; every
span is [start, end) in characters of the text as it came.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from itertools import accumulate, compress, count, pairwise, repeat
from operator import add, itemgetter
from typing import NamedTuple

from services.read.wordlists import word_list

WORD, NUMBER, MARK = "word", "number", "mark"

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Soft hyphen, zero-width space, non-joiner, joiner, word joiner, byte order mark: nobody sees them, so "1\u200b200"
is 1200 and "peo\u00adple" people."""

_ENTITY_SPACES = r"&(?:nbsp|\#160|\#xa0|thinsp|ensp|emsp);"
"""Spaces as a page writes them, left over by whoever took its text."""

_GAP = re.compile(rf"(?:[\s{_INVISIBLE}]|{_ENTITY_SPACES})*+")

_PIECE = re.compile(
    rf"""
    (?:[\s{_INVISIBLE}]|{_ENTITY_SPACES})*+           # the gap before it, so that pieces have no gaps between them
    (?: [^\W\d_]++(?:(?:['’‘]|[{_INVISIBLE}]++)[^\W\d_]++)*+   # words with inner apostrophes: don't, Belarus’s
      | \d++(?:(?:[.,][{_INVISIBLE}]*+|[{_INVISIBLE}]++[.,]?[{_INVISIBLE}]*+)\d++)*+
                                                      # 2,000  33.2; spaces inside are the grammar's work
      | \S
      | \Z )                                          # else a long gap at the end is tried from each of its characters
    """,
    re.VERBOSE,
)

_LINE_BREAK = re.compile(r"\n\s*+")
_PARAGRAPH_BREAK = re.compile(r"\n[^\S\n]*+\n\s*+|\n[^\S\n]{2,}+")
"""In a text with lines of fixed length: a blank line, or one that is set in."""
_RUNS_ON = re.compile(r"[a-z,][^\S\n]*+\n[^\S\n]*+[a-z]")
_WRAPPED, _BREAKS = 0.4, 3
"""Share of the line breaks, of so many at least, on both sides of which a sentence goes on, and the text is one with
lines of fixed length. In 14,425 of 18,465 texts of an old wire, and in none of 5,005 texts of news of the web."""
_WIDTHS, _FULL, _CUT = (40, 100), 0.7, 0.75
"""Or: no line is longer than 100 characters, the longest has 40, and three quarters of the line breaks cut a line that
is nearly as long as the longest and ends no sentence. 1,313 more texts of that wire, whose lines break before numbers
and names; none of the web."""
_ENDED = re.compile(r"""[.!?:;…]["'”’»)\]]*+\Z""")
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


class Columns(NamedTuple):
    """The fields of all tokens side by side: what looks at every word of a text looks here.

    It stays in C that way and leaves the tokens alone, which take 100 kB of a text of 1000 words.
    """

    starts: list[int]
    texts: list[str]
    lowers: list[str]
    kinds: list[str]


@dataclass(frozen=True, slots=True)
class Document:
    """A text and its cuts. Sentences never cross a line break that ends a paragraph."""

    text: str
    tokens: list[Token]
    columns: Columns
    sentences: list[Sentence]
    _sentence_starts: list[int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_sentence_starts", [sentence.start for sentence in self.sentences])

    def sentence_at(self, position: int) -> Sentence:
        """The sentence that holds, or is the last to start before, a character position; sentences may not be empty."""
        return self.sentences[max(0, bisect_right(self._sentence_starts, position) - 1)]

    def token_at(self, position: int) -> int:
        """The first token that starts at or behind a character position; the number of tokens where none does."""
        return bisect_left(self.columns.starts, position)

    def tokens_of(self, words: Container[str], first: int = 0, last: int | None = None) -> Iterator[int]:
        """The tokens of [first, last) that are one of `words` (lower-cased), by number."""
        lowers = self.columns.lowers[first:last]
        return compress(count(first), map(words.__contains__, lowers))


def read_text(text: str) -> Document:
    """Cut a text. Never raises; a text without a single token has no sentences."""
    tokens, columns = _tokens(text)
    return Document(text, tokens, columns, _sentences(text, tokens, columns))


_CURLED = str.maketrans("’‘", "''")
_SEEN = str.maketrans("", "", _INVISIBLE)


def _tokens(text: str) -> tuple[list[Token], Columns]:
    """All tokens. A word is folded once; the rest is a few passes that stay in C, since this runs per word."""
    pieces = _PIECE.findall(text)
    while pieces and _GAP.fullmatch(pieces[-1]):
        del pieces[-1]
    cut = list(map(_FOLDS.__getitem__, pieces))
    gaps, texts, lowers, kinds = (list(map(itemgetter(part), cut)) for part in range(4))
    ends = list(accumulate(map(len, pieces)))
    starts = list(map(add, (0, *ends), gaps))
    # `tuple.__new__` costs half of the plain constructor.
    fields = zip(starts, ends, texts, lowers, kinds, strict=True)
    tokens: list[Token] = list(map(tuple.__new__, repeat(Token), fields))
    return tokens, Columns(starts, texts, lowers, kinds)


_FOLDS_KEPT = 30_000
_SHORT = 30
"""Pieces kept folded and their most characters: some 8 MB. A text of 1,000 words has 440 pieces; to cut it takes 2.4 ms
instead of 2.7. All are dropped when there are more: an `lru_cache` of 32,768 cost 5 % of reading."""


class _Folds(dict[str, tuple[int, str, str, str]]):
    """What `folded` gave for the pieces of the last texts."""

    def __missing__(self, piece: str) -> tuple[int, str, str, str]:
        fold = folded(piece)
        if len(piece) <= _SHORT:
            if len(self) >= _FOLDS_KEPT:
                self.clear()
            self[piece] = fold
        return fold


_FOLDS = _Folds()


def folded(piece: str) -> tuple[int, str, str, str]:
    """Length of the gap, then `text`, `lower` and `kind` of the token behind it."""
    word = piece.lstrip()
    if "&" in piece or not piece.isascii():
        gap = _GAP.match(piece)
        word = piece[gap.end() if gap else 0 :]
    before = len(piece) - len(word)
    lower = word.lower()
    if not lower.isascii():
        word = word.translate(_SEEN)
        lower = lower.translate(_CURLED).translate(_SEEN)
    kind = NUMBER if word[0].isdecimal() else WORD if word[0].isalnum() else MARK
    return before, word, lower, kind


def _sentences(text: str, tokens: list[Token], columns: Columns) -> list[Sentence]:
    """A sentence ends at a line break that ends a paragraph, or at . ! ? (and closing quotes) before a capital, an
    opening quote or a digit, unless the stop belongs to an abbreviation ("Gen. Smith", "U.S. troops", "No. 3") or an
    initial ("J. Smith")."""
    if not tokens:
        return []
    breaks = _PARAGRAPH_BREAK if _is_wrapped(text) else _LINE_BREAK
    paragraphs = {bisect_left(columns.starts, line_break.end()) for line_break in breaks.finditer(text)}
    paragraphs -= {0, len(tokens)}
    sentences: list[Sentence] = []
    first = paragraph = 0
    for last in (*sorted({*_stops(text, tokens, columns), *paragraphs}), len(tokens)):
        sentences.append(Sentence(len(sentences), tokens[first].start, tokens[last - 1].end, first, last, paragraph))
        first = last
        paragraph += last in paragraphs
    return sentences


def _is_wrapped(text: str) -> bool:
    """Whether a sender broke the lines at a fixed length, as old wires do."""
    lines = [line.strip() for line in text.split("\n")]
    breaks = [(before, after) for before, after in pairwise(lines) if before and after]
    if len(breaks) >= _BREAKS and len(_RUNS_ON.findall(text)) >= _WRAPPED * len(breaks):
        return True
    least, most = _WIDTHS
    longest = max(map(len, lines))
    if not breaks or not least <= longest <= most:
        return False
    if len(breaks) > 1 and lines[0] == breaks[0][0]:  # short where a dateline was taken off
        del breaks[0]
    cut = [not _ENDED.search(a) and (len(a) >= _FULL * longest or b[0].islower()) for a, b in breaks]
    return sum(cut) >= _CUT * len(breaks)


def _stops(text: str, tokens: list[Token], columns: Columns) -> Iterator[int]:
    """The tokens that a stop makes the first of a sentence, by number."""
    following = 0
    for i in compress(count(), map(_ENDERS.__contains__, columns.texts)):
        if i < following:  # the second mark of "?!"
            continue
        following = _past_closers(text, tokens, i + 1)
        if following < len(tokens) and _starts_sentence(tokens, following) and not _abbreviated(tokens, i, following):
            yield following


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
        if after.start == tokens[stop].end and after.text.isupper() and len(after.text) == 1:
            return True  # the second stop of "F.A.A.": its last letter is no "A" that opens a sentence
        dotted = stop >= 3 and tokens[stop - 2].text == "." and tokens[stop - 3].end == tokens[stop - 2].start
        return not (dotted and after.lower in word_list("sentence_starters"))
    return before.lower in word_list("abbreviations")
