"""Which series a claim belongs to, and what the series is called."""

from __future__ import annotations

from schemas.claim import Claim
from schemas.ids import series_id
from services.ledger.gate import UNCOMPARED_METRICS, UNCOMPARED_ROLES
from services.ledger.places import particular_names, particular_places


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


def label_of(claim: Claim) -> str:
    """What the claim's series is called: "People present, Belarus–Poland", "Deaths, Homs, last 24 hours".

    Made only of what all claims of a series share, so that it does not depend on which came first.
    """
    place = ", ".join(particular_names(claim)) or claim.region
    parts = [claim.metric.value.replace("_", " ").capitalize(), claim.whose, place, claim.window]
    return ", ".join(part for part in parts if part)
