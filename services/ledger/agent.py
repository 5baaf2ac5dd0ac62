"""The shell of ledger."""

from __future__ import annotations

from schemas.claim import ClaimsMade
from schemas.topics import CLAIMS, RAISED, STATED, VERDICTS
from services.ledger import stage
from services.platform.spec import StageSpec


def spec() -> StageSpec[ClaimsMade]:
    """Claims in; series, verdicts and alerts out."""
    return StageSpec("ledger", source=CLAIMS, step=stage.step, emits=(STATED, VERDICTS, RAISED))
