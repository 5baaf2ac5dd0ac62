"""What the shared figure scorer does not say of our own gold: false figures per 1000 words, vague ones, metric, place.

Figures are paired as in the shared scorer (overlapping spans, equal value, one to one in text order). The metric counts
where the gold's kind is a metric's (homes without power are homes, and of no metric), the place where the gold names
one: right when they share a word that tells.
"""

from __future__ import annotations

import importlib.util
import json
import re
from collections import Counter, defaultdict
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.shared import SHARED

_METRICS = {
    "migrants": {"people_present", "refugees", "displaced", "crossing_attempts"},
    "refugees": {"refugees", "displaced"},
    "displaced": {"displaced", "refugees"},
    "fighters": {"troops"},
    "homes": {"homes_damaged"},
    "attempts": {"crossing_attempts"},
}
"""Kinds of the gold that are not the name of one metric: "2,000 refugees" of a camp may be either of two."""
_UNNAMED = {"other", "ratio"}
_WEAK = frozenset(
    "the of in at on near and to from a an its his her their city town village province district area areas region "
    "country border northern southern eastern western north south east west central parts part state".split()
)


def score(gold: Path, predicted: Path, words: int) -> dict[str, float]:
    """Rates in percent, and false figures per 1000 of the `words` of the articles."""
    by_article: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in predicted.read_text("utf-8").splitlines():
        row = json.loads(line)
        by_article[row["id"]].append(row)
    shared = _shared_scorer()
    lines = [json.loads(line) for line in gold.read_text("utf-8").splitlines()]
    counts: Counter[str] = Counter()
    used: set[tuple[str, int, int]] = set()
    for row in sorted((row for row in lines if not row.get("optional")), key=lambda row: (row["id"], row["start"])):
        counts["vague gold"] += bool(row.get("vague"))
        for found in sorted(by_article[row["id"]], key=lambda found: found["end"] - found["start"]):
            key = (row["id"], found["start"], found["end"])
            overlaps = found["start"] < row["end"] and row["start"] < found["end"]
            if key not in used and overlaps and shared.vmatch(row, found):
                used.add(key)
                _count(row, found, counts)
                break
    false = shared.score(lines, [row for rows in by_article.values() for row in rows])[0]["fp"]
    return {
        "false per 1000 words": round(1000 * false / words, 2),
        "vague": _rate(counts["vague"], counts["vague gold"]),
        "metric": _rate(counts["metric"], counts["metric gold"]),
        "place": _rate(counts["place"], counts["place gold"]),
    }


def _count(row: dict[str, Any], found: dict[str, Any], counts: Counter[str]) -> None:
    counts["vague"] += bool(row.get("vague"))
    if row["kind"] not in _UNNAMED:
        counts["metric gold"] += 1
        wanted = {"returned"} if row.get("status") == "returned" else _METRICS.get(row["kind"], {row["kind"]})
        counts["metric"] += found["metric"] in wanted or found["kind"] == row["kind"] == "homes"
    if row["place"] and telling(row["place"]):
        counts["place gold"] += 1
        counts["place"] += bool(telling(row["place"]) & telling(found["place"]))


def telling(place: str | None) -> frozenset[str]:
    """The words of a place that tell it from others, lower-cased, without the endings of possessives and plurals."""
    words = re.findall(r"[^\W\d_]+", (place or "").lower())
    return frozenset(re.sub(r"s$", "", word) for word in words) - _WEAK - {"s"}


def _rate(part: int, whole: int) -> float:
    return round(100 * part / max(1, whole), 1)


def _shared_scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_figures", SHARED / "eval/score_figures.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
