"""How much the desk holds, and the sign that news still comes in."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.desk.queries.articles import NEWEST, Article, made, whole
from services.desk.queries.held import is_waiting
from services.desk.store.tables import alerts, articles, claims, dead_letters, figures, verdicts


@dataclass(frozen=True, slots=True)
class Counts:
    """`alerts`: each with all its updates once; `held`: waiting for a person."""

    articles: int
    claims: int
    figures: int
    open_conflicts: int
    alerts: int
    held: int
    dead_letters: int


async def counts(db: AsyncConnection) -> Counts:
    """All of it in one question."""
    numbers = {
        "articles": select(func.count()).select_from(articles),
        "claims": select(func.count()).select_from(claims),
        "figures": select(func.count()).select_from(figures),
        "open_conflicts": select(func.coalesce(func.sum(figures.c.open_conflicts), 0)).where(figures.c.severity > 0),
        "alerts": select(func.count()).select_from(alerts).where(alerts.c.latest.is_(True)),
        "held": select(func.count()).select_from(verdicts).where(is_waiting()),
        "dead_letters": select(func.count()).select_from(dead_letters),
    }
    row = (await db.execute(select(*(number.scalar_subquery().label(name) for name, number in numbers.items())))).one()
    return Counts(**{name: int(number) for name, number in row._mapping.items()})


async def last_article(db: AsyncConnection) -> Article | None:
    """The article that arrived last."""
    row = (await db.execute(whole().order_by(*(key.column.desc() for key in NEWEST)).limit(1))).first()
    return None if row is None else made(row)
