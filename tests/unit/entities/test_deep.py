"""The deep tier's model itself. What needs spaCy is skipped without it: `make test-deep`."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.errors import BadSetting
from services.read.entities import Model, deep
from services.read.entities.deep import load_model, pieces

PARAGRAPH = (
    "The report by Qanda Orvell was sent to Garut by an aide of the Zelnik Foundation in Indonesia on Tuesday.\n\n"
)


@pytest.fixture(scope="module")
def model() -> Model:
    if find_spec("spacy") is None:
        pytest.skip("spaCy is not installed: make test-deep")
    return load_model()


def test_names_are_found_where_they_stand_in_a_text_of_many_pieces(model: Model) -> None:
    text = PARAGRAPH * 200
    garut = [(name.start, name.end) for name in model(text) if text[name.start : name.end] == "Garut"]
    assert garut == [(start, start + 5) for start in range(len(text)) if text.startswith("Garut", start)]


def test_the_same_text_gives_the_same_names_after_any_other(model: Model) -> None:
    text = PARAGRAPH + "Nothing else was said in Kyushu by Orvell."
    first = model(text)
    for other in ("", "x", "Anna went to Soma.\n" * 100, text * 3):
        model(other)
    assert model(text) == first
    assert first


def test_marks_without_end_cost_no_more_than_words(model: Model) -> None:
    model(PARAGRAPH)
    began = process_time()
    model("(" * 90_000)
    model("'" * 90_000)
    assert process_time() - began < 10  # 100 s before they were blanked


def test_the_end_of_an_endless_text_is_left_to_the_rules(model: Model) -> None:
    text = PARAGRAPH * 2_000
    assert max(name.end for name in model(text)) <= 100_000


@given(st.text(alphabet="a \n", max_size=20_000) | st.integers(0, 20_000).map(lambda n: "a" * n))
def test_pieces_cover_a_text_and_none_is_too_long(text: str) -> None:
    spans = list(pieces(text))
    assert "".join(text[start:end] for start, end in spans) == text
    assert all(start < end <= start + 5_000 for start, end in spans)


def test_a_piece_ends_with_a_paragraph_or_a_word() -> None:
    paragraphs = ("word " * 150).strip() + "\n" + "word " * 3_000
    assert all(paragraphs[end - 1 : end + 1] in ("d\n", "d ", " ") for _, end in pieces(paragraphs))


def test_without_spacy_it_is_said_in_one_line_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deep, "find_spec", lambda _: None)
    with pytest.raises(BadSetting, match=r"^[^\n]*make setup-deep[^\n]*$"):
        load_model()


def test_the_fast_tier_imports_neither_spacy_nor_numpy() -> None:
    program = (
        "import sys; from services.cli import main; from services.read import agent; agent.spec();"
        "print({'spacy', 'thinc', 'numpy'} & set(sys.modules))"
    )
    assert (
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout == "set()\n"
    )
