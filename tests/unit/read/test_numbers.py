"""The number grammar: words and digits to values."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.read.figures.line import Line
from services.read.figures.numbers import Numeral, candidates, numeral_at
from services.read.figures.reader import read_figures
from services.read.text import read_text


def first_numeral(text: str) -> Numeral:
    document = read_text(text)
    line = Line(document, document.sentences[0])
    return next(n for i in candidates(document) if (n := numeral_at(line, i)) is not None)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2,000 people", 2000),
        ("2000 people", 2000),
        ("150 000 people", 150_000),
        ("20,00,000 people", 2_000_000),
        ("41.6 thousand attempts", 41_600),
        ("5.51 million refugees", 5_510_000),
        ("1,5 million refugees", 1_500_000),
        ("$1.18bn", 1_180_000_000),
        ("$2.3m", 2_300_000),
        ("10k people", 10_000),
        ("5 lakh people", 500_000),
        ("twenty-three people", 23),
        ("one hundred and five people", 105),
        ("nine hundred and twenty-one families", 921),
        ("two hundred thousand three hundred and four", 200_304),
        ("two and a half million people", 2_500_000),
        ("a dozen men", 12),
        ("two dozen men", 24),
        ("half a dozen men", 6),
        ("half a million people", 500_000),
        ("a quarter of a million people", 250_000),
        ("three quarters of a million people", 750_000),
        ("three-quarters of a billion dollars", 750_000_000),
        ("two thirds of a million people", 666_667),
        ("a hundred and five people", 105),
        ("over thousand people", 1000),
        ("TWENTY-THREE PEOPLE", 23),
        ("10, 000 families", 10_000),
        ("a half-dozen men", 6),
        ("half-dozen men", 6),
        ("Sh891million", 891_000_000),
    ],
)
def test_a_number_is_read_however_it_is_written(text: str, value: float) -> None:
    assert first_numeral(text).value == value


@pytest.mark.parametrize(
    ("text", "word", "scale"),
    [
        ("hundreds of people", "hundreds", 1),
        ("tens of thousands of people", "tens", 1000),
        ("hundreds of thousands of people", "hundreds", 1000),
        ("several hundred people", "several", 100),
        ("a few thousand people", "few", 1000),
        ("a couple of dozen people", "couple", 12),
        ("scores of people", "scores", 1),
        ("scores have perished", "scores", 1),
        ("scores more wounded", "scores", 1),
        ('"tens" of people', "tens", 1),
    ],
)
def test_a_vague_number_keeps_its_word_and_unit(text: str, word: str, scale: float) -> None:
    numeral = first_numeral(text)
    assert (numeral.vague, numeral.scale) == (word, scale)


def test_zeros_behind_a_point_make_a_number_no_rounder() -> None:
    assert first_numeral("2.0 million people").granule == 100_000


@pytest.mark.parametrize("text", ["The scores fell.", "Test scores have fallen.", "He had scores to settle."])
def test_test_scores_are_no_vague_plural(text: str) -> None:
    document = read_text(text)
    line = Line(document, document.sentences[0])
    assert all(numeral_at(line, i) is None for i in candidates(document))


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("Some 3½ million people fled.", "Some 3½ million people", 3_500_000),
        ("About ½ million people fled.", "About ½ million people", 500_000),
        ("At least 1\u200b200 people died.", "At least 1\u200b200 people", 1200),
        ("At least 1,\u200b200 people died.", "At least 1,\u200b200 people", 1200),
        ("At least 1&nbsp;200 people died.", "At least 1&nbsp;200 people", 1200),
        ("At least \u200b20 people died.", "At least \u200b20 people", 20),
        ("At least twen\u00adty peo\u00adple died.", "At least twen\u00adty peo\u00adple", 20),
    ],
)
def test_fractions_of_one_character_and_characters_nobody_sees(text: str, words: str, value: float) -> None:
    (figure,) = read_figures(text, datetime(2021, 11, 14, tzinfo=UTC)).figures
    assert (text[figure.start : figure.end], figure.quantity.value) == (words, value)
