"""Python's cyclic garbage collector, set for a process that keeps much and makes many short-lived objects."""

from __future__ import annotations

import gc

_YOUNG = 2_000
"""Objects until it looks at the young ones: 3 ms, and 12 at the next older ones. With 10,000 all stages stood still for
20 and 43 ms, and it cost more (1.9 ms an article instead of 1.4: they were out of the processor's cache by then); with
Python's 700 it costs 3.2."""

_MIDDLE = 10
_OLD = 500
"""Looks at the middle ones until it looks at all that came since `settle`, which takes 160 to 250 ms: by arithmetic
every 6,000 articles. With Python's 10 it was every 600, and the 99th percentile of an alert's way was made of it. An
article leaves some 12 objects that only this look frees."""


def settle() -> None:
    """Once everything is loaded: what stands is never looked at again. One look at all word lists took 170 ms."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, _MIDDLE, _OLD)
