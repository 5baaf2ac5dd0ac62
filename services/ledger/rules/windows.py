"""The window of a count: two texts give its beginning more or less closely."""

from __future__ import annotations

import re
from functools import lru_cache

_RUNNING = re.compile(r"since (\d{4}(?:-\d\d){0,2})|(\d{4}-\d\d(?:-\d\d)?) to .+")
_YEAR = 4
"""Letters of a beginning of which no more than the year is known."""


@lru_cache(maxsize=4_096)
def beginning(window: str | None) -> str | None:
    """Year, month or day from which a count runs on: 2014-04 of "since 2014-04" and of "2014-04 to 2014-07-26". None
    of a window that moves ("last 24 hours"), or that is one year or month; "2003 to 2010" is over."""
    found = _RUNNING.fullmatch(window or "")
    return None if found is None else found[1] or found[2]


def is_one_beginning(one: str, other: str, year: int) -> bool:
    """Whether two beginnings can be one, of which one text says the day and the other the month or the year. `year`:
    of the texts. "Since January" is this year so far, and nothing that began in May; but since 2011 is since March
    2011."""
    coarse, fine = sorted((one, other), key=len)
    return fine.startswith(coarse) and (fine == coarse or len(coarse) > _YEAR or int(coarse) < year)
