"""The tables of the read store, and the full-text indexes over two of them."""

from __future__ import annotations

from alembic import op
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKeyConstraint,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Text,
    text,
)

from services.desk.store.search_index import made

revision = "0001"
down_revision = None

WORDS = String().with_variant(String(collation="C"), "postgresql")


def upgrade() -> None:
    _offsets_and_articles()
    _sources()
    _claims()
    _figures()
    _alerts()
    _verdicts()
    _entities()
    _dead_letters_and_acts()
    for statement in made(op.get_bind().dialect.name):
        op.execute(statement)


def _offsets_and_articles() -> None:
    op.create_table(
        "offsets",
        Column("topic", WORDS, nullable=False),
        Column("partition", Integer, nullable=False),
        Column("next", BigInteger, nullable=False),
        PrimaryKeyConstraint("topic", "partition"),
    )
    op.create_table(
        "articles",
        Column("article_id", WORDS, nullable=False),
        Column("number", BigInteger, nullable=False),
        Column("identity", WORDS, nullable=False),
        Column("publisher", WORDS, nullable=True),
        Column("title", WORDS, nullable=True),
        Column("language", WORDS, nullable=False),
        Column("arrived", BigInteger, nullable=False),
        Column("revision", Integer, nullable=False),
        Column("lineage", WORDS, nullable=False),
        Column("text", Text, nullable=True),
        Column("message", LargeBinary, nullable=False),
        PrimaryKeyConstraint("article_id"),
    )
    op.create_index("articles_by_number", "articles", ["number"], unique=True)
    op.create_index("articles_newest", "articles", ["arrived", "article_id", "publisher"])
    op.create_index("articles_of_identity", "articles", ["identity", "revision"])
    op.create_index("articles_of_lineage", "articles", ["lineage", "arrived"])
    op.create_index("articles_of_publisher", "articles", ["publisher", "arrived", "article_id"])
    op.create_index(
        "articles_with_text",
        "articles",
        ["arrived"],
        sqlite_where=text("text IS NOT NULL"),
        postgresql_where=text("text IS NOT NULL"),
    )
    op.create_table(
        "readings",
        Column("article_id", WORDS, nullable=False),
        Column("at", BigInteger, nullable=False),
        Column("message", LargeBinary, nullable=False),
        PrimaryKeyConstraint("article_id"),
    )
    op.create_index("readings_newest", "readings", ["at"])
    op.create_table(
        "revisions",
        Column("revises", WORDS, nullable=False),
        Column("article_id", WORDS, nullable=False),
        Column("at", BigInteger, nullable=False),
        PrimaryKeyConstraint("revises"),
    )
    op.create_index("revisions_newest", "revisions", ["at"])


def _sources() -> None:
    op.create_table(
        "source_totals",
        Column("publisher", WORDS, nullable=False),
        Column("language", WORDS, nullable=False),
        Column("count", Integer, nullable=False),
        Column("last", BigInteger, nullable=False),
        PrimaryKeyConstraint("publisher", "language"),
    )
    op.create_table(
        "source_hours",
        Column("hour", BigInteger, nullable=False),
        Column("publisher", WORDS, nullable=False),
        Column("count", Integer, nullable=False),
        Column("first", BigInteger, nullable=False),
        Column("last", BigInteger, nullable=False),
        PrimaryKeyConstraint("hour", "publisher"),
    )


def _claims() -> None:
    op.create_table(
        "claims",
        Column("id", WORDS, nullable=False),
        Column("number", BigInteger, nullable=False),
        Column("article_id", WORDS, nullable=False),
        Column("publisher", WORDS, nullable=True),
        Column("outlet", WORDS, nullable=False),
        Column("lineage", WORDS, nullable=False),
        Column("voice", WORDS, nullable=False),
        Column("metric", WORDS, nullable=False),
        Column("series", WORDS, nullable=True),
        Column("learned", BigInteger, nullable=False),
        Column("statement", WORDS, nullable=False),
        Column("sentence", Text, nullable=False),
        Column("message", LargeBinary, nullable=False),
        PrimaryKeyConstraint("id"),
    )
    op.create_index("claims_by_number", "claims", ["number"], unique=True)
    op.create_index("claims_newest", "claims", ["learned", "id"])
    op.create_index("claims_of_article", "claims", ["article_id"])
    op.create_index("claims_of_metric", "claims", ["metric", "learned", "id"])
    op.create_index("claims_of_publisher", "claims", ["publisher", "learned", "id"])
    op.create_index("claims_of_series", "claims", ["series", "learned", "id"])
    op.create_index("claims_of_statement", "claims", ["statement", "outlet", "lineage"])
    op.create_index("claims_of_voice", "claims", ["voice", "learned", "id"])
    op.create_table(
        "claim_entities",
        Column("claim", WORDS, nullable=False),
        Column("entity", WORDS, nullable=False),
        Column("is_place", Boolean, nullable=False),
        ForeignKeyConstraint(["claim"], ["claims.id"], ondelete="CASCADE"),
        PrimaryKeyConstraint("claim", "entity", "is_place"),
    )
    op.create_index("claims_of_entity", "claim_entities", ["entity", "is_place", "claim"])


def _figures() -> None:
    op.create_table(
        "figures",
        Column("series", WORDS, nullable=False),
        Column("label", WORDS, nullable=False),
        Column("metric", WORDS, nullable=False),
        Column("open_conflicts", Integer, nullable=False),
        Column("severity", Integer, nullable=False),
        Column("updated", BigInteger, nullable=False),
        Column("message", LargeBinary, nullable=False),
        PrimaryKeyConstraint("series"),
    )
    op.create_index("figures_by_worst", "figures", ["severity", "updated", "series"])
    op.create_index("figures_newest", "figures", ["updated", "series"])
    op.create_index("figures_of_metric", "figures", ["metric", "severity", "updated", "series"])
    op.create_table(
        "figure_terms",
        Column("series", WORDS, nullable=False),
        Column("kind", WORDS, nullable=False),
        Column("value", WORDS, nullable=False),
        ForeignKeyConstraint(["series"], ["figures.series"], ondelete="CASCADE"),
        PrimaryKeyConstraint("series", "kind", "value"),
    )
    op.create_index("figures_of_term", "figure_terms", ["kind", "value", "series"])
    op.create_table(
        "figure_states",
        Column("series", WORDS, nullable=False),
        Column("updated", BigInteger, nullable=False),
        Column("message", LargeBinary, nullable=False),
        PrimaryKeyConstraint("series", "updated"),
    )
    op.create_index("figure_states_newest", "figure_states", ["updated"])
    op.create_table(
        "conflicts",
        Column("id", WORDS, nullable=False),
        Column("series", WORDS, nullable=False),
        Column("metric", WORDS, nullable=False),
        Column("state", WORDS, nullable=False),
        Column("severity", Integer, nullable=False),
        Column("updated", BigInteger, nullable=False),
        Column("stated", BigInteger, nullable=False),
        Column("message", LargeBinary, nullable=False),
        PrimaryKeyConstraint("id"),
    )
    op.create_index("conflicts_in_state", "conflicts", ["state", "updated", "id"])
    op.create_index("conflicts_newest", "conflicts", ["updated", "id"])
    op.create_index("conflicts_of_series", "conflicts", ["series"])


def _alerts() -> None:
    op.create_table(
        "alerts",
        Column("id", WORDS, nullable=False),
        Column("fingerprint", WORDS, nullable=False),
        Column("sequence", Integer, nullable=False),
        Column("latest", Boolean, nullable=False),
        Column("severity", Integer, nullable=False),
        Column("verdict", WORDS, nullable=False),
        Column("metric", WORDS, nullable=False),
        Column("raised", BigInteger, nullable=False),
        Column("message", LargeBinary, nullable=False),
        PrimaryKeyConstraint("id"),
    )
    op.create_index("alerts_newest", "alerts", ["latest", "raised", "id"])
    op.create_index("alerts_of_fingerprint", "alerts", ["fingerprint", "sequence"])
    op.create_index("alerts_of_metric", "alerts", ["metric", "latest", "raised", "id"])
    op.create_table(
        "alert_terms",
        Column("alert", WORDS, nullable=False),
        Column("kind", WORDS, nullable=False),
        Column("value", WORDS, nullable=False),
        ForeignKeyConstraint(["alert"], ["alerts.id"], ondelete="CASCADE"),
        PrimaryKeyConstraint("alert", "kind", "value"),
    )
    op.create_index("alerts_of_term", "alert_terms", ["kind", "value", "alert"])
    op.create_table(
        "deliveries",
        Column("id", WORDS, nullable=False),
        Column("fingerprint", WORDS, nullable=False),
        Column("at", BigInteger, nullable=False),
        Column("message", LargeBinary, nullable=False),
        PrimaryKeyConstraint("id"),
    )
    op.create_index("deliveries_newest", "deliveries", ["at", "id"])
    op.create_index("deliveries_of_alert", "deliveries", ["fingerprint", "at"])


def _verdicts() -> None:
    op.create_table(
        "verdicts",
        Column("id", WORDS, nullable=False),
        Column("held", WORDS, nullable=False),
        Column("series", WORDS, nullable=False),
        Column("one", WORDS, nullable=False),
        Column("other", WORDS, nullable=False),
        Column("verdict", WORDS, nullable=False),
        Column("severity", Integer, nullable=False),
        Column("hold", Boolean, nullable=False),
        Column("note", Boolean, nullable=False),
        Column("at", BigInteger, nullable=False),
        Column("message", LargeBinary, nullable=False),
        PrimaryKeyConstraint("id"),
    )
    op.create_index("verdicts_held", "verdicts", ["hold", "at", "id"])
    op.create_index("verdicts_newest", "verdicts", ["at", "id"])
    op.create_index("verdicts_noted", "verdicts", ["note", "at", "id"])
    op.create_index("verdicts_of_name", "verdicts", ["verdict", "at", "id"])
    op.create_index("verdicts_of_one", "verdicts", ["one", "at"])
    op.create_index("verdicts_of_other", "verdicts", ["other", "at"])
    op.create_index("verdicts_of_pair", "verdicts", ["held", "at"])
    op.create_index("verdicts_of_series", "verdicts", ["series", "at", "id"])
    op.create_table(
        "reviews",
        Column("id", WORDS, nullable=False),
        Column("at", BigInteger, nullable=False),
        Column("message", LargeBinary, nullable=False),
        PrimaryKeyConstraint("id"),
    )
    op.create_index("reviews_newest", "reviews", ["at", "id"])


def _entities() -> None:
    op.create_table(
        "entities",
        Column("entity", WORDS, nullable=False),
        Column("name", WORDS, nullable=False),
        Column("mentions_24h", Integer, nullable=False),
        Column("mentions_7d", Integer, nullable=False),
        Column("trend", Float, nullable=False),
        Column("last_seen", BigInteger, nullable=False),
        Column("as_of", BigInteger, nullable=False),
        Column("message", LargeBinary, nullable=False),
        PrimaryKeyConstraint("entity"),
    )
    op.create_index("entities_by_mentions", "entities", ["mentions_24h", "mentions_7d", "entity"])
    op.create_index("entities_by_trend", "entities", ["trend", "mentions_24h", "entity"])
    op.create_index("entities_seen", "entities", ["last_seen"])
    op.create_table(
        "names",
        Column("folded", WORDS, nullable=False),
        Column("entity", WORDS, nullable=False),
        Column("name", WORDS, nullable=False),
        PrimaryKeyConstraint("folded", "entity"),
    )
    op.create_table(
        "joins",
        Column("id", WORDS, nullable=False),
        Column("offset", BigInteger, nullable=False),
        Column("entity", WORDS, nullable=False),
        Column("into", WORDS, nullable=False),
        Column("message", LargeBinary, nullable=False),
        PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "joined",
        Column("entity", WORDS, nullable=False),
        Column("into", WORDS, nullable=False),
        PrimaryKeyConstraint("entity"),
    )
    op.create_index("joined_into", "joined", ["into"])
    op.create_table(
        "article_entities",
        Column("article_id", WORDS, nullable=False),
        Column("entity", WORDS, nullable=False),
        Column("arrived", BigInteger, nullable=False),
        Column("message", LargeBinary, nullable=False),
        PrimaryKeyConstraint("article_id", "entity"),
    )
    op.create_index("article_entities_newest", "article_entities", ["arrived"])
    op.create_index("articles_of_entity", "article_entities", ["entity", "arrived", "article_id"])


def _dead_letters_and_acts() -> None:
    op.create_table(
        "dead_letters",
        Column("id", WORDS, nullable=False),
        Column("publisher", WORDS, nullable=True),
        Column("rejected", BigInteger, nullable=False),
        Column("message", LargeBinary, nullable=False),
        PrimaryKeyConstraint("id"),
    )
    op.create_index("dead_letters_newest", "dead_letters", ["rejected", "id"])
    op.create_index("dead_letters_of_publisher", "dead_letters", ["publisher"])
    op.create_table(
        "acts",
        Column("id", WORDS, nullable=False),
        Column("act", WORDS, nullable=False),
        Column("kind", WORDS, nullable=False),
        Column("target", WORDS, nullable=False),
        Column("at", BigInteger, nullable=False),
        Column("message", LargeBinary, nullable=False),
        PrimaryKeyConstraint("id"),
    )
    op.create_index("acts_newest", "acts", ["at", "id"])
    op.create_index("acts_of_kind", "acts", ["act", "at"])
    op.create_index("acts_of_target", "acts", ["target", "at"])
