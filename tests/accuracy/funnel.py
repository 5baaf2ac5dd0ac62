"""Where labelled findings are lost: `python -m tests.accuracy.funnel`, of the events developed on only.

For each pair of articles the step at which its best pair of claims stopped: not read (which metric); read otherwise
(which field of a claim is not as labelled); another block; another index; not one event (the reason of the gate, and
how many points were shared); met, and silenced there (by the reason of the verdict that was given); never met though
nothing parts the two (a copy, or one whose voice had a later word by then); another verdict; found.
"""

from __future__ import annotations

import json
import re
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
    "not read", "read otherwise", "another block", "another index", "not one event", "never met", "met, silenced",
    "another verdict", "found",
)  # fmt: skip
_POINTS = re.compile(r"(-?\d+ of \d+) points")
Given = dict[frozenset[str], dict[str, Any]]
"""Verdicts of the ledger by the two claims they are on."""


def lost(gold: events.Gold, claims: Iterable[events.Row], messages: Iterable[events.Row]) -> Counter[tuple[str, ...]]:
    """How many findings ended at which step: (kind, step, reason)."""
    by_article: defaultdict[str, list[events.Row]] = defaultdict(list)
    for claim in claims:
        by_article[claim["article"]].append(claim)
    given = given_in(messages)
    counts: Counter[tuple[str, ...]] = Counter()
    for event in gold.events:
        for finding, (step, reason, _) in ends(events.Labels(event, by_article), given).items():
            counts[finding[2], step, reason] += 1
    return counts


def given_in(messages: Iterable[events.Row]) -> Given:
    """The verdicts among messages of `replay --verdicts`."""
    return {frozenset((each["one"], each["other"])): each["verdict"] for each in messages if "message_type" not in each}


def ends(labels: events.Labels, given: Given) -> dict[events.Finding, tuple[str, str, events.Row]]:
    """Of each finding of one event the furthest step, its reason, and the labelled pair that came so far."""
    best: dict[events.Finding, tuple[str, str, events.Row]] = {}
    for finding, pair in labels.findings(lenient=False):
        ended = (*_ended(labels, pair, finding[2], given), pair)
        best[finding] = max(best.get(finding, ended), ended, key=lambda step: _STEPS.index(step[0]))
    return best


def _ended(labels: events.Labels, pair: events.Row, kind: str, given: Given) -> tuple[str, str]:
    numbers = pair["one"], pair["other"]
    unread = [labels.statements[at]["metric"] for at in numbers if not labels.claims[at]]
    if unread:
        return "not read", " and ".join(sorted(unread))
    right = [labels.right(at) for at in numbers]
    if not all(right):
        wrong = [_misread(labels, at) for at, claims in zip(numbers, right, strict=True) if not claims]
        return "read otherwise", " and ".join(sorted(wrong))
    steps = [_step(one, other, kind, given) for one, other in product(*right)]
    return max(steps, key=lambda step: _STEPS.index(step[0]))


def _misread(labels: events.Labels, number: int) -> str:
    """The fields in which the best of a statement's claims is not as labelled."""
    fields: list[list[str]] = [
        [name for name in ("value", "metric", "role") if not labels.is_right(number, claim, (name,))]
        for claim in labels.claims[number]
    ]
    return ", ".join(sorted(fields, key=len)[0])


def _step(one: events.Row, other: events.Row, kind: str, given: Given) -> tuple[str, str]:
    first, second = (Claim.model_validate_json(json.dumps(side)) for side in (one, other))
    verdict = given.get(frozenset((first.id, second.id)))
    if verdict is not None and verdict["verdict"] != "not_comparable":
        if events.KINDS.get(verdict["verdict"]) == kind:
            return "found", ""
        return "another verdict", f"{verdict['verdict']}, {verdict['reason']}"
    step, reason = _parted(first, second)
    if step or verdict is None:
        return (step, reason) if step else ("never met", _absence(first.id, second.id, given))
    return "met, silenced", verdict["reason"]  # the ledger knew more than the two claims: what else their texts say


def _parted(one: Claim, other: Claim) -> tuple[str, str]:
    """The step at which two claims are kept apart by what they say themselves; nothing where they fit."""
    if one.block != other.block:
        return "another block", f"{one.block} {other.block}"
    if (index_of(one) or series_of(one)) != (index_of(other) or series_of(other)):
        return "another index", ""
    judged = compare(of_claim(one), of_claim(other), relate(one, other))
    if judged.verdict != "not_comparable":
        return "", ""
    points = _POINTS.search(" ".join(judged.because))
    return "not one event", judged.reason + (f", {points[1]}" if points else "")


def _absence(one: str, other: str, given: Given) -> str:
    """Why two claims that fit were never held against each other, as far as verdicts on each of them tell."""
    reasons = {verdict["reason"] for pair, verdict in given.items() if pair & {one, other}}
    known = sorted(reasons & {"superseded", "duplicate_copy"})
    return known[0] if known else "replaced, or no live word" if reasons else "alone"


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
