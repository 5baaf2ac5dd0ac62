"""The brokers an integration case runs on: each is started once for all cases, the embedded one for each anew."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.kafka.cluster import Cluster
from deploy.kafka.jars import NotInstalled
from services.platform.broker import die_with_parent
from services.platform.settings import Settings
from tests.integration.container import NoContainer, kafka_container
from tests.integration.secure import secure_kafka

GIVEN = os.environ.get("COUNTERCLAIM_TEST_BOOTSTRAP", "")

NAMES = ("embedded", "apache", "three", "secure", "container", "given")
"""Tansu; Apache Kafka from its jars: one node, three, one with TLS and passwords; its image; one that runs already."""

EVERYDAY = ["embedded", *(["given"] if GIVEN else [])]
EVERYDAY_KAFKA = ["embedded", "apache", *(["given"] if GIVEN else [])]
"""What `make test` runs a case on, and one that is marked `kafka`: kills, stops and the five articles, because Faust on
Tansu is not Faust on Kafka. `make test-kafka` runs every case on every Kafka."""


class NotHere(Exception):
    """This machine cannot run that broker. Says what is missing."""


@contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@contextmanager
def started(broker: str) -> Iterator[Settings]:
    """Settings for reaching a running broker; without an address where each service has an embedded one of its own.

    Raises NotHere.
    """
    try:
        match broker:
            case "embedded":
                yield Settings(bootstrap_servers="")
            case "apache":
                with _folder() as folder, Cluster(folder, in_child=die_with_parent()) as kafka:
                    yield Settings(bootstrap_servers=kafka.bootstrap)
            case "three":
                with _folder() as folder, Cluster(folder, 3, in_child=die_with_parent()) as kafka:
                    yield Settings(bootstrap_servers=kafka.bootstrap, replication=3)
            case "secure":
                with _folder() as folder, secure_kafka(folder) as settings:
                    yield settings
            case "container":
                with kafka_container() as bootstrap:
                    yield Settings(bootstrap_servers=bootstrap)
            case "given":
                if not GIVEN:
                    raise NotHere("no Kafka given: set COUNTERCLAIM_TEST_BOOTSTRAP to host:port of one")
                yield Settings(bootstrap_servers=GIVEN)
            case _:
                raise ValueError(f"{broker!r} is no broker; brokers are {', '.join(NAMES)}")
    except (NotInstalled, NoContainer) as error:
        raise NotHere(str(error)) from None
