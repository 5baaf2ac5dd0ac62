"""An article's text cut into paragraphs, sentences, figures and junk, so that each can be drawn in place.

Nothing is lost and nothing moved: the pieces of a paragraph, put together, are that line of the text as it came. One
sweep from left to right: a publisher chooses the text, and ten thousand figures in one line must not cost their square.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from schemas.article import Junk
from schemas.claim import Claim

S = TypeVar("S")

Group = tuple[int | None, str | None]
"""Start of the sentence with a figure that a piece stands in, and why it is junk; None where it is not."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text that is something else than a figure, and why."""

    start: int
    end: int
    kind: Literal["rejected", "changed", "correction"]
    why: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with the same figures on it. `anchors`: claims that start here, `claims`: all that cover it."""

    text: str
    claims: tuple[Claim, ...]
    anchors: tuple[str, ...]
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """Pieces of one sentence that holds a figure (`sentence`), or of what is not the article (`junk`: the reason)."""

    pieces: tuple[Piece, ...]
    sentence: bool
    junk: str | None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One non-empty line of the text."""

    runs: tuple[Run, ...]


class _Spans(Generic[S]):
    """Spans asked for from left to right."""

    def __init__(self, spans: Iterable[tuple[int, int, S]]) -> None:
        self._waiting = sorted(spans, key=lambda span: (span[0], span[1]), reverse=True)
        self._open: list[tuple[int, int, S]] = []

    def at(self, position: int) -> list[S]:
        """What covers the character at `position`, which may only grow from call to call."""
        while self._waiting and self._waiting[-1][0] <= position:
            self._open.append(self._waiting.pop())
        self._open = [span for span in self._open if span[1] > position]
        return [what for _, _, what in self._open]


def supported(text: str, claims: Sequence[Claim]) -> list[Claim]:
    """The claims whose words stand at their offsets (rules.md R0), in the order of the text."""
    return sorted((c for c in claims if text[c.start : c.end] == c.words), key=lambda c: (c.start, c.end, c.id))


def paragraphs(
    text: str, claims: Sequence[Claim], junk: Sequence[Junk], marks: Sequence[Mark] = ()
) -> tuple[Paragraph, ...]:
    """The non-empty lines of `text` with what is on them. Claims that are not supported are not marked."""
    claims = supported(text, claims)
    sentences = {(c.sentence_start, c.sentence_end) for c in claims}
    figures_at = _Spans((c.start, c.end, c) for c in claims)
    sentence_at = _Spans((start, end, start) for start, end in sentences)
    junk_at = _Spans((j.start, j.end, j.reason) for j in junk)
    marked_at = _Spans((m.start, m.end, m) for m in marks)
    spans = [*sentences, *((c.start, c.end) for c in claims), *((j.start, j.end) for j in junk)]
    spans += [(mark.start, mark.end) for mark in marks]

    lines: list[list[tuple[Group, list[Piece]]]] = [[]]
    for a, b in _stretches(text, spans):
        if text[a] == "\n":
            lines.append([])
            continue
        on, within, reasons = figures_at.at(a), sentence_at.at(a), junk_at.at(a)
        piece = Piece(text[a:b], tuple(on), tuple(c.id for c in on if c.start == a), tuple(marked_at.at(a)))
        group = (within[0] if within else None, reasons[0] if reasons else None)
        if lines[-1] and lines[-1][-1][0] == group:
            lines[-1][-1][1].append(piece)
        else:
            lines[-1].append((group, [piece]))
    return tuple(
        Paragraph(tuple(Run(tuple(pieces), sentence is not None, reason) for (sentence, reason), pieces in line))
        for line in lines
        if any(piece.text.strip() for _, pieces in line for piece in pieces)
    )


def _stretches(text: str, spans: Iterable[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    """[start, end) between one edge of a span or line and the next; every newline is a stretch of its own."""
    edges = {0, len(text)}
    for span in spans:
        edges.update(span)
    at = text.find("\n")
    while at >= 0:
        edges.update((at, at + 1))
        at = text.find("\n", at + 1)
    within = sorted(edge for edge in edges if 0 <= edge <= len(text))
    return itertools.pairwise(within)
