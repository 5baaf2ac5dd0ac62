"""Words of time as they were read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Expression:
    """Words of time, tokens [first, last): the noon they name, the window they span, or both.

    `reported`: the day somebody said it ("said on Monday"), not the day it was so. `ahead`: it only holds for what
    stands behind it ("the worst since 2014, when").
    """

    first: int
    last: int
    as_of: datetime | None = None
    window: str | None = None
    reported: bool = False
    ahead: bool = False
