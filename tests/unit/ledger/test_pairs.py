"""Number pairs of our own, each with its reason, through the code of `counterclaim compare`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from services.cli.compare import judge_pair

PAIRS = Path(__file__).parents[2] / "accuracy" / "gold" / "pairs_own.jsonl"
EVERY = [json.loads(line) for line in PAIRS.read_text("utf-8").splitlines()]
_FLIPPED = {"a_in_b": "b_in_a", "b_in_a": "a_in_b"}

every_pair = pytest.mark.parametrize("pair", EVERY, ids=[pair["id"] for pair in EVERY])


@every_pair
def test_a_pair_is_judged_for_the_reason_given(pair: dict[str, Any]) -> None:
    found, want = judge_pair(pair), pair["expect"]
    assert {key: found[key] for key in want if key != "flags"} == {key: want[key] for key in want if key != "flags"}
    assert set(want["flags"]) <= set(found["flags"])


@every_pair
def test_a_pair_is_judged_alike_from_the_other_side(pair: dict[str, Any]) -> None:
    relation = dict(pair["relation"])
    if relation.get("scope") in _FLIPPED:
        relation["scope"] = _FLIPPED[relation["scope"]]
    assert judge_pair(pair | {"a": pair["b"], "b": pair["a"], "relation": relation}) == judge_pair(pair)


def test_no_pair_stands_twice() -> None:
    names = [pair["id"] for pair in EVERY]
    assert len(names) == len(set(names)) >= 60
