"""The deep tier's model itself. What needs spaCy is skipped without it: `make test-deep`."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from itertools import accumulate
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.errors import BadSetting
from services.read.entities import Model, deep
from services.read.entities.deep import cut, load_model, pieces

PARAGRAPH = (
    "The report by Qanda Orvell was sent to Garut by an aide of the Zelnik Foundation in Indonesia on Tuesday.\n\n"
)


def whole(text: str) -> list[tuple[int, int]]:
    return [(0, len(text))]


@pytest.fixture(scope="module")
def model() -> Model:
    if find_spec("spacy") is None:
        pytest.skip("spaCy is not installed: make test-deep")
    return load_model()


def test_names_are_found_where_they_stand_in_a_text_of_many_pieces(model: Model) -> None:
    text = PARAGRAPH * 200
    garut = [(name.start, name.end) for name in model(text, whole(text)) if text[name.start : name.end] == "Garut"]
    assert garut == [(start, start + 5) for start in range(len(text)) if text.startswith("Garut", start)]


def test_the_same_text_gives_the_same_names_after_any_other(model: Model) -> None:
    text = PARAGRAPH + "Nothing else was said in Kyushu by Orvell."
    first = model(text, whole(text))
    for other in ("", "x", "Anna went to Soma.\n" * 100, text * 3):
        model(other, whole(other))
    assert model(text, whole(text)) == first
    assert first


def test_marks_without_end_cost_no_more_than_words(model: Model) -> None:
    model(PARAGRAPH, whole(PARAGRAPH))
    began = process_time()
    model("(" * 90_000, [(0, 90_000)])
    model("'" * 90_000, [(0, 90_000)])
    assert process_time() - began < 10  # 100 s before they were blanked


def test_the_end_of_an_endless_text_is_left_to_the_rules(model: Model) -> None:
    text = PARAGRAPH * 2_000
    assert max(name.end for name in model(text, whole(text))) <= 100_000


def test_only_what_is_asked_about_is_read(model: Model) -> None:
    text = PARAGRAPH * 20
    spans = [(len(PARAGRAPH) * at, len(PARAGRAPH) * (at + 1)) for at in (3, 4, 17)]
    garut = [name.start for name in model(text, spans) if text[name.start : name.end] == "Garut"]
    assert garut == [start + PARAGRAPH.index("Garut") for start, _ in spans]


TEXTS = st.text(alphabet="a \n", max_size=20_000) | st.integers(0, 20_000).map(lambda n: "a" * n)


@given(TEXTS, st.lists(st.integers(0, 21_000), max_size=8))
def test_what_is_cut_is_what_was_asked_and_no_cut_is_too_long(text: str, marks: list[int]) -> None:
    edges = sorted(marks)
    asked = list(zip(edges[::2], edges[1::2], strict=False))
    spans = list(cut(text, asked))
    assert "".join(text[start:end] for start, end in spans) == "".join(text[start:end] for start, end in asked)
    assert all(start < end <= min(start + 5_000, len(text)) for start, end in spans)


@given(st.lists(st.text(alphabet="ab \n", min_size=1, max_size=400), max_size=12))
def test_a_name_of_a_piece_is_placed_where_it_stands_in_the_text(lines: list[str]) -> None:
    text = "-".join(lines)
    ends = list(accumulate(len(line) + 1 for line in lines))
    spans = [(end - len(line) - 1, end - 1) for end, line in zip(ends, lines, strict=True)]
    placed = [
        at
        for piece in pieces(text, spans)
        for start in range(len(piece.text))
        if (at := piece.place(start, start + 1)) is not None and text[at : at + 1] == piece.text[start]
    ]
    assert placed == [at for start, end in spans for at in range(start, end)]


def test_a_piece_is_cut_at_a_word() -> None:
    text = "word " * 3_000
    assert all(text[end - 1 : end + 1] in ("d ", " ") for _, end in cut(text, [(0, len(text))]))


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
