"""Which series a claim belongs to, which row holds it, and what the series is called."""

from __future__ import annotations

from functools import lru_cache

from schemas.claim import Claim
from schemas.ids import series_id
from services.ledger.gate import UNCOMPARED_METRICS, UNCOMPARED_ROLES
from services.ledger.places import particular_names, particular_places
from services.ledger.thresholds import thresholds


def series_of(claim: Claim) -> str | None:
    """The series of a claim, None for what is never compared: its metric or its role says it is no total.

    The place is the block (country or pair) and what the claim adds to it: "in the camp" and "on the Belarus-Poland
    border" of one article are one series of two scopes, Kharkiv and Kyiv are two series. Planned numbers stand apart.
    """
    if claim.metric.value in UNCOMPARED_METRICS or claim.role in UNCOMPARED_ROLES:
        return None
    return _series(claim, claim.whose_id or claim.whose or "", "+".join(particular_places(claim)))


def row_of(claim: Claim) -> str | None:
    """The row that holds a claim with all it may be compared with; None as `series_of`.

    Of most metrics that is the series. The toll of one event is told of a village, of its province and of two
    spellings, which are three series: so tolls of a block share a row, and the gate inside tells the events apart
    (happened.py). One row, because a record that goes into one row can be stored by halves without harm.
    """
    series = series_of(claim)
    return series if series is None or not thresholds(claim.metric.value).event else _series(claim, "*", "*")


def between(one: Claim, other: Claim) -> str:
    """The series under which two claims of one row are told: one of theirs, the same whichever came first."""
    return min(filter(None, (series_of(one), series_of(other))))


def label_of(claim: Claim) -> str:
    """What the claim's series is called: "People present, Belarus–Poland", "Deaths, Homs, last 24 hours".

    Made only of what all claims of a series share, so that it does not depend on which came first.
    """
    place = ", ".join(particular_names(claim)) or claim.region
    parts = [claim.metric.value.replace("_", " ").capitalize(), claim.whose, place, claim.window]
    return ", ".join(part for part in parts if part)


def _series(claim: Claim, whose: str, places: str) -> str:
    status = "planned" if claim.status == "planned" else ""
    return _id(claim.block, claim.metric.value, claim.unit, whose, places, claim.window or "", status)


_id = lru_cache(maxsize=65_536)(series_id)
"""A claim's series is asked for by each claim that meets it: 40,000 digests for 2,800 claims."""
