"""A second voice's number that names nothing: what it counts, and whose it is."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.read.figures.reader import read_figures

PUBLISHED = datetime(2026, 11, 20, tzinfo=UTC)


def told(text: str) -> list[tuple[float, str, str | None]]:
    found = read_figures(text, PUBLISHED).figures
    return [(figure.quantity.value, figure.counted.metric.value, figure.speaker.name) for figure in found]


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("Police said 52 people were killed, against 90 according to residents.", "Police", "residents"),
        ("Police said 52 people were killed and 90 according to residents.", "Police", "residents"),
        ("There were 52 dead, against 90 claimed by residents.", None, "residents"),
        ("Police said 52 people were killed; residents, 90.", "Police", "residents"),
        ("Police put the toll at 52, residents at 90.", "Police", "residents"),
        ("The army said 52 men died and the police 90.", "army", "police"),
        ("Police said 52 people were killed. Residents spoke of 90.", "Police", "Residents"),
        ("Police said 52 people were killed, but residents say the real figure is 90.", "Police", "residents"),
        ("Police said 52 people were killed, but residents said it was more like 90.", "Police", "residents"),
        ("Rebels said the toll was 52, below the government's figure of 90.", "Rebels", "government"),
        ("Rebels put the toll at 52, below the official count of 90.", "Rebels", "official count"),
    ],
)
def test_each_of_two_numbers_set_side_by_side_has_its_own_voice(text: str, first: str | None, second: str) -> None:
    assert told(text) == [(52, "deaths", first), (90, "deaths", second)]


def test_one_source_behind_two_counts_speaks_for_both() -> None:
    text = "The blast killed 12 soldiers and wounded 30, according to residents."
    assert told(text) == [(12, "deaths", "residents"), (30, "injured", "residents")]


def test_a_place_has_a_toll_and_does_not_give_it() -> None:
    assert told("Police said Osmia's death toll of 52 was the highest ever.") == [(52, "deaths", "Police")]


@pytest.mark.parametrize(
    "text",
    [
        "Five people died on June 5 and 6, according to police.",
        "Police said 5 people died. They spoke for 20 minutes.",
        "Police said 5 people died, and the trial is set for May 90.",
    ],
)
def test_no_count_is_made_of_a_date_or_a_duration(text: str) -> None:
    assert [value for value, _, _ in told(text)] == [5]


def test_the_figure_a_note_corrects_is_former_and_the_right_one_a_correction() -> None:
    text = "An earlier version of this story said 46 people had died. The correct figure is 36."
    old, new = read_figures(text, PUBLISHED).figures
    assert (old.counted.role, old.speaker.name) == ("previous", None)
    assert (new.quantity.value, new.counted.metric.value, new.counted.status) == (36, "deaths", "correction")
