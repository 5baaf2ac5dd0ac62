"""The bars on the shared gold data. Skipped, with the reason, where the data is not there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.accuracy.__main__ import pairs, pipe, scored, seeds
from tests.shared import SHARED, missing

pytestmark = pytest.mark.skipif(bool(missing("seeds", "gold", "eval")), reason=missing("seeds", "gold", "eval"))


def test_the_required_figures_of_the_seeds_are_read_right(tmp_path: Path) -> None:
    read = pipe(["read", "--format", "figures"], seeds(), tmp_path)
    strict = scored("score_figures.py", SHARED / "gold/seeds_figures.jsonl", read).splitlines()[0]
    assert "'gold': 13, 'tp': 13, 'fp': 0" in strict
    assert "'full_F1': 100.0" in strict


def test_all_pairs_are_judged_right(tmp_path: Path) -> None:
    assert json.loads(scored("score_pairs.py", pipe(["compare"], pairs(), tmp_path))) == {"right": 42, "of": 42}


def test_the_names_of_the_seeds_are_found(tmp_path: Path) -> None:
    score = json.loads(scored("score_entities.py", pipe(["read", "--format", "mentions"], seeds(), tmp_path)))
    assert score["f1"] >= 0.92
    assert score["ids"] >= 0.95
