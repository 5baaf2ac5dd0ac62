"""A figure's card puts those who contradict each other on top, and its page leads with what is open."""

from __future__ import annotations

from datetime import timedelta

from services.desk.site.cards import figure_card
from tests.unit.desk import dispute as d
from tests.unit.desk.opened import opened

NEWER = tuple(
    said.model_copy(update={"as_of": d.NOON + timedelta(hours=1)}) for said in (d.SAYS_DRIVER, d.SAYS_LANTERN)
)
FIGURE = d.figure(statements=(*NEWER, d.SAYS_MINISTRY, d.SAYS_UNION))


def test_who_is_in_open_conflict_stands_above_newer_voices() -> None:
    assert [row.contested for row in figure_card(FIGURE, {}).statements] == [True, True, False, False]
    assert [row.contested for row in figure_card(FIGURE, {}, rows=3).statements] == [True, True, False]


async def test_a_figure_offers_the_line_of_an_open_conflict_and_of_none_that_is_over() -> None:
    (dispute,) = FIGURE.conflicts
    over = dispute.model_copy(update={"state": "resolved", "cause": "intervals_met"})
    for conflict, offered in ((dispute, True), (over, False)):
        async with opened(
            *d.everything(), d.figure(conflicts=(conflict,), updated=d.NOON + timedelta(hours=1))
        ) as desk:
            page = (await desk.client().get(f"/figures/{d.SERIES}")).text
        assert ("data-copy-button" in page) is offered
        assert (page.find("against") < page.find('class="legend"')) is offered
