"""Numbers whose noun is left out, lost or said in a list: one invented sentence for each way."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.read.figures.figure import Figure
from services.read.figures.flat import flat_line
from services.read.figures.reader import read_figures
from services.read.text import read_text


def figures(text: str) -> tuple[Figure, ...]:
    return read_figures(text, datetime(2024, 5, 6, tzinfo=UTC)).figures


def counted(text: str) -> list[tuple[float, str | None]]:
    return [(f.quantity.value, flat_line("a", text, f)["counted"]) for f in figures(text)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Of the 7,869 displaced, 6,142 are with relatives and 1,727 moved to a camp.", [7869, 6142, 1727]),
        ("In Oru, some 22,000 continue to live in camps.", [22_000]),
        ("The bureau estimated 10 million would be added to the rolls.", [10e6]),
        ("More than 200,000 filled the square.", [200_000]),
        ("At least seven have dropped out of the plan.", [7]),
        ("Of 30 people on board, 12 swam ashore.", [30, 12]),
        ("Thirty out of the 200 houses have been completed.", [30, 200]),
        ("Layoffs picked up, rising by 105,000, or 6.2%, to 1.8 million.", [105_000, 6.2, 1.8e6]),
        ("Oru's population grew by an astonishing 93,000 in a quarter.", [93_000]),
        ("The total number of uninsured is projected to remain around 30 million.", [30e6]),
        ("Confirmed cases of the virus reached at least 519,453 on Saturday.", [519_453]),
        ("It handled 7,000 cases in 2012 and settled 680 in 2013.", [7000, 680]),
        ("There were 227 raids this year, against 414 in 2013 and 230 the year before.", [227, 414, 230]),
        ("The bombings have taken the lives of scores most of them pupils.", [20]),
        ("The toll in Oru rose to 32 and more than 115 wounded persons most of them pupils.", [32, 115]),
        ("Death Toll in Blast Rises to 70 Tags terrorist attack", [70]),
    ],
)
def test_a_number_without_its_noun_is_still_a_count(text: str, values: list[float]) -> None:
    assert [value for value, _ in counted(text)] == values


@pytest.mark.parametrize(
    ("text", "nouns"),
    [
        ("75,000 – Estimated number of residents who left.", [(75_000, "residents")]),
        ("The forces captured16 villages.", [(16, "villages")]),
        ("6 dead31,739 people evacuated.", [(6, "people dead"), (31_739, "people")]),
        ("Most of the centres have closed; 10 have closed for good.", [(10, "centres")]),
        ("Two Ministry of Health workers were killed.", [(2, "workers")]),
        ("The plan means 23 million fewer people with a doctor.", [(23e6, "people")]),
        ("Lorries brought 570 kitchen sets.", [(570, "sets")]),
        ("Some 50 of the groups leaders met.", [(50, "leaders")]),
        ("Four children are among the 28 dead.", [(4, "children"), (28, "people dead")]),
        ("The rulers stole billions from the schools.", [(1e9, "money")]),
        ("The storm did billions in damage.", [(1e9, "money")]),
        ("They pumped millions more into it.", [(1e6, "money")]),
        ("He lost Sh 1 million.", [(1e6, "shillings")]),
        # "one more" counts again
        ("With one more person washed away, the toll is 20.", [(1, "person"), (20, "toll")]),
        ("One more soldier was killed.", [(1, "soldier")]),
        # a name in quote marks, and what describes on both sides of "and"
        ('It is guarded by three "Oru" armored vehicles.', [(3, "vehicles")]),
        ("Some 533 Oru oil exploration and production companies will fail.", [(533, "companies")]),
        # a handful of what newsrooms count
        ("The storm threw poles on several residences.", [(2, "residences")]),
        ("Several weapons caches were found.", [(2, "caches")]),
        # an explicit zero needs no "there were"
        ("Result: zero casualties in the north.", [(0, "casualties")]),
    ],
)
def test_what_is_counted_is_found(text: str, nouns: list[tuple[float, str]]) -> None:
    assert counted(text) == nouns


@pytest.mark.parametrize(
    "text",
    [
        "Ada Moreno, 45, swam ashore.",
        "In Oru 2005 saw floods.",
        "Get short URL 0 214 The town is quiet.",
        "The covid19 wards are full.",
        "The homeless population remains large.",
        "There is one more thing to say.",
    ],
)
def test_what_only_looks_like_a_bare_count_is_none(text: str) -> None:
    assert counted(text) == []


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The toll could reach as many as 200.", "feared"),
        ("The number of dead may rise to 300.", "feared"),
        ("The minister will send 400 soldiers.", "planned"),
    ],
)
def test_nobody_plans_the_dead(text: str, status: str) -> None:
    assert [f.counted.status for f in figures(text)] == [status]


def test_the_text_is_covered_by_the_words_of_each_figure() -> None:
    text = "75,000 – Estimated number of residents who left."
    (figure,) = figures(text)
    assert read_text(text).text[figure.start : figure.end] == "75,000 – Estimated number of residents"
