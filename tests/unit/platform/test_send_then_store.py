"""Send, then store: a table's row leaves for its changelog only behind what was sent before it."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from aiokafka.errors import KafkaTimeoutError
from faust.exceptions import ProducerSendError

from services.platform.faust_mends import MendedApp, WitnessProducer
from services.platform.shared_producer import SharedProducer

ROW, MESSAGE = "rows", "messages"


class Broker:
    """aiokafka's producer as the witness uses it; what was handed over waits for an answer."""

    def __init__(self) -> None:
        self.handed: list[str] = []
        self.answers: list[asyncio.Future[None]] = []

    async def send(self, topic: str, *_: Any) -> asyncio.Future[None]:
        self.handed.append(topic)
        self.answers.append(asyncio.get_running_loop().create_future())
        return self.answers[-1]

    async def flush(self) -> None:
        """As aiokafka's: waits for all answers, and raises none."""
        await asyncio.gather(*self.answers, return_exceptions=True)


@pytest.fixture
def broker() -> Broker:
    return Broker()


@pytest.fixture
async def witness(broker: Broker) -> WitnessProducer:
    app = MendedApp("send-then-store", broker="kafka://127.0.0.1:9", shared_producer=SharedProducer())
    app.finalize()
    found = app.witness
    found._producer = broker
    return found


async def passed() -> None:
    """Everything that can go on has gone on."""
    for _ in range(10):
        await asyncio.sleep(0)


async def message(witness: WitnessProducer) -> None:
    await witness.send(MESSAGE, b"key", b"value", 0, None, None)


async def test_a_row_leaves_when_what_was_sent_before_it_is_at_the_broker(
    witness: WitnessProducer, broker: Broker
) -> None:
    await message(witness)
    witness.keep(ROW, b"key", b"value", 0)
    await passed()
    assert broker.handed == [MESSAGE]
    broker.answers[0].set_result(None)
    await passed()
    assert broker.handed == [MESSAGE, ROW]


async def test_rows_of_one_key_leave_in_their_order_and_a_flush_waits_for_them(
    witness: WitnessProducer, broker: Broker
) -> None:
    await message(witness)
    witness.keep(ROW, b"key", b"1", 0)
    await passed()
    await message(witness)
    witness.keep(ROW, b"key", b"2", 0)
    flushed = asyncio.create_task(witness.flush())
    broker.answers[0].set_result(None)
    await passed()
    assert broker.handed == [MESSAGE, MESSAGE, ROW]
    assert not flushed.done()
    for _ in range(2):
        for answer in broker.answers:
            if not answer.done():
                answer.set_result(None)
        await passed()
    assert broker.handed == [MESSAGE, MESSAGE, ROW, ROW]
    await flushed


async def test_behind_a_send_that_failed_no_row_leaves_and_no_flush_succeeds(
    witness: WitnessProducer, broker: Broker
) -> None:
    await message(witness)
    witness.keep(ROW, b"key", b"value", 0)
    flushed = asyncio.create_task(witness.flush())
    await passed()
    broker.answers[0].set_exception(KafkaTimeoutError())
    with pytest.raises(ProducerSendError):
        await flushed
    assert broker.handed == [MESSAGE]
