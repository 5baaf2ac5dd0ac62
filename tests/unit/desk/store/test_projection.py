"""The projection: order between topics and repeats change nothing, the newer state wins."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemas.message import Message
from schemas.outcomes import Arrival
from services.desk.queries import alerts, articles, claims, conflicts, entities, figures, held, verdicts
from services.desk.queries.paging import Filter
from services.desk.store.database import Database
from services.desk.store.projection import apply, offsets
from services.ledger.rules.series import series_of
from tests.unit.desk import dispute as d
from tests.unit.desk.store import world

LOG = world.log_of(world.everything())
PARTITIONS = sorted(LOG)

Deliveries = list[tuple[Arrival, Message]]


@st.composite
def deliveries(draw: st.DrawFn) -> Deliveries:
    """Everything in the order of its partitions, between them in any, with any stretch told once more."""
    order: Deliveries = []
    reached = dict.fromkeys(PARTITIONS, 0)
    steps = st.tuples(st.sampled_from(PARTITIONS), st.integers(0, 4), st.integers(0, 2))
    for partition, further, back in draw(st.lists(steps, max_size=40)):
        start = max(0, reached[partition] - back)
        end = min(len(LOG[partition]), reached[partition] + further)
        order += LOG[partition][start:end]
        reached[partition] = end
    for partition in draw(st.permutations(PARTITIONS)):
        order += LOG[partition][reached[partition] :]
    return order


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deliveries(), st.integers(1, 30))
async def test_any_order_between_topics_and_any_redelivery_give_the_same_rows(
    database: Database, order: Deliveries, size: int
) -> None:
    await world.empty(database)
    async with database.writing() as db:
        await apply(db, [taken for partition in PARTITIONS for taken in LOG[partition]])
    expected = await world.rows(database)
    await world.empty(database)
    for batch in world.in_batches(order, size):
        async with database.writing() as db:
            await apply(db, batch)
    assert await world.rows(database) == expected


async def test_the_newer_state_of_a_series_wins_and_every_state_is_kept(database: Database) -> None:
    newer, older = d.figure(label="new"), d.figure(label="old", updated=d.NOON)
    await world.take(database, newer)
    await world.take(database, older)
    async with database.reading() as db:
        assert await figures.one(db, d.SERIES) == newer
        assert await figures.history(db, d.SERIES) == [older, newer]


async def test_the_alert_of_the_highest_sequence_is_the_latest(database: Database) -> None:
    await world.take(database, d.alert(2))
    await world.take(database, d.alert(1))
    async with database.reading() as db:
        assert await alerts.one(db, d.FINGERPRINT) == d.alert(2)
        assert await alerts.messages(db, d.FINGERPRINT) == [d.alert(1), d.alert(2)]
        assert (await alerts.listed(db, Filter(), None, 10)).items == (d.alert(2),)


async def test_how_an_article_was_read_may_come_before_the_article(database: Database) -> None:
    await world.take(database, world.read())
    await world.take(database, d.MINISTRY)
    async with database.reading() as db:
        article = await articles.one(db, d.MINISTRY.article_id)
    assert article == articles.Article(d.MINISTRY, text_kept=True, read=world.read())


async def test_a_claim_is_learned_with_its_article_whichever_message_tells_of_it_first(database: Database) -> None:
    await world.take(database, d.figure(), at=d.NOON + world.HOUR)
    await world.take(database, d.made(d.SAYS_UNION, d.SAYS_DRIVER), at=d.NOON)
    async with database.reading() as db:
        told, only_in_figure = await claims.one(db, d.SAYS_UNION.id), await claims.one(db, d.SAYS_LANTERN.id)
    assert told is not None
    assert only_in_figure is not None
    assert (told.learned, told.series) == (d.NOON, series_of(d.SAYS_UNION))
    assert (only_in_figure.learned, only_in_figure.claim) == (d.NOON + world.HOUR, d.SAYS_LANTERN)


async def test_a_claim_of_what_is_never_compared_is_in_no_series(database: Database) -> None:
    await world.take(database, d.made(d.CATTLE))
    async with database.reading() as db:
        known = await claims.one(db, d.CATTLE.id)
    assert known is not None
    assert known.series is None


async def test_a_revised_article_is_named_on_its_claims_also_if_told_first(database: Database) -> None:
    revised = next(m for m in world.everything() if m.TYPE == "news.article.revised")
    await world.take(database, revised)
    await world.take(database, d.MINISTRY, world.REVISED, d.made(d.SAYS_MINISTRY), d.made(world.SAYS_REVISED))
    async with database.reading() as db:
        found = {known.claim.id: known.revised_by for known in (await claims.listed(db, Filter(), None, 10)).items}
        texts = await articles.revisions(db, world.REVISED)
    assert found == {d.SAYS_MINISTRY.id: world.REVISED.article_id, world.SAYS_REVISED.id: None}
    assert [text.message for text in texts] == [world.listed(d.MINISTRY), world.listed(world.REVISED)]


async def test_a_conflict_that_its_figure_drops_is_open_no_more(database: Database) -> None:
    await world.take(database, d.figure())
    await world.take(database, d.figure(conflicts=(), updated=d.NOON + world.HOUR))
    async with database.reading() as db:
        assert (await conflicts.listed(db, Filter(), None, 10, state="open")).items == ()
        assert [known.conflict for known in (await conflicts.listed(db, Filter(), None, 10)).items] == [
            d.figure().conflicts[0]
        ]


async def test_the_first_word_on_a_held_verdict_stands(database: Database) -> None:
    await world.take(database, world.HELD, world.review("dismissed"))
    await world.take(database, world.review("released", minutes=5))
    async with database.reading() as db:
        assert (await held.waiting(db, None, 10)).items == ()
        (item,) = (await held.decided(db, None, 10)).items
    assert item.decision == world.review("dismissed")


async def test_a_merged_entity_stands_behind_the_other_until_it_is_unmerged(database: Database) -> None:
    await world.take(database, d.entity(), d.entity("Orrel"), world.joined("merge", "x-orrel", "x-veldt"))
    async with database.reading() as db:
        whole = await entities.one(db, "x-orrel")
        assert whole is not None
        assert (whole.entity, whole.name) == ("x-veldt", "Veldt")
        assert (await entities.listed(db, Filter(), None, 10)).items == (whole,)
    unmerged = [world.joined("merge", "x-orrel", "x-veldt"), world.joined("unmerge", "x-orrel", "x-veldt", 1)]
    await world.take(database, *unmerged)
    async with database.reading() as db:
        assert await entities.one(db, "x-orrel") == d.entity("Orrel")
        assert await entities.joins(db, "x-veldt") == unmerged


async def test_a_verdict_that_is_an_alert_is_no_note(database: Database) -> None:
    loud = d.note(
        one=d.SAYS_UNION.id, verdict=d.note().verdict.model_copy(update={"severity": "warning", "alert": True})
    )
    await world.take(database, loud, d.note(), world.HELD)
    async with database.reading() as db:
        notes = await verdicts.listed(db, Filter(), None, 10, notes_only=True)
    assert {note.one for note in notes.items} == {d.SAYS_DRIVER.id, d.SAYS_LANTERN.id}


async def test_what_the_desk_does_not_show_moves_only_the_offset(database: Database) -> None:
    async with database.writing() as db:
        await apply(db, [(Arrival("elsewhere", 3, 41, d.NOON), Message())])
        assert await offsets(db) == {("elsewhere", 3): 42}
    assert not any((await world.rows(database, "offsets")).values())


async def test_what_a_transaction_began_is_undone_where_it_fails(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        async with database.writing() as db:
            await apply(db, world.arrived(world.everything()))
            _ = 1 / 0
    assert not any((await world.rows(database)).values())


async def test_rows_of_one_millisecond_have_numbers_of_their_own(database: Database) -> None:
    many = [d.article(f"{number} people came.") for number in range(300)]
    await world.take(database, *many)
    await world.take(database, *many, d.article("One more.", at=d.NOON + timedelta(seconds=1)))
    async with database.reading() as db:
        assert len((await articles.listed(db, Filter(), None, 500)).items) == 301
