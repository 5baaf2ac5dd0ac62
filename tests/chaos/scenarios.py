"""The scenarios by name, and one of them from its start to its row in the table."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from deploy.kafka.cluster import Cluster
from services.platform.settings import Settings
from tests.chaos.broker_scenarios import broker_away, disk_full
from tests.chaos.input_scenarios import again_from_the_start, duplicates, poison, shuffled_and_late
from tests.chaos.process_scenarios import fail_points, one_two_one, sigkill, sigkill_without_name, sigterm, soak
from tests.chaos.receiver_scenarios import bad_receivers
from tests.chaos.reckoning import Bars, Row, reckon
from tests.chaos.run import Run
from tests.collector import collector
from tests.integration.running import running_service


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is done, under which name in the table, and what is compared at the end."""

    title: str
    act: Callable[[Run], Awaitable[None]]
    bars: Bars = field(default_factory=Bars)


SCENARIOS = {
    "S1": Scenario("S1 SIGKILL at random points", sigkill),
    "S1b": Scenario("S1b the same without static membership", sigkill_without_name),
    "S2": Scenario("S2 SIGTERM under load", sigterm, Bars(nothing_again=True)),
    "S3": Scenario("S3 broker absent, away for 30 s, killed", broker_away),
    "S4": Scenario("S4 poisoned records", poison, Bars(nothing_again=True)),
    "S5": Scenario("S5 duplicates, copies, revisions", duplicates, Bars(any_order=False)),
    "S6": Scenario("S6 shuffled, late, clock an hour off", shuffled_and_late, Bars(any_order=False, clock=False)),
    "S7": Scenario("S7 one, two, one worker", one_two_one),
    "S8": Scenario("S8 slow, failing, busy, hanging receivers", bad_receivers),
    "S9": Scenario("S9 disk full: the log's, the broker's", disk_full),
    "S10": Scenario("S10 death between deed and note", fail_points),
    "S11": Scenario("S11 soak with random kills", soak),
    "S12": Scenario("S12 dead letters, then all from offset 0", again_from_the_start, Bars(letters=False)),
}


async def play(name: str, settings: Settings, folder: Path, kafka: Cluster | None = None, scale: float = 1) -> Row:
    """One scenario on a running broker; `kafka` where it can be restarted. Workers log into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)  # noqa: ASYNC240  # nothing else runs yet
    scenario = SCENARIOS[name]
    async with running_service(settings, folder) as service, collector() as receiver:
        run = Run(service, receiver, kafka, scale)
        await scenario.act(run)
        return await reckon(scenario.title, run, scenario.bars)
