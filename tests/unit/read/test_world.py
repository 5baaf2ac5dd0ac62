"""A figure of the whole world is of no country, whatever the text is about. Each text marks it with [ ]."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.read.entities import find_mentions
from services.read.figures.reader import read_figures

PUBLISHED = datetime(2021, 11, 14, tzinfo=UTC)


def scopes(marked: str) -> list[tuple[str | None, tuple[str, ...]]]:
    """Scope and places of each [figure]."""
    text = marked.replace("[", "").replace("]", "")
    starts, gone = [], 0
    for at, letter in enumerate(marked):
        if letter == "[":
            starts.append(at - gone)
        gone += letter in "[]"
    figures = read_figures(text, PUBLISHED, find_mentions(text)).figures
    return [
        next((f.setting.scope, f.setting.places) for f in figures if f.quantity.start <= start < f.quantity.end)
        for start in starts
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The virus, first seen in Peru, has infected more than [4.7 million] people globally.",
        "In Peru the ministry is worried. The virus has killed [85,000] people worldwide.",
        "Peru waits. There are [26 million] refugees around the world.",
        "Peru waits. Worldwide, [26 million] people had to flee.",
        "Across the globe [26 million] people had to flee, some of them in Peru.",
        "It has infected [4.7 million] people globally and killed over [315,000].",
        "Peru waits. The death toll worldwide passed [300,000] on Monday.",
        "Peru waits. The worldwide death toll is [300,000].",
        "Peru counts [120,000] deaths and nearly [2 million] cases worldwide.",
    ],
)
def test_the_world_is_the_place(text: str) -> None:
    assert set(scopes(text)) == {("world", ("Q2",))}


@pytest.mark.parametrize(
    "text",
    [
        "Peru has counted [200,000] cases, the most in the world.",
        "[300] people died in Lima, and 2,000 worldwide.",
        "It has killed 315,000 people globally and [300] in Peru.",
        "The virus spread worldwide and killed [12] people in Lima.",
        "The world watches as [300] people starve in Lima.",
    ],
)
def test_a_figure_of_a_country_stays_its(text: str) -> None:
    assert all(scope != "world" for scope, _ in scopes(text))
