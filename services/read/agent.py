"""The shell of read."""

from __future__ import annotations

from schemas.article import ArticleTraced
from schemas.topics import CLAIMS, MENTIONED, TRACED
from services.platform.spec import StageSpec
from services.read import stage


def spec() -> StageSpec[ArticleTraced]:
    """Traced articles in; claims and mentions out."""
    return StageSpec("read", source=TRACED, step=stage.step, emits=(CLAIMS, MENTIONED))
