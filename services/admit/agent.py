"""The shell of admit."""

from __future__ import annotations

from schemas.article import ArticlePublished
from schemas.topics import ADMITTED, PUBLISHED
from services.admit import stage
from services.platform.spec import StageSpec


def spec() -> StageSpec[ArticlePublished]:
    """Published articles in, admitted ones out; what is refused becomes a dead letter."""
    return StageSpec("admit", source=PUBLISHED, step=stage.step, emits=(ADMITTED,))
