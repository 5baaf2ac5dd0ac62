"""The one list of topics (design decision 9): what creates, checks or documents a topic reads it from here."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Generic

from schemas.alert import AlertRaised
from schemas.article import ArticleAdmitted, ArticlePublished, ArticleTraced
from schemas.article_read import ArticleRead
from schemas.claim import ClaimsMade
from schemas.dead_letter import ArticleRejected
from schemas.delivery import DeliveryLogged
from schemas.desk_act import DeskActed
from schemas.entity import EntitiesMentioned, EntityTallied
from schemas.entity_join import EntityJoined
from schemas.errors import BadMessage
from schemas.figure import FigureStated
from schemas.identity import identity
from schemas.ids import digest
from schemas.message import M, Message, decode
from schemas.partition import key_partition
from schemas.review import ReviewDecided
from schemas.revision import ArticleRevised
from schemas.verdict import VerdictGiven

PARTITIONS = 4
"""Of every topic and changelog: Faust needs source, table and changelog equal. The most workers a stage can use."""


def entity_partition(entity: str) -> int:
    """The partition an entity's tally lives on, in [0, PARTITIONS)."""
    return int(digest("entity", entity)[:8], 16) % PARTITIONS


def article_partition(name: str) -> int:
    """The partition of PUBLISHED on which all revisions of an article stand: `name` is its identity. [0, PARTITIONS)"""
    return key_partition(name, PARTITIONS)


MIB = 1024 * 1024
MAX_BODY = 2 * MIB
"""Bytes of one published record. 1,000,000 characters of English with JSON around them take 1.1 MB."""

TABLE_VALUE_BYTES = 64 * 1024
"""No table value may exceed this: an oversized one ends the process through Faust's changelog send."""


@dataclass(frozen=True, slots=True)
class Topic(Generic[M]):
    """One topic: what lives on it, what it is keyed by, how long it is kept.

    Retention counts from the arrival of the article a record stems from; `kept_from_append`: from when it was written.
    `partition` may give None: by the key. `history`: how long a compacted topic keeps every state, not the last alone.
    `also`: further kinds of record that need one order with those of `model`; their fields tell them apart.
    """

    model: type[M]
    key: Callable[[M], str]
    key_is: str
    retention: timedelta | None = None
    compact: bool = False
    partition: Callable[[M], int | None] | None = None
    max_bytes: int = 8 * MIB
    untrusted: bool = False
    kept_from_append: bool = False
    history: timedelta | None = None
    partitions: int = PARTITIONS
    also: tuple[type[M], ...] = ()

    @property
    def name(self) -> str:
        """As Kafka knows it: "news.claim.made.v1"."""
        return self.model.ce_type()

    @property
    def models(self) -> tuple[type[M], ...]:
        """All kinds of record on it."""
        return (self.model, *self.also)

    def decode(self, body: bytes | None) -> M:
        """A record that a stage of ours wrote. Raises BadMessage, of what no kind fits that of `model`."""
        try:
            return decode(self.model, body)
        except BadMessage:
            for model in self.also:
                with suppress(BadMessage):
                    return decode(model, body)
            raise

    @property
    def config(self) -> dict[str, str]:
        """Kafka's settings of the topic."""
        policies = [name for name, wanted in (("compact", self.compact), ("delete", self.retention)) if wanted]
        config = {"cleanup.policy": ",".join(policies) or "delete", "max.message.bytes": str(self.max_bytes)}
        if self.retention is not None:
            config["retention.ms"] = str(int(self.retention.total_seconds() * 1000))
        elif not self.compact:  # neither: every record is kept for ever, which a broker must be told
            config["retention.ms"] = "-1"
        if self.history is not None:
            config["min.compaction.lag.ms"] = str(int(self.history.total_seconds() * 1000))
        # LogAppendTime: the broker's clock says when a record came, not the sender. Down the path it is the arrival of
        # the article, which a cluster with another default would overwrite: so CreateTime is said, too.
        stamped = self.untrusted or self.kept_from_append
        config["message.timestamp.type"] = "LogAppendTime" if stamped else "CreateTime"
        return config


_BEHIND = timedelta(days=7)
"""How long the stages behind admit may stand still. A record carries its article's arrival, which may be as old as
PUBLISHED keeps it when admit sends it, and Kafka deletes by that age: with 3 days on ADMITTED, what was admitted after
an outage of 4 days was gone before copies read it."""

_PUBLISHED_KEPT = timedelta(days=7)
"""How long admit may stand still; chosen, not measured. 45 GB at a million articles a day (docs/scale.md)."""

_SAID_KEPT = timedelta(days=90)
"""What was said, judged, decided and delivered: a rebuild and "as known at" go back so far. Twice the longest life of a
statement (45 days); chosen, not measured. 700 GB of claims at a million articles a day (docs/scale.md). Notify forgets
only after it (`services/notify/forgetting.py`)."""

_HISTORY = timedelta(days=7)
"""A read store that is rebuilt finds a week of states again, for "as known at"; what is older it has only as it last
stood. 90 days of states would be some 30 times the topic."""

PUBLISHED = Topic(
    ArticlePublished,
    key=lambda m: identity(m.url, m.publisher, m.id),
    key_is=(
        "The same for all revisions of an article: the canonical URL, else urn:counterclaim:PUBLISHER:ID, hashed by "
        "murmur2. An article with another key or none is taken too: admit sends it once more, under the right one."
    ),
    partition=lambda m: article_partition(identity(m.url, m.publisher, m.id)),
    retention=_PUBLISHED_KEPT,
    max_bytes=64 * MIB,  # far above MAX_BODY: what is too large shall reach the dead letter, not vanish at a producer
    untrusted=True,
)
ADMITTED = Topic(ArticleAdmitted, key=lambda m: m.language, key_is="language", retention=_PUBLISHED_KEPT + _BEHIND)
REJECTED = Topic(
    ArticleRejected,
    key=lambda m: m.id,
    key_is="dead letter id",
    retention=timedelta(days=30),  # for a person to mend it and send it again; chosen, not measured
    compact=True,
)
TRACED = Topic(ArticleTraced, key=lambda m: m.article_id, key_is="article id", retention=_PUBLISHED_KEPT + _BEHIND)
READ = Topic(ArticleRead, key=lambda m: m.article_id, key_is="article id", retention=_PUBLISHED_KEPT + _BEHIND)
CLAIMS: Topic[ClaimsMade | ArticleRevised] = Topic(
    ClaimsMade,
    key=lambda m: m.block if isinstance(m, ClaimsMade) else str(m.partition),
    key_is="series block; of an ArticleRevised, which every partition is told, the partition",
    partition=lambda m: m.partition if isinstance(m, ArticleRevised) else None,
    retention=_SAID_KEPT,
    # On a topic of its own nothing said whether a text was gone before or after a copy of it spoke: after a kill the
    # ledger read the two the other way round, and sent one alert with another content (1 of 10 runs of chaos S5).
    also=(ArticleRevised,),
)
MENTIONED = Topic(
    EntitiesMentioned,
    key=lambda m: str(m.partition),
    key_is="partition of the entity ids",
    partition=lambda m: m.partition,
    retention=_PUBLISHED_KEPT + _BEHIND,
)
TALLIED = Topic(EntityTallied, key=lambda m: m.entity, key_is="entity id", compact=True)
JOINED = Topic(
    EntityJoined,
    key=lambda m: m.entity,
    key_is="entity id that is given up",
    partition=lambda m: 0,  # of all partitions one, because a merge and its unmerge mean what they do by their order
)
STATED = Topic(FigureStated, key=lambda m: m.series, key_is="series", compact=True, history=_HISTORY)
VERDICTS = Topic(VerdictGiven, key=lambda m: m.series, key_is="series", retention=_SAID_KEPT)
RAISED = Topic(AlertRaised, key=lambda m: m.fingerprint, key_is="alert fingerprint", compact=True, history=_HISTORY)
DECIDED = Topic(
    ReviewDecided,
    key=lambda m: m.block,
    key_is="series block",
    retention=_SAID_KEPT,
    untrusted=True,
)
DELIVERIES = Topic(
    DeliveryLogged,
    key=lambda m: m.subscription,
    key_is="subscription id",
    retention=_SAID_KEPT,
    # RAISED is kept for ever. What is due of an alert of long ago must not be deleted before it is read.
    kept_from_append=True,
)
ACTED = Topic(
    DeskActed,
    key=lambda m: m.target,
    key_is="what it was done to",
    partition=lambda m: m.partition,
    retention=timedelta(days=365),  # who did what and why; chosen, not measured: people do little, so it costs little
    untrusted=True,
)

TOPICS: tuple[Topic[Any], ...] = (
    PUBLISHED,
    ADMITTED,
    REJECTED,
    TRACED,
    READ,
    CLAIMS,
    MENTIONED,
    TALLIED,
    JOINED,
    STATED,
    VERDICTS,
    RAISED,
    DECIDED,
    DELIVERIES,
    ACTED,
)

BY_MODEL: dict[type[Message], Topic[Any]] = {model: topic for topic in TOPICS for model in topic.models}


@dataclass(frozen=True, slots=True)
class Route:
    """What a stage reads and what it sends; any stage may also send a dead letter to REJECTED.

    `also`: further topics it reads, partition for partition with `source`; nothing orders them among each other.
    """

    source: Topic[Any]
    targets: tuple[Topic[Any], ...]
    also: tuple[Topic[Any], ...] = ()

    @property
    def sources(self) -> tuple[Topic[Any], ...]:
        """All it reads."""
        return (self.source, *self.also)


ROUTES: dict[str, Route] = {
    "admit": Route(PUBLISHED, (ADMITTED, PUBLISHED)),
    "copies": Route(ADMITTED, (TRACED,)),
    "read": Route(TRACED, (READ, CLAIMS, MENTIONED)),
    "tally": Route(MENTIONED, (TALLIED,)),
    "ledger": Route(CLAIMS, (VERDICTS, STATED, RAISED), also=(DECIDED,)),
    "notify": Route(RAISED, (DELIVERIES,), also=(ACTED,)),
    "deliver": Route(DELIVERIES, (DELIVERIES,)),
}
"""The stages in the order of the design."""

TABLES: dict[str, tuple[str, ...]] = {
    "admit": ("identities",),
    "copies": ("sketches", "texts"),
    "read": (),
    "tally": ("entities",),
    "ledger": ("series",),
    "notify": ("delivered", "silences"),
    "deliver": ("waiting", "subscribers"),
}
"""The tables of each stage, in the order of the design; a stage's name is also its Faust app id's last part."""


def app_id(stage: str) -> str:
    """Consumer group and Faust app of a stage (design decision 10: one stage, one group)."""
    return f"counterclaim-{stage}"


def changelog(stage: str, table: str) -> str:
    """Name of the compacted topic that holds a table, as Faust names it."""
    return f"{app_id(stage)}-{table}-changelog"
