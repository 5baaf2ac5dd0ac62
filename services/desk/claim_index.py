"""Claims by id and by article, and who else carries the same statement."""

from __future__ import annotations

from collections.abc import Iterable

from schemas.claim import Claim

ARTICLES_KEPT = 5_000
"""Articles whose claims are kept, newest first: as many as the read store keeps texts."""

Statement = tuple[object, ...]


class ClaimIndex:
    """Every claim seen, whichever message it came in, until its article is the oldest of more than `limit`."""

    def __init__(self, limit: int = ARTICLES_KEPT) -> None:
        self._limit = limit
        self._articles: dict[str, dict[str, Claim]] = {}
        self._claims: dict[str, Claim] = {}
        self._statements: dict[Statement, set[str]] = {}

    def __len__(self) -> int:
        return len(self._claims)

    def add(self, claims: Iterable[Claim]) -> None:
        """Keep `claims`; one that is known already is left as it is, so repeats change nothing."""
        for claim in claims:
            if claim.id in self._claims:
                continue
            self._claims[claim.id] = claim
            self._articles.setdefault(claim.article_id, {})[claim.id] = claim
            self._statements.setdefault(_statement(claim), set()).add(claim.id)
        while len(self._articles) > self._limit:
            self._forget(next(iter(self._articles)))

    def get(self, claim_id: str) -> Claim | None:
        return self._claims.get(claim_id)

    def of_article(self, article_id: str) -> list[Claim]:
        """The claims of one article in the order of its text."""
        return sorted(self._articles.get(article_id, {}).values(), key=lambda c: (c.start, c.end, c.id))

    def carried(self, claim: Claim) -> tuple[int, int]:
        """(outlets, origins) that carry this statement: distinct publishers and distinct lineages, at least 1 each."""
        same = [self._claims[other] for other in self._statements.get(_statement(claim), ())]
        outlets = {c.publisher or c.article for c in same}
        return max(1, len(outlets)), max(1, len({c.lineage for c in same}))

    def _forget(self, article_id: str) -> None:
        for claim_id, claim in self._articles.pop(article_id).items():
            del self._claims[claim_id]
            statement = _statement(claim)
            self._statements[statement].discard(claim_id)
            if not self._statements[statement]:
                del self._statements[statement]


def _statement(claim: Claim) -> Statement:
    """What makes two claims the same thing said by the same voice. Times are left out: a copy may carry another."""
    return (
        claim.block,
        claim.metric,
        claim.unit,
        claim.whose_id or claim.whose,
        claim.places,
        claim.scope,
        claim.window,
        claim.voice,
        claim.low,
        claim.high,
    )
