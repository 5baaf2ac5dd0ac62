"""RESULTS.md: a section for each measurement, as of the last time it ran, with what it ran on."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

PAGE = Path(__file__).with_name("RESULTS.md")

ORDER = (
    "Text work beside a reader of quantities",
    "Copies beside MinHash",
    "The ledger alone",
    "The path without a broker",
    "The path without a broker, news of 300 words",
    "The path without a broker, deep tier",
    "The service on a broker",
    "A restart",
    "The same small job elsewhere",
)

_ABOVE = """\
# Speed: what was measured, how, and what was asked for
`make bench` writes the sections anew, `make bench-stream` those on a broker; each says when and on what it ran.
CPU times are those of the process; "a core" is a second of it. Articles: `tests/bench/news.py`.
"""


def note(section: str, command: str, method: str, tables: Iterable[str]) -> str:
    """Put a measurement into the page, in the place of its last; gives what was written."""
    held = _sections()
    body = "\n\n".join([f"## {section}", f"`{command}` on {machine()}", method.strip(), *tables])
    held[section] = body
    page = "\n\n".join([_ABOVE.strip(), *(held[name] for name in ORDER if name in held)])
    PAGE.write_text(page + "\n", "utf-8")
    return body


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table in Markdown; numbers stand right."""
    lines = [[str(cell) for cell in row] for row in rows]
    right = [
        all(re.match(r"[-–<>]?\s?\d", line[at]) or line[at] in {"", "–"} for line in lines) for at in range(len(head))
    ]
    rule = ["---:" if number else "---" for number in right]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (list(head), rule, *lines))


def met(*, held: bool) -> str:
    return "met" if held else "not met"


def machine() -> str:
    """The day, the machine, and how busy it was."""
    gib = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = os.getloadavg()[0] / (os.cpu_count() or 1)
    return (
        f"{datetime.now(UTC):%Y-%m-%d}: {os.cpu_count()} cores, {gib:.0f} GiB, {platform.machine()}, "
        f"Python {platform.python_version()}; load at the end {load:.1f} a core"
    )


def _sections() -> dict[str, str]:
    text = PAGE.read_text("utf-8") if PAGE.exists() else ""
    parts = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    return {part.partition("\n")[0]: f"## {part.strip()}" for part in parts}
