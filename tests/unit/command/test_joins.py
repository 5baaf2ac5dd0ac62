"""What `counterclaim entities merge` refuses to say."""

from __future__ import annotations

import pytest

from schemas.entity_join import EntityJoined
from schemas.errors import BadSetting
from services.cli.joins import merging, unmerging


def merge(entity: str, into: str, *before: EntityJoined) -> EntityJoined:
    return merging(entity, into, "an editor", "one person", before)


CHAIN = (merge("x-a", "x-b"), merge("x-b", "x-c"))


@pytest.mark.parametrize(
    ("entity", "into", "problem"),
    [
        ("x-a", "x-a", "INTO: is the target itself"),
        ("x-a", "x-b", "INTO: is one with x-a already"),
        ("x-c", "x-a", "is one with x-c already; unmerge them first"),
    ],
)
def test_a_merge_that_would_change_nothing_is_refused_with_the_reason(entity: str, into: str, problem: str) -> None:
    with pytest.raises(BadSetting, match=problem):
        merge(entity, into, *CHAIN)


def test_a_merge_into_another_id_than_before_is_allowed() -> None:
    assert merge("x-a", "x-c", CHAIN[0]).into == "x-c"


def test_the_last_merge_of_an_id_is_taken_back_and_of_no_merge_none() -> None:
    assert unmerging("x-a", "an editor", "two people", CHAIN).into == "x-b"
    with pytest.raises(BadSetting, match="is not merged into anything"):
        unmerging("x-c", "an editor", "two people", CHAIN)


@pytest.mark.parametrize(("by", "why", "option"), [(" ", "one person", "--by"), ("an editor", "w" * 1001, "--why")])
def test_nobody_joins_without_a_name_and_a_reason(by: str, why: str, option: str) -> None:
    with pytest.raises(BadSetting, match=option):
        merging("x-a", "x-b", by, why, ())
