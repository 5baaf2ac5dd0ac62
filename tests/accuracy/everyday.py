"""Pairs of short reports as wires write them: are the numbers of one event compared, and are two events kept apart?

Written from memory by one of us, of events everybody knows: no corpus and no measure of other people's news, but of
what a desk would expect at once. One line a pair: its two `articles`, and whether they are of `one_event`.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

from schemas.article import ArticlePublished
from schemas.claim import ClaimsMade
from schemas.verdict import VerdictGiven
from services.cli.replay import PurePath

Row = dict[str, Any]


def pairs(path: Path) -> list[Row]:
    """The pairs of a file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def are_compared(pair: Row) -> bool:
    """Whether the ledger compares a number of the one article with a number of the other."""
    path = PurePath()
    article: dict[str, str] = {}
    found = False
    for number, each in enumerate(pair["articles"]):
        message = ArticlePublished.model_validate_json(json.dumps({"id": f"{pair['id']}-{number}"} | each))
        for sent in path.feed(message, datetime.fromisoformat(each["published"])):
            if isinstance(sent, ClaimsMade):
                article |= {claim.id: claim.article_id for claim in sent.claims}
            elif isinstance(sent, VerdictGiven) and sent.verdict.verdict != "not_comparable":
                found = found or article[sent.one] != article[sent.other]
    return found


def score(gold: list[Row]) -> str:
    """ "63 of 89 of one event compared, 1 of 46 of two taken for one"."""
    counts = Counter((pair["one_event"], are_compared(pair)) for pair in gold)
    one, two = ((counts[kind, True], counts[kind, True] + counts[kind, False]) for kind in (True, False))
    return f"{one[0]} of {one[1]} of one event compared, {two[0]} of {two[1]} of two events taken for one"
