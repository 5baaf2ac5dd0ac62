"""Which claims of an article are in which row, so that a revision finds them without looking through all rows.

One row for each article and partition: the claims of one article lie in blocks of several partitions, and each
partition's rows are its own. It is written before the series it names, so after a crash it may name a claim that no
series has, and never lack one. A revision may be read before what it revises: the row then remembers that, and the old
text's claims are not taken any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from pydantic import AwareDatetime, Field

from schemas.claim import Claim
from schemas.message import Word
from services.ledger.rows.record import ROW_BYTES, load
from services.ledger.rules.series import series_of

KIND = "art-"
"""How article ids, and so the keys of these rows, begin."""


class Kept(Word):
    """What must be known of a claim that is no longer live to say what was wrong in an old alert."""

    id: str
    row: str
    voice: str
    scope: str | None
    words: str


class Revised(Word):
    """The text that took an article's place."""

    by: str
    noted: bool = Field(description="Whether the publisher says in a note that the earlier text was wrong.")


class ArticleRecord(Word):
    """The row of an article. `offset`: of the ArticleRevised that was applied to it."""

    article_id: str
    partition: int
    claims: tuple[Kept, ...] = ()
    revised: Revised | None = None
    offset: int | None = None
    alerted: bool = False
    updated: AwareDatetime

    def rows(self) -> list[str]:
        """The series rows its claims are in."""
        return sorted({kept.row for kept in self.claims})

    def with_claims(self, claims: Iterable[Claim], homes: Mapping[str, str], at: datetime) -> ArticleRecord:
        """With these claims noted at `at`, as far as they are ever compared. `homes`: the series in which they are
        kept, where that is another one than their own, because somebody said the same before."""
        known = {kept.id for kept in self.claims}
        added = [kept for kept in _noted(claims, homes) if kept.id not in known]
        return self.model_copy(update={"claims": (*self.claims, *added), "updated": at})

    def encode(self) -> bytes:
        """The row, below ROW_BYTES: of an article with hundreds of figures the last ones are left out."""
        kept = self
        body = kept.__pydantic_serializer__.to_json(kept)
        while len(body) > ROW_BYTES and kept.claims:
            kept = kept.model_copy(update={"claims": kept.claims[: len(kept.claims) * 7 // 8]})
            body = kept.__pydantic_serializer__.to_json(kept)
        return body


def _noted(claims: Iterable[Claim], homes: Mapping[str, str]) -> list[Kept]:
    """What is kept of those claims that are ever compared."""
    return [
        Kept(id=claim.id, row=homes.get(claim.id, series), voice=claim.voice, scope=claim.scope, words=claim.words)
        for claim in claims
        if (series := series_of(claim)) is not None
    ]


def key_of(article_id: str, partition: int) -> str:
    """Key of the row."""
    return f"{article_id}@{partition}"


def load_article(rows: Mapping[str, bytes], article_id: str, partition: int) -> ArticleRecord | None:
    """The row of an article, None where there is none."""
    return load(ArticleRecord, rows, key_of(article_id, partition))
