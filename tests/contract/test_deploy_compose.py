"""docker-compose.yml and the Dockerfile: what every container is kept from, and what both compose programs take."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy import stack
from services.platform.settings import PREFIX, Settings
from services.platform.subscriptions import parse
from tests.shared import PROJECT

TEXT = (PROJECT / "docker-compose.yml").read_text("utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILE = (PROJECT / "deploy/Dockerfile").read_text("utf-8")

every_service = pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES)

OWN = "counterclaim"
"""Our image, which is built here and so has no tag to pin."""


@every_service
def test_a_container_can_change_nothing_but_its_volumes(service: dict[str, Any]) -> None:
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in service
    assert "cap_add" not in service


@every_service
def test_no_container_runs_as_root(service: dict[str, Any]) -> None:
    if service["image"] == OWN:
        assert re.findall(r"^USER (\d+)$", DOCKERFILE, re.MULTILINE)[-1] != "0"
        assert "user" not in service
    else:
        assert int(service["user"].split(":")[0]) > 0


@every_service
def test_a_container_has_bounded_memory_and_logs(service: dict[str, Any]) -> None:
    assert re.fullmatch(r"[1-9][0-9]*[mg]", service["mem_limit"])
    assert {"max-size", "max-file"} <= set(service["logging"]["options"])


@every_service
def test_what_stays_up_says_whether_it_is_well_and_is_started_again(service: dict[str, Any]) -> None:
    once = service["restart"] == "no"
    assert once == ("healthcheck" not in service)
    assert once or service["restart"] == "unless-stopped"


@every_service
def test_every_port_is_on_loopback(service: dict[str, Any]) -> None:
    assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))


@pytest.mark.parametrize(
    "image",
    [service["image"] for service in SERVICES.values() if service["image"] != OWN]
    + re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE),
)
def test_an_image_from_elsewhere_is_pinned_to_a_full_version(image: str) -> None:
    assert re.search(r":v?\d+\.\d+\.\d+$|:\d+\.\d+(\.\d+)?-[a-z-]+$", image)


def test_no_password_stands_in_the_file() -> None:
    for service in SERVICES.values():
        assert not [name for name in service.get("environment", {}) if re.search("PASSWORD|SECRET|DATABASE$", name)]


def test_every_setting_is_one_that_the_service_knows(tmp_path: Path) -> None:
    stack.write_secrets(tmp_path / "deploy")
    written = [line.split("=")[0] for line in (tmp_path / "deploy/desk.env").read_text().splitlines()]
    given = {name for service in SERVICES.values() for name in service.get("environment", {})}
    named = {name for name in [*given, *written, *re.findall(rf"{PREFIX}[A-Z_]+", TEXT)] if name.startswith(PREFIX)}
    assert named
    assert {name.removeprefix(PREFIX).lower() for name in named} <= set(Settings.model_fields)


def test_every_file_of_passwords_that_it_names_is_made(tmp_path: Path) -> None:
    stack.write_secrets(tmp_path / "deploy")
    named = {PROJECT / name for service in SERVICES.values() for name in service.get("env_file", [])}
    assert named == {stack.SECRETS / made.name for made in (tmp_path / "deploy").iterdir()}


def test_every_folder_and_file_that_it_mounts_is_here() -> None:
    mounted = [
        volume.split(":/")[0] for service in SERVICES.values() for volume in service.get("volumes", []) if "/" in volume
    ]
    sources = [re.sub(r"^\$\{\w+:-(.*)\}$", r"\1", source) for source in mounted]
    assert all((PROJECT / source).exists() for source in sources if source.startswith("."))


def test_what_needs_what_is_as_make_up_believes() -> None:
    needs = {name: set(service["depends_on"]) for name, service in SERVICES.items() if "depends_on" in service}
    assert needs == {name: set(needed) for name, needed in stack.NEEDS.items()}


def test_our_image_is_built_and_run_for_the_one_platform_that_all_wheels_are_made_for() -> None:
    assert {service["platform"] for service in SERVICES.values() if service["image"] == OWN} == {stack.PLATFORM}


def test_the_container_of_kafka_is_the_version_that_the_tests_run() -> None:
    pom = (PROJECT / "deploy/kafka/pom.xml").read_text("utf-8")
    (version,) = set(re.findall(r"<artifactId>kafka_[^<]*</artifactId>\s*<version>([\d.]+)</version>", pom))
    assert SERVICES["kafka"]["image"] == f"apache/kafka:{version}"


def test_kafkas_port_on_this_machine_is_the_one_that_it_tells_its_clients() -> None:
    (port,) = SERVICES["kafka"]["ports"]
    outside = port.removeprefix("127.0.0.1:").removesuffix(":9092")
    assert outside == "${KAFKA_PORT:-9092}"
    assert f"HOST://127.0.0.1:{outside}" in SERVICES["kafka"]["environment"]["KAFKA_ADVERTISED_LISTENERS"]


def test_volumes_that_open_with_a_password_are_known_by_name() -> None:
    names = {volume["name"] for volume in COMPOSE["volumes"].values()}
    assert set(stack.KEPT) <= names


@pytest.mark.parametrize("command", [["docker", "compose"], ["docker-compose"]], ids=" ".join)
def test_compose_takes_the_file(command: list[str], tmp_path: Path) -> None:
    try:
        subprocess.run([*command, "version"], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip(f"no {' '.join(command)} here")
    stack.write_secrets(tmp_path / "var/deploy")
    copy = tmp_path / "docker-compose.yml"
    copy.write_text(TEXT)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COMPOSE_")}
    done = subprocess.run(
        [*command, "-f", str(copy), "config"],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    assert set(yaml.safe_load(done.stdout)["services"]) == set(SERVICES)


def test_the_subscribers_that_are_mounted_unless_others_are_named_can_be_read() -> None:
    path = PROJECT / "deploy/subscribers/subscriptions.yaml"
    assert parse(path.read_text("utf-8"), str(path)).subscriptions == ()


def test_the_image_has_what_the_service_needs_and_the_driver_of_its_database() -> None:
    def pinned(name: str) -> dict[str, str]:
        text = (PROJECT / "requirements" / name).read_text("utf-8")
        return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, re.MULTILINE))

    base, image = pinned("base.lock"), pinned("postgres.lock")
    assert "requirements/postgres.lock" in DOCKERFILE
    assert image == base | {"asyncpg": image["asyncpg"]}, "run `make lock`"


def test_the_build_sees_no_more_than_it_needs() -> None:
    allowed = [line for line in (PROJECT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")]
    copied = {
        source
        for sources in re.findall(r"^COPY (?!--)(.+) \S+$", DOCKERFILE, re.MULTILINE)
        for source in sources.split()
    }
    assert {source.split("/")[0] for source in copied} == {line[1:] for line in allowed}
