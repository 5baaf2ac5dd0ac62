"""Which series a claim belongs to, which index lists the series it may be compared with, and what the series is
called."""

from __future__ import annotations

from functools import lru_cache

from schemas.claim import Claim
from schemas.ids import digest, series_id
from schemas.metrics import Metric
from services.ledger.kept import by_claim
from services.ledger.rules.gate import DOUBTED, UNCOMPARED_METRICS, UNCOMPARED_ROLES
from services.ledger.rules.places import beyond, particular_names
from services.ledger.rules.thresholds import thresholds
from services.ledger.rules.windows import beginning


@by_claim
def series_of(claim: Claim) -> str | None:
    """The series of a claim, None for what is never compared: its metric or its role says it is no total, nobody
    vouches for it, or it stands in the title alone (headline.py).

    The place is the block (country or pair) and what the claim adds to it: "in the camp" and "on the Belarus-Poland
    border" of one article are one series of two scopes, Kharkiv and Kyiv are two series. Planned numbers stand apart.
    """
    if claim.role in UNCOMPARED_ROLES or claim.metric in UNCOMPARED_METRICS or claim.status in DOUBTED:
        return None
    if claim.part == "title":
        return None
    return _series(_shared(claim), claim.belongs_to or "", claim.places)


def index_of(claim: Claim) -> str | None:
    """The index (index.py) that lists the series in which a claim's event may be told of; None where a claim is
    compared within its own series only.

    Of most metrics that is so. The toll of one event is told of a village, of its province and of two spellings, which
    are three series: so the tolls of a block that count one thing have an index. What is summed up since a fixed day
    is in it too: another text says since which year, or "so far".
    """
    if not thresholds(claim.metric).event:
        return None
    block, metric, unit, window, planned = _shared(claim)
    return _index(block, metric, unit, "" if beginning(window) else window, planned)


def between(one: Claim, other: Claim) -> str:
    """The series under which two claims are told: one of theirs, the same whichever came first."""
    return min(filter(None, (series_of(one), series_of(other))))


def label_of(claim: Claim) -> str:
    """What the claim's series is called: "People present, Belarus–Poland", "Deaths, Homs, last 24 hours".

    Made only of what all claims of a series share, so that it does not depend on which came first.
    """
    place = ", ".join(particular_names(claim)) or claim.region
    parts = [claim.metric.value.replace("_", " ").capitalize(), claim.whose, place, window_of(claim)]
    return ", ".join(part for part in parts if part)


def window_of(claim: Claim) -> str | None:
    """The window of a claim's series. Of refugees one text says since when they flee and the next does not, so all
    stand in one series, and `is_one_window` says which of them are compared."""
    return None if claim.metric is Metric.REFUGEES and beginning(claim.window) else claim.window


def _shared(claim: Claim) -> tuple[str, str, str, str, str]:
    planned = "planned" if claim.status == "planned" else ""
    return claim.block, claim.metric, claim.unit, window_of(claim) or "", planned


@lru_cache(maxsize=65_536)
def _series(shared: tuple[str, str, str, str, str], whose: str, places: tuple[str, ...]) -> str:
    """Kept: a claim's series is asked for by each claim that meets it, 40,000 digests for 2,800 claims."""
    block, metric, unit, window, planned = shared
    return series_id(block, metric, unit, whose, "+".join(beyond(block, places)), window, planned)


@lru_cache(maxsize=4_096)
def _index(*shared: str) -> str:
    return f"idx-{digest('index', *shared)}"
