"""The shell of admit."""

from __future__ import annotations

from schemas.article import ArticlePublished
from schemas.topics import ADMITTED, PUBLISHED
from services.admit.stage import Door
from services.platform.spec import StageSpec


def spec() -> StageSpec[ArticlePublished]:
    """Published articles in, admitted ones out; the refused to the dead letters, the astray to their partition."""
    door = Door()
    return StageSpec("admit", source=PUBLISHED, step=door.step, restore=door.restore, emits=(ADMITTED, PUBLISHED))
