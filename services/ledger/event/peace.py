"""wars.yaml: where and when there was a war, so that bombs and raids are no news of weeks."""

from __future__ import annotations

from functools import cache
from importlib import resources

import yaml

from schemas.claim import Claim

_NO_WAR = (9999, 9999)
_NO_END = 9998


def is_at_peace(claim: Claim) -> bool:
    """Whether the countries of a claim's block are known, and none was at war in the year it was published."""
    year, ids = claim.published.year, claim.block.partition("/")[2].split("+")
    return all(place in _wars() and not _wars()[place][0] <= year <= _wars()[place][1] for place in ids)


@cache
def _wars() -> dict[str, tuple[int, int]]:
    """Wikidata id of each country → the first and the last year of its wars."""
    listed = resources.files("services.read.entities").joinpath("data", "countries.yaml")
    countries = yaml.safe_load(listed.read_text("utf-8"))
    spans = yaml.safe_load(resources.files("services.ledger.event").joinpath("wars.yaml").read_text("utf-8"))
    years = {code: (span[0], span[1] if len(span) > 1 else _NO_END) for code, span in spans.items()}
    return {entry["id"]: years.get(code, _NO_WAR) for code, entry in countries.items()}
