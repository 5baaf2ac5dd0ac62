"""The shell of tally."""

from __future__ import annotations

from schemas.entity import EntitiesMentioned
from schemas.topics import MENTIONED, TALLIED
from services.platform.settings import load_settings
from services.platform.spec import StageSpec
from services.tally.stage import Tally


def spec() -> StageSpec[EntitiesMentioned]:
    """Mentions in, rolling counts out; the sweep lets old counts run out where nothing new comes."""
    tally = Tally()
    return StageSpec(
        "tally",
        source=MENTIONED,
        step=tally.step,
        restore=tally.restore,
        sweep=tally.sweeping,
        sweep_every=load_settings().tally_period,
        emits=(TALLIED,),
    )
