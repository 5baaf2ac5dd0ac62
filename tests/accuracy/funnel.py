"""Where labelled findings are lost: `python -m tests.accuracy.funnel`, of the events developed on only.

For each pair of articles the step at which its best pair of claims stopped: not read, read otherwise (value, metric or
role), another block, another index, the reason of the gate, never met in the ledger, another verdict, found.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import product
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from schemas.claim import Claim
from services.ledger.relation import relate
from services.ledger.rules.compare import compare
from services.ledger.rules.series import index_of, series_of
from services.ledger.rules.statement import of_claim
from tests.accuracy import events
from tests.accuracy.__main__ import OWN_GOLD, pipe, rows_of
from tests.shared import SHARED, missing

_STEPS = (
    "not read", "read otherwise", "another block", "another index", "gate", "never met", "another verdict", "found",
)  # fmt: skip


def lost(gold: events.Gold, claims: Iterable[events.Row], messages: Iterable[events.Row]) -> Counter[tuple[str, ...]]:
    """How many findings ended at which step: (kind, step, reason)."""
    by_article: defaultdict[str, list[events.Row]] = defaultdict(list)
    for claim in claims:
        by_article[claim["article"]].append(claim)
    given = {
        frozenset((each["one"], each["other"])): each["verdict"] for each in messages if "message_type" not in each
    }
    counts: Counter[tuple[str, ...]] = Counter()
    for event in gold.events:
        labels = events.Labels(event, by_article)
        best: dict[events.Finding, tuple[str, str]] = {}
        for finding, pair in labels.findings(lenient=False):
            ended = _ended(labels, pair, finding[2], given)
            best[finding] = max(best.get(finding, ended), ended, key=lambda step: _STEPS.index(step[0]))
        counts.update((finding[2], *ended) for finding, ended in best.items())
    return counts


def _ended(
    labels: events.Labels, pair: events.Row, kind: str, given: dict[frozenset[str], dict[str, Any]]
) -> tuple[str, str]:
    read = [labels.claims[pair[side]] for side in ("one", "other")]
    if not all(read):
        return "not read", ""
    right = [labels.right(pair[side]) for side in ("one", "other")]
    steps = [_step(one, other, kind, given) for one, other in product(*right)]
    return max(steps, key=lambda step: _STEPS.index(step[0]), default=("read otherwise", ""))


def _step(
    one: events.Row, other: events.Row, kind: str, given: dict[frozenset[str], dict[str, Any]]
) -> tuple[str, str]:
    first, second = (Claim.model_validate_json(json.dumps(side)) for side in (one, other))
    if first.block != second.block:
        return "another block", f"{first.block} {second.block}"
    if (index_of(first) or series_of(first)) != (index_of(second) or series_of(second)):
        return "another index", ""
    verdict = given.get(frozenset((first.id, second.id)))
    if verdict is not None and verdict["verdict"] != "not_comparable":
        found = events.KINDS.get(verdict["verdict"]) == kind
        return ("found", "") if found else ("another verdict", f"{verdict['verdict']}, {verdict['reason']}")
    judged = compare(of_claim(first), of_claim(second), relate(first, second))
    return ("gate", judged.reason) if judged.verdict == "not_comparable" else ("never met", judged.verdict)


def main() -> int:
    if why := missing("data"):
        sys.stderr.write(f"the funnel is measured on shared data: {why}\n")
        return 1
    table = Table("kind", "ended at", "reason", "findings")
    gold = events.Gold.read(OWN_GOLD / "events_dev.jsonl")
    claims, messages = [], []
    with tempfile.TemporaryDirectory() as name:
        for articles in gold.lines(SHARED / "data"):
            claims += rows_of(pipe(["read"], articles, Path(name)))
            messages += rows_of(pipe(["replay", "--verdicts"], articles, Path(name)))
    for (kind, step, reason), count in sorted(lost(gold, claims, messages).items(), key=lambda item: -item[1]):
        table.add_row(kind, step, reason, str(count))
    Console().print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
