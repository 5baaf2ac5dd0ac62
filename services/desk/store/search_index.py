"""The full-text indexes, made by the migration and kept in step by the database itself.

SQLite: an FTS5 table over the rows of another one, and triggers. PostgreSQL: a generated column and a GIN index. Either
way a row and its words change in the same statement, so that no path of the projection can forget one.
"""

from __future__ import annotations

LONGEST = 200_000
"""Characters of a text that PostgreSQL indexes: its word lists end at 1 MB, and a longer one would be an error."""

INDEXES = {"articles": ("title", "text"), "claims": ("sentence",)}
"""Which columns of which tables are searched. Titles count with the text."""

_EVENTS = ("added", "gone", "changed")

WORDS = "words"
"""PostgreSQL's column."""


def words_of(table: str) -> str:
    """SQLite's index of a table."""
    return f"{table}_words"


def made(dialect: str) -> list[str]:
    """The statements that make the indexes."""
    make = _sqlite if dialect == "sqlite" else _postgresql
    return [statement for table, columns in INDEXES.items() for statement in make(table, columns)]


def dropped(dialect: str) -> list[str]:
    """The statements that take the indexes away."""
    if dialect == "sqlite":
        triggers = [f"DROP TRIGGER {words_of(table)}_{event}" for table in INDEXES for event in _EVENTS]
        return triggers + [f"DROP TABLE {words_of(table)}" for table in INDEXES]
    return [f"ALTER TABLE {table} DROP COLUMN {WORDS}" for table in INDEXES]


def _sqlite(table: str, columns: tuple[str, ...]) -> list[str]:
    words, names = words_of(table), ", ".join(columns)
    old, new = (", ".join(f"{row}.{column}" for column in columns) for row in ("old", "new"))
    add = f"INSERT INTO {words}(rowid, {names}) VALUES (new.number, {new});"  # noqa: S608  # our own names
    drop = f"INSERT INTO {words}({words}, rowid, {names}) VALUES ('delete', old.number, {old});"  # noqa: S608
    return [
        f"CREATE VIRTUAL TABLE {words} USING fts5({names}, content='{table}', content_rowid='number', "
        "tokenize='porter unicode61 remove_diacritics 2')",
        f"CREATE TRIGGER {words}_added AFTER INSERT ON {table} BEGIN {add} END",
        f"CREATE TRIGGER {words}_gone AFTER DELETE ON {table} BEGIN {drop} END",
        f"CREATE TRIGGER {words}_changed AFTER UPDATE OF number, {names} ON {table} BEGIN {drop} {add} END",
    ]


def _postgresql(table: str, columns: tuple[str, ...]) -> list[str]:
    # Without angle brackets: what stands between two, PostgreSQL takes for a tag and leaves out.
    joined = " || ' ' || ".join(f"coalesce({column}, '')" for column in columns)
    return [
        f"ALTER TABLE {table} ADD COLUMN {WORDS} tsvector "
        f"GENERATED ALWAYS AS (to_tsvector('english', translate(left({joined}, {LONGEST}), '<>', '  '))) STORED",
        f"CREATE INDEX {words_of(table)} ON {table} USING gin ({WORDS})",
    ]
