"""What stands on the board: what silences keep off it, what is urgent among much else, and what the clock changes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx

from schemas.alert import AlertRaised
from schemas.ids import alert_fingerprint
from tests.unit.desk import dispute as d
from tests.unit.desk.opened import Clock, Opened, opened
from tests.unit.desk.store import world

NOW = d.NOON + timedelta(hours=1)
HALF_PAST = d.NOON + timedelta(minutes=30)
MANY = 120
"""More than one page of alerts."""


def alert(number: int, series: str = "ser-flood", **fields: Any) -> AlertRaised:
    """The alert of the dispute `number`, raised the later the higher that is."""
    name = alert_fingerprint(series, "a", str(number))
    own: dict[str, Any] = {
        "id": f"{name}:1",
        "fingerprint": name,
        "series": series,
        "raised": d.NOON + timedelta(seconds=number),
    }
    return d.alert(1, **{**own, "attribution": f"It is dispute {number}", **fields})


def many() -> list[AlertRaised]:
    """Newer than numbers below 1,000."""
    return [alert(1000 + number) for number in range(MANY)]


async def board(desk: Opened) -> tuple[list[str], list[str], str]:
    """What the strip and the list tell, and the page."""
    client: httpx.AsyncClient = desk.client()
    twin = (await client.get("/board.json")).json()
    strip, listed = ([one["alert"]["attribution"] for one in twin[name]] for name in ("urgent", "alerts"))
    return strip, listed, (await client.get("/")).text


async def test_a_critical_alert_is_urgent_however_many_warnings_are_newer() -> None:
    async with opened(alert(1, severity="critical"), *many(), clock=Clock(NOW)) as desk:
        strip, _, _ = await board(desk)
    assert strip == ["It is dispute 1", "It is dispute 1119", "It is dispute 1118", "It is dispute 1117"]


async def test_a_conflict_that_is_over_is_not_urgent_though_no_cancel_came() -> None:
    (dispute,) = d.figure().conflicts
    over = dispute.model_copy(update={"state": "resolved", "cause": "stale"})
    for conflict, urgent in ((dispute, 1), (over, 0)):
        async with opened(*d.everything(), d.figure(conflicts=(conflict,), updated=NOW), clock=Clock(NOW)) as desk:
            strip, listed, _ = await board(desk)
            told = (await desk.client().get(f"/alerts/{d.FINGERPRINT}")).text
        assert (len(strip), len(listed)) == (urgent, 1)
        assert ("One side was not heard for too long." in told) is (not urgent)


async def test_an_alert_whose_conflict_is_over_says_so_wherever_it_is_listed_and_comes_last_on_the_wall() -> None:
    (dispute,) = d.figure().conflicts
    over = dispute.model_copy(update={"state": "resolved", "cause": "intervals_met"})
    older = alert(1, raised=d.NOON - timedelta(seconds=1))
    async with opened(*d.everything(), older, d.figure(conflicts=(over,), updated=NOW), clock=Clock(HALF_PAST)) as desk:
        _, listed, page = await board(desk)
        all_alerts = (await desk.client().get("/alerts")).text
        twin = (await desk.client().get("/alerts.json")).json()
    assert len(listed) == 2
    for shown in (page.split('id="alerts"')[1], all_alerts):
        assert shown.count("Over: their numbers meet now") == 1
    wall = page.split("In the last hour")[1].split("</ul>")[0]
    assert wall.index("It is dispute 1") < wall.index(">Conflict, over<")
    assert [one["over"] and one["over"]["cause"] for one in twin["alerts"]] == ["intervals_met", None]


async def test_the_wall_shows_a_critical_alert_of_the_hour_however_many_warnings_are_newer() -> None:
    async with opened(alert(1, severity="critical"), *many(), clock=Clock(NOW)) as desk:
        _, _, page = await board(desk)
    wall = page.split("In the last hour")[1].split("</ul>")[0]
    told = [line.split("</bdi>")[0] for line in wall.split("<bdi>")[1:]]
    assert told == ["It is dispute 1", *(f"It is dispute {number}" for number in (1119, 1118, 1117, 1116))]


async def test_more_conflicts_than_are_counted_are_said_to_be_more() -> None:
    for told, words in (
        (many()[:100], ">96 more open conflicts"),
        (many(), ">At least 96 more open conflicts"),
    ):
        async with opened(*told, clock=Clock(NOW)) as desk:
            assert words in (await board(desk))[2]


async def test_what_passes_a_silence_is_shown_behind_any_number_that_it_keeps_back() -> None:
    silence = world.act("silenced", "ser-flood", "figure")
    async with opened(alert(1, severity="critical"), *many(), silence, clock=Clock(NOW)) as desk:
        strip, listed, _ = await board(desk)
    assert strip == listed == ["It is dispute 1"]


async def test_left_out_are_alerts_and_not_silences() -> None:
    others = [alert(number, "ser-fire") for number in range(1, 9)]
    silenced = [alert(100), alert(101), alert(0)]  # the last is older than what the list shows
    silence = world.act("silenced", "ser-flood", "figure")
    async with opened(*others, *silenced, silence, clock=Clock(NOW)) as desk:
        _, listed, page = await board(desk)
    assert listed == [f"It is dispute {number}" for number in (8, 7, 6, 5, 4, 3)]
    assert "2 silenced ones left out" in page


async def test_a_silence_that_nothing_is_kept_back_by_is_not_mentioned() -> None:
    async with opened(alert(1), world.act("silenced", "ser-fire", "figure"), clock=Clock(NOW)) as desk:
        assert "left out" not in (await board(desk))[2]


async def test_a_silence_that_ends_gives_its_alert_back_though_no_message_comes() -> None:
    clock = Clock(NOW)
    silence = world.act("silenced", "ser-flood", "figure", until=NOW + timedelta(hours=4))
    async with opened(alert(1), silence, clock=clock) as desk:
        assert (await board(desk))[:2] == ([], [])
        clock.now += timedelta(hours=4, minutes=1)
        assert (await board(desk))[:2] == (["It is dispute 1"], ["It is dispute 1"])


async def test_an_alert_leaves_the_last_hour_and_the_strip_by_the_clock_alone() -> None:
    clock = Clock(d.NOON + timedelta(minutes=1))
    async with opened(alert(1), clock=clock) as desk:
        strip, _, page = await board(desk)
        assert strip
        assert "Nothing changed" not in page
        clock.now = d.NOON + timedelta(hours=2)
        strip, _, page = await board(desk)
        assert strip
        assert "Nothing changed; the last alert came" in page
        clock.now = d.NOON + timedelta(hours=25)
        assert (await board(desk))[0] == []
