"""What `counterclaim entities merge` refuses to say."""

from __future__ import annotations

import pytest

from schemas.entity_join import EntityJoined
from schemas.errors import BadSetting
from services.cli.joins import check_merge, event


def merge(entity: str, into: str) -> EntityJoined:
    return event("merge", entity, into, "an editor", "one person")


@pytest.mark.parametrize(
    ("entity", "into", "problem"),
    [
        ("x-a", "x-a", "cannot be merged into itself"),
        ("x-a", "x-b", "is x-b already"),
        ("x-c", "x-a", "x-a: is x-c already; unmerge it first"),
    ],
)
def test_a_merge_that_would_change_nothing_is_refused_with_the_reason(entity: str, into: str, problem: str) -> None:
    with pytest.raises(BadSetting, match=problem):
        check_merge(merge(entity, into), [merge("x-a", "x-b"), merge("x-b", "x-c")])


def test_a_merge_into_another_id_than_before_is_allowed() -> None:
    check_merge(merge("x-a", "x-c"), [merge("x-a", "x-b")])


@pytest.mark.parametrize(("by", "why", "option"), [(" ", "one person", "--by"), ("an editor", "w" * 1001, "--why")])
def test_nobody_joins_without_a_name_and_a_reason(by: str, why: str, option: str) -> None:
    with pytest.raises(BadSetting, match=option):
        event("merge", "x-a", "x-b", by, why)
