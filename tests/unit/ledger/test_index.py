"""A series of tolls for each place, and still one event: what the index calls up, what is written together."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.claim import Claim
from schemas.outcomes import Processed, Write
from services.ledger.event.apart import follows, may_fit, unfit
from services.ledger.event.reach import may_join, reach
from services.ledger.rows import redo
from services.ledger.rows.entries import entry
from services.ledger.rows.index import MAX_TOGETHER, Card, Index, card_of, may_meet
from services.ledger.rows.record import ROW_BYTES, TABLE, SeriesRecord, rank
from services.ledger.rules.series import index_of, series_of
from services.ledger.rules.thresholds import thresholds
from services.ledger.spoken import last_words
from tests.unit.ledger.making import Ledger, claim, hours, ledger, message, revised, toll

WORDS = {
    "village": "The airstrike on the grain market of Lower Torvia killed ",
    "province": "In Torvia province an airstrike on the grain market of Lower Torvia killed ",
    "gas": "The chemical attack in Torvia province killed ",
    "quake": "The earthquake in Torvia province killed ",
    "fighting": "Clashes in the town of Upper Ulmia killed ",
    "unnamed": "It killed ",
}
TOLLS = st.builds(
    lambda words, kind, hour, article, said: toll(
        words,
        before=WORDS[kind],
        hour=float(hour),
        article=f"n{article}",
        lineage=f"art-{article % 10}",
        place=None,
        places=(kind,),
        as_of=hours(hour - said) if said is not None else hours(hour),
        as_of_from="published" if said is None else "text",
    ),
    st.sampled_from(["12", "60", "at least 300", "1,400"]),
    st.sampled_from(sorted(WORDS)),
    st.integers(0, 40 * 24),
    st.integers(0, 50),
    st.sampled_from([None, 5, 30, 60, 200]),
)


def card(*claims: Claim) -> Card:
    """The card of a series with these claims."""
    found = tuple(entry(each, hours(0)) for each in claims)
    return card_of(SeriesRecord(series="ser-1", block="b", partition=0, updated=hours(0), entries=found))


@settings(max_examples=400)
@given(TOLLS, TOLLS)
def test_what_the_rules_compare_the_index_calls_up(one: Claim, other: Claim) -> None:
    if unfit(one, other) is None or follows(one, other):
        assert may_meet(card(one), card(other))
        assert may_meet(card(other), card(one))
        assert may_join(reach(one), reach(other))
        assert may_join(reach(other), reach(one))


@settings(max_examples=400)
@given(TOLLS, TOLLS)
def test_what_is_passed_over_at_once_does_not_fit(one: Claim, other: Claim) -> None:
    assert may_fit(one, other) or unfit(one, other) is not None


@settings(max_examples=200)
@given(st.lists(TOLLS, min_size=2, max_size=8))
def test_what_a_voice_said_on_one_thing_is_found_as_if_all_were_looked_through(said: list[Claim]) -> None:
    latest = sorted(said, key=rank, reverse=True)
    for one in latest:
        on_it = [other for other in latest if other is one or follows(one, other)]
        assert last_words(one, latest, most=len(said)) == on_it


def test_a_voice_is_found_on_one_event_over_midnight() -> None:
    first, next_day = toll("12", hour=0.0, article="one"), toll("60", hour=24.0, article="two")
    assert follows(first, next_day)
    for one in (first, next_day):
        assert last_words(one, [next_day, first], most=2) == [next_day, first]


def test_two_words_of_one_article_or_a_sum_are_called_up_whatever_their_days_and_towns() -> None:
    first = toll("12", before=WORDS["village"], article="one")
    later = toll("60", before="Clashes in the town of Ulm killed ", place=None, article="two", hour=24.0 * 9)
    assert not may_join(reach(first), reach(later))
    assert may_join(reach(first), reach(later.model_copy(update={"article_id": first.article_id})))
    assert may_join(reach(first), reach(later.model_copy(update={"lineage": first.lineage})))
    assert may_join(reach(first), reach(later.model_copy(update={"window": "since 2029-03"})))


def test_another_week_is_not_called_up_and_of_many_the_same_place_comes_first() -> None:
    raid = toll("20", before=WORDS["village"])
    assert not may_meet(card(raid), card(toll("30", before=WORDS["village"], article="c", hour=24.0 * 7)))
    towns = [
        toll("30", before=f"Clashes in the town of Ulm{at} killed ", place=None, article=f"n{at}") for at in range(50)
    ]
    here = toll("30", before=WORDS["village"], article="here", hour=20.0)
    records = [
        SeriesRecord(series=f"ser-{at}", block="b", partition=0, updated=hours(0), entries=(entry(each, hours(0)),))
        for at, each in enumerate([*towns, here])
    ]
    called = Index("idx-1", {}).with_series(records, hours(0)).near([raid])
    assert len(called) == MAX_TOGETHER
    assert "ser-50" in called


def test_one_event_told_of_a_village_and_of_its_province_is_one_conflict_of_two_series() -> None:
    one = toll("20", article="a", speaker="the mayor", places=("Q77",))
    other = toll("60", article="b", speaker="the army", places=("Q78",))
    assert series_of(one) != series_of(other)
    book = ledger([[one], [other]])
    (alert,) = book.alerts
    assert alert.series == min(series_of(one) or "", series_of(other) or "")
    rows = [SeriesRecord.model_validate_json(row) for key, row in book.tables[TABLE].items() if key.startswith("ser-")]
    assert sorted(len(row.entries) for row in rows) == [1, 1]
    assert [len(row.disputes) for row in sorted(rows, key=lambda row: row.series)] == [1, 0]
    (figure,) = [figure for figure in book.figures if figure.conflicts]
    assert {statement.words for statement in figure.statements} == {"20", "60"}


def test_a_conflict_of_two_series_ends_when_the_claim_of_either_is_withdrawn() -> None:
    claims = [
        toll("20", article="a", speaker="the mayor", places=("Q77",)),
        toll("60", article="b", speaker="the army", places=("Q78",)),
    ]
    for gone in claims:
        book = ledger([[each] for each in claims])
        book.tell(revised(gone.article_id, f"{gone.article_id}-v2"))
        assert book.alerts[-1].message_type == "cancel"


def test_a_conflict_of_two_series_ends_by_the_clock_when_either_side_is_stale() -> None:
    for first, second in ((("Q77",), ("Q78",)), (("Q78",), ("Q77",))):
        book = Ledger()
        book.tell(message(toll("20", article="a", speaker="the mayor", places=first)), at=0)
        book.tell(message(toll("60", article="b", speaker="the army", places=second)), at=20)
        stale = thresholds("deaths").stale_hours
        said = book.sweep(stale + 1)
        assert {conflict.cause for figure in said for conflict in getattr(figure, "conflicts", ())} == {"stale"}
        book.tell(message(claim("40", article="other", block="people/Q9")), at=stale + 3)
        rows = [r for key, row in book.tables[TABLE].items() if key[:4] == "ser-" and (r := parsed(row)).index]
        assert sum(len(row.entries) for row in rows) == 1
        assert [d.state for row in rows for d in row.disputes] in ([], ["resolved"])


def parsed(row: bytes) -> SeriesRecord:
    return SeriesRecord.model_validate_json(row)


def test_a_hundred_series_of_a_war_crowd_none_out() -> None:
    """Tolls of one country shared one row of 32 once, and in a war most series lost all they had within days."""
    names = [f"{one}o{other}uxt" for one in "BDFGKLMNPR" for other in "bdfgklmnpr"]
    towns = [
        toll(
            f"{20 + at}",
            before=f"The airstrike on the town of {name} killed ",
            article=name,
            hour=at / 3,
            place=None,
            places=(name,),
            speaker="the mayor",
        )
        for at, name in enumerate(names)
    ]
    first = towns[0]
    later = first.model_copy(
        update={
            "id": "clm-later", "article": "later", "article_id": "art-later", "lineage": "art-later", "value": 75.0,
            "low": 75.0, "high": 75.0, "published": hours(35),
        }
    )  # fmt: skip
    book = ledger([*([each] for each in towns), [later.model_copy(update={"as_of": hours(3)})]])
    assert [tuple(c.value for c in alert.claims) for alert in book.alerts] == [(20, 75)]
    assert all(figure.statements for figure in book.figures)


def test_an_index_stays_below_its_limit_and_loses_the_oldest_of_a_day() -> None:
    key = index_of(toll("20")) or ""
    index = Index(key, {})

    def record(at: int, before: str) -> SeriesRecord:
        found = entry(toll("200", before=before, article=f"n{at}", hour=at / 100), hours(at / 100))
        return SeriesRecord(series=f"ser-{at:024}", block="b", partition=0, updated=hours(0), entries=(found,))

    for at in range(900):
        words = WORDS["gas"] if at < 10 else f"The airstrike on the town of Somewhere{at} in Torvia province killed "
        index = index.with_series([record(at, words)], hours(at / 100))
    body = index.encode(0)
    assert ROW_BYTES * 0.9 < len(body) <= ROW_BYTES
    kept = Index.load({key: body}, key).near([toll("300", before=WORDS["gas"], hour=9.0)])
    assert {f"ser-{at:024}" for at in range(10)} <= kept


def test_what_is_written_together_is_found_whole_or_not_at_all() -> None:
    book = ledger([[toll("20", article="a", speaker="the mayor", places=("Q77",))]])
    outcome = book.apply(message(toll("60", article="b", speaker="the army", places=("Q78",))), 1, stored=0)
    assert isinstance(outcome, Processed)
    (kept,) = [at for at, w in enumerate(outcome.store) if w.key.startswith("redo#") and w.value is not None]
    table: dict[str, bytes] = {}
    for write in outcome.store[: kept + 1]:
        assert redo.unfinished(table, 0) == ()
        assert write.value is not None
        table[write.key] = write.value
    assert redo.unfinished(table, 0) == outcome.store[kept + 1 :]
    assert redo.unfinished(table, 1) == ()


def test_after_a_kill_another_record_may_come_first() -> None:
    """Of the claims' topic and that of people's decisions nothing says which is read first after a start."""
    first = toll("20", article="a", speaker="the mayor", places=("Q77",))
    second = message(toll("60", article="b", speaker="the army", places=("Q78",)))
    gone = revised("art-a", "art-a-v2")
    calm = ledger([[first]])
    outcome = calm.apply(second, 1)
    calm.apply(gone, 0, at=1)
    assert isinstance(outcome, Processed)
    began = next(at for at, write in enumerate(outcome.store) if write.key.startswith("redo#")) + 1
    for stored in range(began, len(outcome.store) + 1):
        killed = ledger([[first]])
        killed.apply(second, 1, stored=stored)
        killed.apply(gone, 0, at=1)
        killed.apply(second, 1)
        assert {a.id: a for a in killed.alerts} == {a.id: a for a in calm.alerts}
        assert killed.tables == calm.tables


def test_long_rows_are_written_down_in_parts() -> None:
    writes = [*(Write(TABLE, f"ser-{at}", b"x" * 50_000) for at in range(5)), Write(TABLE, "ser-gone", None)]
    found = redo.together(writes, 0)
    kept = found[:5]
    assert all(write.key.startswith("redo#") and len(write.value or b"") <= ROW_BYTES for write in kept)
    assert redo.unfinished({write.key: write.value or b"" for write in kept}, 0) == found[5:]
    assert found[5:11] == tuple(writes)
    assert redo.unfinished({write.key: write.value or b"" for write in kept[:4]}, 0) == ()
