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
    Table,
    Text,
    text,
)

from services.desk.store.columns import Words

metadata = MetaData()


def _message() -> Column[bytes]:
    return Column("message", LargeBinary, nullable=False)


offsets = Table(
    "offsets",
    metadata,
    Column("topic", Words, primary_key=True),
    Column("partition", Integer, primary_key=True),
    Column("next", BigInteger, nullable=False),  # first offset not yet applied, stored with the rows it stands for
)

articles = Table(
    "articles",
    metadata,
    Column("article_id", Words, primary_key=True),
    Column("number", BigInteger, nullable=False),  # by arrival: the search's row id, numbers.py
    Column("identity", Words, nullable=False),  # digest of it: an address may be longer than an index takes
    Column("publisher", Words),
    Column("title", Words),
    Column("language", Words, nullable=False),
    Column("arrived", BigInteger, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("lineage", Words, nullable=False),
    Column("text", Text),  # None once the setting says that texts are kept no longer
    _message(),  # without its text
    Index("articles_by_number", "number", unique=True),
    Index("articles_newest", "arrived", "article_id", "publisher"),
    Index("articles_of_publisher", "publisher", "arrived", "article_id"),
    Index("articles_of_lineage", "lineage", "arrived"),
    Index("articles_of_identity", "identity", "revision"),
    Index(
        "articles_with_text",
        "arrived",
        sqlite_where=text("text IS NOT NULL"),
        postgresql_where=text("text IS NOT NULL"),
    ),
)

readings = Table(  # how an article was read; may come before the article
    "readings",
    metadata,
    Column("article_id", Words, primary_key=True),
    Column("at", BigInteger, nullable=False),
    _message(),
    Index("readings_newest", "at"),
)

revisions = Table(  # which text took the place of which; may come before the claims of either
    "revisions",
    metadata,
    Column("revises", Words, primary_key=True),
    Column("article_id", Words, nullable=False),
    Column("at", BigInteger, nullable=False),  # when it was learned
    Index("revisions_newest", "at"),
)

source_totals = Table(  # how much came of each publisher, of what is kept and what is not ("": it names none)
    "source_totals",
    metadata,
    Column("publisher", Words, primary_key=True),
    Column("language", Words, primary_key=True),  # "" of claims: they are counted apart from articles
    Column("count", Integer, nullable=False),
    Column("last", BigInteger, nullable=False),
)

source_hours = Table(  # and when: the rhythm that a silence is told by
    "source_hours",
    metadata,
    Column("hour", BigInteger, primary_key=True),  # its beginning
    Column("publisher", Words, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("first", BigInteger, nullable=False),
    Column("last", BigInteger, nullable=False),
)

claims = Table(
    "claims",
    metadata,
    Column("id", Words, primary_key=True),
    Column("number", BigInteger, nullable=False),  # by `learned`: the search's row id, numbers.py
    Column("article_id", Words, nullable=False),
    Column("publisher", Words),
    Column("outlet", Words, nullable=False),  # its publisher, else the article: what copies are counted by
    Column("lineage", Words, nullable=False),
    Column("voice", Words, nullable=False),  # Claim.voice_name, folded
    Column("metric", Words, nullable=False),
    Column("series", Words),  # as the ledger names it; None: never compared
    Column("learned", BigInteger, nullable=False),  # arrival of its article
    Column("statement", Words, nullable=False),  # digest of what is said by whom, so that copies are counted by it
    Column("sentence", Text, nullable=False),
    _message(),  # a Claim
    Index("claims_by_number", "number", unique=True),
    Index("claims_newest", "learned", "id"),
    Index("claims_of_article", "article_id"),
    Index("claims_of_metric", "metric", "learned", "id"),
    Index("claims_of_voice", "voice", "learned", "id"),
    Index("claims_of_publisher", "publisher", "learned", "id"),
    Index("claims_of_series", "series", "learned", "id"),
    Index("claims_of_statement", "statement", "outlet", "lineage"),
)

claim_entities = Table(
    "claim_entities",
    metadata,
    Column("claim", Words, ForeignKey("claims.id", ondelete="CASCADE"), primary_key=True),
    Column("entity", Words, primary_key=True),
    Column("is_place", Boolean, primary_key=True),  # else whose it is, or who says it
    Index("claims_of_entity", "entity", "is_place", "claim"),
)

figures = Table(
    "figures",
    metadata,
    Column("series", Words, primary_key=True),
    Column("label", Words, nullable=False),
    Column("metric", Words, nullable=False),
    Column("open_conflicts", Integer, nullable=False),
    Column("severity", Integer, nullable=False),  # of the worst open conflict: 0 none, 1 info, 2 warning, 3 critical
    Column("updated", BigInteger, nullable=False),
    _message(),
    Index("figures_by_worst", "severity", "updated", "series"),
    Index("figures_newest", "updated", "series"),
    Index("figures_of_metric", "metric", "severity", "updated", "series"),
)

figure_terms = Table(  # what a figure is found by: kind is place, entity (place, whose, voice), voice, publisher
    "figure_terms",
    metadata,
    Column("series", Words, ForeignKey("figures.series", ondelete="CASCADE"), primary_key=True),
    Column("kind", Words, primary_key=True),
    Column("value", Words, primary_key=True),
    Index("figures_of_term", "kind", "value", "series"),
)

figure_states = Table(  # every state that came, for "as known at"; the topic keeps only the latest
    "figure_states",
    metadata,
    Column("series", Words, primary_key=True),
    Column("updated", BigInteger, primary_key=True),
    _message(),  # packed
    Index("figure_states_newest", "updated"),
)

conflicts = Table(
    "conflicts",
    metadata,
    Column("id", Words, primary_key=True),  # the alert's fingerprint
    Column("series", Words, nullable=False),
    Column("metric", Words, nullable=False),
    Column("state", Words, nullable=False),  # Conflict.state; dropped: its figure does not list it any more
    Column("severity", Integer, nullable=False),
    Column("updated", BigInteger, nullable=False),
    Column("stated", BigInteger, nullable=False),  # `updated` of the figure it came in: the newer wins
    _message(),  # a Conflict
    Index("conflicts_newest", "updated", "id"),
    Index("conflicts_in_state", "state", "updated", "id"),
    Index("conflicts_of_series", "series"),
)

alerts = Table(  # every message of every alert
    "alerts",
    metadata,
    Column("id", Words, primary_key=True),
    Column("fingerprint", Words, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("latest", Boolean, nullable=False),  # of its fingerprint
    Column("severity", Integer, nullable=False),
    Column("verdict", Words, nullable=False),
    Column("metric", Words, nullable=False),
    Column("raised", BigInteger, nullable=False),
    _message(),
    Index("alerts_newest", "latest", "raised", "id"),
    Index("alerts_of_metric", "metric", "latest", "raised", "id"),
    Index("alerts_of_fingerprint", "fingerprint", "sequence"),
)

alert_terms = Table(  # what an alert is found by, as figure_terms
    "alert_terms",
    metadata,
    Column("alert", Words, ForeignKey("alerts.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", Words, primary_key=True),
    Column("value", Words, primary_key=True),
    Index("alerts_of_term", "kind", "value", "alert"),
)

verdicts = Table(
    "verdicts",
    metadata,
    Column("id", Words, primary_key=True),
    Column("held", Words, nullable=False),  # hld-…, the id of this pair of claims in the review queue
    Column("series", Words, nullable=False),
    Column("one", Words, nullable=False),
    Column("other", Words, nullable=False),
    Column("verdict", Words, nullable=False),
    Column("severity", Integer, nullable=False),
    Column("hold", Boolean, nullable=False),
    Column("note", Boolean, nullable=False),  # held, or a conflict below an alert
    Column("at", BigInteger, nullable=False),
    _message(),
    Index("verdicts_of_one", "one", "at"),
    Index("verdicts_of_other", "other", "at"),
    Index("verdicts_of_series", "series", "at", "id"),
    Index("verdicts_of_pair", "held", "at"),
    Index("verdicts_held", "hold", "at", "id"),
    Index("verdicts_noted", "note", "at", "id"),
    Index("verdicts_of_name", "verdict", "at", "id"),
    Index("verdicts_newest", "at", "id"),
)

reviews = Table(  # what was decided of held verdicts; the first word stands
    "reviews",
    metadata,
    Column("id", Words, primary_key=True),  # hld-…
    Column("at", BigInteger, nullable=False),
    _message(),
    Index("reviews_newest", "at", "id"),
)

entities = Table(
    "entities",
    metadata,
    Column("entity", Words, primary_key=True),
    Column("name", Words, nullable=False),
    Column("mentions_24h", Integer, nullable=False),
    Column("mentions_7d", Integer, nullable=False),
    Column("trend", Float, nullable=False),  # articles of 24 h over those of the 24 h before, at least 1
    Column("last_seen", BigInteger, nullable=False),
    Column("as_of", BigInteger, nullable=False),
    _message(),
    Index("entities_by_mentions", "mentions_24h", "mentions_7d", "entity"),
    Index("entities_by_trend", "trend", "mentions_24h", "entity"),
    Index("entities_seen", "last_seen"),
)

names = Table(  # every name an entity was met under, for filters that give a name
    "names",
    metadata,
    Column("folded", Words, primary_key=True),
    Column("entity", Words, primary_key=True),
    Column("name", Words, nullable=False),
)

joins = Table(
    "joins",
    metadata,
    Column("id", Words, primary_key=True),
    Column("offset", BigInteger, nullable=False),  # of the topic's one partition: the order that counts
    Column("entity", Words, nullable=False),
    Column("into", Words, nullable=False),
    _message(),
)

joined = Table(  # what the joins come to: which id stands for a merged one
    "joined",
    metadata,
    Column("entity", Words, primary_key=True),
    Column("into", Words, nullable=False),
    Index("joined_into", "into"),
)

article_entities = Table(
    "article_entities",
    metadata,
    Column("article_id", Words, primary_key=True),
    Column("entity", Words, primary_key=True),
    Column("arrived", BigInteger, nullable=False),
    _message(),  # an EntityInArticle
    Index("articles_of_entity", "entity", "arrived", "article_id"),
    Index("article_entities_newest", "arrived"),
)

dead_letters = Table(
    "dead_letters",
    metadata,
    Column("id", Words, primary_key=True),
    Column("publisher", Words),  # as the body says it, where it can be read
    Column("rejected", BigInteger, nullable=False),
    _message(),
    Index("dead_letters_newest", "rejected", "id"),
    Index("dead_letters_of_publisher", "publisher"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Words, primary_key=True),
    Column("fingerprint", Words, nullable=False),  # of the alert
    Column("at", BigInteger, nullable=False),
    _message(),  # without the alert
    Index("deliveries_of_alert", "fingerprint", "at"),
    Index("deliveries_newest", "at", "id"),
)

acts = Table(  # what people did at the desk
    "acts",
    metadata,
    Column("id", Words, primary_key=True),
    Column("act", Words, nullable=False),
    Column("kind", Words, nullable=False),
    Column("target", Words, nullable=False),
    Column("at", BigInteger, nullable=False),
    _message(),
    Index("acts_of_target", "target", "at"),
    Index("acts_of_kind", "act", "at"),
    Index("acts_newest", "at", "id"),
)

ended_sessions = Table(  # browsers that signed out before their session's time
    "ended_sessions",
    metadata,
    Column("session", Words, primary_key=True),
    Column("until", BigInteger, nullable=False),  # when its age would have ended it: seconds since 1970, as in cookies
)
