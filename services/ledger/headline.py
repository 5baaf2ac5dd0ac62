"""A headline against the text below it, where the headline is the title: the numbers that only the title has.

A claim of the title is in no series (series.py). An article is one voice: its headline never counts beside its text,
and never disagrees with another article. It may be wrong about its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice

from schemas.claim import Claim
from schemas.verdict import VerdictGiven
from services.ledger.guards import HEADLINE
from services.ledger.ruled import ruled
from services.ledger.rules.series import series_of
from services.ledger.rules.thresholds import thresholds

_FEW = 3
"""Below "Two dead" a text may count nobody: "A woman and her son were killed", and then other dead of other days."""

_FAR = 10
"""A headline that is ten times off is a slip (R8); further apart the two are of two things: above two bankers that
disappeared, "Millions go missing" is money."""


def headline_verdicts(claims: Sequence[Claim], at: datetime) -> Iterator[VerdictGiven]:
    """For each number of a title, the verdict on it and the first figure of the text's lead that it excludes, if there
    is one. `claims`: those of one article in one block, in text order; `at`: the record's arrival."""
    for headline in claims:
        if headline.part == "title" and headline.value > _FEW:
            verdicts = (_verdict(headline, told, at) for told in claims if told.metric is headline.metric)
            yield from islice(filter(None, verdicts), 1)


def _verdict(headline: Claim, told: Claim, at: datetime) -> VerdictGiven | None:
    """The verdict where the two exclude each other. Whoever the headline names, nobody says its number in the text: the
    words are the writer's own. A place it leaves out is the text's, of a toll its event says where (relation.py)."""
    series = series_of(told)
    smaller, larger = sorted((headline.value, told.value))
    if series is None or larger > _FAR * smaller:
        return None
    is_there = headline.scope is None or thresholds(headline.metric).event
    scope = told.scope if is_there else headline.scope
    own = headline.model_copy(update={"speaker": None, "speaker_id": None, "scope": scope})
    verdict = ruled(own, told, (None, None), collides=False, revised=False, doubled=False)
    if verdict.reason != HEADLINE:
        return None
    return VerdictGiven(series=series, block=told.block, one=headline.id, other=told.id, verdict=verdict, at=at)
