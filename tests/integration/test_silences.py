"""A silence set at the desk, through real workers: it holds on every partition and over a killed worker."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from aiokafka.partitioner import murmur2

from schemas.alert import AlertRaised
from schemas.desk_act import DeskAct
from schemas.message import Message
from schemas.topics import DELIVERIES, PARTITIONS
from services.desk.access.people import Person
from services.desk.acting.record import acted, on_its_partitions
from services.desk.acting.sender import KafkaSender
from services.desk.acting.wanted import Wanted
from services.platform.clients import producer
from services.platform.envelope import outgoing
from tests.integration.running import Service
from tests.unit.notify.making import alert

OTHERS = [alert(fingerprint=f"alr-{number:02}", series="ser-loud") for number in range(8)]
QUIET = [alert(fingerprint=f"alr-{number:02}", series="ser-quiet") for number in range(8, 24)]
assert len({murmur2(each.fingerprint.encode()) % PARTITIONS for each in QUIET}) == PARTITIONS, "one is on each"
OWN = alert(fingerprint="alr-99", series="ser-own")


async def do(service: Service, act: DeskAct, kind: str, target: str) -> None:
    """As the desk says it."""
    now = datetime.now(UTC)
    wanted = Wanted(act=act, kind="figure" if kind == "figure" else "alert", target=target, why="a test", at=now)
    record = acted(Person("Ana", "editor", "session"), wanted)
    await KafkaSender(service.settings).send(on_its_partitions(record))
    await service.quiet("notify")


async def send(service: Service, messages: Iterable[Message]) -> None:
    async with producer(service.settings) as client:
        for message in messages:
            out = outgoing(message, sender="ledger", at=datetime.now(UTC))
            await client.send(out.topic, out.value, key=out.key, headers=list(out.headers))
        await client.flush()
    await service.quiet("notify", "deliver")


async def told(service: Service) -> dict[str, set[str]]:
    """Alert ids by what the log says became of them."""
    found: dict[str, set[str]] = {"delivered": set(), "silenced": set()}
    for entry in await service.messages(DELIVERIES):
        if entry.state != "due":
            found[entry.state].add(entry.alert_id)
    return found


def ids(alerts: Iterable[AlertRaised], sequence: int = 1) -> set[str]:
    return {f"{each.fingerprint}:{sequence}" for each in alerts}


def again(alerts: Iterable[AlertRaised], sequence: int) -> list[AlertRaised]:
    return [alert(sequence, each.fingerprint, series=each.series) for each in alerts]


async def test_a_silence_keeps_webhooks_back_until_it_is_taken_back(service: Service) -> None:
    first = await service.start("notify", "deliver")
    await do(service, "silenced", "figure", "ser-quiet")
    await do(service, "silenced", "alert", OWN.fingerprint)
    await send(service, [*OTHERS, *QUIET, OWN])
    assert await told(service) == {"delivered": ids(OTHERS), "silenced": ids([*QUIET, OWN])}
    first.kill()
    await first.wait()

    await service.start("notify", "deliver")
    await send(service, again([*QUIET, OWN], 2))
    assert (await told(service))["silenced"] == ids([*QUIET, OWN]) | ids([*QUIET, OWN], 2), "it outlives a crash"
    await do(service, "unsilenced", "figure", "ser-quiet")
    await do(service, "unsilenced", "alert", OWN.fingerprint)
    await send(service, again([*QUIET, OWN], 3))
    assert (await told(service))["delivered"] == ids(OTHERS) | ids([*QUIET, OWN], 3)
