"""How many answers the ledger keeps of each question that it asks again and again.

A kept claim takes 5 kB, and what its words say of the event 2 to 5 more; it is held as long as any one answer about it.
With 8,192 a worker grew by 18 kB an article until they were full, 80 of 104 MB in 4,500 articles of the soak, which
looked like a leak. Of an older claim the same answer is worked out again.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from schemas.claim import Claim

CLAIMS = 1_024
"""By claim. `rows/decoded.py` keeps the rows met last, and the claims in them, beside these."""

PAIRS = 1_024
"""By two claims, both of which are held."""

TEXTS = 2_048
"""By a sentence, a part of one, the sentence before or an opening."""

T = TypeVar("T")


def by_claim(asked: Callable[[Claim], T]) -> Callable[[Claim], T]:
    """Keeps a short answer with the claim it is of, for as long as somebody has the claim. A country at war has more
    live claims than CLAIMS, and asks 2,000 times a claim for the time, the days or the series of another: by the hash
    of each that took a fifth of all."""
    name = f"_{asked.__module__}.{asked.__qualname__}"

    @wraps(asked)
    def answer(claim: Claim) -> T:
        try:
            known: T = claim.__dict__[name]
        except KeyError:
            known = claim.__dict__[name] = asked(claim)
        return known

    return answer
