"""A toll told as what it has risen to: "the toll of the bombing rose to 84 on Friday". The bomb was before that."""

from __future__ import annotations

import re

from schemas.claim import Claim
from services.ledger.kept import by_claim

_RISEN_TO = re.compile(
    r"\b(?:tolls?|numbers?|count|tally)\b[^.;]{0,120}"
    r"\b(?:risen|rises?|rose|rising|climb(?:s|ed|ing)?|jump(?:s|ed|ing)?|increas(?:es|ed|ing)|grow[ns]?|grew)\b"
    r"[\w ,]{0,20} to (?:[a-z]+ ){0,3}$"
    r"|\b(?:rais(?:es|ed|ing)|bring(?:s|ing)|brought|push(?:es|ed|ing)) the (?:[a-z]+ ){0,3}"
    r"(?:tolls?|numbers?|count|tally)\b[^.;]{0,120} to (?:[a-z]+ ){0,3}$",
    re.IGNORECASE,
)
""" "The toll of the bombing in Homs rose to at least", "raised the death toll of the raid to", before the number."""
_PUT_AT = re.compile(
    r"\b(?:put|puts|putting) the (?:[a-z]+ ){0,3}(?:tolls?|numbers?|count|tally)\b[^.;]{0,120} at (?:[a-z]+ ){0,3}$",
    re.IGNORECASE,
)
""" "Put the number killed in the blast at": a day behind the number is that of the count, too."""
_AHEAD = 240
"""Characters before a number in which it may be told to have risen. Chosen: 120 and 480 change no
verdict there."""


@by_claim
def is_risen_to(claim: Claim) -> bool:
    """Whether the words before a claim's number say that a count has risen to it."""
    return _RISEN_TO.search(_before(claim)) is not None


@by_claim
def is_put_at(claim: Claim) -> bool:
    """Whether the words before a claim's number say that somebody put a count at it."""
    return _PUT_AT.search(_before(claim)) is not None


def _before(claim: Claim) -> str:
    at = max(0, claim.start - claim.sentence_start)
    return claim.sentence[max(0, at - _AHEAD) : at]
