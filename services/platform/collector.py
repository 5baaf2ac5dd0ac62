"""Python's cyclic garbage collector, set for a process that keeps much and makes many short-lived objects."""

from __future__ import annotations

import gc

_YOUNG = 2_000
"""Objects until it looks at the young ones: 0.7 ms, and 5 at the next older ones. With 10,000 all stages stood still
for 5 and 55 ms, and it costs as much: 0.6 ms an article, as with 5,000. Reading leaves nothing that only this frees;
when each text it read waited for it, it cost 1.1."""

_MIDDLE = 10
_OLD = 500
"""Looks at the middle ones until it looks at all that came since `settle`, which takes 160 to 250 ms: by arithmetic
every 6,000 articles. With Python's 10 it was every 600, and the 99th percentile of an alert's way was made of it."""


def settle() -> None:
    """Once everything is loaded: what stands is never looked at again. One look at all word lists took 170 ms."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, _MIDDLE, _OLD)
