"""Spans a count covers, by their length or as a part of a year, against a publication on Sunday 14 November 2021."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.read.figures.reader import read_figures

PUBLISHED = datetime(2021, 11, 14, 9, 30, tzinfo=UTC)


def windows(text: str, published: datetime = PUBLISHED) -> list[str | None]:
    """The window of each figure of a text."""
    return [figure.setting.window for figure in read_figures(text, published).figures]


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("The ministry reported 33 deaths in 24 hours.", "last 24 hours"),
        ("The ministry reported 33 deaths within 48 hours.", "last 48 hours"),
        ("The ministry reported 33 deaths in the 24 hours to Saturday.", "last 24 hours"),
        ("The clinic counted 33 deaths in a 24-hour period.", "last 24 hours"),
        ("Raids killed 33 people in just three days.", "last 3 days"),
        ("Raids killed 33 people over the course of two weeks.", "last 2 weeks"),
        ("Floods killed 33 people in a single day.", "last 24 hours"),
        ("Some 33 people died in less than two days.", "last 2 days"),
        ("In two days of fighting, 33 people were killed.", "last 2 days"),
        ("Some 33 people have died in one week.", "last 7 days"),
    ],
)
def test_a_length_is_the_window_of_what_happened_in_it(text: str, window: str) -> None:
    assert windows(text) == [window]


@pytest.mark.parametrize(
    "text",
    [
        "Aid for 33 people will arrive in two weeks.",
        "Some 33 people were told to leave within 48 hours.",
        "The third attack in two days killed 33 people.",
        "The firm hired 33 workers, the most in nine months.",
        "Some 33 people have been missing for two days.",
        "War has killed 33 people in seven years.",
        "Within two weeks of the storm 33 families returned.",
        "The river rose by 90 cm in two days and drove out 33 families.",
        "Some 33 people fled in the days before the storm.",
        "Some 33 people came back in two days' time.",
    ],
)
def test_a_length_to_come_or_of_something_else_is_no_window(text: str) -> None:
    assert windows(text) == [None]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Some 33 deaths in 24 hours brought the toll to 1,987.", ["last 24 hours", None]),
        ("Some 33 deaths in the past 24 hours took the national total to 1,987.", ["last 24 hours", None]),
        ("Raids killed 12 people, bringing the number killed in 24 hours to 45.", [None, "last 24 hours"]),
        ("A raid killed 12 people, raising the total of those killed in two days to 45.", [None, "last 2 days"]),
    ],
)
def test_the_hours_of_what_was_added_are_not_those_of_the_sum(text: str, found: list[str | None]) -> None:
    assert windows(text) == found


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("In the first six months of 2019, 33 people died.", "2019-01 to 2019-06"),
        ("In the first half of the year, 33 people died.", "2021-01 to 2021-06"),
        ("In the second half of last year, 33 people died.", "2020-07 to 2020-12"),
        ("The firm cut 300 jobs in the third quarter of 2019.", "2019-07 to 2019-09"),
        ("The firm cut 300 jobs in the fourth quarter.", "2020-10 to 2020-12"),
        ("Floods this summer killed 33 people.", "2021 summer"),
        ("Fires killed 33 people last spring.", "2021 spring"),
        ("Avalanches killed 33 people last winter.", "2020 winter"),
        ("The office counted 33 deaths between December 2015 and April 2017.", "2015-12 to 2017-04"),
        ("The office counted 33 deaths between December and April 2017.", "2016-12 to 2017-04"),
        ("The team trailed for most of the first half as 33 fans watched.", None),
    ],
)
def test_a_part_of_a_year_is_not_the_year(text: str, window: str | None) -> None:
    assert windows(text) == [window]


@pytest.mark.parametrize(("month", "window"), [(2, "2021 winter"), (12, "2022 winter")])
def test_a_winter_is_of_the_year_it_began_in(month: int, window: str) -> None:
    day = datetime(2022, month, 20, tzinfo=UTC)
    assert windows("Avalanches killed 33 people this winter.", day) == [window]
