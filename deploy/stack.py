"""`make up` and `make down`: the containers of docker-compose.yml, from nothing to healthy. Needs Docker alone."""
# ruff: noqa: S603, S607, T201  # runs the docker on PATH, and says what it does

from __future__ import annotations

import argparse
import os
import secrets
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

PROJECT = Path(__file__).resolve().parents[1]
SECRETS = PROJECT / "var" / "deploy"
"""As docker-compose.yml names it."""

WORKER_SETTINGS = "worker.env"
"""Secrets of subscribers, and whatever else workers shall be told; for people to fill, so it may well be empty."""

KEPT = ("counterclaim-postgres", "counterclaim-grafana")
"""Volumes that only open with the passwords they were made with."""

NEEDS = {"topics": ("kafka",), "worker": ("topics",), "desk": ("topics", "postgres"), "grafana": ("prometheus",)}
"""`depends_on` of docker-compose.yml: compose starts what a service needs, whatever it was told to leave out."""

PLATFORM = "linux/amd64"
"""faust-streaming 0.15.3 has no wheel for Linux on arm64, and nothing is built from source; an ARM Mac emulates."""

START_LIMIT = 300.0
"""Seconds for everything to be healthy; 30 to 60 on a quiet machine."""

RESTARTS = 3
"""A container that Docker started again so often since we look will not come to itself. Workers end where no broker
answers, so after an outage they have many restarts behind them and wait up to a minute for the next, and are well."""

State = Literal["done", "waiting", "failed"]


class StackError(Exception):
    """The stack does not run. Says what Docker said, or what to do."""


@dataclass(frozen=True, slots=True)
class Container:
    """One container as `docker inspect` gives it. `health` is empty where it has no health check."""

    name: str
    status: str
    health: str
    exit_code: int
    restarts: int

    @property
    def state(self) -> State:
        """Whether there is still something to wait for."""
        if self.status == "exited":
            return "failed" if self.exit_code else "done"
        if self.status == "running" and self.health in ("", "healthy"):
            return "done"
        stuck = self.health == "unhealthy" or self.status == "dead" or self.restarts > RESTARTS
        return "failed" if stuck else "waiting"

    @property
    def shown(self) -> str:
        """For people: healthy, starting, exited with 0."""
        if self.status == "exited":
            return f"exited with {self.exit_code}"
        return self.health if self.status == "running" and self.health else self.status


def write_secrets(folder: Path) -> None:
    """New passwords, as the files that docker-compose.yml names; all or none of them, for their owner alone."""
    part = folder.with_name(f"{folder.name}.{os.getpid()}")
    part.mkdir(parents=True, mode=0o700)
    database = secrets.token_hex(24)  # it stands in a URL
    files = {
        "postgres.env": [f"POSTGRES_PASSWORD={database}"],
        "desk.env": [
            f"COUNTERCLAIM_DESK_DATABASE=postgresql+asyncpg://counterclaim:{database}@postgres/counterclaim",
            f"COUNTERCLAIM_DESK_SESSION_SECRET={secrets.token_urlsafe(32)}",
        ],
        "grafana.env": [f"GF_SECURITY_ADMIN_PASSWORD={secrets.token_urlsafe(18)}"],
        WORKER_SETTINGS: [],
    }
    for name, lines in files.items():
        _write_private(part / name, lines)
    part.rename(folder)


def make_worker_settings(folder: Path) -> None:
    """The file of the workers' settings, empty, where secrets were made before there was one."""
    if not (folder / WORKER_SETTINGS).exists():
        _write_private(folder / WORKER_SETTINGS, [])


def _write_private(path: Path, lines: Iterable[str]) -> None:
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(number, "w") as file:
        file.writelines(f"{line}\n" for line in lines)


def refuse_half(without: Sequence[str], services: Iterable[str]) -> None:
    """Raises StackError where what is left out is no service, or one that another would start all the same."""
    services = set(services)
    unknown = sorted(set(without) - services)
    if unknown:
        raise StackError(f"{', '.join(unknown)}: no such service; services are {', '.join(sorted(services))}")
    for service, needed in NEEDS.items():
        missing = [name for name in needed if name in without]
        if missing and service not in without:
            both = " ".join(sorted({*without, service}))
            raise StackError(f'{service} needs {" and ".join(missing)}: leave both out (make up WITHOUT="{both}")')


def up(workers: int, without: Sequence[str], authority: Path | None) -> None:
    """Build, start, wait until all is healthy, and say where it is. Raises StackError."""
    compose = _compose()
    if not SECRETS.exists():
        _refuse_old_data()
        write_secrets(SECRETS)
    make_worker_settings(SECRETS)
    known = _ask([*compose, "config", "--services"]).split()
    refuse_half(without, known)
    print("building the image", flush=True)
    secret = ["--secret", f"id=ca,src={authority}"] if authority else []
    _run(
        [
            "docker",
            "build",
            "--platform",
            PLATFORM,
            *secret,
            "--file",
            "deploy/Dockerfile",
            "--tag",
            "counterclaim",
            ".",
        ]
    )
    # By name, because a service that is scaled to none has its image fetched all the same.
    services = [name for name in known if name not in without]
    began = time.monotonic()
    start = [*compose, "up", "-d", "--scale", f"worker={workers}", *services]
    started = subprocess.run(start, cwd=PROJECT, check=False).returncode == 0
    _wait(compose, began, patient=started)
    _say_where(compose, without)


def down(volumes: bool) -> None:
    """Stop and remove the containers; with `volumes` also all data and the passwords to it. Raises StackError."""
    compose = _compose()
    lost = not SECRETS.exists()
    if lost:  # docker-compose.yml cannot be read without them
        write_secrets(SECRETS)
    make_worker_settings(SECRETS)
    try:
        _run([*compose, "down", *(["--volumes"] if volumes else [])])
    finally:
        if lost:
            shutil.rmtree(SECRETS)
    if volumes and not lost:  # to data that is gone
        shutil.rmtree(SECRETS)


def _compose() -> list[str]:
    """The compose that is here, v2 before v1. Raises StackError, also where no engine answers."""
    if shutil.which("docker") is None:
        raise StackError("no docker on PATH; install Docker Engine with its compose plugin")
    _ask(["docker", "version", "--format", "{{.Server.Version}}"])
    for command in (["docker", "compose"], ["docker-compose"]):
        if shutil.which(command[0]) and _answers([*command, "version"]):
            return command
    raise StackError("docker has no compose; install its compose plugin (or docker-compose 1.29.2)")


def _refuse_old_data() -> None:
    """Raises StackError where data waits for passwords that are gone."""
    names = _ask(["docker", "volume", "ls", "--quiet"]).split()
    locked = [name for name in KEPT if name in names]
    if locked:
        raise StackError(
            f"the passwords in {SECRETS.relative_to(PROJECT)} are gone, and {' and '.join(locked)} open with no other: "
            f"put them back, or `docker volume rm {' '.join(locked)}` (the desk fills its database from Kafka again)"
        )


def _wait(compose: Sequence[str], began: float, *, patient: bool) -> None:
    """Say how each container comes up until all are done. Raises StackError with the log of one that will not.

    Not patient: compose gave up already, so what is not done now never will be.
    """
    said: dict[str, str] = {}
    before: dict[str, int] = {}
    while True:
        containers = [since(before, each) for each in _containers(compose)]
        seconds = time.monotonic() - began
        for each in containers:
            if said.get(each.name) != each.shown:
                said[each.name] = each.shown
                print(f"{seconds:5.0f} s  {each.name}: {each.shown}", flush=True)
        waiting = [each for each in containers if each.state == "waiting"]
        failed = [each for each in containers if each.state == "failed"]
        if containers and not waiting and not failed and patient:
            return
        if failed or not patient or seconds > START_LIMIT:
            raise StackError(_why(failed or waiting))
        time.sleep(1)  # compose has no word for "until all are well" that also says why not


def since(before: dict[str, int], container: Container) -> Container:
    """The container with the restarts since it was first seen; `before` keeps how many it had then."""
    return replace(container, restarts=container.restarts - before.setdefault(container.name, container.restarts))


def _why(stuck: Iterable[Container]) -> str:
    parts = ["the stack did not start; what runs goes on running (`make down` ends it)"]
    for each in stuck:
        log = subprocess.run(["docker", "logs", "--tail", "20", each.name], capture_output=True, text=True, check=False)
        parts.append(f"{each.name}: {each.shown}\n{log.stdout}{log.stderr}".rstrip())
    return "\n".join(parts)


def _containers(compose: Sequence[str]) -> list[Container]:
    ids = _ask([*compose, "ps", "--all", "--quiet"]).split()
    if not ids:
        return []
    fields = (
        ".Name",
        ".State.Status",
        ".State.ExitCode",
        ".RestartCount",
        "if .State.Health",
        ".State.Health.Status",
        "end",
    )
    shape = " ".join(f"{{{{{field}}}}}" for field in fields)
    containers = []
    for line in _ask(["docker", "inspect", "--format", shape, *ids]).splitlines():
        name, status, exit_code, restarts, *health = line.split()
        containers.append(
            Container(name.lstrip("/"), status, health[0] if health else "", int(exit_code), int(restarts))
        )
    return sorted(containers, key=lambda each: each.name)


def _say_where(compose: Sequence[str], without: Sequence[str]) -> None:
    """Where everything is, and once the token of the first person who may sign in."""
    inside = [*compose, "exec", "-T", "desk"]
    if "desk" not in without:
        print(f"\nthe desk      http://{_address(compose, 'desk', 8340)}/")
        if not _answers([*inside, "test", "-s", "/var/lib/counterclaim/users.jsonl"]):  # nobody may sign in yet
            print(flush=True)
            _run([*inside, "counterclaim", "desk-users", "add", "admin", "--role", "admin"])
            print()
        print(f"more people   {' '.join(inside)} counterclaim desk-users add NAME --role editor")
        print(f"articles      {' '.join(inside)} counterclaim publish < articles.jsonl")
    if "prometheus" not in without:
        print(f"Prometheus    http://{_address(compose, 'prometheus', 9090)}/alerts")
    if "grafana" not in without:
        print(f"Grafana       http://{_address(compose, 'grafana', 3000)}/  admin, password in var/deploy/grafana.env")
    print(f"Kafka         {_address(compose, 'kafka', 9092)}")


def _address(compose: Sequence[str], service: str, port: int) -> str:
    return _ask([*compose, "port", service, str(port)]).strip()


def _answers(command: Sequence[str]) -> bool:
    return subprocess.run(command, cwd=PROJECT, capture_output=True, check=False).returncode == 0


def _ask(command: Sequence[str]) -> str:
    """What a command prints. Raises StackError with its own words."""
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise StackError(f"{' '.join(command[:3])}: {(done.stderr or done.stdout).strip()}")
    return done.stdout


def _run(command: Sequence[str]) -> None:
    """Run a command before everybody's eyes. Raises StackError."""
    environment = {**os.environ, "DOCKER_BUILDKIT": "1"}  # the Dockerfile mounts a secret, which the old builder cannot
    if subprocess.run(command, cwd=PROJECT, env=environment, check=False).returncode:
        raise StackError(f"{' '.join(command[:3])} failed; its own words are above")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m deploy.stack", description=__doc__)
    actions = parser.add_subparsers(dest="action", required=True)
    start = actions.add_parser("up")
    start.add_argument("--workers", type=int, default=1, choices=range(1, 5))
    start.add_argument("--without", action="append", default=[], metavar="SERVICE")
    start.add_argument(
        "--ca", type=Path, help="PEM file, where the package registry is behind an authority of your own"
    )
    stop = actions.add_parser("down")
    stop.add_argument("--volumes", action="store_true")
    given = parser.parse_args()
    try:
        if given.action == "up":
            up(given.workers, given.without, given.ca)
        else:
            down(given.volumes)
    except StackError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
