"""Which series a claim belongs to, which row holds it, and what the series is called."""

from __future__ import annotations

from functools import lru_cache

from schemas.claim import Claim
from schemas.ids import series_id
from services.ledger.gate import UNCOMPARED_METRICS, UNCOMPARED_ROLES
from services.ledger.places import beyond, particular_names
from services.ledger.thresholds import thresholds


def series_of(claim: Claim) -> str | None:
    """The series of a claim, None for what is never compared: its metric or its role says it is no total.

    The place is the block (country or pair) and what the claim adds to it: "in the camp" and "on the Belarus-Poland
    border" of one article are one series of two scopes, Kharkiv and Kyiv are two series. Planned numbers stand apart.
    """
    if claim.metric in UNCOMPARED_METRICS or claim.role in UNCOMPARED_ROLES:
        return None
    return _series(_shared(claim), claim.whose_id or claim.whose or "", claim.places)


def row_of(claim: Claim) -> str | None:
    """The row that holds a claim with all it may be compared with; None as `series_of`.

    Of most metrics that is the series. The toll of one event is told of a village, of its province and of two
    spellings, which are three series: so tolls of a block share a row, and the gate inside tells the events apart
    (happened.py). One row, because a record that goes into one row can be stored by halves without harm.
    """
    if not thresholds(claim.metric).event:
        return series_of(claim)
    if claim.metric in UNCOMPARED_METRICS or claim.role in UNCOMPARED_ROLES:
        return None
    return _series(_shared(claim), "*", None)


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


def _shared(claim: Claim) -> tuple[str, str, str, str, str]:
    return claim.block, claim.metric, claim.unit, claim.window or "", "planned" if claim.status == "planned" else ""


@lru_cache(maxsize=65_536)
def _series(shared: tuple[str, str, str, str, str], whose: str, places: tuple[str, ...] | None) -> str:
    """The id of a series, or of the row of several where `places` is None. Kept: a claim's series is asked for by each
    claim that meets it, 40,000 digests for 2,800 claims."""
    block, metric, unit, window, planned = shared
    where = "*" if places is None else "+".join(beyond(block, places))
    return series_id(block, metric, unit, whose, where, window, planned)
