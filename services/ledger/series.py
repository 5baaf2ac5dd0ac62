"""Which series a claim belongs to, and what the series is called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from schemas.claim import Claim
from schemas.ids import series_id
from services.ledger.gate import UNCOMPARED_METRICS, UNCOMPARED_ROLES
from services.ledger.places import particular_places


def series_of(claim: Claim) -> str | None:
    """The series of a claim, None for what is never compared: its metric or its role says it is no total.

    The place is the block (country or pair) and what the claim adds to it: "in the camp" and "on the Belarus-Poland
    border" of one article are one series of two scopes, Kharkiv and Kyiv are two series. Planned numbers stand apart.
    """
    if claim.metric.value in UNCOMPARED_METRICS or claim.role in UNCOMPARED_ROLES:
        return None
    return series_id(
        claim.block,
        claim.metric.value,
        claim.unit,
        claim.whose_id or claim.whose or "",
        "+".join(particular_places(claim)),
        claim.window or "",
        "planned" if claim.status == "planned" else "",
    )


def label_of(claims: Iterable[Claim]) -> str:
    """For people: "People present, on the border with Poland". Made of the claims' own place words, names preferred."""
    known = list(claims)
    if not known:
        return ""
    first = known[0]
    words = Counter(claim.place for claim in known if claim.place)
    named = [place for place in words if any(char.isupper() for char in place)]
    place = min(named or words, key=lambda place: (-words[place], len(place), place), default=None)
    parts = [first.metric.value.replace("_", " ").capitalize(), first.whose, place, first.window]
    return ", ".join(part for part in parts if part)
