"""When a stage is ill: lag without progress, never lag alone."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from prometheus_client import generate_latest

from services.platform.health import StageHealth
from services.platform.metrics import REGISTRY, dead_letter


@dataclass
class World:
    """A clock and a stage that the test moves."""

    now: float = 1000.0
    lag: int = 0
    ready: bool = True


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def health(world: World) -> StageHealth:
    return StageHealth(lag=lambda: world.lag, ready=lambda: world.ready, clock=lambda: world.now)


def test_an_idle_hour_is_healthy_and_does_not_count_when_work_comes(world: World, health: StageHealth) -> None:
    for _ in range(3600):
        world.now += 1
        assert health.complaint(60) is None
    world.lag = 5
    assert health.complaint(60) is None


def test_lag_without_progress_is_ill_after_the_limit(world: World, health: StageHealth) -> None:
    world.lag = 5
    assert health.complaint(60) is None
    world.now += 61
    assert health.complaint(60) == "5 records wait and none was finished for 61 s"


def test_lag_with_progress_is_healthy(world: World, health: StageHealth) -> None:
    world.lag = 5000
    for _ in range(100):
        world.now += 30
        health.progress()
        assert health.complaint(60) is None


def test_a_long_recovery_is_healthy_an_endless_one_is_not(world: World, health: StageHealth) -> None:
    health.complaint(60)
    world.ready = False
    assert health.complaint(60) is None
    world.now += 599
    assert health.complaint(60) is None
    world.now += 2
    assert health.complaint(60) == "not ready for 601 s"


def test_an_unknown_reason_counts_as_content_and_no_label_grows() -> None:
    before = generate_latest(REGISTRY).count(b"\n")
    dead_letter("read", "a_reason_of_tomorrow")
    text = generate_latest(REGISTRY)
    assert b'counterclaim_dead_letters_total{group="content",stage="read"} 1.0' in text
    assert text.count(b"\n") == before
