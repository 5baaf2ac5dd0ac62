"""The tables of the read store, for SQLite and PostgreSQL alike.

A row holds the message as it came (`message`, JSON bytes) and, beside it, the columns that are filtered and sorted by.
Times are integers, microseconds since 1970 UTC: both databases index and compare them the same way.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData()


def _message() -> Column[bytes]:
    return Column("message", LargeBinary, nullable=False)


offsets = Table(
    "offsets",
    metadata,
    Column("topic", String, primary_key=True),
    Column("partition", Integer, primary_key=True),
    Column("next", BigInteger, nullable=False),  # first offset not yet applied, stored with the rows it stands for
)

articles = Table(
    "articles",
    metadata,
    Column("article_id", String, primary_key=True),
    Column("article", String, nullable=False),
    Column("identity", String, nullable=False),
    Column("url", String),
    Column("publisher", String),
    Column("title", String),
    Column("language", String, nullable=False),
    Column("published", BigInteger, nullable=False),
    Column("arrived", BigInteger, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("revises", String),
    Column("trace", String, nullable=False),
    Column("copy_of", String),
    Column("lineage", String, nullable=False),
    Column("text", Text),  # None once the setting says that texts are kept no longer
    Column("message", LargeBinary, nullable=False),  # without its text
    Column("read", LargeBinary),  # news.article.read, None until it came
    Index("articles_newest", "arrived", "article_id"),
    Index("articles_of_publisher", "publisher", "arrived"),
    Index("articles_of_lineage", "lineage", "arrived"),
    Index("articles_of_identity", "identity", "revision"),
    Index("articles_revising", "revises"),
)

claims = Table(
    "claims",
    metadata,
    Column("id", String, primary_key=True),
    Column("article_id", String, nullable=False),
    Column("publisher", String),
    Column("lineage", String, nullable=False),
    Column("voice", String, nullable=False),  # Claim.voice_name, as shown and filtered by
    Column("speaker", String),
    Column("metric", String, nullable=False),
    Column("unit", String, nullable=False),
    Column("value", Float, nullable=False),
    Column("scope", String),
    Column("block", String, nullable=False),
    Column("series", String),  # None until a figure or a verdict named it
    Column("said", BigInteger, nullable=False),  # Claim.as_of
    Column("published", BigInteger, nullable=False),
    Column("learned", BigInteger, nullable=False),  # arrival of its article
    Column("revised_by", String),  # article_id of the text that took the place of its article's, where one did
    Column("statement", String, nullable=False),  # digest of what is said by whom, so that copies are counted by it
    _message(),
    Index("claims_newest", "learned", "id"),
    Index("claims_of_article", "article_id"),
    Index("claims_of_metric", "metric", "learned"),
    Index("claims_of_voice", "voice", "learned"),
    Index("claims_of_publisher", "publisher", "learned"),
    Index("claims_of_series", "series", "learned"),
    Index("claims_of_statement", "statement"),
)

claim_entities = Table(
    "claim_entities",
    metadata,
    Column("claim", String, ForeignKey("claims.id", ondelete="CASCADE"), primary_key=True),
    Column("entity", String, primary_key=True),
    Column("is_place", Boolean, nullable=False),  # else whose it is, or who says it
    Column("learned", BigInteger, nullable=False),
    Index("claims_of_entity", "entity", "learned"),
)

figures = Table(
    "figures",
    metadata,
    Column("series", String, primary_key=True),
    Column("block", String, nullable=False),
    Column("label", String, nullable=False),
    Column("metric", String, nullable=False),
    Column("whose", String),
    Column("voices", Integer, nullable=False),
    Column("publishers", Integer, nullable=False),
    Column("open_conflicts", Integer, nullable=False),
    Column("severity", Integer, nullable=False),  # of the worst open conflict: 0 none, 1 info, 2 warning, 3 critical
    Column("updated", BigInteger, nullable=False),
    _message(),
    Index("figures_by_worst", "severity", "updated", "series"),
    Index("figures_newest", "updated", "series"),
    Index("figures_of_metric", "metric", "updated"),
)

figure_places = Table(
    "figure_places",
    metadata,
    Column("series", String, ForeignKey("figures.series", ondelete="CASCADE"), primary_key=True),
    Column("entity", String, primary_key=True),
    Index("figures_of_place", "entity"),
)

figure_states = Table(  # every state that came, for "as known at"
    "figure_states",
    metadata,
    Column("series", String, primary_key=True),
    Column("updated", BigInteger, primary_key=True),
    _message(),
)

conflicts = Table(
    "conflicts",
    metadata,
    Column("id", String, primary_key=True),  # the alert's fingerprint
    Column("series", String, nullable=False),
    Column("metric", String, nullable=False),
    Column("state", String, nullable=False),
    Column("severity", Integer, nullable=False),
    Column("ratio", Float),
    Column("opened", BigInteger, nullable=False),
    Column("updated", BigInteger, nullable=False),
    Column("stated", BigInteger, nullable=False),  # `updated` of the figure it came in: the newer wins
    _message(),
    Index("conflicts_newest", "updated", "id"),
    Index("conflicts_of_series", "series"),
)

alerts = Table(  # every message of every alert
    "alerts",
    metadata,
    Column("id", String, primary_key=True),
    Column("fingerprint", String, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("message_type", String, nullable=False),
    Column("latest", Boolean, nullable=False),  # of its fingerprint
    Column("severity", Integer, nullable=False),
    Column("verdict", String, nullable=False),
    Column("metric", String, nullable=False),
    Column("series", String, nullable=False),
    Column("raised", BigInteger, nullable=False),
    _message(),
    Index("alerts_newest", "latest", "raised", "id"),
    Index("alerts_of_fingerprint", "fingerprint", "sequence"),
    Index("alerts_of_series", "series", "raised"),
)

alert_entities = Table(  # places and voices of both claims
    "alert_entities",
    metadata,
    Column("alert", String, ForeignKey("alerts.id", ondelete="CASCADE"), primary_key=True),
    Column("entity", String, primary_key=True),
    Column("is_place", Boolean, primary_key=True),
    Index("alerts_of_entity", "entity"),
)

verdicts = Table(
    "verdicts",
    metadata,
    Column("id", String, primary_key=True),
    Column("series", String, nullable=False),
    Column("one", String, nullable=False),
    Column("other", String, nullable=False),
    Column("verdict", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("severity", Integer, nullable=False),
    Column("alert", Boolean, nullable=False),
    Column("hold", Boolean, nullable=False),
    Column("decision", String),
    Column("at", BigInteger, nullable=False),
    _message(),
    Index("verdicts_of_one", "one"),
    Index("verdicts_of_other", "other"),
    Index("verdicts_of_series", "series", "at"),
    Index("verdicts_held", "hold", "at"),
    Index("verdicts_newest", "at", "id"),
)

reviews = Table(  # what was decided of held verdicts; the first word stands
    "reviews",
    metadata,
    Column("id", String, primary_key=True),  # hld-…
    Column("decision", String, nullable=False),
    Column("at", BigInteger, nullable=False),
    _message(),
)

entities = Table(
    "entities",
    metadata,
    Column("entity", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("type", String, nullable=False),
    Column("mentions_1h", Integer, nullable=False),
    Column("mentions_24h", Integer, nullable=False),
    Column("mentions_7d", Integer, nullable=False),
    Column("trend", Float, nullable=False),  # articles of 24 h over those of the 24 h before, at least 1
    Column("last_seen", BigInteger, nullable=False),
    Column("as_of", BigInteger, nullable=False),
    Column("into", String),  # the id that stands for it, where a person merged it
    _message(),
    Index("entities_by_mentions", "mentions_24h", "mentions_7d", "name"),
    Index("entities_by_trend", "trend", "name"),
    Index("entities_by_name", "name"),
)

joins = Table(
    "joins",
    metadata,
    Column("id", String, primary_key=True),
    Column("offset", BigInteger, nullable=False),  # of the topic's one partition: the order that counts
    Column("entity", String, nullable=False),
    _message(),
    Index("joins_of_entity", "entity"),
)

article_entities = Table(
    "article_entities",
    metadata,
    Column("article_id", String, primary_key=True),
    Column("entity", String, primary_key=True),
    Column("arrived", BigInteger, nullable=False),
    Column("name", String, nullable=False),
    Column("type", String, nullable=False),
    Column("mentions", Integer, nullable=False),
    _message(),  # EntityInArticle
    Index("articles_of_entity", "entity", "arrived"),
)

dead_letters = Table(
    "dead_letters",
    metadata,
    Column("id", String, primary_key=True),
    Column("stage", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("rejected", BigInteger, nullable=False),
    Column("replayed", BigInteger),  # when somebody replayed it, None: nobody did
    _message(),
    Index("dead_letters_newest", "rejected", "id"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", String, primary_key=True),
    Column("subscription", String, nullable=False),
    Column("alert_id", String, nullable=False),
    Column("state", String, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("at", BigInteger, nullable=False),
    _message(),
    Index("deliveries_of_alert", "alert_id"),
    Index("deliveries_newest", "at", "id"),
)

acts = Table(  # what people did at the desk
    "acts",
    metadata,
    Column("id", String, primary_key=True),
    Column("act", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("target", String, nullable=False),
    Column("by", String, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("until", BigInteger),
    _message(),
    Index("acts_of_target", "target", "at"),
    Index("acts_newest", "at", "id"),
)
