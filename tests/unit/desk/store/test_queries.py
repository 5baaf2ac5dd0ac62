"""What pages and API ask: narrowed, in pages, as known at a time."""

from __future__ import annotations

import base64
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.errors import BadCursor
from schemas.ids import held_id, series_id
from schemas.message import Message
from schemas.metrics import Metric
from services.desk.queries import (
    acts,
    alerts,
    articles,
    claims,
    conflicts,
    counts,
    dead_letters,
    entities,
    figures,
    held,
    narrowing,
    search,
    sources,
    verdicts,
)
from services.desk.queries.paging import Filter, Page
from services.desk.store.database import Database
from tests.unit.desk import dispute as d
from tests.unit.desk.store import world

Listed = Callable[[AsyncConnection, Filter, str | None, int], Awaitable[Page[Any]]]

LISTS: dict[str, Listed] = {
    "articles": articles.listed,
    "claims": claims.listed,
    "figures": figures.listed,
    "conflicts": conflicts.listed,
    "alerts": alerts.listed,
    "verdicts": lambda db, wanted, cursor, limit: verdicts.listed(db, wanted, cursor, limit, notes_only=False),
    "waiting": lambda db, wanted, cursor, limit: held.waiting(db, cursor, limit),
    "by mentions": lambda db, wanted, cursor, limit: entities.listed(db, wanted, cursor, limit, by="mentions"),
    "by trend": lambda db, wanted, cursor, limit: entities.listed(db, wanted, cursor, limit, by="trend"),
    "dead letters": dead_letters.listed,
    "acts": lambda db, wanted, cursor, limit: acts.listed(db, cursor, limit),
}

VELDT = d.article("The mayor of Veldt counts 70 people in the school.", publisher="Valley Wire", at=d.NOON)
SAYS_MAYOR = d.claim(
    VELDT, "70 people", 70, speaker="The Mayor", speaker_id="x-mayor", metric=Metric.DISPLACED,
    places=("x-orrel", "x-veldt"), place_names=("Orrel", "Veldt"), whose="Orrel", whose_id="x-orrel",
)  # fmt: skip


def many() -> list[Message]:
    """Several of everything, some of it at the same moment."""
    texts = [d.article(f"{n} people came.", at=d.NOON + timedelta(minutes=n // 3)) for n in range(1, 12)]
    told = [d.made(d.claim(a, a.text.split(" came")[0], n, speaker=f"Voice {n}")) for n, a in enumerate(texts, 1)]
    series = [series_id("count", str(n)) for n in range(7)]
    stated = [
        d.figure(
            series=one,
            updated=d.NOON + timedelta(minutes=n // 2),
            conflicts=tuple(c.model_copy(update={"id": f"alr-{n}"}) for c in d.figure().conflicts) if n % 2 else (),
        )
        for n, one in enumerate(series)
    ]
    raised = [d.alert(id=f"alr-{n}:1", fingerprint=f"alr-{n}") for n in range(5)]
    waiting = [world.HELD.model_copy(update={"one": f"clm-{n}"}) for n in range(5)]
    tallied = [d.entity(f"Town {n}", mentions=n // 2) for n in range(7)]
    flagged = [world.act("flagged", f"clm-{n}", "claim", n // 2) for n in range(5)]
    letters = [d.dead_letter(n) for n in range(5)]
    return [*texts, *told, *stated, *raised, *waiting, *tallied, *flagged, *letters]


@pytest.mark.parametrize("name", LISTS)
async def test_pages_tell_every_row_once_and_in_order(database: Database, name: str) -> None:
    await world.take(database, *many())
    async with database.reading() as db:
        whole = await LISTS[name](db, Filter(), None, 500)
        assert whole.next is None
        assert len(whole.items) >= 3
        for limit in (1, 2, 3):
            told: list[Any] = []
            cursor = None
            while True:
                page = await LISTS[name](db, Filter(), cursor, limit)
                assert len(page.items) <= limit
                told += page.items
                if (cursor := page.next) is None:
                    break
            assert told == list(whole.items)


NOT_OURS = st.one_of(
    st.text(max_size=30),
    st.binary(max_size=30).map(lambda body: base64.urlsafe_b64encode(body).decode()),
    st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), st.lists, max_leaves=4).map(
        lambda value: base64.urlsafe_b64encode(repr(value).encode("utf-8", "replace")).decode()
    ),
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(LISTS)), NOT_OURS)
async def test_a_cursor_that_is_not_ours_is_refused_with_its_fix(database: Database, name: str, cursor: str) -> None:
    async with database.reading() as db:
        with pytest.raises(BadCursor) as refused:
            await LISTS[name](db, Filter(), cursor, 5)
    assert (refused.value.field, "leave it out" in refused.value.fix) == ("cursor", True)


@pytest.mark.parametrize("name", LISTS)
async def test_a_cursor_with_a_value_no_column_holds_is_refused(database: Database, name: str) -> None:
    await world.take(database, *many())
    async with database.reading() as db:
        ours = (await LISTS[name](db, Filter(), None, 1)).next
    assert ours is not None
    values = orjson.loads(base64.urlsafe_b64decode(ours + "=="))
    for place, value in enumerate(values):
        wrong = {str: "\0", int: 2**63}.get(type(value), "x")
        edited = base64.urlsafe_b64encode(orjson.dumps([*values[:place], wrong, *values[place + 1 :]])).decode()
        async with database.reading() as db:
            with pytest.raises(BadCursor):
                await LISTS[name](db, Filter(), edited, 5)


async def test_a_number_too_long_for_its_column_is_refused(database: Database) -> None:
    cursor = base64.urlsafe_b64encode(orjson.dumps([99_999_999_999, 0, "x-veldt"])).decode()
    async with database.reading() as db:
        with pytest.raises(BadCursor):
            await entities.listed(db, Filter(), cursor, 5, by="mentions")


WORDS = st.none() | st.text(max_size=12) | st.sampled_from(["Veldt", "x-veldt", "THE MAYOR", "\x00", "\ud800", '"'])
FILTERS = st.builds(
    Filter, metric=WORDS, entity=WORDS, speaker=WORDS, publisher=WORDS, place=WORDS, verdict=WORDS,
    severity=st.sampled_from([None, "info", "warning", "critical"]), q=WORDS,
    since=st.none() | st.datetimes(timezones=st.just(d.NOON.tzinfo)),
    until=st.none() | st.datetimes(timezones=st.just(d.NOON.tzinfo)),
)  # fmt: skip


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FILTERS)
async def test_whatever_is_asked_for_a_list_answers(database: Database, wanted: Filter) -> None:
    async with database.reading() as db:
        for listed in (*LISTS.values(), search.articles, search.quotes):
            assert (await listed(db, wanted, None, 5)).items == ()
        assert await entities.named(db, wanted.q or "", 5) == []
        assert await articles.one(db, wanted.q or "") is None


@pytest.mark.parametrize("rare", [0, narrowing.RARE], ids=["by walking the list", "by looking up"])
@pytest.mark.parametrize(
    "wanted",
    [
        Filter(metric="displaced"),
        Filter(speaker="the  MAYOR"),
        Filter(publisher="Valley Wire", metric="displaced"),
        Filter(place="veldt"),
        Filter(place="x-veldt"),
        Filter(entity="x-mayor"),
        Filter(entity="The mayor"),
        Filter(entity="ORREL", since=d.NOON, until=d.NOON + timedelta(seconds=1)),
    ],
    ids=str,
)
async def test_claims_articles_figures_and_alerts_are_narrowed_alike(
    database: Database, wanted: Filter, rare: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(narrowing, "RARE", rare)
    of_it = d.figure(series=series_id("displaced"), metric=Metric.DISPLACED, statements=(SAYS_MAYOR,), updated=d.NOON)
    raised = d.alert(
        id="alr-mayor:1", fingerprint="alr-mayor", metric=Metric.DISPLACED, claims=(SAYS_MAYOR, SAYS_MAYOR),
        raised=d.NOON,
    )  # fmt: skip
    await world.take(database, *d.everything(), VELDT, d.made(SAYS_MAYOR), of_it, raised, at=d.NOON)
    await world.take(database, world.mentioned(VELDT.article_id, "Orrel"), d.entity("Mayor", entity="x-mayor"))
    async with database.reading() as db:
        assert [known.claim for known in (await claims.listed(db, wanted, None, 9)).items] == [SAYS_MAYOR]
        assert (await figures.listed(db, wanted, None, 9)).items == (of_it,)
        assert (await alerts.listed(db, wanted, None, 9)).items == (raised,)
        if wanted.entity is None or wanted.entity == "ORREL":  # the mayor is quoted, but not among the article's names
            assert [a.message for a in (await articles.listed(db, wanted, None, 9)).items] == [world.listed(VELDT)]


async def test_a_filter_of_a_merged_name_finds_what_was_said_of_either(database: Database) -> None:
    await world.take(database, d.made(SAYS_MAYOR), world.joined("merge", "x-veldt", "x-feldt"))
    await world.take(database, d.entity("Feldt"))
    async with database.reading() as db:
        for asked in ("x-feldt", "Feldt", "x-veldt", "Veldt"):
            assert len((await claims.listed(db, Filter(place=asked), None, 9)).items) == 1, asked


async def test_severity_means_at_least(database: Database) -> None:
    critical = d.alert(id="alr-x:1", fingerprint="alr-x", severity="critical")
    await world.take(database, d.figure(), d.note(), world.HELD, d.alert(), critical)
    async with database.reading() as db:

        async def found(listed: Listed) -> list[int]:
            asked = [Filter(severity=severity) for severity in ("info", "warning", "critical")]
            return [len((await listed(db, wanted, None, 9)).items) for wanted in asked]

        assert await found(LISTS["figures"]) == [1, 1, 0]
        assert await found(LISTS["conflicts"]) == [1, 1, 0]
        assert await found(LISTS["alerts"]) == [2, 2, 1]
        assert await found(LISTS["verdicts"]) == [2, 1, 1]


async def test_the_worst_open_conflict_comes_first_then_the_newest(database: Database) -> None:
    calm = d.figure(series="ser-calm", conflicts=(), updated=d.NOON + timedelta(days=1))
    later = d.figure(series="ser-later", conflicts=(), updated=d.NOON + timedelta(days=2))
    await world.take(database, calm, d.figure(), later)
    async with database.reading() as db:
        assert (await figures.listed(db, Filter(), None, 9)).items == (d.figure(), later, calm)
        assert (await figures.listed(db, Filter(), None, 9, contested=True)).items == (d.figure(),)
        assert (await figures.listed(db, Filter(), None, 9, contested=False)).items == (later, calm)


async def test_a_figure_as_known_at_is_the_latest_state_of_then(database: Database) -> None:
    first = d.figure(statements=(d.SAYS_MINISTRY,), conflicts=(), updated=d.NOON)
    await world.take(database, first, d.figure())
    async with database.reading() as db:
        assert await figures.one(db, d.SERIES, d.NOON - timedelta(microseconds=1)) is None
        assert await figures.one(db, d.SERIES, d.NOON) == first
        assert await figures.one(db, d.SERIES, d.NOON + world.HOUR) == await figures.one(db, d.SERIES) == d.figure()


async def test_a_long_history_is_thinned_and_ends_with_the_latest(database: Database) -> None:
    states = [d.figure(updated=d.NOON + timedelta(minutes=n)) for n in range(11)]
    await world.take(database, *states)
    async with database.reading() as db:
        assert await figures.history(db, d.SERIES, most=4) == [states[1], states[4], states[7], states[10]]


async def test_claims_of_a_series_as_known_at_leave_out_what_came_later(database: Database) -> None:
    await world.take(database, d.made(d.SAYS_MINISTRY), at=d.NOON)
    await world.take(database, d.made(d.SAYS_UNION), at=d.NOON + world.HOUR)
    revised = next(m for m in world.everything() if m.TYPE == "news.article.revised")
    await world.take(database, revised, at=d.NOON + world.HOUR)
    async with database.reading() as db:
        then = await claims.of_series(db, d.SERIES, d.NOON)
        now = await claims.of_series(db, d.SERIES)
    assert [(known.claim, known.revised_by) for known in then] == [(d.SAYS_MINISTRY, None)]
    assert [(known.claim, known.revised_by is None) for known in now] == [
        (d.SAYS_MINISTRY, False),
        (d.SAYS_UNION, True),
    ]


async def test_copies_are_several_outlets_and_one_origin(database: Database) -> None:
    copy = d.article(d.MINISTRY.text, publisher="Evening Relay", lineage=d.MINISTRY.lineage)
    own = d.claim(
        copy, "about 2,400 people", 2400, low=2280, high=2520, bound="approx", speaker="Interior Ministry", scope="camp"
    )
    await world.take(database, d.made(d.SAYS_MINISTRY), d.made(own), d.MINISTRY, copy)
    async with database.reading() as db:
        known = await claims.one(db, own.id)
        assert [other.message for other in await articles.same_words(db, d.MINISTRY)] == [world.listed(copy)]
    assert known is not None
    assert (known.outlets, known.origins) == (2, 1)


async def test_no_list_has_the_texts_of_its_articles(database: Database) -> None:
    await world.take(database, d.MINISTRY, world.REVISED, d.RELAY)
    async with database.reading() as db:
        rows = [
            *(await articles.listed(db, Filter(), None, 9)).items,
            *await articles.same_words(db, d.MINISTRY),
            *await articles.revisions(db, d.MINISTRY),
            *(hit.article for hit in (await search.articles(db, Filter(q="stadium"), None, 9)).items),
        ]
        opening = await articles.openings(db, [d.MINISTRY.article_id, "nothing"], 9)
    assert {(row.message.text, row.text_kept) for row in rows} == {("", True)}
    assert opening == {d.MINISTRY.article_id: d.MINISTRY.text[:9]}


async def test_flags_are_open_until_somebody_takes_them_back(database: Database) -> None:
    flags = [world.act("flagged", d.SAYS_UNION.id, "claim", minute) for minute in (0, 2, 3)]
    await world.take(database, d.made(d.SAYS_UNION), *flags, world.act("unflagged", d.SAYS_UNION.id, "claim", 1))
    async with database.reading() as db:
        (known,) = await claims.of_article(db, d.UNION.article_id)
        done = await acts.of(db, d.SAYS_UNION.id)
    assert known.flags == (flags[1], flags[2])
    assert [act.act for act in done] == ["flagged", "unflagged", "flagged", "flagged"]


async def test_a_silence_lasts_until_it_ends_or_is_taken_back(database: Database) -> None:
    ends = world.act("silenced", "alr-1", "alert", until=d.NOON + world.HOUR)
    lasts, back = world.act("silenced", "alr-2", "alert"), world.act("unsilenced", "alr-3", "alert", 1)
    await world.take(database, ends, lasts, world.act("silenced", "alr-3", "alert"), back)
    async with database.reading() as db:
        assert await alerts.silenced(db, d.NOON - timedelta(seconds=1)) == {}
        assert set(await alerts.silenced(db, d.NOON)) == {"alr-1", "alr-2", "alr-3"}
        assert await alerts.silenced(db, d.NOON + world.HOUR) == {"alr-2": lasts}


async def test_what_is_held_waits_once_with_its_claims(database: Database) -> None:
    turned = world.HELD.model_copy(
        update={"one": world.HELD.other, "other": world.HELD.one, "at": world.HELD.at + world.HOUR}
    )
    await world.take(database, d.made(d.SAYS_MINISTRY), world.HELD, turned, d.note())
    name = held_id(world.HELD.one, world.HELD.other)
    async with database.reading() as db:
        (item,) = (await held.waiting(db, None, 9)).items
        assert await held.one(db, name) == item
        assert (await counts.counts(db)).held == 1
        assert await verdicts.between(db, turned.one, turned.other) == [world.HELD, turned]
        assert await verdicts.of_claim(db, d.SAYS_LANTERN.id, 1) == [turned]
    assert item == held.HeldItem(name, turned, (d.SAYS_MINISTRY, None), None)


async def test_a_dead_letter_says_when_it_was_replayed_and_keeps_its_body(database: Database) -> None:
    await world.take(database, d.dead_letter(), world.act("replayed", "dead-1", "dead_letter", 3))
    async with database.reading() as db:
        letter = await dead_letters.one(db, "dead-1")
    assert letter == dead_letters.Letter(d.dead_letter(), d.NOON + timedelta(minutes=3))


async def test_a_source_that_pauses_longer_than_ever_is_silent(database: Database) -> None:
    steady = [d.article(f"{n} boats.", publisher="Valley Wire", at=d.NOON + n * world.HOUR) for n in range(10)]
    nightly = [d.article(f"{n} mules.", publisher="Evening Relay", at=d.NOON + n * world.HOUR) for n in (0, 1, 2, 3, 9)]
    seldom = [d.article("One goat.", publisher="Orrel Post", at=d.NOON, language="fr")]
    refused = d.dead_letter().model_copy(update={"body": b'{"publisher": "Orrel Post"}'})
    await world.take(database, *steady, *nightly, *seldom, refused)
    async with database.reading() as db:
        found = {source.publisher: source for source in await sources.listed(db, d.NOON + 12 * world.HOUR)}
    assert {name: source.silent for name, source in found.items()} == {
        "Valley Wire": True,
        "Evening Relay": False,
        "Orrel Post": False,
    }
    wire = found["Valley Wire"]
    assert (wire.articles, wire.articles_24h, wire.typical_gap) == (10, 10, world.HOUR)
    assert wire.last_arrived == d.NOON + 9 * world.HOUR
    assert (found["Orrel Post"].rejected, found["Orrel Post"].languages) == (1, ("fr",))


async def test_names_are_found_by_how_they_begin(database: Database) -> None:
    await world.take(database, d.entity("Veldt", 3), d.entity("Velm", 9), d.entity("Orrel"))
    async with database.reading() as db:
        assert await entities.named(db, "VEL", 5) == [("x-velm", "Velm"), ("x-veldt", "Veldt")]
        assert [e.name for e in (await entities.listed(db, Filter(q="veld"), None, 5)).items] == ["Veldt"]


async def test_counts_and_the_last_article(database: Database) -> None:
    await world.take(database, *world.everything())
    async with database.reading() as db:
        counted, last = await counts.counts(db), await counts.last_article(db)
        delivered = await alerts.delivered(db, d.FINGERPRINT)
        named = await articles.names(db, d.MINISTRY.article_id)
    assert counted == counts.Counts(articles=4, claims=6, figures=1, open_conflicts=0, alerts=1, held=0, dead_letters=2)
    assert last is not None
    assert last.message == world.REVISED.model_copy(update={"text": ""}), "lists do not read texts"
    assert [step.attempt for step in delivered] == [0, 1]
    assert [entity.name for entity in named] == ["Orrel", "Veldt"]
