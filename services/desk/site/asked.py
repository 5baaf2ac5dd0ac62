"""What a page was asked for: the address and its filters, read once and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Literal, cast
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from services.desk.access.refusals import Refused
from services.desk.queries.paging import Filter

LONGEST = 300
"""Characters of one filter. The longest real name, "International Federation of Red Cross …", has 70."""

SEVERITIES = ("info", "warning", "critical")


class BadQuery(Refused):
    """400: a filter that cannot be used: which `field`, what is wrong, what to write instead."""

    def __init__(self, field: str, problem: str, fix: str) -> None:
        super().__init__(400, f"{problem}.", f"{fix[:1].upper()}{fix[1:]}.", field=field)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request of a page. `path`: parts of the address by name; `query`: as given, empty values left out."""

    now: datetime
    zone: ZoneInfo
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    filter: Filter = field(default_factory=Filter)
    cursor: str | None = None
    as_known_at: datetime | None = None

    def address(self, base: str, **changes: str | None) -> str:
        """`base` with these filters, some changed (None leaves one out): the permanent address of a view."""
        query = {**self.query, **changes}
        pairs = [(name, value) for name, value in query.items() if value]
        return f"{base}?{urlencode(pairs)}" if pairs else base


def asked(now: datetime, zone: ZoneInfo, path: Mapping[str, str], query: Mapping[str, str]) -> Asked:
    """Read a request. `now` aware; times without a zone are of the desk's `zone`, and a day as `until`
    is meant whole, as who picks it in the form means it. Raises BadQuery."""
    given = {name: value.strip() for name, value in query.items() if value.strip()}
    for name, value in given.items():
        if len(value) > LONGEST and name != "cursor":
            raise BadQuery(name[:40], f"has {len(value)} characters", f"give at most {LONGEST}")
    return Asked(
        now=now,
        zone=zone,
        path=dict(path),
        query=given,
        filter=filter_of({**given, **_whole_day(given)}, zone),
        cursor=given.get("cursor"),
        as_known_at=moment("as_known_at", given.get("as_known_at"), zone),
    )


def _whole_day(query: Mapping[str, str]) -> Mapping[str, str]:
    """`until` as the day after, if it is a day without a time."""
    try:
        return {"until": (date.fromisoformat(query["until"]) + timedelta(days=1)).isoformat()}
    except (KeyError, ValueError, OverflowError):
        return {}


def filter_of(query: Mapping[str, str], zone: ZoneInfo) -> Filter:
    """The filters among `query`. Raises BadQuery."""
    severity = query.get("severity")
    if severity is not None and severity not in SEVERITIES:
        raise BadQuery("severity", f"{severity[:40]!r} is no severity", "give info, warning or critical")
    return Filter(
        metric=query.get("metric"),
        entity=query.get("entity"),
        speaker=query.get("speaker"),
        publisher=query.get("publisher"),
        place=query.get("place"),
        verdict=query.get("verdict"),
        severity=cast(Literal["info", "warning", "critical"] | None, severity),
        since=moment("since", query.get("since"), zone),
        until=moment("until", query.get("until"), zone),
        q=query.get("q"),
    )


def moment(name: str, text: str | None, zone: ZoneInfo) -> datetime | None:
    """The time a filter names, in UTC. Raises BadQuery."""
    if text is None:
        return None
    try:
        at = datetime.fromisoformat(text)
        at = (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)
        at.astimezone(zone)  # as it is shown: the last hours of the year 9999 have no time east of Greenwich
    except (ValueError, OverflowError):
        raise BadQuery(name, f"{text[:40]!r} is no time", "write it like 2030-03-04 or 2030-03-04T12:00") from None
    return at
