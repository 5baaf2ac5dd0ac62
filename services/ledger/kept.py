"""How many answers the ledger keeps of each question that it asks again and again.

A kept claim takes 5 kB, and what its words say of the event 2 to 5 more; it is held as long as any one answer about it.
With 8,192 a worker grew by 18 kB an article until they were full, 80 of 104 MB in 4,500 articles of the soak, which
looked like a leak. Of an older claim the same answer is worked out again.
"""

from __future__ import annotations

CLAIMS = 1_024
"""By claim. `rows/decoded.py` keeps the rows met last, and the claims in them, beside these."""

PAIRS = 1_024
"""By two claims, both of which are held."""

TEXTS = 2_048
"""By a sentence, a part of one, the sentence before or an opening."""
