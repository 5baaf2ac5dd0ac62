"""The shell of ledger."""

from __future__ import annotations

from schemas.claim import ClaimsMade
from schemas.revision import ArticleRevised
from schemas.topics import CLAIMS, DECIDED, RAISED, STATED, VERDICTS
from services.ledger.sweep import SWEEP_EVERY, Keeper
from services.platform.spec import StageSpec


def spec() -> StageSpec[ClaimsMade | ArticleRevised]:
    """Claims, revisions and people's decisions in; series, verdicts and alerts out."""
    keeper = Keeper()
    return StageSpec(
        "ledger",
        source=CLAIMS,
        also=(DECIDED,),
        step=keeper.steps,
        sweep=keeper.sweeping,
        sweep_every=SWEEP_EVERY.total_seconds(),
        emits=(STATED, VERDICTS, RAISED),
    )
