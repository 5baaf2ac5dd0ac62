"""What happened said in several words, and tallies that need no verb: value, metric and role of each figure."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.read.figures.reader import read_figures

PUBLISHED = datetime(2021, 11, 14, 9, 30, tzinfo=UTC)


def told(text: str) -> list[tuple[float, str]]:
    return [(figure.quantity.value, figure.counted.metric.value) for figure in read_figures(text, PUBLISHED).figures]


def roles(text: str) -> list[tuple[float, str]]:
    return [(figure.quantity.value, figure.counted.role) for figure in read_figures(text, PUBLISHED).figures]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("At least 3,800 people have tested positive in Veronia.", [(3800, "cases")]),
        ("Veronia reported 3,800 positive tests.", [(3800, "cases")]),
        ("Some 3,800 people were diagnosed with measles.", [(3800, "cases")]),
        ("Some 3,800 people have caught the virus.", [(3800, "cases")]),
        ("The town has 45 people with the virus.", [(45, "cases")]),
        ("Twelve people with the virus died.", [(12, "deaths")]),
        ("Twelve doctors treated patients with Ebola.", [(12, "other")]),
        ("Three guards were fatally shot.", [(3, "deaths")]),
        ("At least 40 villagers were taken hostage.", [(40, "hostages")]),
        ("Some 40 protesters were being held.", [(40, "detained")]),
        ("Twelve meetings were held in May.", [(12, "other")]),
        ("Police rounded up 40 people.", [(40, "detained")]),
        ("Rescuers pulled 12 people from the rubble.", [(12, "rescued")]),
        ("Three people were killed and nine were pulled from the rubble.", [(3, "deaths"), (9, "rescued")]),
        ("The bomb killed three people and left 26 others with injuries.", [(3, "deaths"), (26, "injured")]),
        ("The crash sent 12 people to hospital.", [(12, "injured")]),
        ("More than 20 villagers suffered from suffocation.", [(20, "injured")]),
        ("The fire left 40 families without homes.", [(40, "displaced")]),
        ("Some 40 houses were reduced to rubble.", [(40, "homes_damaged")]),
        ("A total of 15 people fell victim to the bombing.", [(15, "deaths")]),
        ("Twelve people fell victim to fraud.", [(12, "other")]),
        ("Three million Veronians have become refugees.", [(3e6, "refugees")]),
    ],
)
def test_what_happened_is_read_of_words_that_tell_it_together(text: str, found: list[tuple[float, str]]) -> None:
    assert told(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Confirmed cases: 240,000. Deaths: 6,000.", [(240_000, "cases"), (6000, "deaths")]),
        ("Cases in the province rose to 92.", [(92, "cases")]),
        ("In many cases fines rose to 86.", []),
        ("Virus deaths pass 2,000 as cases near 125,000", [(2000, "deaths"), (125_000, "cases")]),
        ("Virus deaths in Oru top 1,000", [(1000, "deaths")]),
        ("Veronian bombing toll almost 150", [(150, "deaths")]),
        ("The body count rose to 44.", [(44, "deaths")]),
        ("The death count is now above 53,000.", [(53_000, "deaths")]),
        ("The number of people who have died has risen to 31.", [(31, "deaths")]),
        ("The number of those detained rose to 1,300.", [(1300, "detained")]),
        ("Veronia has the most confirmed cases, with over 82,000.", [(82_000, "cases")]),
        ("Raids kill 21 hundreds flee", [(21, "deaths"), (100, "displaced")]),
    ],
)
def test_a_tally_is_read_without_a_verb_of_harm(text: str, found: list[tuple[float, str]]) -> None:
    assert told(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The number of fatalities climbed by 12 to 31.", [(12, "change"), (31, "total")]),
        ("The number of cases rose by 1,200 to 3,400.", [(1200, "change"), (3400, "total")]),
        ("Among the 86 dead were 12 children.", [(86, "total"), (12, "subset")]),
        ("Of the 86 people killed 12 were nurses.", [(86, "total"), (12, "subset")]),
        ("Of the 86 infected, 12 have died.", [(86, "total"), (12, "total")]),
    ],
)
def test_an_addition_and_a_part_are_told_from_the_count(text: str, found: list[tuple[float, str]]) -> None:
    assert roles(text) == found
