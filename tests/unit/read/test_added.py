"""Additions, parts of a whole, exceptions, what only may be, and rates: none of them is read as a total of its own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.read.figures.figure import Figure
from services.read.figures.reader import read_figures

PUBLISHED = datetime(2021, 11, 14, tzinfo=UTC)


def figures(text: str) -> list[Figure]:
    return list(read_figures(text, PUBLISHED).figures)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The blast killed 7 more people in Oru.", ["change"]),
        ("Officials reported 45 new deaths on Tuesday.", ["change"]),
        ("The ministry counted 2,000 new cases and 45 fresh deaths.", ["change", "change"]),
        ("An additional 200 people were injured, raising the number of injured to 1,450.", ["change", "total"]),
        ("Three died in hospital, taking the toll to 21.", ["change", "total"]),
        ("Another 12 bodies were found, bringing the death toll to 46.", ["change", "total"]),
        ("The number of deaths rose 300 to 4,300.", ["change", "total"]),
        ("There were 300 more deaths than last week.", ["change"]),
        ("Yesterday's toll of 30 rose to 46.", ["previous", "total"]),
        # near misses
        ("The blast killed six people and wounded 30 more.", ["total", "total"]),
        ("A blast killed six people. Thirty more were wounded.", ["total", "total"]),
        ("More than 40 people died.", ["total"]),
        ("No more than 30 people died.", ["total"]),
        ("Twelve new homes were destroyed.", ["total"]),
        ("In the past 24 hours 45 new deaths were reported.", ["total"]),
        ("It killed 40 people, bringing the death toll of the war to 900.", ["total", "total"]),
        ("At least 40 people died, bringing the number of arrests to 100.", ["total", "total"]),
    ],
)
def test_what_adds_to_a_count_is_no_total(text: str, found: list[str]) -> None:
    assert [figure.counted.role for figure in figures(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "1,200 of the town's 9,000 residents were displaced.",
            [(1200, "displaced", "total"), (9000, "other", "total")],
        ),
        ("100,000 of the city's 400,000 residents have fled.", [(1e5, "displaced", "total"), (4e5, "other", "total")]),
        ("It destroyed 120 of the village's 150 homes.", [(120, "homes_damaged", "total"), (150, "other", "total")]),
        ("About two dozen of the roughly 80 houses burned.", [(24, "homes_damaged", "total"), (80, "other", "total")]),
        ("Eighty per cent of the 4,000 homes were flattened.", [(80, "other", "subset"), (4000, "other", "total")]),
        ("More than half of the 200 passengers survived.", [(200, "other", "total")]),
        ("Of its 9,000 residents, 1,200 were displaced.", [(9000, "other", "total"), (1200, "displaced", "subset")]),
        # near misses: what stands inside the whole's own phrase is the whole's
        ("Nine of the 86 people killed were nurses.", [(9, "deaths", "subset"), (86, "deaths", "total")]),
        ("Nine of the 86 dead were nurses.", [(9, "deaths", "subset"), (86, "deaths", "total")]),
        ("Of the 86 people killed, nine were nurses.", [(86, "deaths", "total"), (9, "other", "subset")]),
        ("The bodies of the 40 miners were found.", [(40, "deaths", "total")]),
    ],
)
def test_the_part_takes_what_is_told_behind_the_whole(text: str, found: list[tuple[float, str, str]]) -> None:
    assert [(one.quantity.value, one.counted.metric.value, one.counted.role) for one in figures(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("None of the 62 passengers survived.", [(0, "rescued"), (62, "other")]),
        ("None of the town's 200 workers was injured.", [(0, "injured"), (200, "other")]),
        ("None of the 40 homes was damaged.", [(0, "homes_damaged"), (40, "other")]),
        ("All but three of the 67 passengers were killed.", [(3, "other"), (67, "other")]),
        ("Everyone except two children was killed.", [(2, "other")]),
        # near misses
        ("Last but not least, 12 people were killed.", [(12, "deaths")]),
        ("All 12 miners were killed but three guards survived.", [(12, "deaths"), (3, "rescued")]),
    ],
)
def test_none_of_and_all_but_turn_the_fact_round(text: str, found: list[tuple[float, str]]) -> None:
    assert [(one.quantity.value, one.counted.metric.value) for one in figures(text)] == found


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The fire could have killed 400 people.", "planned"),
        ("If the dam fails, up to 40,000 people could be displaced.", "planned"),
        ("Some 3,000 people could die.", "planned"),
        ("Schools will close if more than 500 cases are reported.", "planned"),
        ("The institute predicts 60,000 deaths in Oru.", "planned"),
        ("Projections have always been between 1,000 and 2,400 lives lost.", "planned"),
        ("The virus will account for 1,350 deaths in Oru.", "planned"),
        ("The death toll could be over 2,000 by September.", "planned"),
        ("Some 500 soldiers will be sent to Oru.", "planned"),
        ("The ship could carry 300 soldiers.", "planned"),
        ("The firm will cut 3,000 jobs.", "planned"),
        ('"We\'ll spend $40 million on the port," the mayor said.', "planned"),
        ("The minister said they’ll send 400 soldiers.", "planned"),
        ("The minister said they sent 400 soldiers.", "asserted"),
        # near misses
        ("Soldiers could have been killed, but 12 people died.", "asserted"),
        ("Asked if he would resign, he said 40 people had died.", "asserted"),
        ("If the murder of 20 children changes nothing, he said.", "asserted"),
        ("The storm killed 40 people and could reach Oru.", "asserted"),
        ("Forecasters predicted more rain as floods killed 30 people.", "asserted"),
        ("The storm, forecast to grow, killed 12 people.", "asserted"),
        ("Forty people may have died.", "feared"),
        ("Fear spread after 12 people were killed.", "asserted"),
    ],
)
def test_a_condition_or_possibility_is_not_asserted(text: str, status: str) -> None:
    assert figures(text)[0].counted.status == status


def test_a_fear_does_not_colour_the_number_of_another_clause() -> None:
    statuses = [one.counted.status for one in figures("Dozens are feared dead after a ferry carrying 250 people sank.")]
    assert statuses == ["feared", "asserted"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Some 3,000 refugees a day arrive in Oru.", ("flow", "per day")),
        ("Some 1,500 people a year die on the roads.", ("flow", "per year")),
        ("It killed 900 people in April alone.", ("flow", "2021-04")),
        # near misses
        ("Twelve people died a day later.", ("cumulative", None)),
        ("Some 40 people died a week after the storm.", ("cumulative", None)),
        ("In April 900 people died.", ("cumulative", None)),
    ],
)
def test_a_rate_is_a_flow(text: str, found: tuple[str, str | None]) -> None:
    (one,) = figures(text)
    assert (one.counted.kind, one.setting.window) == found


def test_deaths_per_inhabitants_are_no_deaths_and_what_they_are_counted_on_no_figure() -> None:
    (one,) = figures("There were 34 deaths per 100,000 people.")
    assert (one.quantity.value, one.counted.metric.value) == (34, "other")


@pytest.mark.parametrize(
    "text",
    [
        "They had 204 cases and 33 deaths in the past 24 hours, taking the total to 54,321 cases and 1,987 deaths.",
        "The ministry said 33 people died in the last 24 hours, bringing the death toll to 1,987.",
        "The death toll rose to 1,987 with 33 deaths in the past 24 hours.",
    ],
)
def test_the_hours_of_what_was_added_are_not_those_of_the_sum(text: str) -> None:
    read = {one.quantity.value: (one.counted.kind, one.setting.window) for one in figures(text)}
    assert read[33] == ("flow", "last 24 hours")
    assert read[1987] == ("cumulative", None)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("11 were killed, among them two nurses, and 27 wounded.", ["total", "subset", "total"]),
        ("It killed 10 people, including five women and three children.", ["total", "subset", "subset"]),
    ],
)
def test_a_list_of_parts_ends_where_something_else_happened(text: str, found: list[str]) -> None:
    assert [one.counted.role for one in figures(text)] == found


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("Organisers put attendance at 92,000.", "crowd"),
        ("Police put the turnout at the march at 8,000.", "crowd"),
        ("They marched in Oru. Police said 8,000 took part.", "crowd"),
        ("Turnout in the vote was 2 million.", "other"),
        ("Police said 8,000 took part in the survey.", "other"),
    ],
)
def test_how_many_came_to_a_march_is_its_crowd(text: str, metric: str) -> None:
    assert figures(text)[0].counted.metric.value == metric


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("46 – people killed; 120 – people hurt.", [(46, "deaths"), (120, "injured")]),
        ("It sent 14 Leopard 2 tanks to Oru.", [(14, "other")]),
        ("In Oru 2 tanks were destroyed.", [(2, "other")]),
    ],
)
def test_an_item_of_a_list_and_a_model_end_where_they_end(text: str, found: list[tuple[float, str]]) -> None:
    assert [(one.quantity.value, one.counted.metric.value) for one in figures(text)] == found


def test_a_percentage_behind_a_name_is_no_part_of_it() -> None:
    (one,) = figures("Inflation in Oru 47.9%, the bureau said.")
    assert one.quantity.percent
