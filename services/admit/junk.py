"""Mark the furniture of a page in an article's plain text: never cut, each stretch with its reason.

One line is one paragraph. A line is junk by its words (`furniture.yaml`) or by its shape (`shapes.py`). Every rule is
conservative: a marked figure is a lost figure, an unmarked cookie notice costs nothing but a moment.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import ahocorasick
import yaml

from schemas.article import Junk
from services.admit import shapes

MAX_WORDS = 80
"""The longest such line in 3,000 articles has 58 words; longer paragraphs are the story."""
_MAX_CHARACTERS = MAX_WORDS * 10
"""A longer line is passed over before it is cut into words. Half and double of it mark the same in 3,461 articles."""
_QUOTES = ('"', "\u201c", "\u2018", "\u00ab", "'")
_EDGES = " \t\r\u00a0*\u2022\u00b7\u25cf\u25aa\u2013\u2014-_|[](){}<>:;,.!\u2026\u2193\u2192\u00bb"


@dataclass(frozen=True, slots=True)
class Line:
    """One non-empty line: its place in the text, and its words without case, bullets and double spaces."""

    start: int
    end: int
    raw: str
    plain: str


def junk(text: str) -> tuple[Junk, ...]:
    """The junk of `text` in order: runs of whole lines without outer white space, or the buttons in front of a caption.

    Lines that follow one another (or with nothing but white space between) for one reason are one span: a menu of a
    thousand entries is one thing, and each span travels with the article through every stage.
    """
    lines = list(_lines(text))
    reasons = [_reason(line) for line in lines]
    shapes.mark_credit_bullets([line.raw for line in lines], reasons)
    found: list[Junk] = []
    whole = False  # whether the line before is junk to its end
    for number, line in enumerate(lines):
        reason, end = reasons[number], line.end
        if reason is None and number and reasons[number - 1] == "comment_widget" and line.plain.isdigit():
            # "Readers Comments" / "11": the number is the counter of the widget above it, not a figure of the story.
            reason = "comment_widget"
        lead = shapes.caption_lead(line.raw)
        if lead:
            reason, end = "photo_credit", line.start + lead
        if reason is not None and whole and found[-1].reason == reason:
            found[-1] = Junk(start=found[-1].start, end=end, reason=reason)
        elif reason is not None:
            found.append(Junk(start=line.start, end=end, reason=reason))
        whole = reason is not None and end == line.end
    return tuple(found)


def _lines(text: str) -> Iterator[Line]:
    position = 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            start = position + raw.index(stripped)
            short = len(stripped) <= _MAX_CHARACTERS
            yield Line(start, start + len(stripped), stripped, _plain(stripped) if short else "")
        position += len(raw) + 1


def _plain(line: str) -> str:
    return " ".join(line.lower().replace("\u2019", "'").replace("\u2018", "'").split()).strip(_EDGES)


def _reason(line: Line) -> str | None:
    if not line.plain or line.plain.count(" ") >= MAX_WORDS:
        return None
    return _by_words(line) or shapes.reason(line.raw, line.plain)


def _by_words(line: Line) -> str | None:
    plain, phrases = line.plain, _phrases()
    if reason := phrases.lines.get(plain):
        return reason
    for phrase, reason in phrases.starts.get(plain.split(" ", 1)[0], ()):
        # "Leave a commentcancel": the words of two buttons run together.
        if plain.startswith(phrase) and (not plain[len(phrase) :][:1].isalpha() or plain.endswith("cancel")):
            return reason
    if not line.raw.startswith(_QUOTES) and (held := next(phrases.holds.iter(plain), None)):
        return str(held[1])
    return next((reason for phrase, reason in phrases.ends if plain.endswith(phrase)), None)


@dataclass(frozen=True, slots=True)
class _Phrases:
    lines: dict[str, str]
    starts: dict[str, list[tuple[str, str]]]
    ends: list[tuple[str, str]]
    holds: ahocorasick.Automaton


@cache
def _phrases() -> _Phrases:
    """`furniture.yaml`, ordered so that a line costs one look-up, one short list and one search."""
    data: dict[str, dict[str, list[str]]] = yaml.safe_load(
        (files("services.admit") / "furniture.yaml").read_text(encoding="utf-8")
    )
    lines: dict[str, str] = {}
    starts: dict[str, list[tuple[str, str]]] = {}
    ends: list[tuple[str, str]] = []
    holds = ahocorasick.Automaton()
    for reason, kinds in data.items():
        lines.update((phrase.strip(_EDGES), reason) for phrase in kinds.get("lines", ()))
        for phrase in kinds.get("starts", ()):
            starts.setdefault(phrase.split(" ", 1)[0], []).append((phrase, reason))
        ends.extend((phrase, reason) for phrase in kinds.get("ends", ()))
        for phrase in kinds.get("holds", ()):
            holds.add_word(phrase, reason)
    holds.make_automaton()
    return _Phrases(lines, starts, ends, holds)
