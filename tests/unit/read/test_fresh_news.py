"""Classes of sentences met in news drawn at random, that no rule had been written on: what is counted and where."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.read.entities import find_mentions
from services.read.figures.figure import Figure
from services.read.figures.reader import read_figures

PUBLISHED = datetime(2021, 11, 14, tzinfo=UTC)


def figures(text: str) -> list[Figure]:
    return list(read_figures(text, PUBLISHED, find_mentions(text)).figures)


def told(text: str) -> list[tuple[float, str | None, str]]:
    """Value, noun and metric of each figure."""
    return [(f.quantity.value, f.counted.noun, f.counted.metric.value) for f in figures(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Some 40,000 Thais have been affected by floods.", (40_000, "Thais", "other")),
        ("Two Thais were killed in Oru.", (2, "Thais", "deaths")),
        ("Hail hit 900 mu of rice in Oru.", (900, "mu", "other")),
        ("Hail hit 900 ha of rice in Oru.", (900, "ha", "other")),
        ("Some 184 families were affected and evacuated.", (184, "families", "displaced")),
        ("The fire spread fast, consuming five residences.", (5, "residences", "homes_damaged")),
        ("A flash flood tore down 14 houses.", (14, "houses", "homes_damaged")),
        ("The cut will drain billions in consumer spending.", (1e9, None, "money")),
        ("The war left millions in poverty.", (1e6, None, "other")),
        ("Some 184 families were affected.", (184, "families", "other")),
    ],
)
def test_what_is_counted(text: str, found: tuple[float, str | None, str]) -> None:
    assert told(text) == [found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Flood inundated 336 houses and 20 ha of crops.", ["homes_damaged", "other"]),
        ("Some 184 people were affected and 20 killed.", ["other", "deaths"]),
        ("The number-two man in the cartel was killed.", []),
        ("There were no victims.", ["casualties"]),
        ("The army said that no casualties resulted.", ["casualties"]),
        ("No injuries have occurred.", ["injured"]),
        ("No reports of victims came in.", []),
        ("No casualties have", []),
    ],
)
def test_what_happened(text: str, found: list[str]) -> None:
    assert [metric for _, _, metric in told(text)] == found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The number of refugees was cut to 890,000 from a previous estimate of 1.1 million.", 1.1e6),
        ("The office cut the number of dead to 310 from an earlier count of 450.", 450),
        ("Oru raised the number of jobs lost to 890,000 from an initial estimate of 700,000.", 700_000),
        ("Some 20 families were moved, up from an earlier figure of 12.", 12),
    ],
)
def test_an_estimate_that_was_put_right_is_an_earlier_number(text: str, value: float) -> None:
    _, before = figures(text)
    assert (before.quantity.value, before.counted.role) == (value, "previous")


def test_an_estimate_of_what_nobody_counted_is_none() -> None:
    assert figures("It is down from a previous estimate of 1.1 million.") == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Rain fell in Niger. Some US$ 207 million of US$ 376 million is there.", "in Niger"),
        ("A bomb went off in Homs. According to reports received in Beirut, nine people were killed.", "in Homs"),
        ("A bomb went off in Homs. News reaching Beirut said that nine people were killed.", "in Homs"),
        ("Rain fell in Homs. Nine people spoke at a town hall meeting.", "in Homs"),
        ("Nine people died in the farm.", "in the farm"),
    ],
)
def test_money_news_and_halls_are_no_places(text: str, place: str) -> None:
    assert figures(text)[-1].setting.place == place
