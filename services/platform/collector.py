"""Python's cyclic garbage collector, set for a process that keeps much and makes many short-lived objects."""

from __future__ import annotations

import gc

_YOUNG = 10_000
"""Objects until it looks at the young ones. With Python's 700 it took 1.1 ms of an article's 18."""


def settle() -> None:
    """Once everything is loaded: what stands is never looked at again. One look at all word lists took 170 ms."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG)
