"""Runs of capitalised words: "Belarusian President Alexander Lukashenko" is one. Names are looked for inside them."""

from __future__ import annotations

import re
from typing import NamedTuple

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĶĹĻĽĿŁŃŅŇŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽȘȚ"

_STOPPED = "Mr Mrs Ms Dr Gen Lt Col Maj Capt Cmdr Sgt Cpl Adm Brig Sen Rep Gov Prof Rev Pres Sec Amb St Jr Sr".split()
"""Titles in short, whose stop is no end of the run."""

_BEHIND_CAPITAL = (
    rf"(?:\.-?(?:[{_UPPER}]\.-?)*(?![\w])"  # initials: J.  H.W.  U.S.
    rf"|(?=[a-z]{{1,3}}\.)(?:{'|'.join(f'(?<={title[0]}){title[1:]}' for title in _STOPPED)})\."
    r"|\w*(?:['’](?!s\b)\w+)*(?:-\w+(?:['’](?!s\b)\w+)*)*)"
)

PARTICLES = frozenset("al el bin ibn bint abu ben van von der den de da di du la le dos del della ter zu".split())
"""Words of a surname that are written small inside a name, and large where some names begin with them."""

_PARTICLE = (
    rf"(?:(?:{'|'.join(sorted(PARTICLES))}) "
    r"|(?:al|el|ul|ur|as|ad|ash|az)-)"
)

RUN = re.compile(
    rf"[{_UPPER}](?<!\w.){_BEHIND_CAPITAL}(?:[ \u00a0](?:{_PARTICLE}){{0,2}}[{_UPPER}]{_BEHIND_CAPITAL}){{0,30}}"
)
"""Begins with its capital, which the search then skips to: with an assertion in front it takes twice as long.

Linear: every repetition starts with a space and every word with a capital, so there is one way to match. A run
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
