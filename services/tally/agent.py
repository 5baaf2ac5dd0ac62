"""The shell of tally."""

from __future__ import annotations

from schemas.entity import EntitiesMentioned
from schemas.topics import MENTIONED, TALLIED
from services.platform.spec import StageSpec
from services.tally import stage


def spec() -> StageSpec[EntitiesMentioned]:
    """Mentions in, rolling counts out; the sweep lets old counts run out where nothing new comes."""
    return StageSpec("tally", source=MENTIONED, step=stage.step, sweep=stage.sweep, emits=(TALLIED,))
