"""`make kafka` and `make stop-kafka`: a Kafka that outlives the command which started it. Needs no environment."""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from deploy.kafka.cluster import Cluster
from deploy.kafka.jars import VAR, KafkaError
from deploy.kafka.node import STOP_LIMIT


def start(folder: Path, nodes: int) -> None:
    """Start the nodes, write down which processes they are, and say how to use them. Raises KafkaError."""
    started = folder / "started.json"
    if any(_runs(process, settings) for process, settings in _written(started)):
        raise KafkaError(f"Kafka runs already ({started}); `make stop-kafka` ends it")
    kafka = Cluster(folder / f"{nodes}-nodes", nodes)  # other numbers have other data: the voters are part of it
    print(f"starting Apache Kafka, nodes: {nodes} ...", flush=True)
    try:
        kafka.start()
        pids = [(node.process.pid, str(node.settings_file)) for node in kafka.nodes if node.process is not None]
        started.write_text(json.dumps(pids))  # before the wait: `stop` can end a start that was killed
        kafka.wait()
    except BaseException:
        kafka.stop()
        raise
    replication = f" COUNTERCLAIM_REPLICATION={nodes}" if nodes > 1 else ""
    print(
        f"Apache Kafka answers at {kafka.bootstrap}; data and logs are in {folder}, `make stop-kafka` ends it.\n"
        f"  export COUNTERCLAIM_BOOTSTRAP_SERVERS={kafka.bootstrap}{replication}\n"
        "  .venv/bin/counterclaim topics --create && .venv/bin/counterclaim worker"
    )


def stop(folder: Path) -> None:
    """End the processes that `start` wrote down, and no other."""
    started = folder / "started.json"
    running = [(process, settings) for process, settings in _written(started) if _runs(process, settings)]
    for process, _ in running:
        _signal(process, signal.SIGTERM)
    deadline = time.monotonic() + STOP_LIMIT
    for process, settings in running:
        while _runs(process, settings):
            if time.monotonic() > deadline:
                _signal(process, signal.SIGKILL)
            time.sleep(0.1)  # no child of this process, so there is nothing to wait on
    started.unlink(missing_ok=True)
    print(f"Kafka nodes ended: {len(running)}")


def _written(started: Path) -> list[tuple[int, str]]:
    if not started.exists():
        return []
    return [(int(process), str(settings)) for process, settings in json.loads(started.read_text())]


def _signal(process: int, number: signal.Signals) -> None:
    with suppress(ProcessLookupError):  # it ended since we looked
        os.kill(process, number)


def _runs(process: int, settings: str) -> bool:
    """Whether the process is still that node: after its end another may have got its id."""
    if Path("/proc/self").exists():  # Linux, where ps may not be installed
        try:
            return settings in Path(f"/proc/{process}/cmdline").read_text().split("\0")
        except OSError:
            return False
    ps = ["ps", "-ww", "-o", "command=", "-p", str(process)]
    return settings in subprocess.run(ps, capture_output=True, text=True, check=False).stdout


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m deploy.kafka", description=__doc__)
    parser.add_argument("action", choices=["start", "stop"])
    parser.add_argument("--folder", type=Path, default=VAR)
    parser.add_argument("--nodes", type=int, default=1)
    given = parser.parse_args()
    try:
        if given.action == "start":
            start(given.folder.resolve(), given.nodes)
        else:
            stop(given.folder.resolve())
    except KafkaError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
