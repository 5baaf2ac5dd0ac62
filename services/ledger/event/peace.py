"""wars.yaml: where and when there was a war, so that bombs and raids are no news of weeks."""

from __future__ import annotations

from functools import cache

from schemas.claim import Claim
from services.ledger.listed import listed

_NO_WAR = (9999, 9999)
_NO_END = 9998
"""Years that no article has."""


def is_at_peace(claim: Claim) -> bool:
    """Whether the countries of a claim's block are known, and none was at war in the year it was published."""
    year, ids = claim.published.year, claim.block.partition("/")[2].split("+")
    return all(place in _wars() and not _wars()[place][0] <= year <= _wars()[place][1] for place in ids)


@cache
def _wars() -> dict[str, tuple[int, int]]:
    """Wikidata id of each country → the first and the last year of its wars."""
    countries = listed("services.read.entities", "data/countries.yaml")
    spans = listed("services.ledger.event", "wars.yaml")
    years = {code: (span[0], span[1] if len(span) > 1 else _NO_END) for code, span in spans.items()}
    return {entry["id"]: years.get(code, _NO_WAR) for code, entry in countries.items()}
