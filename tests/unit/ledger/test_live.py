"""What is live is looked up in what each row has beside it, and found as if all of it were looked through."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.claim import Claim
from services.ledger.event.reach import may_join, reach
from services.ledger.rows.entries import entry
from services.ledger.rows.live import Live, home_of
from services.ledger.rows.record import Entry, SeriesRecord, rank
from services.ledger.rows.shelf import _FEW, Shelf
from services.ledger.rules.series import series_of
from services.ledger.rules.thresholds import thresholds
from tests.unit.ledger.making import hours, toll

SENTENCES = (
    "The airstrike on the grain market in the town of Lower Torvia killed ",
    "Clashes in the town of Upper Ulmia killed ",
    "The earthquake in Torvia province killed ",
    "In the town of Lower Torvia cholera killed ",
    "In the town of Upper Ulmia cholera killed ",
    "Since 2021 the war has killed ",
    "It killed ",
)
TOLLS = st.builds(
    lambda words, before, hour, article, origin, said, whose: toll(
        words,
        before=before,
        hour=float(hour),
        article=f"n{article}",
        lineage=f"art-{origin}",
        place=None,
        places=(f"x-{article % 2}",),
        speaker=f"voice {article % 3}",
        window="since 2021" if "Since" in before else None,
        as_of=hours(hour - said),
        as_of_from="text" if said else "published",
        whose_id=whose,
    ),
    st.sampled_from(["12", "60", "at least 300"]),
    st.sampled_from(SENTENCES),
    st.integers(0, 20 * 24),
    st.integers(0, 20),
    st.integers(0, 20),
    st.sampled_from([0, 0, 30, 200]),
    st.sampled_from([None, "Q1"]),
)


def rows(claims: list[Claim]) -> dict[str, SeriesRecord]:
    """The claims in rows: those of one series in one, by time, or in the wrong one where they come in no order."""
    found: dict[str, list[Entry]] = {}
    for claim in {claim.id: claim for claim in claims}.values():
        found.setdefault(series_of(claim) or "", []).append(entry(claim, claim.published))
    return {
        name: SeriesRecord(series=name, block="b", partition=0, updated=hours(0), entries=tuple(entries))
        for name, entries in found.items()
    }


def by_time(entries: list[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda known: rank(known.claim))


def near(claim: Claim, entries: list[Entry]) -> list[Entry]:
    """Those of the entries that have to do with a toll, by looking at each."""
    return [
        known
        for known in entries
        if may_join(reach(claim), reach(known.claim))
        or (known.claim.places, known.claim.belongs_to) == (claim.places, claim.belongs_to)
    ]


@settings(max_examples=300, deadline=None)
@given(st.lists(TOLLS, min_size=_FEW + 1, max_size=32), st.lists(TOLLS, min_size=1))
def test_a_long_row_is_not_looked_through_one_by_one(claims: list[Claim], new: list[Claim]) -> None:
    entries = tuple(entry(claim, claim.published) for claim in sorted(claims, key=rank))
    shelf = Shelf(SeriesRecord(series="s", block="b", partition=0, updated=hours(0), entries=entries))
    for claim in new:
        assert shelf.near(claim, reach(claim)) == near(claim, list(entries))


def test_one_disease_is_found_in_whatever_town_it_is_told_of() -> None:
    """Its dead are one count wherever they are."""
    lower, upper = "In the town of Lower Torvia cholera killed ", "In the town of Upper Ulmia cholera killed "
    told = [toll("12", before=lower, article=f"n{at}", places=("x-1",), place=None) for at in range(_FEW + 1)]
    new = toll("15", before=upper, article="new", places=("x-2",), place=None)
    entries = tuple(entry(claim, hours(0)) for claim in told)
    shelf = Shelf(SeriesRecord(series="s", block="b", partition=0, updated=hours(0), entries=entries))
    assert shelf.near(new, reach(new)) == list(entries)


@settings(max_examples=150, deadline=None)
@given(st.lists(TOLLS, min_size=1, max_size=30), TOLLS, st.booleans(), st.data())
def test_all_that_may_be_of_the_event_is_found(
    claims: list[Claim], new: Claim, ordered: bool, data: st.DataObject
) -> None:
    assert thresholds(new.metric).event
    new = new.model_copy(update={"id": "cl-new"})
    records = rows(sorted(claims, key=rank) if ordered else claims)
    known = by_time([each for record in records.values() for each in record.entries])
    live = Live(records)
    assert live.all() == known
    assert live.near(new) == near(new, known)
    gone = data.draw(st.sampled_from(known))
    taking = gone.model_copy(update={"earlier": ("cl-before",)})
    added = entry(new, hours(0))
    live.replace(gone, taking)
    live.add(added)
    now = [*(taking if each is gone else each for each in known), added]
    assert [id(each) for each in live.all()] == list(map(id, now))
    assert live.near(new) == near(new, now)
    assert live.find("cl-before") is taking
    assert live.names()["cl-before"] is live.names()[gone.claim.id]
    assert live.moved() == [gone.claim, taking.claim, new]
    assert {home_of(gone), home_of(added)} <= live.touched
    live.replace(taking)
    assert live.find("cl-before") is None
    live.order_by_time()
    assert live.all() == by_time([each for each in now if each is not taking])
    for series in records:
        assert live.of(series) == [each for each in live.all() if home_of(each) == series]


def test_a_copy_of_a_row_knows_nothing_of_its_statements() -> None:
    (record,) = rows([toll("12")]).values()
    assert Live({"s": record}).all()
    assert not Live({"s": record.model_copy(update={"entries": ()})}).all()
