"""How much of one text stands in another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.copies.containment import KEY_BITS, MAX_NUMBERS, Overlap, Sketch, repeats, size, sketch

WORDS = [f"word{number}" for number in range(20_000)]


def test_short_texts_are_kept_whole_and_longer_ones_sampled() -> None:
    assert len(sketch(" ".join(WORDS[:63])).keys) == 61
    assert 30 < len(sketch(" ".join(WORDS[:120])).keys) < 90
    assert 80 < len(sketch(" ".join(WORDS[:500])).keys) < 170
    assert 80 < len(sketch(" ".join(WORDS[:1000])).keys) < 170


@pytest.mark.parametrize(
    ("words", "level"),
    [(63, 0), (64, 1), (127, 1), (128, 2), (511, 2), (512, 3), (3_999, 3), (4_000, 4), (7_999, 4), (8_000, 5)],
)
def test_the_sample_halves_from_the_lengths_that_the_stored_sketches_have(words: int, level: int) -> None:
    assert sketch(" ".join(WORDS[:words])).level == level


def test_a_text_of_any_length_has_a_sketch_that_fits_a_table_row() -> None:
    assert len(sketch(" ".join(WORDS)).keys) < 1500
    assert len(sketch(" ".join(str(number) for number in range(5000))).numbers) == MAX_NUMBERS


@pytest.mark.parametrize("words", [60, 100])  # levels 0 and 1: from each the bits to look at are others
def test_a_sketch_thinned_to_a_coarser_level_is_the_sketch_of_that_level(words: int) -> None:
    short, long = sketch(" ".join(WORDS[:words])), sketch(" ".join(WORDS[:500]))
    assert size(short, long.level) == len(set(short.keys) & set(long.keys))
    boilerplate = short.keys[::2]
    assert size(short, long.level, boilerplate) == len(set(short.keys) & set(long.keys) - set(boilerplate))


def test_case_punctuation_and_junk_do_not_change_a_sketch() -> None:
    plain = "the river rose on monday and 40 people left"
    junky = f"ADVERTISEMENT: {plain.upper()}! Share this"
    start = junky.index("THE")
    end = junky.index("!")
    assert sketch(junky, [(end, len(junky)), (0, start)]) == sketch(plain)


def test_digits_are_words_like_others() -> None:
    assert not set(sketch("12 people died").keys) & set(sketch("19 people died").keys)


def test_template_reports_of_two_days_are_not_copies() -> None:
    def report(*numbers: int) -> Sketch:
        return Sketch(words=60, level=0, keys=(), numbers=frozenset(numbers))

    alike = Overlap(containment=0.7, shared=40)
    assert repeats(alike, report(1, 2, 3), report(1, 2, 3, 4))
    assert not repeats(alike, report(1, 2, 3), report(1, 2, 4))
    assert repeats(alike, report(1), report(2))
    assert repeats(Overlap(containment=0.95, shared=55), report(1, 2, 3), report(4, 5, 6))
    assert not repeats(Overlap(containment=1.0, shared=2), report(), report())


@given(st.text(), st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50))))
def test_any_text_without_any_spans_has_a_sketch(text: str, spans: list[tuple[int, int]]) -> None:
    found = sketch(text, spans)
    assert list(found.keys) == sorted(set(found.keys))
    assert all(0 <= key < 1 << KEY_BITS for key in found.keys)
