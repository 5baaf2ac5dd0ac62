"""What state costs: 100,000 generated articles through copies and tally, in memory, seconds, and seconds to recover.

Articles are generated: 20 sentences of the shared bulk articles (or invented words where they are absent), each with
its words shuffled, so that no two share a 3-gram by chance; one in five repeats an earlier one with a sentence less.
Entities are drawn from 20,000 names, twelve an article: the first stands in every third article. One article in three
tells two figures of each. `python -m tests.bench.state [ARTICLES]`.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context

import psutil
from rich.console import Console
from rich.progress import track
from rich.table import Table

from schemas.article import ArticleAdmitted
from schemas.entity import EntitiesMentioned, EntityInArticle, Name
from schemas.ids import article_id, content_hash
from schemas.outcomes import Arrival, Processed, Write
from schemas.topics import TABLES, entity_partition
from services.copies.stage import WINDOW, Tracer
from services.tally.stage import Tally
from services.tally.stored import TABLE, states
from tests.shared import SHARED

START = datetime(2024, 1, 1, tzinfo=UTC)
NAMES = 20_000


def sentences() -> list[str]:
    path = SHARED / "data/bulk_articles.jsonl.gz"
    if not path.exists():
        chosen = random.Random(1)  # noqa: S311  # no secret
        return [" ".join(f"{chosen.randrange(30_000):x}" for _ in range(18)) + "." for _ in range(20_000)]
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    return [part for text in texts for part in re.split(r"(?<=[.!?])\s+", text) if 40 < len(part) < 300]


def articles(count: int) -> Iterator[ArticleAdmitted]:
    pool, chosen = sentences(), random.Random(2)  # noqa: S311  # no secret
    recent: list[list[str]] = []
    for number in range(count):
        if number % 5 == 4:
            parts = recent[chosen.randrange(len(recent))][:-1]
        else:
            parts = [" ".join(chosen.sample(words := chosen.choice(pool).split(), len(words))) for _ in range(20)]
            recent = [*recent[-200:], parts]
        text = f"Report {number}. " + " ".join(parts)
        content = content_hash(None, text)
        at = START + WINDOW * number / count  # all of them inside one window: the worst case
        yield ArticleAdmitted(
            article_id=article_id(str(number), content), article=str(number), identity=str(number), url=None,
            publisher=f"outlet {number % 50}", published=at, published_from="arrival", title=None, text=text,
            language="en", content_hash=content, revision=1, revises=None, junk=(), arrived=at,
        )  # fmt: skip


def mentioned(number: int, chosen: random.Random, at: datetime) -> Iterator[EntitiesMentioned]:
    names = {f"x-name-{min(NAMES - 1, int(20 * (chosen.paretovariate(0.8) - 1)))}" for _ in range(12)}
    figures = {"deaths": 1, "injured": 1} if number % 3 == 0 else {}
    for partition in sorted({entity_partition(name) for name in names}):
        yield EntitiesMentioned(
            article_id=f"art-{number}", article=str(number), publisher=f"outlet {number % 50}",
            lineage=f"art-{number - number % 5}", arrived=at, partition=partition,
            entities=tuple(
                EntityInArticle(entity=name, name=name, type="PER", spans=((0, 5),), figures=figures)
                for name in sorted(names) if entity_partition(name) == partition
            ),
            company=tuple(Name(entity=name, name=name) for name in sorted(names)),
        )  # fmt: skip


def store(tables: dict[str, dict[str, bytes]], writes: tuple[Write, ...]) -> int:
    """Apply a step's writes; bytes written to the changelog."""
    for write in writes:
        write.into(tables[write.table])
    return sum(len(write.key) + len(write.value or b"") for write in writes)


def per_article(spent: list[float]) -> dict[str, float]:
    """CPU milliseconds, of each article's seconds."""
    tenth = len(spent) // 10
    return {
        "CPU ms per article, first tenth": 1000 * sum(spent[:tenth]) / tenth,
        "CPU ms per article, last tenth": 1000 * sum(spent[-tenth:]) / tenth,
        "CPU seconds in all": sum(spent),
    }


def copies(count: int) -> dict[str, float]:
    tables: dict[str, dict[str, bytes]] = {name: {} for name in TABLES["copies"]}
    tracer, written, words, spent = Tracer(), 0, 0, []
    process = psutil.Process()
    for number, article in enumerate(track(articles(count), total=count, description="copies", transient=True)):
        began = time.process_time()
        outcome = tracer.step(article, tables, Arrival("admitted", 0, number, article.arrived))
        spent.append(time.process_time() - began)
        assert isinstance(outcome, Processed)
        written += store(tables, outcome.store)
        words += len(article.text.split())
    # The second index is measured, which finds no memory that the first one has given back.
    full, began = process.memory_info().rss, time.process_time()
    fresh = Tracer()
    fresh.restore(tables)
    return {
        "words per article": words / count,
        **per_article(spent),
        "index, bytes of memory per article": (process.memory_info().rss - full) / count,
        "table, bytes per article": sum(len(key) + len(v) for rows in tables.values() for key, v in rows.items())
        / count,
        "changelog, bytes per article": written / count,
        "CPU seconds to rebuild the index from the recovered table": time.process_time() - began,
    }


def tally(count: int) -> dict[str, float]:
    tables: dict[str, dict[str, bytes]] = {name: {} for name in TABLES["tally"]}
    table = tables[TABLE]
    stage, chosen, spent, written, offset = Tally(), random.Random(3), [], 0, 0  # noqa: S311  # no secret
    full = psutil.Process().memory_info().rss
    for number in track(range(count), description="tally", transient=True):
        at = START + timedelta(days=7) * number / count
        spent.append(0.0)
        for message in mentioned(number, chosen, at):
            began = time.process_time()
            outcome = stage.step(message, tables, Arrival("mentioned", message.partition, offset, at))
            spent[-1] += time.process_time() - began
            offset += 1
            assert isinstance(outcome, Processed)
            written += store(tables, outcome.store)
    memory = psutil.Process().memory_info().rss - full
    sweeps = []
    for minute in range(2):
        began = time.process_time()
        list(stage.sweep(tables, START + timedelta(days=7, minutes=minute)))
        sweeps.append(time.process_time() - began)
    began = time.process_time()
    entities = states(table)
    return {
        **per_article(spent),
        "table and rows kept decoded, MB of memory": memory / 1e6,
        "entities": len(entities),
        "table, MB": sum(len(key) + len(row) for key, row in table.items()) / 1e6,
        "largest row, kB": max(map(len, table.values())) / 1000,
        "changelog, bytes per article": written / count,
        "CPU seconds to decode every row of the recovered table": time.process_time() - began,
        "CPU seconds of the first sweep over all rows": sweeps[0],
        "CPU seconds of the next sweep": sweeps[1],
    }


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    table = Table("stage", "what", f"of {count:,} generated articles")
    # A process each: memory that one gives back would hide what the other takes.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as processes:
        for stage in (copies, tally):
            for what, value in processes.submit(stage, count).result().items():
                table.add_row(stage.__name__, what, f"{value:,.2f}")
    Console().print(table)


if __name__ == "__main__":
    main()
