"""How much a reach of the reader decides: the figures and names read otherwise with half of it, and with twice as much.

`python -m tests.bench.reaches services.read.figures.settings.world:_BEFORE …`, on the 461 war reports and 400 of the
shared bulk articles. "half and double: 12 / 0" beside a constant is what this printed (docs/design.md).
"""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Hashable
from datetime import UTC, datetime
from importlib import import_module
from itertools import chain, islice

from services.read.entities import find_mentions
from services.read.figures.reader import read_figures
from tests.bench.news import bulk_lines
from tests.war_reports import article_lines

BULK = 400
AT = datetime(2024, 1, 1, tzinfo=UTC)

Read = dict[tuple[str, int], Hashable]
"""By article and place in it: what stands there."""


def texts() -> list[tuple[str, str]]:
    """Id and text of each article."""
    return [(row["id"], row["text"]) for row in chain(article_lines(), islice(bulk_lines(), BULK))]


def read(given: list[tuple[str, str]]) -> Read:
    """Every figure and every name of the texts."""
    found: Read = {}
    for name, text in given:
        mentions = find_mentions(text)
        found |= {(name, mention.start): repr(mention) for mention in mentions}
        found |= {(f"{name}#", figure.start): repr(figure) for figure in read_figures(text, AT, mentions).figures}
    return found


def _otherwise(constant: str, value: int, given: list[tuple[str, str]], known: Read) -> int:
    """How many are read otherwise, or only by one of the two; in a process of its own, as readers keep answers."""
    module, name = constant.split(":")
    setattr(import_module(module), name, value)
    return len({key for key, _ in read(given).items() ^ known.items()})


def main() -> None:
    given = texts()
    known = read(given)
    figures = sum(name.endswith("#") for name, _ in known)
    print(f"{len(given)} articles, {figures} figures, {len(known) - figures} names")
    processes = multiprocessing.get_context("fork")
    for constant in sys.argv[1:]:
        module, name = constant.split(":")
        value = getattr(import_module(module), name)
        changed = []
        for other in (value // 2, value * 2):
            with processes.Pool(1) as pool:
                changed.append(pool.apply(_otherwise, (constant, other, given, known)))
        print(f"{constant} = {value}: {changed[0]} / {changed[1]}", flush=True)


if __name__ == "__main__":
    main()
