"""`make accuracy`: every accuracy number of the README, each through the command a user has and the shared scorers."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.shared import SHARED, missing

COMMAND = Path(sys.executable).with_name("counterclaim")


def pipe(arguments: list[str], lines: Iterable[dict[str, Any]], folder: Path) -> Path:
    """Run `counterclaim ARGUMENTS` over JSON lines and give the file of what it printed."""
    source, target = folder / "in.jsonl", folder / f"{'-'.join(arguments)}.jsonl"
    source.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    with source.open("rb") as stdin, target.open("wb") as stdout:
        subprocess.run([COMMAND, *arguments], stdin=stdin, stdout=stdout, check=True)
    return target


def scored(scorer: str, *arguments: Path) -> str:
    """What a shared scorer prints."""
    command = [sys.executable, SHARED / "eval" / scorer, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def seeds() -> list[dict[str, Any]]:
    return [{"id": path.name, "text": path.read_text("utf-8")} for path in sorted((SHARED / "seeds").glob("*.txt"))]


def pairs() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SHARED / "gold/number_pairs.jsonl").read_text("utf-8").splitlines()]


def copies() -> list[dict[str, Any]]:
    with gzip.open(SHARED / "data/copies_dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [{key: row.get(key) for key in ("id", "publisher", "title", "text")} for row in map(json.loads, lines)]


def main() -> int:
    if why := missing("seeds", "gold", "eval", "data"):
        sys.stderr.write(f"accuracy is measured on shared data: {why}\n")
        return 1
    table = Table("what", "command", "score")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        figures = pipe(["read", "--format", "figures"], seeds(), folder)
        for line in scored("score_figures.py", SHARED / "gold/seeds_figures.jsonl", figures).splitlines():
            table.add_row("figures, five seeds", "read --format figures", line)
        mentions = pipe(["read", "--format", "mentions"], seeds(), folder)
        table.add_row("entities, five seeds", "read --format mentions", scored("score_entities.py", mentions))
        verdicts = pipe(["compare"], pairs(), folder)
        table.add_row("verdicts, 42 pairs", "compare", scored("score_pairs.py", verdicts))
        traces = pipe(["trace"], copies(), folder)
        table.add_row("copies, 18,465 articles", "trace", scored("score_copies.py", traces))
    Console(width=200).print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
