"""Sessions that ended before their time, so that a restart of the desk does not bring them back."""

from __future__ import annotations

from alembic import op
from sqlalchemy import BigInteger, Column, PrimaryKeyConstraint, String

revision = "0002"
down_revision = "0001"

WORDS = String().with_variant(String(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "ended_sessions",
        Column("session", WORDS, nullable=False),
        Column("until", BigInteger, nullable=False),
        PrimaryKeyConstraint("session"),
    )
