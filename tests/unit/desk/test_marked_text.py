"""Marking an article's text loses nothing and moves nothing."""

from __future__ import annotations

import time

from hypothesis import given
from hypothesis import strategies as st

from schemas.article import Junk
from services.desk.marked_text import Paragraph, paragraphs
from tests.unit.desk import dispute as d


def text_of(paragraph: Paragraph) -> str:
    return "".join(piece.text for run in paragraph.runs for piece in run.pieces)


def test_a_figure_is_marked_where_it_stands_and_its_sentence_with_it() -> None:
    marked = paragraphs(d.MINISTRY.text, [d.SAYS_MINISTRY], d.MINISTRY.junk)
    runs = [(run.sentence, run.junk, [p.text for p in run.pieces]) for p in marked for run in p.runs]
    assert (
        True,
        None,
        [
            "According to the Interior Ministry, ",
            "about 2,400 people",
            " are in the stadium at Veldt, where buses keep arriving.",
        ],
    ) in runs
    assert (False, "comment_counter", ["Readers Comments 14"]) in runs
    anchors = [anchor for p in marked for run in p.runs for piece in run.pieces for anchor in piece.anchors]
    assert anchors == [d.SAYS_MINISTRY.id]


def test_words_that_do_not_stand_at_their_offsets_are_not_marked() -> None:
    moved = d.SAYS_MINISTRY.model_copy(update={"start": d.SAYS_MINISTRY.start + 1, "end": d.SAYS_MINISTRY.end + 1})
    assert all(not piece.claims for p in paragraphs(d.MINISTRY.text, [moved], ()) for r in p.runs for piece in r.pieces)


@given(
    st.text(alphabet="ab1 \n\u202e<", max_size=80),
    st.lists(st.tuples(st.integers(0, 80), st.integers(1, 12)), max_size=6),
    st.lists(st.tuples(st.integers(0, 80), st.integers(1, 30)), max_size=3),
)
def test_the_pieces_put_together_are_the_text(
    text: str, figures: list[tuple[int, int]], junk: list[tuple[int, int]]
) -> None:
    claims = [
        d.SAYS_UNION.model_copy(
            update={
                "id": f"clm-{start}-{size}",
                "start": start,
                "end": start + size,
                "words": text[start : start + size],
                "sentence_start": max(0, start - 5),
                "sentence_end": start + size + 5,
            }
        )
        for start, size in figures
        if text[start : start + size]
    ]
    marked = paragraphs(text, claims, [Junk(start=a, end=a + n, reason="menu") for a, n in junk])
    assert [text_of(p) for p in marked] == [line for line in text.split("\n") if line.strip()]


def test_ten_thousand_figures_in_one_line_do_not_cost_their_square() -> None:
    text = "7 men, " * 10_000
    claims = [
        d.SAYS_UNION.model_copy(
            update={
                "id": f"clm-{i}",
                "start": 7 * i,
                "end": 7 * i + 5,
                "words": "7 men",
                "sentence_start": 0,
                "sentence_end": len(text),
            }
        )
        for i in range(10_000)
    ]
    started = time.perf_counter()
    paragraphs(text, claims, ())
    assert time.perf_counter() - started < 5  # 0.1 s here; the square takes minutes
