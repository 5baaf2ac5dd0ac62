"""Hedges, ranges and money to intervals (rules.md R2)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.read.figures.figure import Quantity
from services.read.figures.reader import read_figures

PUBLISHED = datetime(2021, 11, 14, tzinfo=UTC)


def quantity(text: str) -> Quantity:
    figures = read_figures(text, PUBLISHED).figures
    assert len(figures) == 1, figures
    return figures[0].quantity


@pytest.mark.parametrize(
    ("words", "bound", "low", "high"),
    [
        ("25", "exact", 25, 25),
        ("2,000", "exact", 1800, 2200),
        ("2.0 million", "exact", 1_950_000, 2_050_000),
        ("about 2,000", "approx", 1800, 2200),
        ("an estimated 20", "approx", 19, 21),
        ("nearly 2,000", "approx", 1800, 2000),
        ("a little under 300", "approx", 270, 300),
        ("at least 25", "lower", 25, None),
        ("more than a dozen", "lower", 12, None),
        ("at least another 30", "lower", 30, None),
        ("100 or more", "lower", 100, None),
        ("100-plus", "lower", 100, None),
        ("up to 300", "upper", 0, 300),
        ("up to 50 or 60", "upper", 0, 60),
        ("as many as 300", "upper", 0, 300),
        ("fewer than 300", "upper", 0, 300),
        ("between 3,000 and 4,000", "range", 3000, 4000),
        ("3,000–4,000", "range", 3000, 4000),
        ("3-4,000", "range", 3000, 4000),
        ("20-30,000", "range", 20_000, 30_000),
        ("2 to 3 million", "range", 2_000_000, 3_000_000),
        ("two or three", "range", 2, 3),
        ("from 3,000 to 4,000", "range", 3000, 4000),
        ("dozens of", "vague", 12, 99),
        ("tens of thousands of", "vague", 10_000, 99_999),
        ("several thousand", "vague", 2000, 9000),
        ("hundreds, perhaps thousands of", "vague", 100, 9999),
        ("scores of", "vague", 20, 199),
        ("as high as 350", "upper", 0, 350),
        ("north of 350", "lower", 350, None),
        ('around "600', "approx", 550, 650),
        ("400 or even more", "lower", 400, None),
    ],
)
def test_the_words_make_the_interval(words: str, bound: str, low: float, high: float | None) -> None:
    read = quantity(f"They said {words} people were killed.")
    assert (read.bound, read.low, read.high) == (bound, low, high)


def test_there_are_up_to_is_a_ceiling_and_ticked_up_to_a_number() -> None:
    assert quantity("There are up to 3,000 soldiers in the camp.").bound == "upper"
    assert quantity("There are now up to 3,000 soldiers in the camp.").bound == "upper"
    assert quantity("The death toll is up to 49.").bound == "exact"


def test_a_vague_plural_is_soft_only_upwards() -> None:
    read = quantity("Hundreds of people were killed.")
    assert (read.soft_low, read.soft_high) == (False, True)


def test_the_modifier_is_kept_as_written() -> None:
    assert quantity("Approximately 2,000 people were killed.").modifier == "Approximately"
    assert quantity("It killed between 30 and 40 people.").modifier == "between"


@pytest.mark.parametrize(
    ("words", "currency", "value"),
    [
        ("$1.18bn", "USD", 1_180_000_000),
        ("US$5 million", "USD", 5_000_000),
        ("US $15,000", "USD", 15_000),
        ("$US1.83 million", "USD", 1_830_000),
        ("$A29 billion", "AUD", 29_000_000_000),
        ("NT$300", "TWD", 300),
        ("sh50 million", "KES", 50_000_000),
        ("50,000 Ruritanian dollars", "XXX", 50_000),
        ("5 million euros", "EUR", 5_000_000),
        ("Rs. 500", "INR", 500),
        ("CHF 400,000", "CHF", 400_000),
        ("$2 million to $3 million", "USD", 2_000_000),
        ("K230,000", "ZMW", 230_000),
        ("Sh150,000", "KES", 150_000),
        ("Sh4.48Billion", "KES", 4_480_000_000),
        ("N500 million", "NGN", 500_000_000),
        ("500 Iraqi dinars", "IQD", 500),
        ("a 5-million-dollar loan", "USD", 5_000_000),
    ],
)
def test_money_has_its_currency(words: str, currency: str, value: float) -> None:
    read = quantity(f"The damage cost {words} in all.")
    assert (read.currency, read.value) == (currency, value)


def test_a_letter_before_few_digits_is_no_currency() -> None:
    assert read_figures("They put on N95 masks in R2 with a Mk19 and a K9.", PUBLISHED).figures == ()


def test_a_rise_by_some_to_far_more_is_a_change_and_no_range() -> None:
    change, now = read_figures(
        "The number of refugees spiked by more than 21,000 to nearly 130,000.", PUBLISHED
    ).figures
    assert (change.quantity.low, now.quantity.high) == (21_000, 130_000)
    assert quantity("It grew by 200 to 300 soldiers.").bound == "range"


def test_a_floor_belongs_to_the_number_behind_it() -> None:
    assert quantity("Views 67 At least 45 people were killed.").low == 45


def test_over_before_an_article_is_a_place_and_no_floor() -> None:
    assert quantity("They talked over the 2,000 refugees.").bound == "exact"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Shares fell 8.4 percent to 210.60 dollars.", [(8.4, 8.4), (210.6, 210.6)]),
        ("Sales jumped 12 percent to $3.4 billion.", [(12, 12), (3.4e9, 3.4e9)]),
        ("Oil fell 2.3% to $71.04.", [(2.3, 2.3), (71.04, 71.04)]),
        ("Between 30 people and 40 people died.", [(30, 40)]),
        # near misses
        ("Some 5 to 7 percent of homes burned.", [(5, 7)]),
        ("It cost 100 to 200 dollars.", [(100, 200)]),
        ("Between 30 people and 40 soldiers died.", [(30, 30), (40, 40)]),
    ],
)
def test_a_range_has_one_unit(text: str, found: list[tuple[float, float]]) -> None:
    read = [figure.quantity for figure in read_figures(text, PUBLISHED).figures]
    assert [(one.stated_low, one.stated_high) for one in read] == found
