"""The shell of notify."""

from __future__ import annotations

from schemas.alert import AlertRaised
from schemas.topics import RAISED
from services.notify import console, stage
from services.platform.spec import StageSpec


def spec() -> StageSpec[AlertRaised]:
    """Alerts in, text on the console out."""
    return StageSpec("notify", source=RAISED, step=stage.step, deliver=console.deliver)
