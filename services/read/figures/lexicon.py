"""Word groups of the number rules: `words/GROUPS.txt` has lines LABEL = word word word."""

from __future__ import annotations

from functools import cache

from services.read.wordlists import word_table


@cache
def group(label: str) -> frozenset[str]:
    """The words of one group of `words/number_groups.txt`. Raises KeyError for a label that is not there."""
    return frozenset(word_table("number_groups")[label].split())
