"""What happened, said in more than one word: "taken to hospital", "lost their lives", "out of their homes"."""

from __future__ import annotations

from schemas.metrics import Metric
from services.read.figures.lexicon import group
from services.read.figures.line import Line

_REACH = 5
"""Tokens between a verb and the word that makes the idiom: "taken to a nearby hospital"."""


def idiom(line: Line, k: int, word: str) -> tuple[Metric, int] | None:
    """The metric and last token of an idiom that begins at token k, behind the counted."""
    if word == "to":
        sentenced = line.lower(k - 1) in {"sentenced", "condemned"}
        return (Metric.DEATHS, k + 1) if line.lower(k + 1) == "death" and not sentenced else None
    if word in {"from", "out"}:
        at = k + 2 if line.lower(k + 1) == "of" else k + 1
        home = line.lower(at) == "their" and line.lower(at + 1) in group("dwellings")
        return (Metric.DISPLACED, at + 1) if home else None
    if word in group("losing"):
        end = _ahead(line, k, group("lives"))
        return (Metric.DEATHS, end) if end else _if(Metric.DISPLACED, _ahead(line, k, group("dwellings")))
    if word in group("going"):
        return (Metric.MISSING, k + 1) if line.lower(k + 1) == "missing" else None
    hurt = (word in group("suffering") and _ahead(line, k, group("wounds"))) or (
        word in group("hospital_verbs") and _ahead(line, k, group("hospitals"))
    )
    treated = word == "treated" and line.lower(k + 1) == "for"
    return (Metric.INJURED, k) if hurt or treated else None


def _if(metric: Metric, end: int) -> tuple[Metric, int] | None:
    return (metric, end) if end else None


def _ahead(line: Line, k: int, words: frozenset[str]) -> int:
    """The position of one of `words` soon behind k in the same stretch; 0 without one."""
    for at in range(k + 1, k + 1 + _REACH):
        if line.lower(at) in words:
            return at
        if not line.is_word(at):
            return 0
    return 0


def idiom_before(line: Line, k: int, word: str) -> Metric | None:
    """The metric of an idiom that ends at token k, before the counted: "shot dead N", "shot to death N"."""
    if word == "dead" and line.lower(k - 1) in group("shooting"):
        return Metric.DEATHS
    if word == "death" and line.lower(k - 1) == "to" and line.lower(k - 2) not in {"sentenced", "condemned"}:
        return Metric.DEATHS
    return None
