"""When the reports of war_reports were published: most of its own dates are a crawler's, or have day and month swapped.

The head of nearly every report says the day in words; the scorer of events needs it, because order is what makes a
change of a conflict.
"""

from __future__ import annotations

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_FORMS = (
    re.compile(rf"\b(?P<day>\d{{1,2}})\s{_NAME},?\s(?P<year>201\d)", re.IGNORECASE),
    re.compile(rf"\b{_NAME}\s(?P<day>\d{{1,2}}),?\s?(?P<year>201\d)", re.IGNORECASE),
    re.compile(r"\b(?P<day>\d\d)[.-](?P<month>\d\d)[.-](?P<year>201\d)"),
)
_HEAD = 260
"""Characters: a headline and a standfirst may stand before the date."""


def day_of(text: str, given: str) -> str:
    """The first day named with its year in the head of `text`; else `given`, but never before the last day that the
    text tells of ("On August 21 2013 …" is no date line); ISO."""
    head = next((day for at, day in _days(text[:_HEAD]) if not text[:at].endswith("On ")), None)
    return head or max([given, *(day for _, day in _days(text))])


def _days(text: str) -> list[tuple[int, str]]:
    """Where `text` names a day with its year, and which."""
    found = []
    for match in (match for form in _FORMS for match in form.finditer(text)):
        month = match["month"][:3].lower()
        number = int(month) if month.isdigit() else _MONTHS.index(month) + 1
        try:
            found.append((match.start(), date(int(match["year"]), number, int(match["day"])).isoformat()))
        except ValueError:
            continue
    return sorted(found)
