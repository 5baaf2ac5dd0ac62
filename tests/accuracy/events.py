"""Conflicts and changes across publishers: what the ledger finds of labelled events, and what it should not have found.

Events that several publishers tell were labelled by reading: who says which number of what, and what rules.md says of
each two (tests/accuracy/gold/events_*.jsonl): 102 developed on, and put aside 58. Claims are matched to labels by
article and overlapping span. Everything is counted once for each pair of articles and kind (conflict; change, which is
an increase or a decrease), because a text says one number three times and nobody would be told three times; and once
more for each article that brings something new (the later one of a pair), since of 15 articles on a growing
toll each changes the one before it, and nobody is told of all 105 pairs.

Neither way counts what rests on a vague word ("dozens" beside 120: a note, never told), and what a voice said before
its later word, once the other speaks: R6 compares the last words. Where two readings of the rules can be defended (58
in the morning's paper, 72 in another's) the label has both; the rates say what is found of the first reading, and,
as `either way`, what is found as one of the two.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from types import MappingProxyType
from typing import Any

from tests.accuracy.war_dates import day_of

Row = dict[str, Any]
Finding = tuple[str, str, str]
"""Two article ids in order, and "conflict" or "change"."""

KINDS = {"conflict": "conflict", "increase": "change", "decrease": "change"}
_WAR = "war_reports"
_COUNTED = frozenset({"deaths", "injured", "casualties", "missing"})
"""Metrics the reader has; the labels also count rockets, buses and people moved, which are shown, never compared."""


def in_order(articles: Iterable[Row], published: Mapping[str, str] = MappingProxyType({})) -> list[Row]:
    """Articles as lines for `counterclaim replay`, in order of the day that `published` gives, else of the day they
    state themselves; those without any come first."""
    lines = [
        {key: row.get(key) for key in ("id", "title", "text")}
        | {"publisher": row.get("publisher") or _publisher(row["id"])}
        | {"published": published.get(row["id"]) or day_of(row["text"], row.get("date") or row.get("published") or "")}
        for row in articles
    ]
    lines.sort(key=lambda line: (line["published"], line["id"]))
    return [line | {"published": line["published"] or None} for line in lines]


def _publisher(name: str) -> str | None:
    """Who published an article of the corpus of speakers, by its id: "attr-nyt_2016-03-23_…"."""
    found = re.match(r"attr-([a-z-]+)_", name)
    return found[1] if found is not None else None


@dataclass(frozen=True, slots=True)
class Gold:
    """One half of the labels."""

    events: list[Row]
    near_misses: set[frozenset[str]]

    def lines(self, data: Path) -> Iterator[list[Row]]:
        """What is played again, by file of the shared data: all reports of the war, else the labelled articles."""
        published = {name: day for event in self.events for name, day in event.get("published", {}).items()}
        labelled = {name for event in self.events for name in event["articles"]}.union(*self.near_misses)
        for source in sorted({event.get("source", _WAR) for event in self.events}):
            with gzip.open(data / f"{source}.jsonl.gz", "rt", encoding="utf-8") as rows:
                given = [row for row in map(json.loads, rows) if source == _WAR or row["id"] in labelled]
            yield in_order(given, published)

    @classmethod
    def read(cls, path: Path) -> Gold:
        """The labels in a file of JSON lines: events, then pairs of articles that are never to be compared."""
        rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        return cls(
            events=[row for row in rows if "event" in row],
            near_misses={frozenset(row["near_miss"]) for row in rows if "near_miss" in row},
        )


@dataclass(slots=True)
class Tally:
    """Findings of one event: labelled, read (both claims, right), allowed by a second reading, found, and labelled
    ones that were found as their second reading."""

    labelled: set[Finding] = field(default_factory=set)
    read: set[Finding] = field(default_factory=set)
    read_with_speaker: set[Finding] = field(default_factory=set)
    allowed: set[Finding] = field(default_factory=set)
    found: set[Finding] = field(default_factory=set)
    either: set[Finding] = field(default_factory=set)


def score(gold: Gold, claims: Iterable[Row], messages: Iterable[Row]) -> dict[str, Any]:
    """Rates in percent over one half. `claims`: of `read`; `messages`: of `replay --verdicts`, in order of time."""
    by_article: defaultdict[str, list[Row]] = defaultdict(list)
    came: dict[str, tuple[str, str]] = {}
    for claim in claims:
        by_article[claim["article"]].append(claim)
        came[claim["article"]] = claim["published"], claim["article"]
    verdicts = list(messages)
    events = {event["event"]: Labels(event, by_article) for event in gold.events}
    tallies = [_tally(labels, verdicts) for labels in events.values()]
    return {
        "events": len(tallies),
        **_pooled(tallies),
        **{f"articles that bring a {kind}": _of_articles(tallies, kind, came) for kind in ("conflict", "change")},
        **_of_each_event(tallies),
        "false alerts": sum(_is_false(alert, events, gold) for alert in verdicts if "message_type" in alert),
    }


class Labels:
    """An event with the claims that stand for its statements."""

    def __init__(self, event: Row, by_article: dict[str, list[Row]]) -> None:
        self.pairs: list[Row] = event["pairs"]
        self.statements: list[Row] = event["statements"]
        self.claims = [_claims_of(statement, by_article.get(statement["article"], [])) for statement in self.statements]
        self.places: defaultdict[str, set[int]] = defaultdict(set)
        for number, found in enumerate(self.claims):
            for claim in found:
                self.places[claim["id"]].add(number)

    def right(self, number: int) -> list[Row]:
        """The claims that read a statement as it is labelled."""
        return [claim for claim in self.claims[number] if self.is_right(number, claim)]

    def is_right(self, number: int, claim: Row, fields: Iterable[str] = ("value", "metric", "role")) -> bool:
        """Whether a claim has these fields as the statement is labelled."""
        return _is_right(self.statements[number], claim, fields)

    def findings(self, *, lenient: bool) -> Iterator[tuple[Finding, Row]]:
        for pair in self.pairs:
            verdicts = {pair["verdict"], pair["alt"]} if lenient else {pair["verdict"]}
            one, other = self.statements[pair["one"]], self.statements[pair["other"]]
            if one["article"] == other["article"] or one["metric"] not in _COUNTED:
                continue
            if pair.get("superseded") and not lenient:
                continue
            for kind in {KINDS[verdict] for verdict in verdicts if verdict in KINDS}:
                first, second = sorted((one["article"], other["article"]))
                yield (first, second, kind), pair


def _tally(labels: Labels, verdicts: Iterable[Row]) -> Tally:
    tally = Tally(allowed={finding for finding, _ in labels.findings(lenient=True)})
    for finding, pair in labels.findings(lenient=False):
        tally.labelled.add(finding)
        sides = [labels.right(at) for at in (pair["one"], pair["other"])]
        if all(sides):
            tally.read.add(finding)
        numbers = (pair["one"], pair["other"])
        if all(_spoken(labels.statements[at], side) for at, side in zip(numbers, sides, strict=True)):
            tally.read_with_speaker.add(finding)
    for given in verdicts:
        if "message_type" in given or "soft_bound" in given["verdict"]["flags"]:
            continue
        kind = KINDS.get(given["verdict"]["verdict"])
        for one, other in product(labels.places.get(given["one"], ()), labels.places.get(given["other"], ())):
            first, second = sorted(labels.statements[at]["article"] for at in (one, other))
            if kind is not None and first != second:
                tally.found.add((first, second, kind))
    told = tally.labelled | {finding for finding, pair in labels.findings(lenient=True) if not pair.get("superseded")}
    tally.found -= tally.allowed - told
    tally.either = {
        (first, second, kind)
        for first, second, kind in tally.labelled
        if tally.found & tally.allowed & {(first, second, "conflict"), (first, second, "change")}
    }
    return tally


def _pooled(tallies: list[Tally]) -> dict[str, Any]:
    return {kind: _rates([_of_kind(tally, kind) for tally in tallies]) for kind in ("conflict", "change")}


def _of_kind(tally: Tally, kind: str) -> Tally:
    names = ("labelled", "read", "read_with_speaker", "allowed", "found", "either")
    return Tally(**{name: {finding for finding in getattr(tally, name) if finding[2] == kind} for name in names})


def _rates(tallies: list[Tally]) -> dict[str, Any]:
    labelled, read = (sum(len(tally.labelled) for tally in tallies), sum(len(tally.read) for tally in tallies))
    found = sum(len(tally.found) for tally in tallies)
    hit = sum(len(tally.found & tally.labelled) for tally in tallies)
    either = sum(len(tally.either & tally.labelled) for tally in tallies)
    return {
        "labelled": labelled,
        "read": read,
        "and speaker": sum(len(tally.read_with_speaker) for tally in tallies),
        "found": found,
        "precision": _rate(hit, found),
        "lenient": _rate(sum(len(t.found & (t.labelled | t.allowed)) for t in tallies), found),
        "recall": _rate(hit, labelled),
        "either way": _rate(either, labelled),
        "recall of read": _rate(sum(len(tally.found & tally.read) for tally in tallies), read),
    }


def _of_articles(tallies: list[Tally], kind: str, came: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    """The same over articles that bring a `kind`, and its mean over the events that have one. `came`: articles of which
    anything was read, by time."""
    labelled = found = wrong = 0
    shares: list[float] = []
    for tally in tallies:
        new, told, right = (
            {
                max(first, second, key=lambda name: came.get(name, ("", name)))
                for first, second, what in findings
                if what == kind
            }
            for findings in (tally.labelled, tally.found, tally.found & tally.allowed)
        )
        labelled, found, wrong = labelled + len(new), found + len(new & right), wrong + len(told - right)
        shares += [len(new & right) / len(new)] if new else []
    return {"labelled": labelled, "found": found, "wrong": wrong, "mean recall": _mean(shares)}


def _of_each_event(tallies: list[Tally]) -> dict[str, float | None]:
    """Means over events, each counting once: two events of 20 articles would drown the others. A pair of articles
    counts as found whether it was called a conflict or a change."""
    shares, rights = [], []
    for tally in tallies:
        read, found = _pairs(tally.read), _pairs(tally.found)
        if read:
            shares.append(len(read & found) / len(read))
        if found:
            rights.append(len(found & _pairs(tally.labelled | tally.allowed)) / len(found))
    return {"mean recall of read": _mean(shares), "mean precision": _mean(rights)}


def _pairs(findings: Iterable[Finding]) -> set[tuple[str, str]]:
    return {(first, second) for first, second, _ in findings}


def _is_false(alert: Row, events: dict[str, Labels], gold: Gold) -> bool:
    """Whether an alert sets two labelled events, or two articles of a near miss, against each other."""
    one, other = alert["claims"]
    if frozenset((one["article"], other["article"])) in gold.near_misses:
        return True
    first, second = ({name for name, labels in events.items() if side["id"] in labels.places} for side in (one, other))
    return bool(first and second and not first & second)


def _claims_of(statement: Row, claims: Iterable[Row]) -> list[Row]:
    spans = [(statement["start"], statement["end"]), *map(tuple, statement["also"])]
    return [claim for claim in claims if any(claim["start"] < end and start < claim["end"] for start, end in spans)]


def _is_right(statement: Row, claim: Row, fields: Iterable[str]) -> bool:
    if "value" in fields:
        value = statement["value_low"] if statement["headline"] is None else statement["headline"]
        span = statement["value_low"], statement["value_high"]
        if claim["value"] != value and (claim["low"], claim["high"]) != span:  # "between 500 and 1,300"
            return False
    if "metric" in fields and claim["metric"] != statement["metric"]:
        return False
    return "role" not in fields or claim["role"] == "total"


def _spoken(statement: Row, claims: Iterable[Row]) -> bool:
    """Whether one of `claims` has the labelled speaker: nobody for nobody, else a word of the name in common."""
    wanted = _words(statement["speaker"])
    return any(bool(wanted & _words(claim["speaker"])) if wanted else claim["speaker"] is None for claim in claims)


def _words(name: str | None) -> set[str]:
    return set(re.findall(r"[a-z]{4,}", (name or "").lower())) - {"syrian", "syrias"}


def _rate(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None


def _mean(shares: list[float]) -> float | None:
    return round(100 * sum(shares) / len(shares), 1) if shares else None
