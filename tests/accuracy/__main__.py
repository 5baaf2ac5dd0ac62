"""`make accuracy`: every accuracy number of the README, each through the command a user has and the shared scorers."""

from __future__ import annotations

import ast
import gzip
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track
from rich.table import Table

from tests.accuracy import attribution, events, everyday, names
from tests.accuracy import figures as own
from tests.shared import SHARED, missing

OWN_GOLD = Path(__file__).with_name("gold")
"""Labelled by reading, before the reader was run on them; half is put aside and used only to report."""

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
    command = [sys.executable, str(SHARED / "eval" / scorer), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def seeds() -> list[dict[str, Any]]:
    return [{"id": path.name, "text": path.read_text("utf-8")} for path in sorted((SHARED / "seeds").glob("*.txt"))]


def pairs() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (SHARED / "gold/number_pairs.jsonl").read_text("utf-8").splitlines()]


def gold_articles(gold: Path) -> list[dict[str, Any]]:
    """The articles of one of our own gold files, from the shared development data."""
    wanted = {json.loads(line)["id"] for line in gold.read_text("utf-8").splitlines()}
    found = []
    for name in ("war_reports", "displacement_reports", "wire_1989", "bulk_articles"):
        with gzip.open(SHARED / f"data/{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        found += [{"id": row["id"], "text": row["text"]} for row in rows if row["id"] in wanted]
    return found


def copies() -> list[dict[str, Any]]:
    with gzip.open(SHARED / "data/copies_dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [{key: row.get(key) for key in ("id", "publisher", "title", "text")} for row in map(json.loads, lines)]


def figures(lines: str) -> str:
    """The strict line of the figure scorer, shortened to what the README shows."""
    said = ast.literal_eval(lines.splitlines()[0].removeprefix("strict "))
    names = {
        "F1": "value F1",
        "modifier_acc": "modifier",
        "counted_acc": "counted",
        "attr_acc": "speaker",
        "full_F1": "all right F1",
    }
    rest = ", ".join(f"{shown} {said[name]:g}" for name, shown in names.items())
    return f"{said['tp']} of {said['gold']} found, {said['fp']} false, {rest}"


def measured(folder: Path) -> Iterator[tuple[str, str, str]]:
    """What is measured, the command it goes through, and the score."""
    command = "counterclaim read --format figures"
    gold = SHARED / "gold/seeds_figures.jsonl"
    read = pipe(["read", "--format", "figures"], seeds(), folder)
    yield "figures, five seeds", command, figures(scored("score_figures.py", gold, read))
    for half, name in (("of the development half", "figures_dev.jsonl"), ("put aside", "figures_aside.jsonl")):
        gold = OWN_GOLD / name
        articles = gold_articles(gold)
        read = pipe(["read", "--format", "figures"], articles, folder)
        what = f"figures, {len(articles)} articles {half}"
        yield what, command, figures(scored("score_figures.py", gold, read))
        rates = own.score(gold, read, sum(len(article["text"].split()) for article in articles))
        yield "", "", ", ".join(f"{rate} {value:g}" for rate, value in rates.items())
    mentions = pipe(["read", "--format", "mentions"], seeds(), folder)
    yield "entities, five seeds", "counterclaim read --format mentions", scored("score_entities.py", mentions)
    gold = OWN_GOLD / "names.jsonl"
    mentions = pipe(["read", "--format", "mentions"], gold_articles(gold), folder)
    yield "names, 40 bulk articles", "counterclaim read --format mentions", _lines(names.score(gold, mentions)).strip()
    yield "verdicts, 42 pairs", "counterclaim compare", scored("score_pairs.py", pipe(["compare"], pairs(), folder))
    yield from across_publishers(folder)
    halves = {
        "developed on": "dev",
        "opened since": "fresh",
        "second draw, opened": "fresh2",
        "third draw, opened": "fresh3",
        "fourth draw, opened": "fresh4",
        "fifth draw, opened": "fresh5",
    }
    for half, name in halves.items():
        gold_pairs = everyday.pairs(OWN_GOLD / f"everyday_{name}.jsonl")
        what = f"{len(gold_pairs)} pairs of made-up reports, {half}"
        yield what, "tests/accuracy/everyday.py", everyday.score(gold_pairs)
    traces = pipe(["trace"], copies(), folder)
    yield "copies, 18,465 articles", "counterclaim trace", scored("score_copies.py", traces)
    speakers = json.dumps(attribution.score(SHARED / "data/attribution_train.jsonl.gz"))
    yield "speakers, set-aside fifth of 840 articles", "tests/accuracy/attribution.py", speakers


def across_publishers(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Conflicts and changes of labelled events, a row for each part; those put aside are only reported."""
    for half, name in (
        ("of the development half", "events_dev.jsonl"),
        ("put aside", "events_aside.jsonl"),
        ("second draw, opened since", "events_second.jsonl"),
    ):
        gold = events.Gold.read(OWN_GOLD / name)
        claims, messages = [], []
        for articles in gold.lines(SHARED / "data"):
            claims += rows_of(pipe(["read"], articles, folder))
            messages += rows_of(pipe(["replay", "--verdicts"], articles, folder))
        found = events.score(gold, claims, messages)
        yield f"{found.pop('events')} events {half}", "counterclaim replay --verdicts", _lines(found)


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The rows of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _lines(found: dict[str, Any]) -> str:
    """A line for each kind of finding, and one for the rest."""
    nested = {name: rates for name, rates in found.items() if isinstance(rates, dict)}
    rest = {name: rate for name, rate in found.items() if name not in nested}
    said = [f"{name}: {_listed(rates)}" for name, rates in nested.items()]
    return "\n".join([*said, _listed(rest)])


def _listed(rates: dict[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in rates.items())


def main() -> int:
    if why := missing("seeds", "gold", "eval", "data"):
        sys.stderr.write(f"accuracy is measured on shared data: {why}\n")
        return 1
    table = Table("what", "through", "score")
    with tempfile.TemporaryDirectory() as name:
        for row in track(measured(Path(name)), total=15, description="measuring", transient=True):
            table.add_row(*row)
    Console(width=180).print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
