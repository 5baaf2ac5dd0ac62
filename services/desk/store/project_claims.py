"""Claims, from whichever message they came in first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.claim import Claim, ClaimsMade
from schemas.ids import digest
from schemas.outcomes import Arrival
from services.desk.store.columns import folded, micros
from services.desk.store.name_index import add_names
from services.desk.store.numbers import free_numbers
from services.desk.store.rows import add, chunks
from services.desk.store.source_counts import count_claims
from services.desk.store.tables import claim_entities, claims
from services.ledger.rules.series import series_of


async def made(db: AsyncConnection, arrived: Sequence[tuple[Arrival, ClaimsMade]]) -> None:
    await add_claims(db, [(micros(arrival.at), claim) for arrival, message in arrived for claim in message.claims])


async def add_claims(db: AsyncConnection, told: Iterable[tuple[int, Claim]]) -> None:
    """Keep claims, each with the time of the record it stands in.

    Figures and alerts carry claims, too, and outlive the claims' own topic, so a rebuild after 90 days finds what they
    rest on. A claim was learned with the earliest record it stands in: that is always its own, if it is there.
    """
    earliest: dict[str, tuple[int, Claim]] = {}
    for at, claim in told:
        held = earliest.get(claim.id)
        if held is None or at < held[0]:
            earliest[claim.id] = (at, claim)
    known: dict[str, int] = {}
    for ids in chunks(earliest):
        found = await db.execute(select(claims.c.id, claims.c.learned).where(claims.c.id.in_(ids)))
        known.update((id_, learned) for id_, learned in found)
    await _insert(db, [(at, claim) for id_, (at, claim) in earliest.items() if id_ not in known])
    await _learned_earlier(db, [(at, id_) for id_, (at, _) in earliest.items() if at < known.get(id_, at)])


async def _insert(db: AsyncConnection, new: Sequence[tuple[int, Claim]]) -> None:
    numbers = await free_numbers(db, claims, [(at, claim.id) for at, claim in new])
    await add(db, claims, [_row(at, claim, number) for (at, claim), number in zip(new, numbers, strict=True)])
    entities = [
        {"claim": claim.id, "entity": entity, "is_place": is_place}
        for _, claim in new
        for is_place, ids in ((True, set(claim.places)), (False, {claim.whose_id, claim.speaker_id} - {None}))
        for entity in ids
    ]
    await add(db, claim_entities, entities)
    await count_claims(db, (claim.publisher for _, claim in new))
    await add_names(db, (pair for _, claim in new for pair in _names(claim)))


async def _learned_earlier(db: AsyncConnection, earlier: Sequence[tuple[int, str]]) -> None:
    if not earlier:
        return
    numbers = await free_numbers(db, claims, earlier)
    values: dict[str, Any] = {"learned": bindparam("at"), "number": bindparam("as_number")}
    await db.execute(
        update(claims).where(claims.c.id == bindparam("claim")).values(values),
        [{"claim": id_, "at": at, "as_number": number} for (at, id_), number in zip(earlier, numbers, strict=True)],
    )


def _row(at: int, claim: Claim, number: int) -> dict[str, Any]:
    return {
        "id": claim.id,
        "number": number,
        "article_id": claim.article_id,
        "publisher": claim.publisher,
        "outlet": claim.publisher or claim.article,
        "lineage": claim.lineage,
        "voice": folded(claim.voice_name),
        "metric": claim.metric.value,
        "series": series_of(claim),
        "learned": at,
        "statement": _statement(claim),
        "sentence": claim.sentence,
        "message": claim.__pydantic_serializer__.to_json(claim),
    }


def _names(claim: Claim) -> Iterable[tuple[str, str]]:
    yield from zip(claim.places, claim.place_names, strict=False)
    if claim.whose_id and claim.whose:
        yield claim.whose_id, claim.whose
    if claim.speaker_id and claim.speaker:
        yield claim.speaker_id, claim.speaker


def _statement(claim: Claim) -> str:
    """Names what makes two claims the same thing said by the same voice. Without times: a copy may carry another. What
    a title alone says nobody carries but other titles."""
    return digest(
        claim.block if claim.part == "text" else f"title {claim.block}",
        claim.metric.value,
        claim.unit,
        claim.belongs_to or "",
        " ".join(claim.places),
        claim.scope or "",
        claim.window or "",
        claim.voice,
        repr((claim.low, claim.high)),
    )
