"""The day of an event and since when a toll is summed up, against a publication on Sunday 14 November 2021."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.read.figures.reader import read_figures

PUBLISHED = datetime(2021, 11, 14, 9, 30, tzinfo=UTC)


def read(text: str) -> list[tuple[str | None, str | None]]:
    """The day (ISO) and the window of each figure. The first sentence keeps a date from being the header's."""
    lead = "The council of Kiwa has spoken again of what happened in the town and of what is to be done there. "
    return [
        (figure.setting.as_of.date().isoformat() if figure.setting.as_of else None, figure.setting.window)
        for figure in read_figures(lead + text, PUBLISHED).figures
    ]


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("Some 900 people have been killed since an uprising against President Ora erupted in March 2011.", 1),
        ("Some 900 people have died since the region's conflict began with anti-tax demonstrations in March 2011.", 1),
        ("Some 900 have been killed since a popular revolt spiraled into a civil war in March 2011.", 1),
        ("A war broke out in March 2011 and has since claimed the lives of 900 people.", 1),
        ("The insurgency, which flared in March 2011, has killed 900 people.", 1),
        ("The ceasefire collapsed in March 2011 and 900 people have died.", 0),
    ],
)
def test_what_began_then_is_counted_since(text: str, window: int) -> None:
    assert read(text)[0] == ((None, "since 2011-03") if window else ("2011-03-15", None))


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("At least 129 were killed between mid-April, when fighting began, and July 26.", "2021-04 to 2021-07-26"),
        ("Some 77 people died between Tuesday morning, when it began, and Friday.", "2021-11-09 to 2021-11-12"),
        ("Some 80 people have been killed since a 5 September ceasefire came into place.", "since 2021-09-05"),
        ("Some 80 people have been killed since the unrest began two weeks ago.", "since 2021-10-31"),
        ("Some 80 people were killed, the worst violence since the unrest began two weeks ago.", None),
        ("Abuses have been denied since with an inquiry into 80 deaths in 2014 and 2015.", None),
    ],
)
def test_a_span_may_be_told_with_what_happened_at_its_ends(text: str, window: str | None) -> None:
    assert read(text)[0][1] == window


@pytest.mark.parametrize(
    "text",
    [
        "Police on Wednesday identified a man of 19 as the gunman who opened fire at a festival, killing three people.",
        "Authorities on Wednesday continued to investigate a shooting at a base that left three people dead.",
        "Mourners knelt before white crosses on Wednesday outside the school where ten people were killed.",
        "Leaders on Wednesday signed a deal to defuse a crisis that has left 40 people dead.",
        "Police obtained a warrant on Wednesday in their investigation of the deaths of eight patients.",
        "The singers met on Wednesday night at a memorial service for the 27 victims.",
        "The minister visited on Wednesday the village where 14 people had drowned.",
        "A court on Wednesday sentenced the driver who had killed six pedestrians.",
        "Envoys condemned on Wednesday a raid which had wounded 30 people.",
        "Families gathered Wednesday at a vigil for 12 people killed in the crash.",
    ],
)
def test_the_day_of_what_was_done_afterwards_is_not_the_events(text: str) -> None:
    assert [day for day, _ in read(text)] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "A bomb exploded in the market on Wednesday, killing 12 people.",
        "Gunmen on Wednesday stormed a hotel where 10 people were killed.",
        "The party called for an inquiry into the attack on Wednesday that killed four people.",
        "The envoy was freed on Wednesday in a much-criticized deal in which five rebels were released.",
        "On Wednesday the minister visited a camp where 3,000 people are living.",
        "Police on Wednesday arrested 12 people.",
    ],
)
def test_the_day_of_the_event_stays(text: str) -> None:
    assert read(text)[0][0] == "2021-11-10"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("There were two explosions Wednesday near the bridge. The blasts killed 30 people.", ["2021-11-10"]),
        ("Police call Wednesday's deadly attack terrorism. The gunman killed 30 sailors.", ["2021-11-10"]),
        ("A bus crashed on Wednesday. Its driver fled. 30 people were also hurt in the crash.", ["2021-11-10"]),
        ("A quake struck on Wednesday. Police said on Friday that 30 people died in the quake.", ["2021-11-10"]),
        ("Police on Friday identified the man who killed 30. He shot them on Wednesday.", ["2021-11-10"]),
        ("Police on Friday identified the man who killed 30. He moved here on Wednesday.", [None]),
        ("A quake struck on Wednesday. It was felt far away. Another 30 people fled.", [None]),
        ("A bomb went off on Wednesday and another on Friday. The blasts killed 30 people.", [None]),
        ("Raids struck on Wednesday. The strikes answered a rocket attack that killed 30 people.", [None]),
        ("The council votes on Wednesday's deal. The attack killed 30 people.", [None]),
    ],
)
def test_a_figure_has_the_day_of_the_event_it_speaks_of_again(text: str, days: list[str | None]) -> None:
    assert [day for day, _ in read(text)][-1:] == days


@pytest.mark.parametrize(
    "text",
    [
        "He opened fire at a church in Kiwa, Nov. 10, and killed 26 people and wounded 20 others.",
        "The bombs killed three and wounded more than 160 at the race on Wednesday.",
        "The storm killed 30, injuring more than 100, on Wednesday.",
    ],
)
def test_a_day_holds_for_all_that_one_subject_did(text: str) -> None:
    assert [day for day, _ in read(text)] == ["2021-11-10"] * 2


def test_a_virus_named_by_its_year_dates_nothing() -> None:
    assert read("The illness, or 2019-nCoV, has killed 38 people.") == [(None, None)]
