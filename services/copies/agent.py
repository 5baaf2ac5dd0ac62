"""The shell of copies."""

from __future__ import annotations

from schemas.article import ArticleAdmitted
from schemas.topics import ADMITTED, TRACED
from services.copies.stage import Tracer
from services.platform.spec import StageSpec


def spec() -> StageSpec[ArticleAdmitted]:
    """Admitted articles in, traced ones out. The tracer's index in memory is rebuilt from the tables."""
    tracer = Tracer()
    return StageSpec("copies", source=ADMITTED, step=tracer.step, restore=tracer.restore, emits=(TRACED,))
