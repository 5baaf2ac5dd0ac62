"""The word lists, read once. Each is a text file in `words/`: one entry a line, `#` starts a comment."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def word_list(name: str) -> frozenset[str]:
    """The entries of `words/NAME.txt`, lower-cased."""
    return frozenset(entry for entry, _ in _lines(name))


@cache
def word_table(name: str) -> dict[str, str]:
    """The entries of `words/NAME.txt` with the value that stands behind `=`; "" without one."""
    return dict(_lines(name))


def _lines(name: str) -> list[tuple[str, str]]:
    text = (files("services.read") / "words" / f"{name}.txt").read_text(encoding="utf-8")
    entries = []
    for raw in text.splitlines():
        line = raw.split("#", 1)[0].strip()
        if line:
            entry, _, value = line.partition("=")
            entries.append((entry.strip().lower(), value.strip()))
    return entries
