"""Where a model is asked: the sentences in which something stands that may be a name and that no rule has claimed.

What the rules claimed stays theirs, so the rest of a text costs the model's time and gives nothing. Of 200 articles of
news three of ten characters stand in such sentences.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from services.read.entities.beyond import NO_LONE_NAME, Spans
from services.read.entities.document import Document, Found, Leftover
from services.read.entities.leftovers import introduced

_END = re.compile(r"\n|(?<=[a-z]{4})[.!?][.!?\"'”’)]*+\s")
"""The end of a line, or a stop behind four small letters: abbreviations (Sept., Prof.) have fewer. A short word that
ends a sentence joins it to the next, which the model does not mind."""

_LONGEST_LINK = 8
"""Characters between two words of one name at most: "Bank of the Orvell"."""


def unclear_sentences(document: Document, known: Sequence[Found]) -> list[tuple[int, int]]:
    """Spans [start, end) of the text, in order and apart. `known`: the gazetteer's names in it; those that the rules
    did not trust where they stand are asked about, too. Linear in the length of the text."""
    unclear = sorted(_unclear(document, known))
    spans = []
    start = 0
    for end in (*(stop.end() for stop in _END.finditer(document.text)), len(document.text)):
        at = bisect_left(unclear, start)
        if at < len(unclear) and unclear[at] < end:
            spans.append((start, end))
        start = end
    return spans


def _unclear(document: Document, known: Sequence[Found]) -> Iterator[int]:
    """Where the words begin that may be a name or a part of one."""
    spans = Spans(document.found)
    yield from (hit.start for hit in known if not spans.touch(hit.start, hit.end))
    group: list[Leftover] = []
    for left in document.left:
        if group and left.start - group[-1].end > _LONGEST_LINK:
            if _may_be_a_name(document, group):
                yield group[0].start
            group = []
        group.append(left)
    if group and _may_be_a_name(document, group):
        yield group[0].start


def _may_be_a_name(document: Document, group: Sequence[Leftover]) -> bool:
    """Whether a word of the group is none of those that alone are no name; the first of a sentence has its capital
    for that."""
    words = group[1:] if document.begins_sentence(group[0].start) else group
    if len(group) == 1 and words and introduced(document, document.text[words[0].start : words[0].end], words[0].start):
        return False  # a surname or an abbreviation that the second look will know
    return any(_stem(document, left) not in NO_LONE_NAME for left in words)


def _stem(document: Document, left: Leftover) -> str:
    """The word without what hangs on it: I'm, O’Neill’s, Inc."""
    return document.text[left.start : left.end].lower().partition("'")[0].partition("’")[0].rstrip(".")
