"""The board stays small with a thousand figures in open conflict."""

from __future__ import annotations

from datetime import timedelta

from schemas.ids import alert_fingerprint
from schemas.message import Message
from tests.unit.desk import dispute as d
from tests.unit.desk.opened import opened

OPEN = 1000
BAR = 100_000
"""Bytes of HTML: what a phone on a train still loads in a second."""


def thousand() -> list[Message]:
    """`OPEN` figures with four voices and an open conflict each, a hundred alerts, and names to go with them."""
    messages: list[Message] = d.everything()
    for n in range(OPEN):
        name = alert_fingerprint(f"ser-{n:024x}", "a", "b")
        conflict = d.figure().conflicts[0].model_copy(update={"id": name})
        messages.append(
            d.figure(
                series=f"ser-{n:024x}",
                label=f"People present, a valley with a rather long name, number {n}",
                conflicts=(conflict,),
                updated=d.NOON + timedelta(seconds=n),
            )
        )
        if n % 10 == 0:
            messages.append(d.alert(id=f"{name}:1", fingerprint=name, series=f"ser-{n:024x}"))
            messages.append(d.entity(f"A name of some length {n}", mentions=n))
            messages.append(d.note(series=f"ser-{n:024x}", at=d.NOON + timedelta(seconds=n)))
            messages.append(d.dead_letter(n + 2))
    return messages


async def test_the_board_with_a_thousand_open_figures_is_below_a_hundred_kilobytes() -> None:
    async with opened(*thousand()) as desk:
        page = await desk.client().get("/")
        assert (await desk.client().get("/board.json")).json()["counts"]["open_conflicts"] >= OPEN
    assert len(page.content) < BAR
