"""Names in 40 bulk articles, labelled by reading before the reader ran: precision, recall and F1, in all and by type.

Matched as in the shared scorer of entities, which knows the five seeds only: exact span and type, where countries,
cities and buildings count as places.
"""

from __future__ import annotations

import json
import runpy
from collections import Counter
from pathlib import Path
from typing import Any

from tests.shared import SHARED

Name = tuple[str, int, int, str]
"""Article id, start and end in characters, folded type."""


def score(gold: Path, predicted: Path) -> dict[str, dict[str, float]]:
    """Rates in percent and the number of labels, for each folded type and "all", from two files of JSON lines."""
    fold: dict[str, str] = runpy.run_path(str(SHARED / "eval/score_entities.py"))["FOLD"]
    wanted, found = _names(gold, fold), _names(predicted, fold)
    kinds = [kind for kind, _ in Counter(name[3] for name in wanted).most_common()]
    by_kind = {kind: _rates(_of_kind(wanted, kind), _of_kind(found, kind)) for kind in kinds}
    return {**by_kind, "all": _rates(wanted, found)}


def _names(lines: Path, fold: dict[str, str]) -> set[Name]:
    rows: list[dict[str, Any]] = [json.loads(line) for line in lines.read_text("utf-8").splitlines()]
    return {(row["id"], row["start"], row["end"], fold.get(row["type"], row["type"])) for row in rows}


def _of_kind(names: set[Name], kind: str) -> set[Name]:
    return {name for name in names if name[3] == kind}


def _rates(wanted: set[Name], found: set[Name]) -> dict[str, float]:
    right = len(wanted & found)
    return {
        "P": round(100 * right / max(1, len(found)), 1),
        "R": round(100 * right / max(1, len(wanted)), 1),
        "F1": round(200 * right / max(1, len(wanted) + len(found)), 1),
        "of": len(wanted),
    }
