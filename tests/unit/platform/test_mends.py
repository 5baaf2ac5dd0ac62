"""What Faust loses, and the mended Faust does not. `make test-mends` shows what each mend alone is good for."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from deploy.kafka.jars import NotInstalled
from services.platform.host import Host
from tests.chaos.mends import PROVOCATIONS, Shown, provoke, told
from tests.unit.platform import toy
from tests.unit.platform.conftest import Bench, article


@pytest.mark.parametrize("mend", PROVOCATIONS)
async def test_what_faust_loses_is_not_lost(mend: str) -> None:
    provoked, _ = PROVOCATIONS[mend]
    try:
        assert await provoke(provoked) == 0
    except NotInstalled as reason:
        pytest.skip(str(reason))


async def test_what_is_fetched_while_the_flow_is_stopped_is_read_again_though_nothing_was_committed(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As by a fetch under way when partitions are assigned anew: Faust drops its records and seeks to the committed
    offset, of which there is none yet."""
    async with Host([toy.spec()], bench.settings) as host:
        await host.ready()
        (stage,) = host._stages
        consumer: Any = stage._app.consumer
        watched, dropped = asyncio.Event(), asyncio.Event()
        fetch, seek = consumer._getmany, consumer.perform_seek

        async def fetched(*arguments: Any, **options: Any) -> Any:
            watched.set()
            records = await fetch(*arguments, **options)
            if records and not dropped.is_set():
                consumer.stop_flow()  # here and not from outside: between two fetches Faust would drop nothing
            return records

        async def noted() -> None:
            await seek()
            dropped.set()

        monkeypatch.setattr(consumer, "_getmany", fetched)
        monkeypatch.setattr(consumer, "perform_seek", noted)
        await asyncio.wait_for(watched.wait(), 30)
        await bench.publish([article("one"), article("two")])
        await asyncio.wait_for(dropped.wait(), 30)
        consumer.resume_flow()
        await bench.admitted({("one", 1), ("two", 1)})


async def test_partitions_that_come_while_it_stops_leave_no_connection_open(bench: Bench) -> None:
    async with Host([toy.spec()], bench.settings) as host:
        await host.ready()
        (stage,) = host._stages
        consumer: Any = stage._app.consumer
        client = consumer._thread._consumer._client
        stage._app._stopped.set()
        await stage._app._on_partitions_assigned(consumer.assignment())
        stage._app._stopped.clear()  # else the end of this test would wait for no stop
        opened = list(client._conns.values())
    assert opened
    assert [connection for connection in opened if connection.connected()] == []


@pytest.mark.parametrize(("without", "with_it", "code"), [(7, 0, 0), (0, 0, 1), (7, 1, 1)])
def test_make_test_mends_fails_unless_each_mend_is_needed_and_enough(without: int, with_it: int, code: int) -> None:
    good = Shown("1 a mend", "outage", 3, 0)
    assert told([good, Shown("2 another", "outage", without, with_it)]) == code
