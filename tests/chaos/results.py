"""RESULTS.md: one row for each scenario, as of the last time it ran."""

from __future__ import annotations

import os
import platform
import statistics
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from tests.chaos.reckoning import Row

PAGE = Path(__file__).with_name("RESULTS.md")

_COLUMNS = (
    "scenario",
    "done",
    "articles",
    "lost",
    "repeated",
    "records sent again",
    "recovery s: median / slowest",
    "held",
    "measured",
)

_ABOVE = f"""\
# Chaos: what was done to the service, and what came of it
`make chaos` (`SCENARIOS="S2 S4"` renews those rows, `SCALE=0.5` does half of everything) on Apache Kafka, one node.

Lost: articles that did not end as processed, duplicate or dead letter, and alerts that did not reach a webhook.
Repeated: alerts that came under an id of their own, or under one id with two contents. Records sent again: under the id
they had before, so that readers drop them. Recovery: from the start of the new worker, or from the broker's answer,
until every stage has sent something new; the bar is the session timeout (12 s) + 15 s. Held: all that; topics and
tables equal to the byte to the stages played again over the broker's own logs (`oracle.py`); alerts as
`counterclaim replay` has them; lag back at 0. Measured: day, scale, and the machine's load at the end for each core.

| {" | ".join(_COLUMNS)} |
|{"---|" * len(_COLUMNS)}
"""


def note(row: Row, scale: float, names: Iterable[str]) -> str:
    """Put a row into the page, in the place of the scenario's last; gives the line. `names`: the order of the rows."""
    lines = {_name(line): line for line in _lines()}
    line = f"| {' | '.join([*_cells(row), _measured(scale)])} |"
    lines[_name(line)] = line
    PAGE.write_text(_ABOVE + "".join(f"{lines[name]}\n" for name in names if name in lines), "utf-8")
    return line


def _lines() -> list[str]:
    text = PAGE.read_text("utf-8") if PAGE.exists() else ""
    return [line for line in text.splitlines() if line.startswith("| S")]


def _name(line: str) -> str:
    return line.split()[1]


def _cells(row: Row) -> list[str]:
    recovery = f"{statistics.median(row.recoveries):.1f} / {max(row.recoveries):.1f}" if row.recoveries else "–"
    numbers = [row.articles, row.lost, row.repeated, row.again]
    held = "yes" if row.held else f"no: {'; '.join(row.faults)}".replace("|", "/")
    return [row.scenario, row.done, *map(str, numbers), recovery, held]


def _measured(scale: float) -> str:
    load = os.getloadavg()[0] / (os.cpu_count() or 1)
    return f"{datetime.now(UTC):%Y-%m-%d}, scale {scale:g}, load {load:.1f}, {platform.machine()}"
