"""What the ledger's table `series` holds, and how it stays below 64 kB a row.

By series id: the live claims of each voice and the disputes between voices. Bounded by count, then by bytes, the
oldest statement first: what is dropped can no longer be compared, which is silence, never a false alert.
By block: which records were applied (for redelivery) and which numbers were met (for R8).
By block and slot: what was sent (outbox.py, which also says why all this is one table).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar

from pydantic import AwareDatetime, Field

from schemas.claim import Claim
from schemas.figure import Conflict, FigureStated
from schemas.message import Word
from schemas.metrics import Metric
from schemas.topics import TABLE_VALUE_BYTES
from schemas.verdict import VerdictName
from services.ledger.series import label_of

TABLE = "series"
MAX_ENTRIES = 24
"""Live claims of one series. A claim with its sentence takes 1 to 2 kB, so 24 take half a row."""
MAX_DISPUTES = 48
"""Pairs of voices of one series with a conflict or a told change; 0.4 kB each. Twelve voices make 66 pairs."""
MAX_CARRIERS = 32
"""Outlets and origins remembered of one claim; a count beyond it reads as 32."""
MAX_APPLIED = 128
"""Records of a block whose repeat by upstream is known as such."""
MAX_NUMBERS = 300
"""Recent numbers of a block, for R8; 0.1 kB each."""
ROW_BYTES = TABLE_VALUE_BYTES * 7 // 8
"""What a row may take: one eighth is left to the envelope Faust puts around it."""

W = TypeVar("W", bound=Word)


class Entry(Word):
    """A live claim and everybody who carried it."""

    claim: Claim
    doubled: bool = Field(description="Its voice gives another number in the same article: which is which is unclear.")
    outlets: tuple[str, ...] = Field(min_length=1)
    origins: tuple[str, ...] = Field(min_length=1)
    agencies: tuple[str, ...] = ()


class Dispute(Conflict):
    """A pair of voices, or one voice changing: what was last seen between them and what was last told."""

    verdict: VerdictName
    sequence: int = Field(ge=0, description="Alerts told of it so far.")
    first: int = Field(default=1, description="Sequence of the first alert told of it.")
    newest: AwareDatetime = Field(description="What time the newer claim is of, of the pair last told.")


class SeriesRecord(Word):
    """One row of `series`."""

    series: str
    block: str
    entries: tuple[Entry, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    forgotten: int = Field(default=0, description="Highest sequence of a dispute dropped from `disputes`.")
    updated: AwareDatetime

    def keeping(self, most: int) -> SeriesRecord:
        """With at most `most` disputes: those never told go first, then those resolved, then the oldest.

        A pair not among `disputes` starts above `forgotten`, so no alert id is used twice however many pairs went.
        """
        ranked = sorted(self.disputes, key=lambda d: (d.sequence > 0, d.state == "open", d.updated, d.id))
        cut = max(0, len(ranked) - most)
        forgotten = max([self.forgotten, *(dispute.sequence for dispute in ranked[:cut])])
        kept = sorted(ranked[cut:], key=lambda d: (d.updated, d.id))
        return self.model_copy(update={"disputes": tuple(kept), "forgotten": forgotten})

    def encode(self) -> bytes:
        """The row, below ROW_BYTES: the statements of the oldest time go first, then disputes."""
        kept = self
        body = kept.__pydantic_serializer__.to_json(kept)
        while len(body) > ROW_BYTES and (len(kept.entries) > 1 or kept.disputes):
            if len(kept.entries) > 1:
                oldest = min(kept.entries, key=lambda entry: (entry.claim.as_of, entry.claim.id))
                kept = kept.model_copy(update={"entries": tuple(e for e in kept.entries if e is not oldest)})
            else:
                kept = kept.keeping(len(kept.disputes) - 1)
            body = kept.__pydantic_serializer__.to_json(kept)
        return body


class Number(Word):
    """A number with enough significant digits to be no coincidence, and where it stood."""

    value: float
    metric: Metric
    places: tuple[str, ...]
    as_of: AwareDatetime
    article_id: str
    start: int


class Applied(Word):
    """A record that was applied: its offset, what upstream calls it, the outbox slot with the alerts sent, if any."""

    offset: int
    key: str
    slot: int | None


class BlockRecord(Word):
    """The row of a block. `alerting` counts the records that sent alerts."""

    block: str
    alerting: int = 0
    applied: tuple[Applied, ...] = ()
    numbers: tuple[Number, ...] = ()

    def encode(self) -> bytes:
        """The row, below ROW_BYTES: place names can be long. The oldest numbers go first, then the oldest records."""
        kept = self
        body = kept.__pydantic_serializer__.to_json(kept)
        while len(body) > ROW_BYTES and (kept.numbers or kept.applied):
            name = "numbers" if kept.numbers else "applied"
            rows = getattr(kept, name)
            # An eighth at a time: one by one would encode the row anew for each of 300 numbers.
            kept = kept.model_copy(update={name: rows[len(rows) // 8 + 1 :]})
            body = kept.__pydantic_serializer__.to_json(kept)
        return body


def load(model: type[W], rows: Mapping[str, bytes], key: str) -> W | None:
    """The row under `key`, None where there is none."""
    body = rows.get(key)
    return None if body is None else model.model_validate_json(body)


def stated(record: SeriesRecord) -> FigureStated | None:
    """The series for everybody else: the latest claim of each voice at each scope. None without any claim."""
    latest: dict[tuple[str, str | None], Claim] = {}
    for entry in sorted(record.entries, key=lambda entry: rank(entry.claim)):
        latest[entry.claim.voice, entry.claim.scope] = entry.claim
    if not latest:
        return None
    claims = sorted(latest.values(), key=rank)
    first = claims[0]
    fields = set(Conflict.model_fields)
    return FigureStated(
        series=record.series,
        block=record.block,
        label=label_of(first),
        metric=first.metric,
        unit=first.unit,
        whose=first.whose,
        places=first.places,
        window=first.window,
        statements=tuple(claims),
        conflicts=tuple(
            Conflict.model_validate({name: getattr(dispute, name) for name in fields})
            for dispute in record.disputes
            if dispute.verdict == "conflict"
        ),
        updated=record.updated,
    )


def rank(claim: Claim) -> tuple[datetime, datetime, float, str]:
    """A total order of claims by the time they are of; arrival plays no part."""
    return claim.as_of, claim.published, claim.value, claim.id
