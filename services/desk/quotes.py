"""A claim as a quotation: the sentence it stands in, with its own words lit."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.alert import Side
from schemas.claim import Claim

AROUND = 150
"""Characters shown on each side of the figure: two lines of a card. A sentence itself has no longest."""

BRIEF = 60
"""Characters shown on each side of the figure on the board. Its half card has some 32 characters a line: five lines at
most, so that nothing has to be cut off below, where the figure itself might stand."""

LONGEST_WORDS = 160
"""Characters of the figure itself. "somewhere between 3,000 and 4,000" has 33; the rest is room."""


@dataclass(frozen=True, slots=True)
class Quote:
    """`before`, `words` and `after` together are the sentence, cut to what a card can hold."""

    claim: Claim
    voice: str
    outlets: int
    origins: int
    before: str
    words: str
    after: str


def quote(claim: Claim, side: Side, around: int = AROUND) -> Quote:
    """`claim` as said by `side`, with at most `around` characters on each side of the figure. If the offsets do not fit
    the sentence the sentence stands without a lit part."""
    start, end = claim.start - claim.sentence_start, claim.end - claim.sentence_start
    if start < 0 or claim.sentence[start:end] != claim.words:
        before, words, after = claim.sentence, "", ""
    else:
        before, words, after = claim.sentence[:start], claim.words, claim.sentence[end:]
    if len(before) > around:
        before = ("…" + _whole(before[-around:])) if words else before[: 2 * around] + "…"
    return Quote(
        claim,
        side.voice,
        side.outlets,
        side.origins,
        before.lstrip(),
        words if len(words) <= LONGEST_WORDS else words[:LONGEST_WORDS] + "…",
        after.rstrip() if len(after) <= around else _whole(after[:around][::-1])[::-1] + "…",
    )


def _whole(text: str) -> str:
    """`text` without the part of a word it begins with, unless that is nearly all of it."""
    cut = text.find(" ") + 1
    return text[cut:] if cut < len(text) // 2 else text
