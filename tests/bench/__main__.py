"""`make bench`: CPU time of the text work, beside quantulum3 reading the same articles in the same run.

Machines are noisy, so the number to quote is the ratio. Articles: 60 of the shared bulk data, or the five seeds.
"""

from __future__ import annotations

import gzip
import json
import time
import warnings
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from schemas.article import ArticlePublished, ArticleTraced
from services.cli.demo import seed_articles
from services.cli.replay import PurePath
from services.read.entities import find_mentions
from services.read.figures.reader import read_figures
from services.read.stage import read
from tests.bench.results import note, table
from tests.shared import SHARED

ARTICLES = 60
AT = datetime(2024, 1, 1, tzinfo=UTC)


def articles() -> list[ArticlePublished]:
    path = SHARED / "data/bulk_articles.jsonl.gz"
    if not path.exists():
        return list(seed_articles())
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for _, line in zip(range(ARTICLES), lines, strict=False)]
    return [ArticlePublished(id=row["id"], text=row["text"]) for row in rows]


def cpu(work: Callable[[Any], object], items: Iterable[Any]) -> float:
    """CPU seconds for `work` on each item, after one item that is not counted."""
    items = list(items)
    work(items[0])
    began = time.process_time()
    for item in items:
        work(item)
    return time.process_time() - began


def main() -> None:
    # Only here, and only in the environment of `make bench`: the peer is no dependency of anything else.
    from quantulum3 import parser as quantulum  # noqa: PLC0415

    warnings.simplefilter("ignore")
    given = articles()
    thousands = sum(len(article.text.split()) for article in given) / 1000
    traced = [
        message
        for article in given
        for message in PurePath(("admit", "copies")).feed(article, AT)
        if isinstance(message, ArticleTraced)
    ]
    texts = [article.text for article in given]
    path = PurePath()
    rows = {
        "names": cpu(find_mentions, texts),
        "figures with speaker, place, time": cpu(lambda text: read_figures(text, AT, find_mentions(text)), texts),
        "read stage": cpu(read, traced),
        "whole pure path, admit to ledger": cpu(lambda article: list(path.feed(article, AT)), given),
        "peer: quantulum3, values only": cpu(quantulum.parse, texts),
    }
    peer = rows["peer: quantulum3, values only"]
    method = (
        f"{len(given)} articles, {thousands:.1f} thousand words, each by one process. quantulum3 reads values and "
        "units only. The ratio is the number to quote: machines are noisy."
    )
    cells = [[name, f"{1000 * spent / thousands:.2f}", f"{peer / spent:.1f}"] for name, spent in rows.items()]
    head = ["what", "CPU ms for 1000 words", "peer takes times as long"]
    section = "Text work beside a reader of quantities"
    print(note(section, "python -m tests.bench", method, [table(head, cells)]))


if __name__ == "__main__":
    main()
