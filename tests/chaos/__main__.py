"""`make chaos`: the scenarios on an Apache Kafka of their own; the table goes to RESULTS.md beside this file.

Exits with 1 when an article or an alert was lost, an alert was repeated, or anything else was not as promised.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import shutil
import sys
import tempfile
from pathlib import Path

import structlog

from deploy.kafka.cluster import Cluster
from deploy.kafka.jars import VAR
from services.platform.broker import die_with_parent
from services.platform.settings import Settings
from tests.chaos.reckoning import Row
from tests.chaos.results import note
from tests.chaos.scenarios import SCENARIOS, play

LOGS = VAR.parent / "chaos"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("scenarios", nargs="*", metavar="SCENARIO", help=f"of {', '.join(SCENARIOS)}; default: all")
    parser.add_argument("--scale", type=float, default=1, help="how much of everything is done")
    given = parser.parse_args()
    unknown = set(given.scenarios) - SCENARIOS.keys()
    if unknown:
        parser.error(f"no such scenario: {', '.join(sorted(unknown))}; there are {', '.join(SCENARIOS)}")
    for name in ("aiokafka", "uvicorn.error"):  # they tell of every broker and client that is gone: that is the point
        logging.getLogger(name).setLevel(logging.CRITICAL)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))  # refusals, played again
    held = True
    with tempfile.TemporaryDirectory() as folder, Cluster(Path(folder), in_child=die_with_parent()) as kafka:
        settings = Settings(bootstrap_servers=kafka.bootstrap)
        for name in given.scenarios or SCENARIOS:
            logs = LOGS / name
            shutil.rmtree(logs, ignore_errors=True)
            try:
                row = asyncio.run(play(name, settings, logs, kafka, given.scale))
            except Exception as error:  # the others shall still have their turn
                row = broken_off(SCENARIOS[name].title, error)
                _revive(kafka)
            print(note(row, given.scale, SCENARIOS), flush=True)
            held = held and row.held
    return 0 if held else 1


def broken_off(title: str, error: Exception) -> Row:
    """The row of a scenario that did not come to its end."""
    return Row(title, "broken off", 0, 0, 0, 0, (), (f"{type(error).__name__}: {error}",))


def _revive(kafka: Cluster) -> None:
    """Start the broker again if a scenario left it dead."""
    node = kafka.nodes[0]
    if node.process is None or node.process.poll() is not None:
        node.start(die_with_parent())
        node.wait()


if __name__ == "__main__":
    sys.exit(main())
