"""Where a sentence ends: at a stop, and at a line break that ends a paragraph."""

from __future__ import annotations

from textwrap import fill

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.read.text import read_text

FIRST = (
    "Rescue workers said on Monday that at least 22 people were wounded and nine others were killed when a ferry "
    "struck a pier in the old harbour and turned over within minutes"
)
SECOND = "Divers went on looking for three of the passengers until it was dark, and boats lit the water for them"


def sentences(text: str) -> list[str]:
    return [" ".join(text[sentence.start : sentence.end].split()) for sentence in read_text(text).sentences]


@pytest.mark.parametrize("width", [40, 62, 78])
@pytest.mark.parametrize("between", ["\n\n", "\n    ", "\n \n"])
def test_a_sentence_goes_on_over_the_lines_of_a_wire(width: int, between: str) -> None:
    text = fill(f"{FIRST}.", width) + between + fill(f"{SECOND}.", width)
    assert sentences(text) == [f"{FIRST}.", f"{SECOND}."]


def test_a_headline_above_a_blank_line_is_no_part_of_the_text() -> None:
    text = "FERRY TURNS OVER\n\n" + fill(f"{FIRST}. {SECOND}.", 60)
    assert sentences(text) == ["FERRY TURNS OVER", f"{FIRST}.", f"{SECOND}."]


@pytest.mark.parametrize(
    "text",
    [
        "There are no more survivors of the wreck off the coast and\n192 people are dead, an officer said.",
        "No survivors are left of a\nTorvian ferry that sank off the coast of Osmia, said Ada\n"
        "Moreno, 47, of the Harbour Guard in the town of Kiwa, on\n12 March.",
    ],
)
def test_a_line_may_break_before_a_number_or_a_name(text: str) -> None:
    assert sentences(text) == [" ".join(text.split())]


def test_short_lines_without_a_stop_are_a_list() -> None:
    lines = [
        "12 dead in the old harbour of Kiwa on Monday",
        "Ada Moreno resigns",
        "Weather",
        "Ferry lines to Osmia and back",
    ]
    assert sentences("\n".join(lines)) == lines


def test_a_line_is_a_paragraph_where_few_sentences_go_on_over_a_break() -> None:
    lines = ["Ferry turns over", "By A Reporter", f"{FIRST}.", "at the old harbour", f"{SECOND}."]
    assert sentences("\n".join(lines)) == lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The F.A.A. records are late.", ["The F.A.A. records are late."]),
        ("He ran the C.I.A. He left.", ["He ran the C.I.A.", "He left."]),
        ("He ran the C.I.A. A man fell.", ["He ran the C.I.A.", "A man fell."]),
    ],
)
def test_the_last_letter_of_a_short_name_opens_no_sentence(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.text(alphabet="ab.A \n\t,", max_size=300))
def test_sentences_are_in_order_and_hold_every_word(text: str) -> None:
    document = read_text(text)
    covered = [at for sentence in document.sentences for at in range(sentence.first, sentence.last)]
    assert covered == list(range(len(document.tokens)))
