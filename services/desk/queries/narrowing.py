"""What a Filter means for the rows of a list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, func, select, union
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.verdict import SEVERITIES
from services.desk.queries.paging import Filter
from services.desk.store.columns import INDEXED, folded, micros
from services.desk.store.tables import joined, names

Condition = ColumnElement[bool]


def in_time(column: Column[Any], wanted: Filter) -> Iterable[Condition]:
    """`since` and `until` of a column of microseconds."""
    if wanted.since is not None:
        yield column >= micros(wanted.since)
    if wanted.until is not None:
        yield column < micros(wanted.until)


def severe(column: Column[Any], wanted: Filter) -> Iterable[Condition]:
    """At least as severe as wanted."""
    if wanted.severity is not None:
        yield column >= SEVERITIES.index(wanted.severity)


def equal(column: Column[Any], value: str | None) -> Iterable[Condition]:
    if value is not None:
        yield column == value


RARE = 1_500
"""Rows that a filter may name to be looked up one by one: 20 ms of CPU (4,000 took 60). Of 100,000 rows more than that
are so common that the newest of them are found as fast by looking at the newest of all."""


async def among(db: AsyncConnection, id_: Column[Any], key: Column[Any], *asked: Condition) -> Condition:
    """`id_` is one of the `key`s of the rows that satisfy `asked`.

    SQLite knows how common a value is on average, and one name in the news is as common as a thousand others: so the
    way is chosen here. PostgreSQL knows, and takes both for the same.
    """
    few = select(key).where(*asked).limit(RARE).subquery()
    if (await db.execute(select(func.count()).select_from(few))).scalar_one() < RARE:
        return id_.in_(select(key).where(*asked))
    return select(key).where(key == id_, *asked).correlate(id_.table).exists()


async def by_terms(db: AsyncConnection, id_: Column[Any], terms: Table, wanted: Filter) -> list[Condition]:
    """What is asked of the places, entities, voices and publishers of something; `id_` is the first key of `terms`."""
    asked = {
        "entity": await entity_ids(db, wanted.entity),
        "place": await entity_ids(db, wanted.place),
        "voice": None if wanted.speaker is None else [folded(wanted.speaker)],
        "publisher": None if wanted.publisher is None else [wanted.publisher],
    }
    own = next(iter(terms.primary_key))
    return [
        await among(db, id_, own, terms.c.kind == kind, terms.c.value.in_(values))
        for kind, values in asked.items()
        if values is not None
    ]


async def entity_ids(db: AsyncConnection, given: str | None) -> list[str] | None:
    """All ids that an id or a name stands for: everybody of that name, with whoever was merged. None for None."""
    if given is None:
        return None
    found = await db.execute(select(names.c.entity).where(names.c.folded == folded(given)))
    ids = {given[:INDEXED], *found.scalars()}
    whole = select(joined.c.into).where(joined.c.entity.in_(ids))
    together = await db.execute(
        union(whole, select(joined.c.entity).where(joined.c.into.in_(ids) | joined.c.into.in_(whole)))
    )
    return sorted(ids | set(together.scalars()))
