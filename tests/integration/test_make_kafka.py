"""`make kafka` and `make stop-kafka`, and what they say where something is not installed."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from pathlib import Path

import pytest

from deploy.kafka.jars import NotInstalled, jars, java
from deploy.kafka.node import answers
from services.platform.clients import producer
from services.platform.settings import Settings
from services.platform.topic_admin import create_topics
from tests.shared import PROJECT


def kafka(action: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "deploy.kafka", action, "--folder", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=PROJECT)


@pytest.fixture
def installed() -> None:
    try:
        java()
        jars()
    except NotInstalled as reason:
        pytest.skip(str(reason))


@pytest.mark.usefixtures("installed")
def test_a_started_kafka_takes_the_topics_makes_none_itself_and_is_ended(tmp_path: Path) -> None:
    try:
        first = kafka("start", tmp_path)
        assert first.returncode == 0, first.stderr
        settings = _said(first.stdout)
        asyncio.run(create_topics(settings))
        with pytest.raises(TimeoutError):
            asyncio.run(_send(settings, "made.in.passing"))
        again = kafka("start", tmp_path)
        assert (again.returncode, "runs already" in again.stderr) == (1, True)
        assert "Kafka nodes ended: 1" in kafka("stop", tmp_path).stdout
        assert not answers(int(settings.servers[0].rpartition(":")[2]))
    finally:
        kafka("stop", tmp_path)


def test_a_stop_ends_no_stranger_that_got_the_id_of_a_node(tmp_path: Path) -> None:
    with subprocess.Popen(["sleep", "60"]) as stranger:
        (tmp_path / "started.json").write_text(f'[[{stranger.pid}, "{tmp_path}/1-nodes/node-1/server.properties"]]')
        assert "Kafka nodes ended: 0" in kafka("stop", tmp_path).stdout
        assert stranger.poll() is None
        stranger.kill()


def test_without_java_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    started = kafka("start", tmp_path)
    assert (started.returncode, "install Java 17" in started.stderr) == (1, True)
    assert "Traceback" not in started.stderr


def test_an_older_java_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _program(tmp_path / "bin" / "java", """echo 'openjdk version "11.0.2"' >&2""")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    with pytest.raises(NotInstalled, match="is no Java 17 or later"):
        java()


def test_without_maven_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NotInstalled, match="install Maven"):
        jars(tmp_path)


def test_a_fetch_that_fails_leaves_no_half_of_the_jars(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    _program(tmp_path / "bin" / "mvn", "echo no route to Central; exit 1")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/bin:/usr/bin")
    with pytest.raises(NotInstalled, match="no route to Central"):
        jars(tmp_path / "var")
    assert not list(tmp_path.glob("var/*"))


async def _send(settings: Settings, topic: str) -> None:
    async with producer(settings) as client, asyncio.timeout(2):
        await client.send_and_wait(topic, b"")


def _said(printed: str) -> Settings:
    """The settings that the start told the user to export."""
    found = re.search(r"export COUNTERCLAIM_BOOTSTRAP_SERVERS=(\S+)", printed)
    assert found is not None, printed
    return Settings(bootstrap_servers=found[1])


def _program(path: Path, script: str) -> None:
    path.parent.mkdir()
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
