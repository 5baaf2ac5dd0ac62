"""Through real workers: a withdrawn number takes its alert back although no claim is left where it stood, and what is
held for a person goes out when the person says so."""

from __future__ import annotations

import json
from typing import Any

import pytest

from schemas.topics import RAISED, REJECTED, STATED, VERDICTS
from tests.integration.running import Service

pytestmark = pytest.mark.kafka


def line(name: str, day: str, text: str) -> dict[str, Any]:
    return {"id": name, "publisher": f"The {name.partition('-')[0]}", "published": day, "text": text}


CAMP = line(
    "camp",
    "2024-05-01",
    "Thousands fled to Peru after the storm. According to the government of Peru, there are 1,130 people in the camp. "
    "According to the United Nations, there are 5,130 people in the camp.",
)
WITHDRAWN = CAMP | {
    "text": "Many fled to Peru after the storm. Aid groups sent tents.\n\n"
    "Correction: An earlier version of this article misstated the number of people in the camp."
}
SLIP = [
    line("north", "2024-05-01T08:00:00Z", "The governor said 1,271 people were in the camp near Lima in Peru."),
    line("south", "2024-05-01T18:00:00Z", "The governor said 12,710 people were in the camp near Lima in Peru."),
]


async def test_a_number_that_its_publisher_withdraws_takes_its_alert_back(service: Service) -> None:
    await service.start()
    await service.publish([CAMP])
    await service.quiet()
    (alert,) = await service.messages(RAISED)
    await service.publish([WITHDRAWN])
    await service.quiet()
    cancel = (await service.messages(RAISED))[-1]
    assert (cancel.fingerprint, cancel.message_type, cancel.wrong) == (alert.fingerprint, "cancel", (alert.id,))
    assert {c.was for c in cancel.corrections} == {"1,130 people", "5,130 people"}
    figures = {figure.series: figure for figure in await service.messages(STATED)}
    assert figures[alert.series].statements == ()
    code, out, err = await service.command("explain", alert.id)
    assert code == 0, err
    assert "puts right: '5,130 people' is withdrawn" in out
    code, out, err = await service.command("figure", alert.series, "--as-known-at", alert.raised.isoformat())
    assert code == 0, err
    assert "opened (disjoint)" in out
    assert await service.messages(REJECTED) == []


async def test_what_is_held_goes_out_when_a_person_releases_it(service: Service) -> None:
    await service.start()
    for article in SLIP:  # one after the other: an earlier word that comes late would be history
        await service.publish([article])
        await service.quiet()
    assert await service.messages(RAISED) == []
    code, out, err = await service.command("review", "list", "--json")
    assert code == 0, err
    (given,) = [json.loads(row) for row in out.splitlines()]
    assert "magnitude_slip" in given["verdict"]["flags"]
    code, table, _ = await service.command("review", "list")
    (name,) = {word for word in table.replace("│", " ").split() if word.startswith("hld-")}
    code, _, err = await service.command("review", "release", name, "--by", "A. Editor", "--why", "the camp grew")
    assert code == 0, err
    await service.quiet()
    (alert,) = await service.messages(RAISED)
    assert (alert.message_type, alert.sequence) == ("alert", 1)
    assert alert.because[-1] == "released by A. Editor: the camp grew"
    assert [given.decision for given in await service.messages(VERDICTS)][-1] == "released"
    _, out, _ = await service.command("review", "list")
    assert "nothing is held" in out
    code, _, err = await service.command("review", "dismiss", name, "--by", "A. Editor", "--why", "no")
    assert (code, "nothing of this name waits" in err) == (2, True)
