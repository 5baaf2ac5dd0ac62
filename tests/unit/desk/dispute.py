"""An invented dispute for the desk's tests: a flood in the valley of the Orrel, a river on no map.

Every claim is cut out of an article's text by its words, so that offsets are true.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from schemas.alert import AlertRaised, Side
from schemas.article import ArticleTraced, Junk
from schemas.claim import Claim, ClaimsMade
from schemas.dead_letter import ArticleRejected, Origin
from schemas.entity import EntityTallied, Window
from schemas.figure import Conflict, FigureStated
from schemas.ids import alert_fingerprint, article_id, claim_id, content_hash
from schemas.message import Message
from schemas.metrics import Metric
from schemas.verdict import Verdict, VerdictGiven
from services.ledger.rules.series import series_of

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
BLOCK = "people:orrel"

UNTIL_ARRIVED = timedelta(minutes=20)
"""From an article's publication to its arrival here."""


def article(
    text: str,
    publisher: str | None = "Harbour Times",
    title: str | None = "Flood in the Orrel valley",
    at: datetime = NOON,
    **fields: Any,
) -> ArticleTraced:
    """One traced article; its id follows from its words."""
    content = content_hash(title, text)
    own = article_id(f"urn:test:{publisher}:{content}", content)
    values: dict[str, Any] = {
        "article_id": own,
        "article": f"flood-{content[:4]}",
        "identity": f"urn:test:{publisher}:{content}",
        "url": "https://harbour.example/flood",
        "publisher": publisher,
        "published": at - UNTIL_ARRIVED,
        "published_from": "publisher",
        "title": title,
        "text": text,
        "language": "en",
        "content_hash": content,
        "revision": 1,
        "revises": None,
        "junk": (),
        "arrived": at,
        "trace": "new",
        "copy_of": None,
        "lineage": own,
        "containment": 0.0,
    }
    return ArticleTraced(**(values | fields))


def claim(source: ArticleTraced, words: str, value: float, high: float | None = -1, **fields: Any) -> Claim:
    """The claim whose words stand first in `source`; exact unless `high` or other fields say otherwise."""
    start = source.text.index(words)
    end = start + len(words)
    sentence_start = max(source.text.rfind(". ", 0, start) + 2, source.text.rfind("\n", 0, start) + 1, 0)
    if source.text.rfind(". ", 0, start) < 0 and source.text.rfind("\n", 0, start) < 0:
        sentence_start = 0
    stop = min((at for at in (source.text.find(". ", end), source.text.find("\n", end)) if at >= 0), default=-1)
    sentence_end = len(source.text) if stop < 0 else stop + (source.text[stop] == ".")
    values: dict[str, Any] = {
        "id": claim_id(source.article_id, start, end),
        "article": source.article,
        "article_id": source.article_id,
        "publisher": source.publisher,
        "lineage": source.lineage,
        "published": source.published,
        "reader": "test",
        "words": words,
        "start": start,
        "end": end,
        "sentence": source.text[sentence_start:sentence_end],
        "sentence_start": sentence_start,
        "sentence_end": sentence_end,
        "sentence_index": 0,
        "value": value,
        "low": value,
        "high": value if high == -1 else high,
        "bound": "exact",
        "modifier": None,
        "counted": "people",
        "unit": "people",
        "metric": Metric.PEOPLE_PRESENT,
        "as_of": source.published,
        "speaker": None,
        "block": BLOCK,
    }
    return Claim(**(values | fields))


MINISTRY = article(
    "Rain has fallen on the Orrel valley for nine days.\n"
    "According to the Interior Ministry, about 2,400 people are in the stadium at Veldt, where buses keep arriving. "
    "The ministry has asked for blankets.\n"
    "Readers Comments 14\n"
    "More from this section",
    publisher="Harbour Times",
    title="Veldt stadium fills as the Orrel keeps rising",
    junk=(),
)
MINISTRY = MINISTRY.model_copy(
    update={
        "junk": (
            Junk(
                start=MINISTRY.text.index("Readers"),
                end=MINISTRY.text.index("Readers") + len("Readers Comments 14"),
                reason="comment_counter",
            ),
        )
    }
)
UNION = article(
    "The Farmers' Union says between 4,000 and 5,000 people are cut off in the district of Veldt. "
    "It counted at least 30 dead cattle on one road.\n"
    "Hundreds have left on foot, a driver said.",
    publisher="Valley Wire",
    title="Union: thousands cut off by the flood",
    at=NOON + timedelta(minutes=9),
)
RELAY = article(
    "More than 3,000 people need shelter in Veldt, the Red Lantern relief group said on Monday.",
    publisher="Evening Relay",
    title="Relief group calls for boats",
    at=NOON + timedelta(minutes=12),
)

SAYS_MINISTRY = claim(
    MINISTRY,
    "about 2,400 people",
    2400,
    low=2280,
    high=2520,
    bound="approx",
    modifier="about",
    speaker="Interior Ministry",
    cue="according to",
    scope="camp",
)
SAYS_UNION = claim(
    UNION,
    "between 4,000 and 5,000 people",
    4000,
    high=5000,
    bound="range",
    speaker="Farmers' Union",
    cue="says",
    scope="district",
)
SAYS_DRIVER = claim(
    UNION, "Hundreds", 100, high=999, soft_high=True, bound="vague", counted=None, speaker="a driver", scope="district"
)
SAYS_LANTERN = claim(
    RELAY, "More than 3,000 people", 3000, high=None, bound="lower", speaker="Red Lantern", scope="city"
)
CATTLE = claim(
    UNION,
    "at least 30",
    30,
    high=None,
    bound="lower",
    counted="cattle",
    unit="cattle",
    metric=Metric.OTHER,
    speaker="Farmers' Union",
)

SERIES = series_of(SAYS_MINISTRY) or ""
FINGERPRINT = alert_fingerprint(SERIES, SAYS_MINISTRY.voice, SAYS_UNION.voice)


def alert(sequence: int = 1, **fields: Any) -> AlertRaised:
    """The dispute's alert."""
    values: dict[str, Any] = {
        "id": f"{FINGERPRINT}:{sequence}",
        "fingerprint": FINGERPRINT,
        "sequence": sequence,
        "message_type": "alert" if sequence == 1 else "update",
        "severity": "warning",
        "verdict": "conflict",
        "flags": ("scope_differs",),
        "reason": "disjoint",
        "because": (
            "R3: same count, same event; the scopes differ but the texts set them side by side",
            "R5: 2,280 to 2,520 and 4,000 to 5,000 do not meet",
            "R7: the ratio 1.59 is at least 1.1 and below 3, so a warning",
        ),
        "ratio": 1.587,
        "series": SERIES,
        "label": "People present, Orrel valley",
        "metric": Metric.PEOPLE_PRESENT,
        "attribution": (
            "Interior Ministry says about 2,400 people are in the stadium; "
            "Farmers' Union says between 4,000 and 5,000 people are cut off in the district"
        ),
        "sides": (
            Side(voice="Interior Ministry", claim=SAYS_MINISTRY.id, outlets=5, origins=1),
            Side(voice="Farmers' Union", claim=SAYS_UNION.id, outlets=1, origins=1),
        ),
        "claims": (SAYS_MINISTRY, SAYS_UNION),
        "raised": NOON + timedelta(minutes=9, seconds=sequence),
    }
    return AlertRaised(**(values | fields))


def figure(**fields: Any) -> FigureStated:
    """The dispute's series with four voices and one open conflict."""
    values: dict[str, Any] = {
        "series": SERIES,
        "block": BLOCK,
        "label": "People present, Orrel valley",
        "metric": Metric.PEOPLE_PRESENT,
        "unit": "people",
        "whose": None,
        "places": (),
        "window": None,
        "statements": (SAYS_MINISTRY, SAYS_UNION, SAYS_DRIVER, SAYS_LANTERN),
        "conflicts": (
            Conflict(
                id=FINGERPRINT,
                one=SAYS_MINISTRY.id,
                other=SAYS_UNION.id,
                severity="warning",
                ratio=1.587,
                flags=("scope_differs",),
                state="open",
                opened=NOON + timedelta(minutes=9),
                updated=NOON + timedelta(minutes=9),
                cause="opened",
            ),
        ),
        "updated": NOON + timedelta(minutes=12),
    }
    return FigureStated(**(values | fields))


def note(**fields: Any) -> VerdictGiven:
    """A conflict through a soft bound only: shown quietly."""
    values: dict[str, Any] = {
        "series": SERIES,
        "block": BLOCK,
        "one": SAYS_DRIVER.id,
        "other": SAYS_MINISTRY.id,
        "verdict": Verdict(
            verdict="conflict",
            flags=("soft_bound",),
            severity="info",
            alert=False,
            hold=False,
            reason="disjoint_soft",
            because=("R7: disjoint only through a soft bound",),
            ratio=2.28,
        ),
        "at": NOON + timedelta(minutes=10),
    }
    return VerdictGiven(**(values | fields))


def entity(name: str = "Veldt", mentions: int = 7, **fields: Any) -> EntityTallied:
    """One row of the table of names."""
    day = Window(mentions=mentions, articles=3, lineages=2, publishers=3)
    values: dict[str, Any] = {
        "entity": f"x-{name.lower()}",
        "name": name,
        "type": "GPE",
        "as_of": NOON,
        "windows": {"1h": Window(mentions=0, articles=0, lineages=0, publishers=0), "24h": day, "7d": day},
        "figures": {"people_present": 4, "deaths": 1},
        "first_seen": NOON - timedelta(days=2),
        "last_seen": NOON,
    }
    return EntityTallied(**(values | fields))


def dead_letter(number: int = 1) -> ArticleRejected:
    return ArticleRejected(
        id=f"dead-{number}",
        stage="admit",
        reason="bad_json",
        field=None,
        problem="Expecting value at character 0",
        fix="send one JSON object per record",
        origin=Origin(topic="news.article.published.v1", partition=0, offset=number),
        key=None,
        body=b"e30=",
        body_size=2,
        body_sha256=None,
        complete=True,
        rejected=NOON + timedelta(seconds=number),
    )


def made(*claims: Claim) -> ClaimsMade:
    return ClaimsMade(
        block=claims[0].block, article_id=claims[0].article_id, revision=1, revises=None, claims=tuple(claims)
    )


def everything() -> list[Message]:
    """The whole dispute, in the order a feed may bring it."""
    return [
        MINISTRY,
        UNION,
        RELAY,
        made(SAYS_MINISTRY),
        made(SAYS_UNION, SAYS_DRIVER),
        made(CATTLE),
        made(SAYS_LANTERN),
        figure(),
        alert(),
        note(),
        entity(),
        entity("Orrel", 11, type="LOC"),
        entity("Interior Ministry", 5, type="ORG"),
        dead_letter(),
    ]
