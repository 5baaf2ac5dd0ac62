"""Apache Kafka's own image through testcontainers, whose KafkaContainer is for Confluent's image only."""

from __future__ import annotations

import gc
import time
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import docker
import yaml
from docker.errors import DockerException
from testcontainers.core.config import testcontainers_config
from testcontainers.core.container import DockerContainer

from deploy.kafka.cluster import free_ports
from deploy.kafka.node import START_LIMIT, answers
from tests.shared import PROJECT

IMAGE: str = yaml.safe_load((PROJECT / "docker-compose.yml").read_text("utf-8"))["services"]["kafka"]["image"]

testcontainers_config.ryuk_disabled = True  # its reaper is one more image to pull, and needs the engine's socket


class NoContainer(Exception):
    """No Docker engine answers, or it has no such image and cannot fetch it."""


@contextmanager
def kafka_container() -> Iterator[str]:
    """A running Apache Kafka; yields its address, on loopback. Raises NoContainer."""
    (port,) = free_ports(1)  # chosen here, because the broker must be told at its start what its clients call it
    _ask_engine()
    with ExitStack() as held:
        try:
            container = held.enter_context(_container(port))
        except DockerException as error:
            raise NoContainer(f"no container of {IMAGE}: {error}") from None
        deadline = time.monotonic() + START_LIMIT
        while not answers(port):
            assert time.monotonic() < deadline, b"".join(container.get_logs()).decode("utf-8", "replace")[-2000:]
            time.sleep(0.2)
        yield f"127.0.0.1:{port}"


def _container(port: int) -> DockerContainer:
    container = DockerContainer(IMAGE).with_envs(
        KAFKA_NODE_ID="1",
        KAFKA_PROCESS_ROLES="broker,controller",
        KAFKA_CONTROLLER_QUORUM_VOTERS="1@localhost:9093",
        KAFKA_CONTROLLER_LISTENER_NAMES="CONTROLLER",
        KAFKA_LISTENERS="CLIENTS://:9092,INSIDE://localhost:9094,CONTROLLER://localhost:9093",
        KAFKA_ADVERTISED_LISTENERS=f"CLIENTS://127.0.0.1:{port},INSIDE://localhost:9094",
        KAFKA_LISTENER_SECURITY_PROTOCOL_MAP="CLIENTS:PLAINTEXT,INSIDE:PLAINTEXT,CONTROLLER:PLAINTEXT",
        KAFKA_INTER_BROKER_LISTENER_NAME="INSIDE",
        KAFKA_AUTO_CREATE_TOPICS_ENABLE="false",
        KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR="1",
        KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS="4",
        KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS="0",
    )
    container.ports["9092/tcp"] = ("127.0.0.1", port)  # type: ignore[assignment]  # with_bind_ports listens everywhere
    return container


def _ask_engine() -> None:
    """Raises NoContainer where no engine answers. testcontainers asks, too, but then an open socket is left over."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        reason = None
        try:
            docker.from_env().close()
        except DockerException as error:
            reason = str(error)
        gc.collect()  # the socket goes here, where its warning is not heard
    if reason is not None:
        raise NoContainer(f"no Docker engine: {reason}")
