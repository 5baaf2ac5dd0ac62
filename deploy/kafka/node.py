"""One Kafka node: a Java process with a folder of its own. It is started, asked whether it answers, and ended."""

from __future__ import annotations

import socket
import struct
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from deploy.kafka.jars import HERE, KafkaError, jars, java

CLUSTER = "AAAAAAAAAAAAAAAAAAAAAQ"
"""Any id will do: these nodes never meet another cluster."""

START_LIMIT = 90.0
"""Seconds. One node is ready in 3 to 6 s on 2 cores, three in 6.5 s; a busy CI machine takes several times as long."""

STOP_LIMIT = 15.0
"""Seconds between SIGTERM and SIGKILL. A node ends in 0.3 to 5 s, the last of three never: it waits for a quorum."""

_API_VERSIONS = struct.pack(">ihhih", 10, 18, 0, 1, -1)
"""The oldest question of the protocol: 10 bytes follow, request 18, version 0, correlation id 1, no client id."""


class Node:
    """`start` and `stop` as often as wanted; the data stays in `folder`. Ports are on loopback.

    `port` is the listener without encryption or password, `properties` what the common server.properties lacks.
    """

    def __init__(self, folder: Path, port: int, properties: Mapping[str, str], heap_mb: int = 256) -> None:
        self.folder = folder
        self.port = port
        self.process: subprocess.Popen[bytes] | None = None
        self._heap_mb = heap_mb
        self._properties = properties

    @property
    def settings_file(self) -> Path:
        """Stands in the command line of the process, and of no other."""
        return self.folder / "server.properties"

    @property
    def log_file(self) -> Path:
        return self.folder / "kafka.log"

    def format(self, users: Mapping[str, str] | None = None) -> None:
        """Write the settings and lay out the storage, unless it is there; `users`: SCRAM names and passwords.

        Raises KafkaError.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        own = {**self._properties, "log.dirs": str(self.folder / "data")}
        lines = [(HERE / "server.properties").read_text(), *(f"{name}={value}" for name, value in own.items())]
        self.settings_file.write_text("\n".join(lines) + "\n")
        command = [*self._java(), "kafka.tools.StorageTool", "format", "--ignore-formatted", "-t", CLUSTER]
        for name, password in (users or {}).items():
            for mechanism in ("SCRAM-SHA-256", "SCRAM-SHA-512"):
                command += ["--add-scram", f"{mechanism}=[name={name},password={password}]"]
        done = subprocess.run(
            [*command, "-c", str(self.settings_file)], capture_output=True, text=True, check=False, cwd=self.folder
        )
        if done.returncode:
            raise KafkaError(f"Kafka's storage could not be laid out: {(done.stdout + done.stderr).strip()[-800:]}")

    def start(self, in_child: Callable[[], None] | None = None) -> None:
        """Start the process, in a session of its own; `in_child` is called in it before Java is."""
        with self.log_file.open("ab") as log:
            self.process = subprocess.Popen(
                [*self._java(), "kafka.Kafka", str(self.settings_file)],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder, start_new_session=True,
                preexec_fn=in_child,  # noqa: PLW1509  # what is called there looks nothing up (die_with_parent)
            )  # fmt: skip

    def wait(self) -> None:
        """Return when the node answers. Raises KafkaError with its last words if it ends or takes too long."""
        deadline = time.monotonic() + START_LIMIT
        while not answers(self.port):
            if self.process is None or self.process.poll() is not None or time.monotonic() > deadline:
                said = self.log_file.read_text("utf-8", "replace").strip()[-800:]
                raise KafkaError(f"Kafka did not answer on 127.0.0.1:{self.port} ({self.log_file}): {said}")
            time.sleep(0.1)  # Kafka tells nobody that it listens

    def stop(self) -> None:
        """SIGTERM, and SIGKILL where that does not end it."""
        end([self.process] if self.process else [])

    def kill(self) -> None:
        """SIGKILL."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def _java(self) -> Iterable[str]:
        memory = [f"-Xmx{self._heap_mb}m", f"-Xms{self._heap_mb // 2}m", "-XX:+UseSerialGC"]
        return [java(), *memory, f"-Dlog4j2.configurationFile={HERE / 'log4j2.yaml'}", "-cp", f"{jars()}/*"]


def answers(port: int) -> bool:
    """Whether a Kafka answers on that port of this machine right now. Not for a listener with TLS."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
            connection.sendall(_API_VERSIONS)
            answer = connection.recv(10, socket.MSG_WAITALL)  # size, correlation id, error code
    except OSError:
        return False
    return answer[4:] == struct.pack(">ih", 1, 0)


def end(processes: Iterable[subprocess.Popen[bytes]]) -> None:
    """SIGTERM to all at once, then SIGKILL to those that are left after STOP_LIMIT seconds."""
    processes = list(processes)
    deadline = time.monotonic() + STOP_LIMIT
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(max(0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
