"""Publishers: what came of them, and which have fallen silent."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.desk.store.columns import micros, moment
from services.desk.store.source_counts import OF_CLAIMS
from services.desk.store.tables import articles, dead_letters, source_hours, source_totals

_WATCHED = timedelta(days=7)
"""A week has every hour of the day and both days on which newsrooms rest."""

_ENOUGH = 5
"""Articles in that week before a rhythm is spoken of: four pauses. Chosen, not measured."""

_LONGER = 1.5
_AT_LEAST = timedelta(hours=1)
"""Silent: for half as long again as its longest pause of the week, and for an hour at least. Means would not do: who
sends every 20 minutes by day pauses eight hours by night."""


@dataclass(frozen=True, slots=True)
class Source:
    """One publisher; None: articles that name none. `typical_gap`: the mean time between its articles of the 7 days
    before `now`, None with fewer than 5. `articles` and `claims`: also those kept no longer. `rejected`: dead letters
    whose body names it. `languages`: most used first."""

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
    articles_24h: int
    gap: timedelta | None
    longest: timedelta


_NO_RHYTHM = _Rhythm(0, None, timedelta())


async def listed(db: AsyncConnection, now: datetime) -> list[Source]:
    """Every publisher, the silent ones first, then by articles."""
    languages: dict[str, list[tuple[int, str]]] = defaultdict(list)
    claimed: dict[str, int] = {}
    last: dict[str, int] = {}
    for publisher, language, count, arrived in await db.execute(select(source_totals)):
        if language == OF_CLAIMS:
            claimed[publisher] = count
            continue
        languages[publisher].append((count, language))
        last[publisher] = max(arrived, last.get(publisher, arrived))
    letters = dead_letters.c.publisher
    refused = select(letters, func.count()).where(letters.is_not(None)).group_by(letters)
    rejected = {publisher: count for publisher, count in await db.execute(refused) if publisher}
    rhythms = await _rhythms(db, now)
    found = []
    for publisher in {*languages, *rejected}:
        rhythm = rhythms.get(publisher, _NO_RHYTHM)
        spoken = sorted(languages.get(publisher, ()), reverse=True)
        total = sum(count for count, _ in spoken)
        arrived = moment(last[publisher]) if publisher in last else None
        found.append(
            Source(
                publisher=publisher or None,
                articles_24h=rhythm.articles_24h,
                articles=total,
                last_arrived=arrived,
                typical_gap=rhythm.gap,
                silent=arrived is not None and total >= _ENOUGH and now - arrived > _patience(rhythm),
                claims=claimed.get(publisher, 0),
                rejected=rejected.get(publisher, 0),
                languages=tuple(language for _, language in spoken),
            )
        )
    return sorted(found, key=lambda source: (not source.silent, -source.articles, source.publisher or ""))


def _patience(rhythm: _Rhythm) -> timedelta:
    """How long a source may be quiet."""
    return max(_AT_LEAST, _LONGER * rhythm.longest) if rhythm.gap is not None else _WATCHED


async def _rhythms(db: AsyncConnection, now: datetime) -> dict[str, _Rhythm]:
    """How often the articles of each publisher of the last 7 days come. Pauses inside an hour do not count."""
    publisher, count, first, last = (source_hours.c[name] for name in ("publisher", "count", "first", "last"))
    before = func.lag(last).over(partition_by=publisher, order_by=source_hours.c.hour)
    week = last > micros(now - _WATCHED), source_hours.c.hour <= micros(now)
    hours = select(publisher, count, first, last, (first - before).label("pause")).where(*week).subquery()
    total, begin, end = func.sum(hours.c["count"]), func.min(hours.c["first"]), func.max(hours.c["last"])
    found = select(hours.c.publisher, total, end - begin, func.coalesce(func.max(hours.c.pause), 0))
    in_a_day = select(articles.c.publisher, func.count()).where(articles.c.arrived > micros(now - timedelta(days=1)))
    day = {name or "": came for name, came in await db.execute(in_a_day.group_by(articles.c.publisher))}
    return {
        name: _Rhythm(
            articles_24h=day.get(name, 0),
            gap=timedelta(microseconds=span // (came - 1)) if came >= _ENOUGH else None,
            longest=timedelta(microseconds=pause),
        )
        for name, came, span, pause in await db.execute(found.group_by(hours.c.publisher))
    }
