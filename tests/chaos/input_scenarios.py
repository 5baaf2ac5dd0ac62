"""S4, S5, S6 and S12: what comes in is broken, comes twice, comes late, or comes all over again."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient

from schemas.article import ArticlePublished
from schemas.topics import PARTITIONS, REJECTED, ROUTES, TABLES, app_id, changelog
from services.platform.connection import connection
from services.platform.topic_admin import create_topics
from tests.chaos.articles import COUNTRIES, EDITIONS, made
from tests.chaos.child import BROKEN_WORD
from tests.chaos.logs import read_logs
from tests.chaos.oracle import alerts
from tests.chaos.run import Run, some

POISON: tuple[bytes | None, ...] = (
    None,
    b"",
    b"{broken",
    b"\xff\xfe\x00",
    b"[" * 100_000,
    b'{"id": 1e999}',
    b'{"id": "a", "id": "b", "text": "c"}',
    b'{"id": "a"}',
    b'{"id": "a", "text": ""}',
    b'{"id": "a", "text": "b", "version": "2.0"}',
    b'{"id": "a\\u0000", "text": "b"}',
    b'{"id": "a", "text": "\\ud800"}',
    b'{"id": "a", "text": "b", "published": "not a date"}',
    b'{"id": "a", "text": "b", "published": "9999-12-31"}',
    b'{"id": "a", "text": 7}',
    b"x" * 3_000_000,
    b"null",
    b"0" * 10_000,
)
"""Each of another kind; every one must become a dead letter."""


async def poison(run: Run) -> None:
    """S4: what nobody can use, among what everybody can."""
    await run.start()
    times = run.times(5)
    for _ in range(times):
        await run.feed(20)
        await run.send_raw(POISON)
    await run.feed(20)
    await run.quiet()
    letters = len({letter.id for letter in await run.service.messages(REJECTED)})
    if letters != times * len(POISON):
        run.counts.faults.append(f"{letters} dead letters of {times * len(POISON)} poisoned records")
    run.counts.remarks.append(f"{times * len(POISON)} poisoned records")


async def duplicates(run: Run) -> None:
    """S5: every article twice, copies of it under other names, and later revisions of its text; killed on the way."""
    await run.start()
    count = run.times(300)
    articles = [made(number) for number in range(count)]
    copies = [one.model_copy(update={"id": f"copy-of-{one.id}", "publisher": "Copy Cat"}) for one in articles]
    revised = [one.model_copy(update={"text": f"{one.text}\n\nThis story was updated."}) for one in articles[::7]]
    everything = [*articles, *articles, *copies, *revised]
    publishing = asyncio.create_task(run.publish(random.sample(everything, len(everything)), 0.01))
    for _ in range(run.times(4)):
        await asyncio.sleep(some(3, 7))
        await run.kill()
        await run.start()
    await publishing
    run.counts.remarks.append(f"{count} twice, {len(copies)} copies, {len(revised)} revisions")


async def shuffled_and_late(run: Run) -> None:
    """S6: no order, publication dates months apart, the worker's clock an hour ahead and then an hour behind."""
    count = run.times(300)
    numbers = random.sample(range(count), count)
    parts = [numbers[start::3] for start in range(3)]
    for fault, part in zip(("clock_ahead", "clock_behind", ""), parts, strict=True):
        await run.start(fault=fault)
        await run.publish(_late(part), 0.01)
        await asyncio.sleep(some(4, 8))
        await run.kill()
    await run.start()
    run.counts.remarks.append("clock +1 h, -1 h, right")


def _late(numbers: list[int]) -> Iterator[ArticlePublished]:
    """Every fifth article is dated months before the others of its story."""
    for number in numbers:
        article = made(number)
        yield article.model_copy(update={"published": "2024-01-09"}) if number % 5 == 0 else article


async def again_from_the_start(run: Run) -> None:
    """S12: dead letters played again after a fix; then all stages from offset 0 with empty tables, as a new group."""
    run.static = False  # a group takes new offsets only when nobody is in it, and a named member stays for a session
    await run.start(fault="broken_reader")
    first = COUNTRIES.index(BROKEN_WORD) // 3 * 3 * EDITIONS
    await run.publish(made(number) for number in range(first, first + 3 * EDITIONS))
    await run.feed(run.times(150))
    await run.quiet()
    await run.stop()
    letters = [letter.id for letter in await run.service.messages(REJECTED)]
    if len(letters) != EDITIONS:
        run.counts.faults.append(
            f"{len(letters)} dead letters of {EDITIONS} articles that the broken reader cannot read"
        )
    await run.start()
    await run.quiet()
    code, _, err = await run.service.command("dead-letters", "replay", *letters)
    if code:
        run.counts.faults.append(f"dead-letters replay ended with {code}: {err}")
    await run.quiet()
    before, received = alerts(await read_logs(run.service.settings)), len(run.receiver.received)
    await run.stop()
    await _forget_everything_but_deliveries(run)
    await run.start()
    await run.quiet()
    after = alerts(await read_logs(run.service.settings))
    if after != before:
        run.counts.faults.append(f"played again from offset 0 there are {len(after)} alerts, not {len(before)}")
    if len(run.receiver.received) > received:
        run.counts.faults.append(f"{len(run.receiver.received) - received} webhooks for alerts of long ago")
    run.counts.remarks.append(f"{len(letters)} dead letters played again, then all from offset 0")


async def _forget_everything_but_deliveries(run: Run) -> None:
    """No offsets and no tables: what a new consumer group would have. Only what was delivered stays known."""
    stages = [stage for stage in ROUTES if stage != "deliver"]
    changelogs = [changelog(stage, table) for stage in stages for table in TABLES[stage]]
    admin = AIOKafkaAdminClient(**connection(run.service.settings))
    await admin.start()
    try:
        await admin.delete_topics(changelogs)
        while set(changelogs) & set(await admin.list_topics()):  # noqa: ASYNC110  # the broker has no event
            await asyncio.sleep(0.2)
    finally:
        await admin.close()
    await create_topics(run.service.settings)
    for stage in stages:
        partitions = [TopicPartition(topic.name, n) for topic in ROUTES[stage].sources for n in range(PARTITIONS)]
        async with AIOKafkaConsumer(
            **connection(run.service.settings), group_id=app_id(stage), enable_auto_commit=False
        ) as consumer:
            consumer.assign(partitions)
            await consumer.commit(dict.fromkeys(partitions, 0))
