"""What the desk's lists and its search cost: p50 and p95 in ms of pages of 50 rows, decoded, over N generated articles.

SQLite, and PostgreSQL where it is installed. Bar: p95 below 100 ms at N=100,000. `python -m tests.bench.store [N]`.
CPU is of this process: all of SQLite's, of PostgreSQL's only the decoding. On a busy machine it is the one to quote.
An article has 400 words of 30,000 (the commonest in nearly every text), three claims on one of N/20 counted things, its
names, its verdicts; every fifth states a series anew, every fiftieth raises an alert, every hundredth is refused.
"""

from __future__ import annotations

import asyncio
import random
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from itertools import accumulate
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.article import ArticleTraced
from schemas.claim import Claim
from schemas.entity import EntitiesMentioned, EntityInArticle
from schemas.figure import Conflict
from schemas.ids import alert_fingerprint
from schemas.message import Message
from schemas.metrics import Metric
from schemas.outcomes import Arrival
from schemas.topics import BY_MODEL
from services.desk.queries import (
    acts,
    alerts,
    articles,
    claims,
    conflicts,
    counts,
    dead_letters,
    entities,
    figures,
    held,
    search,
    sources,
    verdicts,
)
from services.desk.queries.paging import PAGE, Filter
from services.desk.store.ahead import BATCH
from services.desk.store.database import Database
from services.desk.store.projection import apply
from services.ledger.rules.series import series_of
from tests.unit.desk import dispute as d
from tests.unit.desk.store import cluster, world

TIMES = 40
"""Runs of each question, with other words and names each time."""

DAYS = 30
NAMES = 5_000
PUBLISHERS = 60
METRICS = [Metric.DEATHS, Metric.INJURED, Metric.PEOPLE_PRESENT, Metric.DETAINED, Metric.DISPLACED]

Question = Callable[[AsyncConnection, random.Random], Awaitable[object]]


class World:
    """Articles one after the other, the same on every run."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.chosen = random.Random(1)  # noqa: S311  # no secret
        self.words = [self._word() for _ in range(30_000)]
        self.ranks = list(accumulate(1 / (rank + 2) for rank in range(len(self.words))))
        self.offsets: dict[str, int] = {}
        self.latest: dict[int, list[Claim]] = {}

    def _word(self) -> str:
        return "".join(self.chosen.choice(("ba", "re", "lo", "mi", "tu", "sken", "dor", "va")) for _ in range(4))

    def name(self, chosen: random.Random) -> int:
        return min(NAMES - 1, int(20 * (chosen.paretovariate(0.8) - 1)))

    def batches(self) -> Iterator[list[tuple[Arrival, Message]]]:
        waiting: list[tuple[Arrival, Message]] = []
        for number in range(self.count):
            at = d.NOON + timedelta(days=DAYS) * number / self.count
            for message in self.messages(number):
                topic = BY_MODEL[type(message)].name
                self.offsets[topic] = self.offsets.get(topic, -1) + 1
                waiting.append((Arrival(topic, 0, self.offsets[topic], at), message))
            if len(waiting) >= BATCH:
                yield waiting
                waiting = []
        yield waiting

    def messages(self, number: int) -> Iterator[Message]:
        chosen, at = self.chosen, d.NOON + timedelta(days=DAYS) * number / self.count
        thing = int(chosen.paretovariate(0.7)) % max(1, self.count // 20)
        voice = f"Voice {self.name(chosen)}"
        words = chosen.choices(self.words, cum_weights=self.ranks, k=400)
        figures_ = [f"{chosen.randrange(10, 9000)} people" for _ in range(3)]
        parts = [f"{voice} said {figure} {' '.join(words[i : i + 20])}." for i, figure in enumerate(figures_)]
        parts += [f"{' '.join(words[i : i + 20]).capitalize()}." for i in range(23, 400, 20)]
        publisher = f"Outlet {chosen.randrange(PUBLISHERS)}"
        source = d.article(f"Report {number}. {' '.join(parts)}", publisher=publisher, title=" ".join(words[:8]), at=at)
        yield source
        yield world.read(source.article_id)
        made = [self.claim(source, figure, thing, voice) for figure in figures_]
        yield d.made(*made)
        yield self.mentioned(source, chosen)
        known = self.latest.setdefault(thing, [])
        if known:
            yield d.note(one=made[0].id, other=known[-1].id, series=series_of(made[0]), at=at)
        known.append(made[0])
        del known[:-6]
        if number % 5 == 0 and len(known) > 1:
            yield self.figure(known, number)
        if number % 50 == 0 and len(known) > 1:
            yield self.alert(known, number)
        if number % 100 == 0:
            yield d.dead_letter(number)
        if number < NAMES:
            yield d.entity(f"Name {number}", mentions=NAMES - number)

    def claim(self, source: ArticleTraced, words: str, thing: int, voice: str) -> Claim:
        place = f"x-name {thing % NAMES}"
        return d.claim(
            source, words, float(words.split(maxsplit=1)[0]), speaker=voice, metric=METRICS[thing % len(METRICS)],
            block=f"block {thing}", places=(place,), place_names=(place[2:].capitalize(),),
        )  # fmt: skip

    def mentioned(self, source: ArticleTraced, chosen: random.Random) -> Message:
        names = {f"Name {self.name(chosen)}" for _ in range(8)}
        return EntitiesMentioned(
            article_id=source.article_id, article=source.article, publisher=source.publisher, lineage=source.lineage,
            arrived=source.arrived, partition=0,
            entities=tuple(
                EntityInArticle(entity=f"x-{name.lower()}", name=name, type="GPE", spans=((0, 5),))
                for name in sorted(names)
            ),
        )  # fmt: skip

    def figure(self, known: list[Claim], number: int) -> Message:
        one, other, series = known[-2], known[-1], series_of(known[-1]) or ""
        at = d.NOON + timedelta(days=DAYS) * number / self.count
        conflict = Conflict(
            id=alert_fingerprint(series, one.voice, other.voice), one=one.id, other=other.id, flags=(), ratio=2.0,
            severity=("info", "warning", "critical")[number % 3], state="open" if number % 10 else "resolved",
            opened=at, updated=at, cause="opened",
        )  # fmt: skip
        return d.figure(
            series=series, metric=other.metric, places=other.places, statements=tuple(known), updated=at,
            conflicts=(conflict,) if number % 4 else (), label=f"Count {other.block}",
        )  # fmt: skip

    def alert(self, known: list[Claim], number: int) -> Message:
        fingerprint = f"alr-{number}"
        at = d.NOON + timedelta(days=DAYS) * number / self.count
        return d.alert(
            id=f"{fingerprint}:1", fingerprint=fingerprint, claims=(known[-2], known[-1]), metric=known[-1].metric,
            severity=("warning", "critical")[number % 2], raised=at,
        )  # fmt: skip


def questions(given: World) -> dict[str, Question]:
    """Every list, plain and narrowed, and the search."""

    def name(chosen: random.Random) -> str:
        return f"Name {given.name(chosen)}"

    def voice(chosen: random.Random) -> str:
        return f"voice {given.name(chosen)}"

    def metric(chosen: random.Random) -> str:
        return chosen.choice(METRICS).value

    def publisher(chosen: random.Random) -> str:
        return f"Outlet {chosen.randrange(PUBLISHERS)}"

    def common(chosen: random.Random, count: int) -> str:
        return " ".join(chosen.choices(given.words[:200], k=count))

    end = d.NOON + timedelta(days=DAYS)
    week = end - timedelta(days=7)
    return {
        "articles": lambda db, _: articles.listed(db, Filter(), None, PAGE),
        "articles of a publisher": lambda db, c: articles.listed(db, Filter(publisher=publisher(c)), None, PAGE),
        "articles naming somebody": lambda db, c: articles.listed(db, Filter(entity=name(c)), None, PAGE),
        "articles of a metric": lambda db, c: articles.listed(db, Filter(metric=metric(c)), None, PAGE),
        "articles quoting somebody": lambda db, c: articles.listed(db, Filter(speaker=voice(c)), None, PAGE),
        "articles of a place": lambda db, c: articles.listed(db, Filter(place=name(c)), None, PAGE),
        "claims": lambda db, _: claims.listed(db, Filter(), None, PAGE),
        "claims of a metric": lambda db, c: claims.listed(db, Filter(metric=metric(c)), None, PAGE),
        "claims of a speaker": lambda db, c: claims.listed(db, Filter(speaker=voice(c)), None, PAGE),
        "claims of a publisher": lambda db, c: claims.listed(db, Filter(publisher=publisher(c)), None, PAGE),
        "claims about somebody": lambda db, c: claims.listed(db, Filter(entity=name(c)), None, PAGE),
        "claims of all of it": lambda db, c: claims.listed(
            db, Filter(metric=metric(c), place=name(c), publisher=publisher(c), since=week), None, PAGE
        ),
        "figures": lambda db, _: figures.listed(db, Filter(), None, PAGE),
        "figures, contested": lambda db, _: figures.listed(db, Filter(), None, PAGE, contested=True),
        "figures of a metric": lambda db, c: figures.listed(db, Filter(metric=metric(c)), None, PAGE),
        "figures of a place": lambda db, c: figures.listed(db, Filter(place=name(c)), None, PAGE),
        "conflicts, open": lambda db, _: conflicts.listed(db, Filter(), None, PAGE, state="open"),
        "conflicts of a place": lambda db, c: conflicts.listed(db, Filter(place=name(c)), None, PAGE),
        "alerts": lambda db, _: alerts.listed(db, Filter(), None, PAGE),
        "alerts, critical": lambda db, _: alerts.listed(db, Filter(severity="critical"), None, PAGE),
        "alerts about somebody": lambda db, c: alerts.listed(db, Filter(entity=name(c)), None, PAGE),
        "verdicts": lambda db, _: verdicts.listed(db, Filter(), None, PAGE, notes_only=False),
        "notes": lambda db, _: verdicts.listed(db, Filter(), None, PAGE, notes_only=True),
        "notes of a metric": lambda db, c: verdicts.listed(db, Filter(metric=metric(c)), None, PAGE, notes_only=True),
        "held": lambda db, _: held.waiting(db, None, PAGE),
        "entities": lambda db, _: entities.listed(db, Filter(), None, PAGE, by="mentions"),
        "entities by trend": lambda db, _: entities.listed(db, Filter(), None, PAGE, by="trend"),
        "names that begin so": lambda db, c: entities.named(db, name(c)[:6], 10),
        "sources": lambda db, _: sources.listed(db, end),
        "dead letters": lambda db, _: dead_letters.listed(db, Filter(), None, PAGE),
        "acts": lambda db, _: acts.listed(db, None, PAGE),
        "counts": lambda db, _: counts.counts(db),
        "search, one common word": lambda db, c: search.articles(db, Filter(q=common(c, 1)), None, PAGE),
        "search, three words": lambda db, c: search.articles(db, Filter(q=common(c, 3)), None, PAGE),
        "search, a rare word": lambda db, c: search.articles(db, Filter(q=c.choice(given.words[5000:])), None, PAGE),
        "search, of a publisher": lambda db, c: search.articles(
            db, Filter(q=common(c, 2), publisher=publisher(c)), None, PAGE
        ),
        "search, naming somebody": lambda db, c: search.articles(
            db, Filter(q=common(c, 2), entity=name(c)), None, PAGE
        ),
        "search, last week": lambda db, c: search.articles(db, Filter(q=common(c, 2), since=week), None, PAGE),
        "quotes, three words": lambda db, c: search.quotes(db, Filter(q=common(c, 3)), None, PAGE),
        "quotes of a metric": lambda db, c: search.quotes(db, Filter(q=common(c, 1), metric=metric(c)), None, PAGE),
    }


async def measure(address: str, count: int, console: Console) -> None:
    """Fill a store and print what each question takes."""
    database, given = Database(address), World(count)
    await database.migrate()
    spent = 0.0
    for batch in track(given.batches(), total=None, description=f"filling {database.dialect}", transient=True):
        began = time.perf_counter()
        async with database.writing() as db:
            await apply(db, batch)
        spent += time.perf_counter() - began
    messages = sum(given.offsets.values())
    await database.optimize()
    table = Table(f"{database.dialect}, {count:,} articles", "p50, ms", "p95, ms", "CPU p95, ms")
    for what, question in questions(given).items():
        taken, worked, chosen = [], [], random.Random(7)  # noqa: S311  # no secret
        for _ in range(TIMES):
            async with database.reading() as db:
                began, cpu = time.perf_counter(), time.process_time()
                await question(db, chosen)
                taken.append(1000 * (time.perf_counter() - began))
                worked.append(1000 * (time.process_time() - cpu))
        p50, p95, p95_cpu = sorted(taken)[TIMES // 2], *(sorted(of)[int(TIMES * 0.95)] for of in (taken, worked))
        table.add_row(what, f"{p50:.1f}", f"{p95:.1f}", f"{p95_cpu:.1f}")
    await database.close()
    console.print(table, f"{messages:,} messages in {spent:.0f} s, {messages / spent:,.0f}/s")


async def _main(count: int) -> None:
    console, programs = Console(width=110), cluster.binaries()
    with tempfile.TemporaryDirectory() as folder:
        await measure(f"sqlite+aiosqlite:///{Path(folder) / 'desk.db'}", count, console)
    if programs is not None:
        with cluster.running(programs) as server:
            await measure(f"{server}/postgres", count, console)


if __name__ == "__main__":
    asyncio.run(_main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
