"""Texts and rows go after their days, and nothing else goes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.desk.queries import acts, alerts, articles, claims, search
from services.desk.queries.paging import Filter
from services.desk.store import retention
from services.desk.store.database import Database
from tests.unit.desk import dispute as d
from tests.unit.desk.store import world


async def test_a_text_goes_after_its_days_and_its_claims_stay_quoted(database: Database) -> None:
    await world.take(database, d.MINISTRY, d.UNION, d.made(d.SAYS_MINISTRY))
    now = d.NOON + timedelta(days=5, minutes=5)  # the ministry's came five days and five minutes ago
    assert await retention.forget(database, now, text_days=5, keep_days=9) == 1
    async with database.reading() as db:
        old, young = await articles.one(db, d.MINISTRY.article_id), await articles.one(db, d.UNION.article_id)
        hits = await search.articles(db, Filter(q="blankets"), None, 9)
        quotes = await search.quotes(db, Filter(q="stadium"), None, 9)
    assert old == articles.Article(d.MINISTRY.model_copy(update={"text": ""}), text_kept=False, read=None)
    assert young == articles.Article(d.UNION, text_kept=True, read=None)
    assert (hits.items, [hit.known.claim for hit in quotes.items]) == ((), [d.SAYS_MINISTRY])


async def test_a_text_that_went_does_not_come_back_when_it_is_told_again(database: Database) -> None:
    await world.take(database, d.MINISTRY)
    await retention.forget(database, d.NOON + timedelta(days=2), text_days=1, keep_days=9)
    await world.take(database, d.MINISTRY)
    async with database.reading() as db:
        article = await articles.one(db, d.MINISTRY.article_id)
    assert article is not None
    assert not article.text_kept


async def test_all_rows_go_after_their_days_but_offsets_names_joins_and_sums(database: Database) -> None:
    await world.take(database, *world.everything())
    await retention.forget(database, d.NOON + timedelta(days=9), text_days=1, keep_days=9)
    kept = {name for name, rows in (await world.rows(database)).items() if rows}
    assert {"articles", "claims", "figure_states", "alerts"} <= kept  # what came after noon
    await retention.forget(database, d.NOON + timedelta(days=10), text_days=1, keep_days=9)
    kept = {name for name, rows in (await world.rows(database)).items() if rows}
    assert kept == {"offsets", "names", "joins", "joined", "source_totals", "acts"}  # the flag and the silence hold


async def test_what_people_did_stays_as_long_as_it_holds(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "BATCH", 1)
    await world.take(
        database,
        world.act("silenced", d.FINGERPRINT, "alert"),
        world.act("silenced", d.SERIES, "figure"),
        world.act("unsilenced", d.SERIES, "figure", 1),
        world.act("flagged", d.SAYS_UNION.id, "claim"),
        world.act("unflagged", d.SAYS_UNION.id, "claim", 1),
        world.act("flagged", d.SAYS_UNION.id, "claim", 2),
        world.act("flagged", d.SAYS_UNION.id, "claim", 3, by="bea"),
        world.act("signed_out", "ana", "person"),
        world.act("signed_out", "ana", "person", 1),
        world.act("used", d.FINGERPRINT, "alert"),
    )
    now = d.NOON + timedelta(days=31)

    async def holds() -> tuple[set[str], int, dict[str, int]]:
        async with database.reading() as db:
            flags = await acts.open_flags(db, [d.SAYS_UNION.id])
            return set(await alerts.silenced(db, now)), len(flags[d.SAYS_UNION.id]), await acts.signed_out(db)

    before = await holds()
    assert before[:2] == ({d.FINGERPRINT}, 2)
    assert await retention.forget(database, now, text_days=5, keep_days=2) == 4
    assert await holds() == before


async def test_much_goes_in_small_batches(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "BATCH", 2)
    many = [d.article(f"Boat {n} came.") for n in range(5)]
    await world.take(database, *many, *(d.made(d.claim(a, a.text[:6], 1)) for a in many))
    assert (
        await retention.forget(database, d.NOON + timedelta(days=10), text_days=9, keep_days=9) == 5 + 5 + 1
    )  # and the hour they came in
    async with database.reading() as db:
        assert (await claims.listed(db, Filter(), None, 9)).items == ()
