"""A figure in the perfect holds at publication, whatever day the sentence names for something else. [ ] marks it."""

from __future__ import annotations

import pytest

from tests.unit.read.placing import found


@pytest.mark.parametrize(
    "text",
    [
        "The fever, which was first seen in June in Kiwa, has made thousands ill and killed at least [780] people.",
        "Arno shut its market in June and banned trade last month over a fever, which has so far led to [390] deaths.",
        "With schools having been shut in mid-June, more than [930] people have died of the fever.",
        "The army probably used gas twice in June, amid a war in which [700] people have been killed.",
    ],
)
def test_a_day_of_another_verb_is_not_that_of_a_figure_in_the_perfect(text: str) -> None:
    setting = found(text)[0]
    assert (setting.as_of, setting.window) == (None, None)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("The fever, which was first seen in Kiwa in June, killed at least [780] people.", 6),
        ("In June raids on the town of Kiwa have killed [20] people.", 6),
        ("The ministry counts that as of 30 June some [780] people have died.", 6),
        ("Officials said a bomb that exploded on 3 June killed [20] people who have been buried.", 6),
        ("The town that was hit by a flood in June has [20] dead.", 6),
        ("The group has said that a bomb on 3 June killed [20] people.", 6),
        ("The truce in Kiwa collapsed in June and [20] people have died.", 6),
        ("The new raid on Kiwa on 3 June, one of many, has killed [20] people.", 6),
        ("Many came in the spring, but in June, the daily flow has dropped to [104] people.", 6),
        ("As the ministry of health noted in June, the fever has killed [780] people.", 6),
        ("Rebels struck the town of Kiwa on 11 November, which has left [20] people dead.", 11),
    ],
)
def test_a_day_stays_without_the_perfect_or_where_it_may_be_the_figures_own(text: str, month: int) -> None:
    as_of = found(text)[0].as_of
    assert as_of is not None
    assert (as_of.year, as_of.month) == (2021, month)


def test_what_is_counted_since_a_day_keeps_its_window() -> None:
    setting = found("The fever that broke out in Kiwa has killed [780] people since June.")[0]
    assert (setting.window, setting.as_of) == ("since 2021-06", None)
