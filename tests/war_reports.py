"""The shared war reports as article lines, in the order in which they were published: `python -m tests.war_reports`."""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator
from typing import Any

from tests.accuracy.war_dates import day_of
from tests.shared import SHARED, missing

NAME = "data/war_reports.jsonl.gz"


def article_lines() -> Iterator[dict[str, Any]]:
    """Each with the day its own text says, else its date in the data."""
    with gzip.open(SHARED / NAME, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    for row in rows:
        row["published"] = day_of(row["text"], row["date"])
    rows.sort(key=lambda row: (row["published"], row["id"]))
    for row in rows:
        yield {name: row[name] for name in ("id", "publisher", "published", "title", "text")}


if __name__ == "__main__":
    if absent := missing(NAME):
        sys.exit(absent)
    for line in article_lines():
        print(json.dumps(line, ensure_ascii=False))
