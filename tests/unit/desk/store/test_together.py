"""A name that stands for several ids is counted as one."""

from __future__ import annotations

from datetime import timedelta

from schemas.entity import Companion, EntityTallied, Window
from services.desk.queries import entities
from services.desk.queries.paging import Filter
from services.desk.store.database import Database
from tests.unit.desk import dispute as d
from tests.unit.desk.store import world

NOTHING = Window(mentions=0, articles=0, lineages=0, publishers=0)
FEW = {"1h": NOTHING, "24h": NOTHING, "7d": NOTHING}


async def whole(database: Database, entity: str = "x-orrel") -> EntityTallied:
    async with database.reading() as db:
        found = await entities.one(db, entity)
    assert found is not None
    return found


async def test_an_article_that_names_both_counts_once_and_every_mention_counts(database: Database) -> None:
    old = world.mentioned(d.RELAY.article_id, "Veldt").model_copy(update={"arrived": d.NOON - timedelta(hours=30)})
    await world.take(
        database,
        *(d.MINISTRY, d.UNION, d.RELAY),
        world.mentioned(d.MINISTRY.article_id, "Veldt", "Orrel"),
        world.mentioned(d.UNION.article_id, "Orrel"),
        old,
        d.entity(windows=FEW),
        d.entity("Orrel", windows=FEW),
        world.joined("merge", "x-orrel", "x-veldt"),
    )
    table = await whole(database)
    day = table.windows["24h"]
    assert (day.articles, day.mentions, day.before) == (2, 3, 1)
    assert day.lineages == len({d.MINISTRY.lineage, d.UNION.lineage})
    assert day.publishers == len({d.MINISTRY.publisher, d.UNION.publisher})
    assert (table.windows["7d"].articles, table.windows["7d"].mentions) == (3, 4)
    assert table.figures == {"people_present": 8, "deaths": 2}
    async with database.reading() as db:
        assert (await entities.listed(db, Filter(), None, 10)).items == (table,)


async def test_articles_that_are_not_kept_are_an_origin_each_and_one_publisher(database: Database) -> None:
    await world.take(
        database,
        *(world.mentioned(article, "Veldt", "Orrel") for article in ("art-1", "art-2")),
        *(d.entity(windows=FEW), d.entity("Orrel", windows=FEW), world.joined("merge", "x-orrel", "x-veldt")),
    )
    day = (await whole(database)).windows["24h"]
    assert (day.articles, day.lineages, day.publishers, day.mentions) == (2, 2, 1, 4)


async def test_what_the_store_has_forgotten_is_not_taken_from_the_larger_count(database: Database) -> None:
    await world.take(database, d.entity(), d.entity("Orrel", 11), world.joined("merge", "x-orrel", "x-veldt"))
    assert (await whole(database)).windows["7d"].mentions == 11


async def test_a_name_that_only_its_merged_ids_were_met_under_has_their_table(database: Database) -> None:
    await world.take(database, d.entity("Orrel", 11), world.joined("merge", "x-orrel", "Q36"))
    table = await whole(database, "Q36")
    assert (table.entity, table.windows["24h"].mentions) == ("Q36", 11)


async def test_the_ids_that_are_one_are_not_named_with_each_other(database: Database) -> None:
    met = (
        Companion(entity="x-orrel", name="Orrel", articles=2),
        Companion(entity="x-liss", name="Liss", articles=2),
    )
    await world.take(
        database,
        d.entity(companions=met),
        d.entity("Orrel", companions=met[1:]),
        world.joined("merge", "x-orrel", "x-veldt"),
    )
    assert (await whole(database)).companions == (Companion(entity="x-liss", name="Liss", articles=3),)
