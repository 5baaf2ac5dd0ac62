"""Search: all words, in any form, narrowed, newest first; snippets are pieces of text, never HTML."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from sqlalchemy import text

from services.desk.queries import search
from services.desk.queries.paging import Filter
from services.desk.store.database import Database
from tests.unit.desk import dispute as d
from tests.unit.desk.store import world

CAMP = d.article(
    "Migrants wait at the border of Belarus and Poland. <script>alert(1)</script> A nurse counts 40 tents.",
    title="Cold night in the camp", publisher="Valley Wire", at=d.NOON,
)  # fmt: skip
TRAIN = d.article(
    "A Polish train brought no migrant; Belarus said nothing. In Poland's east it snows.",
    title="Trains", at=d.NOON + world.HOUR,
)  # fmt: skip
SAYS_NURSE = d.claim(CAMP, "40 tents", 40, speaker="A nurse")


async def found(database: Database, q: str, **narrowed: object) -> list[str]:
    async with database.reading() as db:
        wanted = Filter(q=q, **narrowed)  # type: ignore[arg-type]
        return [hit.article.message.article_id for hit in (await search.articles(db, wanted, None, 9)).items]


@pytest.mark.parametrize(
    ("q", "hits"),
    [
        ("migrants Belarus Poland", [TRAIN, CAMP]),
        ("MIGRANT", [TRAIN, CAMP]),
        ("camp belarus", [CAMP]),
        ('"Belarus and Poland"', [CAMP]),
        ('"Poland and Belarus"', []),
        ("Belarus-Poland", []),
        ("trains", [TRAIN]),
        ("40 tents", [CAMP]),
        ("tents OR snow NEAR(", []),
        ("", []),
        ('"', []),
        ("* - '", []),
        ("\x00 \ud800", []),
    ],
)
async def test_articles_that_have_all_the_words_newest_first(database: Database, q: str, hits: list[object]) -> None:
    await world.take(database, CAMP, TRAIN)
    expected = [article.article_id for article in (CAMP, TRAIN)[::-1] if article in hits]
    assert await found(database, q) == expected


async def test_a_search_is_narrowed_as_any_list(database: Database) -> None:
    await world.take(database, CAMP, TRAIN, d.made(SAYS_NURSE))
    assert await found(database, "belarus", publisher="Valley Wire") == [CAMP.article_id]
    assert await found(database, "belarus", since=d.NOON + timedelta(seconds=1)) == [TRAIN.article_id]
    assert await found(database, "belarus", since=d.NOON, until=d.NOON + timedelta(microseconds=1)) == [CAMP.article_id]
    assert await found(database, "belarus", speaker="a nurse") == [CAMP.article_id]


async def test_a_snippet_is_the_text_with_the_words_marked(database: Database) -> None:
    await world.take(database, CAMP)
    async with database.reading() as db:
        (hit,) = (await search.articles(db, Filter(q="nurse tent"), None, 9)).items
    marked = [piece for piece, is_word in hit.snippet if is_word]
    assert marked == ["nurse", "tents"]
    assert "".join(piece for piece, _ in hit.snippet).strip("….") in CAMP.text
    assert any("<script>" in piece for piece, _ in hit.snippet)


async def test_quotes_are_found_by_their_sentence(database: Database) -> None:
    await world.take(database, CAMP, d.made(SAYS_NURSE))
    async with database.reading() as db:
        (hit,) = (await search.quotes(db, Filter(q="nurses count"), None, 9)).items
        assert (await search.quotes(db, Filter(q="migrants"), None, 9)).items == ()
    assert hit.known.claim == SAYS_NURSE
    assert [piece for piece, is_word in hit.snippet if is_word] == ["nurse", "counts"]


async def test_hits_come_in_pages(database: Database) -> None:
    many = [d.article(f"Boat {n} came.", at=d.NOON + timedelta(milliseconds=n // 2)) for n in range(7)]
    await world.take(database, *many)
    told, cursor = [], None
    async with database.reading() as db:
        while True:
            page = await search.articles(db, Filter(q="boats"), cursor, 2)
            told += [hit.article.message for hit in page.items]
            if (cursor := page.next) is None:
                break
    assert sorted(a.article_id for a in told) == sorted(a.article_id for a in many)
    assert [a.arrived for a in told] == sorted((a.arrived for a in many), reverse=True)


async def test_a_text_without_end_is_searched_as_far_as_the_database_can(database: Database) -> None:
    await world.take(database, d.article("Veldt " + " ".join(f"w{n:x}" for n in range(160_000))))
    assert len(await found(database, "veldt")) == 1


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)  # PostgreSQL generates the words itself
async def test_the_words_stay_in_step_with_the_rows(database: Database) -> None:
    await world.take(database, d.figure(), at=d.NOON + world.HOUR)  # its claims are learned again, earlier
    await world.take(database, *world.everything())
    async with database.writing() as db:
        await db.execute(text("UPDATE articles SET text = NULL WHERE revision = 2"))
        await db.execute(text("DELETE FROM articles WHERE publisher = 'Valley Wire'"))
        for table in ("articles_words", "claims_words"):  # raises where the words are not those of the rows
            await db.execute(text(f"INSERT INTO {table}({table}, rank) VALUES ('integrity-check', 1)"))  # noqa: S608


async def test_a_megabyte_of_one_word_holds_up_no_search(database: Database) -> None:
    """SQLite's own snippet took 11 s of it, and whoever publishes could have stopped the desk with one article."""
    flood = d.article("Before all of it stand sixty words. " * 10 + "The nurses counted 40 tents. " * 34_000)
    await world.take(database, flood)
    began = time.process_time()
    async with database.reading() as db:
        (hit,) = (await search.articles(db, Filter(q="nurse 40"), None, 9)).items
    assert time.process_time() - began < 2
    marked = [piece for piece, is_word in hit.snippet if is_word]
    assert marked[:2] == ["nurses", "40"]
    assert "".join(piece for piece, _ in hit.snippet).strip("… ") in flood.text
