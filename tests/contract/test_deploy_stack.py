"""`make up`: the passwords it makes, and when it stops waiting."""

from __future__ import annotations

from pathlib import Path

import pytest

from deploy import stack


def test_secrets_are_their_owners_alone_and_never_the_same(tmp_path: Path) -> None:
    for name in ("one", "other"):
        stack.write_secrets(tmp_path / "var" / name)
    one, other = tmp_path / "var/one", tmp_path / "var/other"
    assert one.stat().st_mode & 0o777 == 0o700
    for file in one.iterdir():
        assert file.stat().st_mode & 0o777 == 0o600
        assert file.read_text() != (other / file.name).read_text() or file.name == stack.WORKER_SETTINGS
    assert sorted(path.name for path in (tmp_path / "var").iterdir()) == ["one", "other"]


def test_the_desk_and_the_database_have_the_same_password(tmp_path: Path) -> None:
    stack.write_secrets(tmp_path / "deploy")
    password = (tmp_path / "deploy/postgres.env").read_text().strip().partition("=")[2]
    assert f"://counterclaim:{password}@postgres/" in (tmp_path / "deploy/desk.env").read_text()


@pytest.mark.parametrize(
    ("status", "health", "exit_code", "restarts", "state"),
    [
        ("running", "healthy", 0, 0, "done"),
        ("running", "healthy", 0, 9, "done"),
        ("running", "", 0, 0, "done"),
        ("exited", "", 0, 0, "done"),
        ("running", "starting", 0, 0, "waiting"),
        ("created", "", 0, 0, "waiting"),
        ("restarting", "", 1, 1, "waiting"),
        ("running", "starting", 0, 4, "failed"),
        ("running", "unhealthy", 0, 0, "failed"),
        ("exited", "", 2, 0, "failed"),
        ("dead", "", 0, 0, "failed"),
    ],
)
def test_a_start_waits_for_whom_there_is_hope(
    status: str, health: str, exit_code: int, restarts: int, state: str
) -> None:
    assert stack.Container("a", status, health, exit_code, restarts).state == state


def test_a_worker_that_an_outage_restarted_often_is_waited_for_and_not_one_that_goes_on_falling() -> None:
    before: dict[str, int] = {}
    states = [
        stack.since(before, stack.Container("worker", "restarting", "", 2, restarts)).state
        for restarts in (9, 10, 12, 13)
    ]
    assert states == ["waiting", "waiting", "waiting", "failed"]


def test_a_checkout_whose_secrets_are_older_gets_the_file_of_the_workers_and_keeps_its_lines(tmp_path: Path) -> None:
    stack.make_worker_settings(tmp_path)
    file = tmp_path / stack.WORKER_SETTINGS
    assert file.stat().st_mode & 0o777 == 0o600
    file.write_text("MONITORING_WEBHOOK_SECRET=whsec_x\n")
    stack.make_worker_settings(tmp_path)
    assert file.read_text() == "MONITORING_WEBHOOK_SECRET=whsec_x\n"


SERVICES = ["kafka", "topics", "worker", "desk", "postgres", "prometheus", "grafana"]


@pytest.mark.parametrize("without", [[], ["grafana"], ["prometheus", "grafana"], ["desk", "postgres"]])
def test_what_nobody_needs_may_be_left_out(without: list[str]) -> None:
    stack.refuse_half(without, SERVICES)


@pytest.mark.parametrize(
    ("without", "said"),
    [
        (["prometheus"], 'grafana needs prometheus.*WITHOUT="grafana prometheus"'),
        (["kafka"], "topics needs kafka"),
        (["postgres", "grafana"], "desk needs postgres"),
        (["grafanna"], "grafanna: no such service"),
    ],
)
def test_what_another_would_start_all_the_same_cannot_be_left_out_alone(without: list[str], said: str) -> None:
    with pytest.raises(stack.StackError, match=said):
        stack.refuse_half(without, SERVICES)
