"""Runs of capitalised words: "Belarusian President Alexander Lukashenko" is one. Names are looked for inside them."""

from __future__ import annotations

import re
from typing import NamedTuple

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĶĹĻĽĿŁŃŅŇŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽȘȚ"

_WORD = (
    rf"(?:(?:[{_UPPER}]\.-?)+(?![\w])"  # initials: J.  H.W.  U.S.
    r"|(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Maj|Capt|Cmdr|Sgt|Cpl|Adm|Brig|Sen|Rep|Gov|Prof|Rev|Pres|Sec|Amb|St|Jr|Sr)\."
    rf"|[{_UPPER}]\w*(?:['’](?!s\b)\w+)*(?:-\w+(?:['’](?!s\b)\w+)*)*)"
)

PARTICLES = frozenset("al el bin ibn bint abu ben van von der den de da di du la le dos del della ter zu".split())
"""Words of a surname that are written small inside a name, and large where some names begin with them."""

_PARTICLE = (
    rf"(?:(?:{'|'.join(sorted(PARTICLES))}) "
    r"|(?:al|el|ul|ur|as|ad|ash|az)-)"
)

RUN = re.compile(rf"(?=[{_UPPER}])(?<!\w){_WORD}(?:[ \u00a0](?:{_PARTICLE}){{0,2}}{_WORD}){{0,30}}")
"""Linear: every repetition starts with a space and every word with a capital, so there is one way to match. A run
ends at 31 words, since the rules look at all words of a run for each; the longest names have ten."""


class Word(NamedTuple):
    """One word of a run: text[start:end]; `lower` for look-ups, without a final stop and the particles in front."""

    start: int
    end: int
    text: str
    lower: str


def words_of(text: str, start: int, end: int) -> list[Word]:
    """The words of a run; a particle stays with the word behind it ("van der Bellen" is one word)."""
    words = []
    begin = position = start
    for piece in text[start:end].replace("\u00a0", " ").split(" "):
        stop = position + len(piece)
        if piece[0].isupper() or "-" in piece:
            words.append(Word(begin, stop, text[begin:stop], piece.rstrip(".").lower()))
            begin = stop + 1
        position = stop + 1
    return words
