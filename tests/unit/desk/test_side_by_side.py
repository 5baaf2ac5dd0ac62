"""Two texts side by side: every line of both in its place, whatever a publisher wrote and in little time."""

from __future__ import annotations

import random
from time import thread_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.desk import side_by_side as tested
from services.desk.side_by_side import Line, side_by_side

TEXTS = st.lists(st.sampled_from(["", "a", "b b", "a b c", "a b d", "one two three", "one two four"]), max_size=12)


@given(TEXTS, TEXTS, st.sampled_from([0, 20, 4_000_000]))
def test_each_text_stands_whole_on_its_side(before: list[str], after: list[str], steps: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tested, "STEPS_OF_LINES", steps)
        lines = side_by_side(before, after)
    assert [line.old for line in lines if line.old] == [line for line in before if line]
    assert [line.new for line in lines if line.new] == [line for line in after if line]
    assert all((line.kind == "same") == (line.old == line.new) for line in lines)


def test_a_line_stands_beside_what_it_became() -> None:
    before = ["Heavy rain fell.", "About 2,400 people are in the stadium at Veldt.", "The road is shut."]
    after = ["About 2,600 people are in the stadium at Veldt.", "The road is shut.", "Boats came."]
    assert side_by_side(before, after) == [
        Line("old", before[0], ""),
        Line("changed", before[1], after[0]),
        Line("same", after[1], after[1]),
        Line("new", "", after[2]),
    ]


def test_long_paragraphs_in_another_order_of_the_same_words_are_no_rewriting() -> None:
    words = [f"word{n}" for n in range(60)] + ["the"] * 30
    random.Random(1).shuffle(words)  # noqa: S311
    assert [line.kind for line in side_by_side([" ".join(words)], [" ".join(sorted(words))])] == ["new", "old"]


def some(chance: random.Random, words: str, count: int, lines: int) -> list[str]:
    return [" ".join(chance.choice(words.split()) for _ in range(count)) for _ in range(lines)]


def alternating(kind: str) -> list[str]:
    return [f"line {n}" if n % 2 else f"{kind} {n}" for n in range(2_000)]


CHANCE = random.Random(1)  # noqa: S311
HOSTILE = {
    "few words in long lines": (some(CHANCE, "a b", 500, 6), some(CHANCE, "a b", 500, 6)),
    "few lines": (some(CHANCE, "a b c", 1, 2_000), some(CHANCE, "a b c", 1, 2_000)),
    "every second line": (alternating("old"), alternating("new")),
    "many long lines": (some(CHANCE, "a b c d e f g h", 250, 2_000), some(CHANCE, "e f g h i j k", 250, 2_000)),
}


@pytest.mark.parametrize("texts", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_are_compared_in_a_second_or_two(texts: tuple[list[str], list[str]]) -> None:
    began = thread_time()
    side_by_side(*texts)
    assert thread_time() - began < 4
