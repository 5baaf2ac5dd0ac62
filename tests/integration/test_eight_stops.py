"""A worker stopped under backlog, again and again: 45 s, most of it joining, so not among the unit tests."""

from __future__ import annotations

from schemas.topics import ADMITTED
from services.platform.host import Host
from tests.unit.platform import toy
from tests.unit.platform.conftest import Bench, article, bench

__all__ = ["bench"]  # a fixture is found by its name


async def test_eight_stops_under_backlog_lose_nothing(bench: Bench) -> None:
    """The races at the end of a recovery (faust_mends, 1 and 2): three tries may show nothing."""
    total, sent = 8 * 400, 0
    for _ in range(8):
        await bench.publish(article(f"a{number}") for number in range(sent, sent + 400))
        sent += 400
        known = len(await bench.all(ADMITTED))
        async with Host([toy.spec()], bench.settings):
            await bench.messages(ADMITTED, known + 20)
    async with Host([toy.spec()], bench.settings):
        admitted = await bench.admitted({(f"a{number}", 1) for number in range(total)})
    assert {(message.article, message.revision) for message in admitted} == {
        (f"a{number}", 1) for number in range(total)
    }
