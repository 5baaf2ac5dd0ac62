"""When a figure holds, against a publication on Sunday 14 November 2021."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.read.figures.reader import read_figures
from services.read.figures.settings.when import expressions_in
from services.read.text import read_text

PUBLISHED = datetime(2021, 11, 14, 9, 30, tzinfo=UTC)


def times(text: str, published: datetime = PUBLISHED) -> tuple[list[str], list[str]]:
    """The days (ISO) and the windows of a text."""
    document = read_text(text)
    found = [e for s in document.sentences for e in expressions_in(document.tokens, s, published)]
    return [e.as_of.date().isoformat() for e in found if e.as_of], [e.window for e in found if e.window]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Some 20 died on November 8.", "2021-11-08"),
        ("Some 20 died on 8 November.", "2021-11-08"),
        ("Some 20 died on Nov. 8, 2019.", "2019-11-08"),
        ("Some 20 died on the 8th of November.", "2021-11-08"),
        ("Some 20 died on December 8.", "2020-12-08"),
        ("Some 20 died on Thursday.", "2021-11-11"),
        ("Some 20 died on Sunday.", "2021-11-14"),
        ("Some 20 died on Saturday, November 13.", "2021-11-13"),
        ("Some 20 died last Friday.", "2021-11-12"),
        ("Some 20 died yesterday.", "2021-11-13"),
        ("Some 20 died last night.", "2021-11-13"),
        ("Some 20 died two days ago.", "2021-11-12"),
        ("Some 20 died last week.", "2021-11-07"),
        ("Some 20 died last month.", "2021-10-15"),
        ("Some 20 died in March.", "2021-03-15"),
        ("Some 20 died in 2015.", "2015-07-01"),
        ("Some 20 died on 2021-11-02.", "2021-11-02"),
        ("Some 20 died on 02.11.2021.", "2021-11-02"),
        ("There are currently 20 in the camp.", "2021-11-14"),
        ("Some 20 died over the weekend.", "2021-11-14"),
        ("Some 20 died a day earlier.", "2021-11-13"),
        ("Two days earlier, 20 died.", "2021-11-12"),
        ("The day before, 20 died.", "2021-11-13"),
        ("The previous day, 20 died.", "2021-11-13"),
        ("Thursday's eruption killed 20.", "2021-11-11"),
        ("The toll is down from 43 yesterday.", "2021-11-13"),
    ],
)
def test_a_day_is_resolved_against_publication(text: str, day: str) -> None:
    assert times(text)[0] == [day]


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("Since August some 20 have died.", "since 2021-08"),
        ("Since August this year, 20 have died.", "since 2021-08"),
        ("20 have died since last year.", "since 2020"),
        ("20 people were displaced from their homes since 2015.", "since 2015"),
        ("20 have died since the start of the year.", "since 2021-01"),
        ("20 have died since the war began in March 2011.", "since 2011-03"),
        ("20 have died since Thursday.", "since 2021-11-11"),
        ("20 have died since floods first struck at the end of May 2014.", "since 2014-05"),
        ("20 died in the past 24 hours.", "last 24 hours"),
        ("20 died in the last two weeks.", "last 2 weeks"),
        ("20 died over the past week.", "last 7 days"),
        ("20 died this year.", "2021"),
        ("20 died last year.", "2020"),
        ("20 died last month.", "2021-10"),
        ("20 died between January and March.", "2021-01 to 2021-03"),
        ("20 died between November 2020 and March 2021.", "2020-11 to 2021-03"),
        ("20 died from 2015 to 2020.", "2015 to 2020"),
        ("20 die per day.", "per day"),
        ("20 died between July and early October 2013.", "2013-07 to 2013-10"),
        ("Total spring (April to June) rain was 230 mm.", "2021-04 to 2021-06"),
        ("20 died in the war that began in 2011.", "since 2011"),
    ],
)
def test_a_window_is_resolved_against_publication(text: str, window: str) -> None:
    assert times(text)[1] == [window]


@pytest.mark.parametrize(
    "text",
    [
        "That is nine times more than in 2020.",
        "The march of 20 people may end.",
        "Room 2015 is closed.",
        "They met two days before the vote.",
        "More arrive on a daily basis.",
        "It will open on 31 June 2099.",
        "It is 6 percent, the lowest it has been since 2008.",
        "He had pardoned 70 before the Monday announcement.",
        "His December order left 200 troops there.",
        "Earlier this year it spent 20 dollars.",
    ],
)
def test_what_is_no_time_of_the_figure_gives_none(text: str) -> None:
    assert times(text) == ([], [])


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Some 20 joined the Women's March in Kiwa on Saturday.", ["2021-11-13"]),
        ("Theresa May said 20 died.", []),
        ("Some 20 died in March.", ["2021-03-15"]),
        ("Some 20 died last May.", ["2021-05-15"]),
    ],
)
def test_a_march_and_a_mrs_may_are_no_months(text: str, days: list[str]) -> None:
    assert times(text)[0] == days


def test_noon_is_meant_and_in_utc() -> None:
    document = read_text("Some 20 died on Thursday.")
    found = expressions_in(document.tokens, document.sentences[0], PUBLISHED)
    assert found[0].as_of == datetime(2021, 11, 11, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("The ministry said on Monday.", True),
        ("A source told the agency late on Monday.", True),
        ("That stood in a statement on Monday.", True),
        ("The ministry said 20 died on Monday.", False),
        ("He said they were killed on Monday.", False),
        ("It confirmed on 21 April 2014 that 4 had died.", False),
    ],
)
def test_the_day_of_saying_is_marked(text: str, reported: bool) -> None:
    document = read_text(text)
    found = expressions_in(document.tokens, document.sentences[0], PUBLISHED)
    assert [e.reported for e in found] == [reported]


def of_figures(text: str) -> list[str]:
    """The day of each figure (ISO), or the window."""
    found = read_figures(text, PUBLISHED).figures
    return [f.setting.window or (f.setting.as_of.date().isoformat() if f.setting.as_of else "") for f in found]


def test_a_time_behind_another_figure_is_that_ones() -> None:
    assert of_figures("There are 33 villages under water, down from 43 villages yesterday.") == ["", "2021-11-13"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Nothing is as it was before the floods of May 2019. The flooding displaced 90,000 people.", "2019-05-15"),
        ("A quake struck in 2010. The quake killed 300 people.", "2010-07-01"),
        ("A storm struck on Thursday. The storm killed 30 people.", ""),  # its toll may still be counted on
        ("A storm struck in May. The ministry counts 30 people in camps.", ""),
    ],
)
def test_an_event_long_past_keeps_the_day_of_the_sentence_before(text: str, day: str) -> None:
    assert of_figures(text) == [day]


def test_a_header_with_a_span_was_written_at_its_end() -> None:
    text = "Period covered by this update: 25 April 2013 – 31 October 2013. A total of 196 people were killed."
    assert of_figures(text) == ["2013-10-31"]


WORDS = (
    "since last March 31 2021 February - the of and between per day week month year ago two , . Thursday now 0 "
    "earlier before weekend this previous days"
)


@given(
    st.lists(st.sampled_from(WORDS.split(" ")), max_size=40).map(" ".join),
    st.datetimes(timezones=st.just(UTC)),
)
def test_no_words_and_no_publication_date_raise(text: str, published: datetime) -> None:
    times(text, published)


@pytest.mark.parametrize(
    ("text", "value", "day"),
    [
        ("Since January, 1,800 people drowned, up 40% on last year.", 1800, None),
        ("For the first time since April 2012, 300 people were killed.", 300, None),
        ("The toll stood at 12 late on Monday but climbed to 19 by Tuesday.", 19, "2021-11-09"),
        ("The attack killed 20 people, the worst since 2014, when 132 people were killed.", 20, None),
        ("The attack killed 20 people, the worst since 2014, when 132 people were killed.", 132, "2014-07-01"),
        ("In 2019 there were 30 attacks, and this year there have been 40 attacks.", 40, None),
        ("Yesterday's toll of 30 rose to 46.", 46, None),
        # near misses
        ("Since 2014, when the war began, 13,000 people have died.", 13000, None),
        ("The troops will leave by Tuesday, when 300 soldiers arrive.", 300, None),
        ("In 2019 there were 30 attacks, and 12 people died.", 12, "2019-07-01"),
    ],
)
def test_what_a_figure_is_set_against_does_not_date_it(text: str, value: float, day: str | None) -> None:
    read = {figure.quantity.value: figure.setting.as_of for figure in read_figures(text, PUBLISHED).figures}
    as_of = read[value]
    assert (as_of.date().isoformat() if as_of else None) == day
