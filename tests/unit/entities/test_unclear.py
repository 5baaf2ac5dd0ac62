"""Which sentences a model is asked about."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.read.entities import find_mentions
from services.read.entities.named import Named
from tests.unit.entities.test_mentions import NEWS


def asked(text: str) -> list[str]:
    """The sentences put to the model."""
    spans: list[tuple[int, int]] = []

    def note(_: str, given: Sequence[tuple[int, int]]) -> list[Named]:
        spans.extend(given)
        return []

    find_mentions(text, (), note)
    return [text[start:end].strip() for start, end in spans]


KNOWN = "Emmanuel Macron spoke in Minsk on Tuesday."


@pytest.mark.parametrize(
    "sentence",
    [
        "The report was sent to Garut by an aide.",
        "They met Qanda Orvell outside.",
        "Orvell Zelnik closed two plants.",
        "The charity works across Reading and Leeds.",  # a name of the gazetteer that the rules did not trust there
    ],
)
def test_a_sentence_with_an_unknown_name_is_asked_about_and_its_neighbours_are_not(sentence: str) -> None:
    assert asked(f"{KNOWN} {sentence} Nothing else was said on Tuesday.") == [sentence]


@pytest.mark.parametrize(
    "text",
    [
        "",
        KNOWN,
        "Protesters gathered. Nobody was hurt.",  # the first word of a sentence has its capital for that
        "John Orvell left early. The crowd went on. They say Orvell was tired.",  # the text has introduced him
        "On Tuesday I'm told the President and the Senator left.",
    ],
)
def test_a_text_whose_names_are_all_known_is_not_asked_about(text: str) -> None:
    assert asked(text) == []


def test_an_abbreviation_does_not_end_a_sentence() -> None:
    text = "It went to Garut on Sept. 12 with the Corp. of engineers."
    assert asked(text) == [text]


@given(st.lists(st.sampled_from(NEWS.split()), max_size=60).map(" ".join) | st.text(max_size=300))
def test_spans_are_in_order_apart_and_within_the_text(text: str) -> None:
    spans: list[tuple[int, int]] = []

    def note(_: str, given: Sequence[tuple[int, int]]) -> list[Named]:
        spans.extend(given)
        return []

    find_mentions(text, (), note)
    ends = [0, *(end for _, end in spans)]
    assert all(before <= start < end for before, (start, end) in zip(ends, spans, strict=False))
    assert ends[-1] <= len(text)
