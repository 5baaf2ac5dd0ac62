"""Publishers: what came of them, and which have fallen silent."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.desk.store.columns import micros, moment
from services.desk.store.tables import articles, claims, dead_letters

_WATCHED = timedelta(days=7)
"""A week has every hour of the day and both days on which newsrooms rest."""

_ENOUGH = 5
"""Articles in that week before a rhythm is spoken of."""

_LONGER = 1.5
_AT_LEAST = timedelta(hours=1)
"""Silent: for half as long again as its longest pause of the week, and for an hour at least. Means would not do: who
sends every 20 minutes by day pauses eight hours by night."""


@dataclass(frozen=True, slots=True)
class Source:
    """One publisher; None: articles that name none. `typical_gap`: the mean time between its articles of the 7 days
    before `now`, None with fewer than 5. `rejected`: dead letters whose body names it. `languages`: most used first."""

    publisher: str | None
    articles_24h: int
    articles: int
    last_arrived: datetime | None
    typical_gap: timedelta | None
    silent: bool
    claims: int
    rejected: int
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Rhythm:
    articles: int
    articles_24h: int
    gap: timedelta | None
    longest: timedelta


_NO_RHYTHM = _Rhythm(0, 0, None, timedelta())


async def listed(db: AsyncConnection, now: datetime) -> list[Source]:
    """Every publisher, the silent ones first, then by articles."""
    languages: dict[str | None, list[tuple[int, str]]] = defaultdict(list)
    last: dict[str | None, datetime] = {}
    spoken = select(articles.c.publisher, articles.c.language, func.count(), func.max(articles.c.arrived))
    for publisher, language, count, arrived in await db.execute(
        spoken.group_by(articles.c.publisher, articles.c.language)
    ):
        languages[publisher].append((count, language))
        last[publisher] = max(moment(arrived), last.get(publisher, moment(arrived)))
    made = select(claims.c.publisher, func.count()).group_by(claims.c.publisher)
    refused = select(dead_letters.c.publisher, func.count()).group_by(dead_letters.c.publisher)
    claimed: dict[str | None, int] = dict((await db.execute(made)).all())
    rejected = {publisher: count for publisher, count in await db.execute(refused) if publisher is not None}
    rhythms = await _rhythms(db, now)
    found = []
    for publisher in {*languages, *rejected}:
        rhythm = rhythms.get(publisher, _NO_RHYTHM)
        spoken_here = sorted(languages.get(publisher, ()), reverse=True)
        total = sum(count for count, _ in spoken_here)
        found.append(
            Source(
                publisher=publisher,
                articles_24h=rhythm.articles_24h,
                articles=total,
                last_arrived=last.get(publisher),
                typical_gap=rhythm.gap,
                silent=total >= _ENOUGH and now - last[publisher] > _patience(rhythm),
                claims=claimed.get(publisher, 0),
                rejected=rejected.get(publisher, 0),
                languages=tuple(language for _, language in spoken_here),
            )
        )
    return sorted(found, key=lambda source: (not source.silent, -source.articles, source.publisher or ""))


def _patience(rhythm: _Rhythm) -> timedelta:
    """How long a source may be quiet."""
    return max(_AT_LEAST, _LONGER * rhythm.longest) if rhythm.gap is not None else _WATCHED


async def _rhythms(db: AsyncConnection, now: datetime) -> dict[str | None, _Rhythm]:
    """Of each publisher of the last 7 days how often its articles come."""
    before = func.lag(articles.c.arrived).over(partition_by=articles.c.publisher, order_by=articles.c.arrived)
    week = articles.c.arrived > micros(now - _WATCHED), articles.c.arrived <= micros(now)
    arrivals = select(articles.c.publisher, articles.c.arrived, (articles.c.arrived - before).label("gap")).where(*week)
    each = arrivals.subquery()
    day = func.count().filter(each.c.arrived > micros(now - timedelta(days=1)))
    found = await db.execute(
        select(
            each.c.publisher, func.count(), day, func.max(each.c.arrived) - func.min(each.c.arrived),
            func.coalesce(func.max(each.c.gap), 0),
        ).group_by(each.c.publisher)
    )  # fmt: skip
    return {
        publisher: _Rhythm(
            articles=count,
            articles_24h=in_a_day,
            gap=timedelta(microseconds=span // (count - 1)) if count >= _ENOUGH else None,
            longest=timedelta(microseconds=longest),
        )
        for publisher, count, in_a_day, span, longest in found
    }
