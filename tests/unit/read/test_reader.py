"""The reader as a whole: what holds for any text."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from services.read.entities import find_mentions
from services.read.figures.flat import flat_line
from services.read.figures.reader import MAX_FIGURES, read_figures

PUBLISHED = datetime(2021, 11, 14, tzinfo=UTC)

WORDS = [
    "one",
    "two",
    "twenty",
    "hundred",
    "thousand",
    "million",
    "dozen",
    "dozens",
    "hundreds",
    "several",
    "a",
    "an",
    "half",
    "of",
    "the",
    "and",
    "or",
    "to",
    "from",
    "between",
    "at",
    "least",
    "more",
    "than",
    "about",
    "people",
    "soldiers",
    "killed",
    "wounded",
    "were",
    "died",
    ",",
    ".",
    "-",
    "–",
    "%",
    "$",
    "€",
    "(",
    ")",
    '"',
    "5",
    "12",
    "2,000",
    "33.2",
    "2015",
    "0",
    "1.2.3",
    "May",
    "March",
    "km",
    "years",
    "old",
    "no",
    "none",
    "including",
    "them",
    "number",
    "toll",
    "rose",
    "by",
    "Four",
    "Article",
    "AK",
    "-",
    "47",
]
texts = st.one_of(st.text(), st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join))


@given(texts)
def test_no_text_makes_it_raise_and_every_span_stands_in_the_text(text: str) -> None:
    reading = read_figures(text, PUBLISHED)
    for figure in reading.figures:
        assert 0 <= figure.start <= figure.quantity.start < figure.quantity.end <= figure.end <= len(text)
        counted = figure.counted
        if counted.noun is not None:
            assert text[counted.noun_start : counted.noun_end] == counted.noun
        quantity = figure.quantity
        assert quantity.high is None or quantity.low <= quantity.high
        assert flat_line("a", text, figure)["text"]
    for rejected in reading.rejected:
        assert 0 <= rejected.start < rejected.end <= len(text)


CUT = (
    'The dead ranged in age from 46 to 52, according to a "Flood in Osmia" report by Ada Moreno; 12 are in hospital.',
    "Moreno leads by 12 points in a new Northpoll poll, and from 40 to 52 percent in most Osmia polls of 300 voters.",
    "Moreno has threatened to ask for 300 beds, asked the army to send 40 trucks and called on donors to pay $3.",
    "At 5 p.m. the score was 3 to 1, in No. 4 of 12 games, at 21-year-old Park 7, 1/2 mile off, for $3 to $4 million.",
    "Between 20 and 30 people, of whom up to 5 or 6 were children aged 3 to 9, died in the crash of 2 Boeing 737 jets.",
)


@pytest.mark.parametrize("text", CUT)
def test_a_text_that_is_cut_off_anywhere_is_read(text: str) -> None:
    for end in range(len(text)):
        read_figures(text[:end], PUBLISHED, find_mentions(text[:end], ()))


@given(texts)
def test_no_number_is_read_twice(text: str) -> None:
    spans = sorted((f.quantity.start, f.quantity.end) for f in read_figures(text, PUBLISHED).figures)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@given(texts)
@example('TOLL"ONE0ABOUT"ONE')  # its noun is the first word of all
def test_an_unrelated_paragraph_before_changes_no_figure(text: str) -> None:
    before = "Nothing to see here.\n"
    alone = read_figures(text, PUBLISHED).figures
    moved = read_figures(before + text, PUBLISHED).figures
    assert [(f.start + len(before), f.counted.metric, f.quantity.low) for f in alone] == [
        (f.start, f.counted.metric, f.quantity.low) for f in moved
    ]


def test_a_skipped_stretch_yields_nothing() -> None:
    text = "Buy 12 tickets now.\nThe blast killed 12 people."
    (figure,) = read_figures(text, PUBLISHED, skip=[(0, 19)]).figures
    assert text[figure.start : figure.end] == "12 people"


def test_an_article_has_at_most_a_thousand_figures() -> None:
    assert len(read_figures("The blast killed 12 people. " * 1200, PUBLISHED).figures) == MAX_FIGURES


ORDINARY = "The army said on Monday that at least 12 people were killed in the northern town after the storm passed. "


@pytest.mark.parametrize("dump", ["7", "-", "7 ", "1-", "1,", "one ", "hundred ", "(5) ", "5\n", "$1 ", "5 to 6 "])
def test_a_megabyte_of_one_thing_costs_at_most_ten_times_ordinary_text(dump: str) -> None:
    size = 200_000  # a fifth of a megabyte shows the same slope in a fifth of the time

    def seconds(text: str) -> float:
        before = process_time()
        read_figures(text, PUBLISHED)
        return process_time() - before

    ordinary = seconds(ORDINARY * (size // len(ORDINARY)))
    assert seconds(dump * (size // len(dump))) < 10 * ordinary


def test_the_figure_spans_hedge_number_and_noun() -> None:
    text = "There are approximately 2,000 people in the camp."
    (figure,) = read_figures(text, PUBLISHED).figures
    assert text[figure.start : figure.end] == "approximately 2,000 people"


def test_a_figure_whose_noun_stands_elsewhere_spans_the_number() -> None:
    text = "They raised the number of soldiers in the north to 15 thousand, he said."
    (figure,) = read_figures(text, PUBLISHED).figures
    assert text[figure.start : figure.end] == "15 thousand"


def test_the_flat_line_says_a_floor_without_a_high_end() -> None:
    text = "At least 12 people were killed."
    line = flat_line("a", text, read_figures(text, PUBLISHED).figures[0])
    assert (line["value_low"], line["value_high"], line["modifier"], line["kind"]) == (12, None, "At least", "deaths")


def test_the_flat_line_gives_a_vague_plural_its_interval() -> None:
    text = "Hundreds of migrants were on the border."
    line = flat_line("a", text, read_figures(text, PUBLISHED).figures[0])
    assert (line["value_low"], line["value_high"], line["vague"]) == (100, 999, True)
