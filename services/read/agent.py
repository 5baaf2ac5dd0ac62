"""The shell of read: it chooses the tier by setting and lag; the stage reads with the model it is given, or without."""

from __future__ import annotations

import structlog

from schemas.article import ArticleTraced
from schemas.entity import Tier
from schemas.outcomes import Arrival, Outcome, Tables
from schemas.parts import Parts
from schemas.topics import CLAIMS, MENTIONED, READ, TRACED
from services.platform.settings import load_settings
from services.platform.spec import StageSpec
from services.read import stage
from services.read.entities import Model
from services.read.entities.deep import load_model
from services.read.tier import next_tier

log = structlog.get_logger(__name__)


def spec() -> StageSpec[ArticleTraced]:
    """Traced articles in; claims and mentions out. Raises BadSetting if the tier needs a model and none is there."""
    settings = load_settings()
    reader = Reader(None if settings.tier == "fast" else load_model(), settings.tier_lag)
    heed_lag = reader.heed_lag if settings.tier == "auto" else None
    return StageSpec("read", source=TRACED, step=reader.step, emits=(READ, CLAIMS, MENTIONED), heed_lag=heed_lag)


class Reader:
    """The stage with the deep tier's model, which it uses while the lag allows it."""

    def __init__(self, model: Model | None, limit: int) -> None:
        """Without a `model` the tier is fast; `limit`: records that may wait before it is, see `next_tier`."""
        self._model = model
        self._limit = limit
        self._tier: Tier = "deep"

    def heed_lag(self, lag: int) -> None:
        """Called before each record with the number that wait."""
        tier = next_tier(self._tier, lag, self._limit)
        if tier != self._tier:
            log.info("tier of names", tier=tier, lag=lag, limit=self._limit)
        self._tier = tier

    def step(self, article: ArticleTraced, tables: Tables, arrival: Arrival) -> Parts[Outcome]:
        """The stage's step in parts, by the present tier."""
        return stage.steps(article, tables, arrival, self._model if self._tier == "deep" else None)
