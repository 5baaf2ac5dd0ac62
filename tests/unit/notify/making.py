"""Made-up alerts and subscriptions for the tests of notify and deliver."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from schemas.alert import AlertRaised, Side
from schemas.claim import Claim
from schemas.metrics import Metric
from schemas.outcomes import Arrival
from schemas.subscription import Match, Subscription

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def claim(id_: str, sentence: str, words: str, scope: str, *, low: float, high: float) -> Claim:
    start = 100 + sentence.index(words)
    return Claim(
        id=id_, article=f"article-{id_}", article_id=f"art-{id_}", publisher="The Valley Post", lineage="l",
        published=NOON, reader="1", words=words, start=start, end=start + len(words), sentence=sentence,
        sentence_start=100, sentence_end=100 + len(sentence), sentence_index=0, value=low, low=low, high=high,
        bound="exact", modifier=None, counted="people", unit="people", metric=Metric.PEOPLE_PRESENT, scope=scope,
        as_of=NOON, speaker=None, block="people:XX",
    )  # fmt: skip


ONE = claim("c1", "About 500 people are in the shelter, the mayor said.", "500", "shelter", low=475, high=525)
OTHER = claim("c2", "The army counts 900 to 1,200 in the valley.", "900 to 1,200", "valley", low=900, high=1200)


def alert(sequence: int = 1, fingerprint: str = "alr-1", **fields: Any) -> AlertRaised:
    given: dict[str, Any] = {
        "id": f"{fingerprint}:{sequence}",
        "fingerprint": fingerprint,
        "sequence": sequence,
        "message_type": "alert" if sequence == 1 else "update",
        "severity": "warning",
        "verdict": "conflict",
        "flags": ("scope_differs", "tomorrows_flag"),
        "reason": "disjoint",
        "because": ("the intervals do not meet", "the text sets them side by side"),
        "ratio": 1.71,
        "series": "ser-1",
        "label": "People present, the valley",
        "metric": Metric.PEOPLE_PRESENT,
        "attribution": "The mayor says 500 people are in the shelter; the army says 900 to 1,200 are in the valley",
        "sides": (
            Side(voice="The army", claim="c2", outlets=3, origins=1),
            Side(voice="The mayor", claim="c1", outlets=1, origins=1),
        ),
        "claims": (ONE, OTHER),
        "raised": NOON,
    }
    return AlertRaised(**(given | fields))


def at(offset: int) -> Arrival:
    return Arrival("news.alert.raised.v1", 0, offset, NOON)


def subscription(id_: str = "desk", **match: Any) -> Subscription:
    """One that goes to the console, so that it needs neither address nor secret."""
    return Subscription(id=id_, channel="console", match=Match(**match))
