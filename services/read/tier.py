"""Which tier reads the next article, when the worker may fall behind: a pure decision over the lag."""

from __future__ import annotations

from schemas.entity import Tier

RETURN_SHARE = 10
"""The deep tier comes back at a tenth of the limit. With one threshold the tier would change from article to article: a
worker that reads 600 articles a second fast and 30 deep is behind again a second after it has caught up."""


def next_tier(now: Tier, lag: int, limit: int) -> Tier:
    """The tier to read with, from the one read with last, the records that wait (>= 0) and the most that may (>= 1).

    Above the limit it is fast; at a tenth of it and below it is deep; in between it stays what it is.
    """
    if lag > limit:
        return "fast"
    if lag <= limit // RETURN_SHARE:
        return "deep"
    return now
