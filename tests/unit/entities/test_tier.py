"""Which tier reads, and what that may change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.article import ArticleTraced
from schemas.claim import ClaimsMade
from schemas.entity import EntitiesMentioned, Tier
from schemas.message import Message
from schemas.outcomes import Arrival, Processed
from schemas.parts import whole
from services.platform.settings import load_settings
from services.read.agent import Reader, spec
from services.read.entities.named import Named
from services.read.tier import next_tier

AT = datetime(2024, 5, 1, tzinfo=UTC)
TEXT = "The mayor of Garut said 40 people were killed in Indonesia on Monday."


def garut(text: str, _: Sequence[tuple[int, int]]) -> list[Named]:
    """A model that knows one town."""
    start = text.find("Garut")
    return [Named(start, start + 5, "GPE")] if start >= 0 else []


def traced(language: str = "en") -> ArticleTraced:
    return ArticleTraced(
        article_id="a" * 16, article="a", identity="a", url=None, publisher=None, published=AT, published_from="text",
        title=None, text=TEXT, language=language, content_hash="c", revision=1, revises=None, junk=(), arrived=AT,
        trace="new", copy_of=None, lineage="a", containment=0.0,
    )  # fmt: skip


def emitted(reader: Reader, article: ArticleTraced) -> list[Message]:
    outcome = whole(reader.step(article, {}, Arrival("t", 0, 0, AT)))
    assert isinstance(outcome, Processed)
    return list(outcome.emit)


def names_and_tiers(messages: list[Message]) -> tuple[set[str], set[Tier]]:
    mentioned = [message for message in messages if isinstance(message, EntitiesMentioned)]
    return {e.name for message in mentioned for e in message.entities}, {message.tier for message in mentioned}


@pytest.mark.parametrize(
    ("now", "lag", "then"),
    [
        ("deep", 0, "deep"),
        ("deep", 300, "deep"),
        ("deep", 301, "fast"),
        ("fast", 300, "fast"),
        ("fast", 31, "fast"),
        ("fast", 30, "deep"),
    ],
)
def test_the_tier_falls_above_the_limit_and_comes_back_at_a_tenth(now: Tier, lag: int, then: Tier) -> None:
    assert next_tier(now, lag, 300) == then


@given(st.sampled_from(["fast", "deep"]), st.integers(1, 10_000), st.lists(st.floats(0.11, 1.0)))
def test_a_lag_that_stays_between_the_two_ends_changes_nothing(tier: Tier, limit: int, shares: list[float]) -> None:
    now = tier
    for share in shares:
        now = next_tier(now, max(int(share * limit), limit // 10 + 1), max(limit, limit // 10 + 1))
    assert now == tier


@given(st.sampled_from(["fast", "deep"]), st.integers(1, 10_000))
def test_without_a_lag_it_comes_back_whatever_the_limit(tier: Tier, limit: int) -> None:
    assert next_tier(tier, 0, limit) == "deep"


def test_a_worker_that_falls_behind_reads_fast_until_it_has_caught_up() -> None:
    reader = Reader(garut, 300)
    seen = []
    for lag in (0, 300, 301, 100, 31, 30, 200):
        reader.heed_lag(lag)
        seen.append(names_and_tiers(emitted(reader, traced())))
    deep, fast = ({"Garut", "Indonesia"}, {"deep"}), ({"Indonesia"}, {"fast"})
    assert seen == [deep, deep, fast, fast, fast, deep, deep]


def test_the_tier_changes_no_claim() -> None:
    with_model, without = (emitted(Reader(model, 300), traced()) for model in (garut, None))
    claims = [[message for message in one if isinstance(message, ClaimsMade)] for one in (with_model, without)]
    assert claims[0] == claims[1] != []


def test_a_text_in_another_language_is_read_by_the_rules() -> None:
    assert names_and_tiers(emitted(Reader(garut, 300), traced("id"))) == ({"Indonesia"}, {"fast"})


def test_the_default_tier_is_fast_and_never_asks_for_the_lag(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COUNTERCLAIM_TIER", raising=False)
    assert load_settings().tier == "fast"
    assert spec().heed_lag is None
