"""When a figure holds: the time of its own clause, or the day the text was written. Each text marks it with [ ]."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.unit.read.placing import found


def test_time_comes_from_the_figures_own_clause() -> None:
    one, two = found("On Monday [20] people died, and on Thursday [30] died.")
    assert one.as_of == datetime(2021, 11, 8, 12, tzinfo=UTC)
    assert two.as_of == datetime(2021, 11, 11, 12, tzinfo=UTC)
    one, two = found(
        "The guard said that since August it recorded [33] attempts, which is [9] times more than in 2020."
    )
    assert one.window == two.window == "since 2021-08"
    assert one.as_of is None


def test_a_header_tells_the_day_the_text_was_written() -> None:
    old = found("Raids kill many Monitor AFP Wednesday 17 Sep 2014 Some [20] people died on Tuesday.")[0]
    assert old.as_of == datetime(2014, 9, 16, 12, tzinfo=UTC)
    assert found("Published February 18 2015 Rain fell. Some [20] people died.")[0].as_of == datetime(
        2015, 2, 18, 12, tzinfo=UTC
    )
    assert found("On March 11, 2011, a wave came. Some [20] people died.")[0].as_of is None
    assert found("MINSK, Nov 12 (Agency) - Some [20] people died.")[0].as_of == datetime(2021, 11, 12, 12, tzinfo=UTC)


def test_a_figure_is_not_of_the_time_it_is_compared_to_or_was_said() -> None:
    assert found("There were [20] attacks, compared to 9 over the previous nine months.")[0].window is None
    assert found("It was the second raid this month after [17] people were killed on November 2.")[0].window is None
    assert found("The ministry said in a statement on Monday that [20] people had died.")[0].as_of is None


def test_what_began_with_something_in_a_year_is_counted_since() -> None:
    war = found("The war which began with the repression of protests in 2011 has killed [20] people.")[0]
    assert (war.window, war.as_of) == ("since 2011", None)
    assert found("The raid, which began at dawn, killed [20] people in 2011.")[0].window is None
