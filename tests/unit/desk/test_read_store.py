"""The projection: order between topics and repeats change nothing, the newer state wins, bounds hold."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.ids import series_id
from schemas.message import Message
from schemas.verdict import Verdict
from services.desk.read_store import ReadStore
from services.desk.twins import JSON, board_twin
from tests.unit.desk import dispute as d


def store_of(*messages: Message) -> ReadStore:
    store = ReadStore()
    for message in messages:
        store.apply(message)
    return store


def shown(store: ReadStore) -> bytes:
    """All the board shows, and the claims of each article."""
    claims = [store.claims_of(a.article_id) for a in (d.MINISTRY, d.UNION, d.RELAY)]
    return bytes(JSON([board_twin(store, d.NOON), claims]).body)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32), st.integers(0, 13))
def test_order_between_topics_and_repeats_change_nothing(seed: int, repeated: int) -> None:
    messages = [*d.everything(), d.alert(2), d.figure(updated=d.NOON + timedelta(hours=1), label="Later")]
    mixed = [*messages, *messages[:repeated]]
    Random(seed).shuffle(mixed)  # noqa: S311  # a shuffle, not a secret
    assert shown(store_of(*mixed)) == shown(store_of(*messages))


def test_the_alert_of_the_highest_sequence_wins() -> None:
    store = store_of(d.alert(2), d.alert(1))
    assert [a.sequence for a in store.alerts()] == [2]


def test_an_older_state_of_a_series_does_not_come_back() -> None:
    store = store_of(d.figure(label="new"), d.figure(label="old", updated=d.NOON))
    assert [f.label for f in store.figures()] == ["new"]


def test_only_the_newest_articles_are_kept_and_the_count_says_so() -> None:
    store = ReadStore(articles_kept=3)
    articles = [d.article(f"Number {i}.", at=d.NOON + timedelta(minutes=i)) for i in range(5)]
    for one in [articles[4], *articles[:4]]:
        store.apply(one)
    assert [store.article(a.article_id) is not None for a in articles] == [False, False, True, True, True]
    count = store.counts()["articles"]
    assert (count.number, count.more) == (3, True)
    assert store.last_article() == articles[4]


def test_claims_of_forgotten_articles_are_forgotten() -> None:
    store = ReadStore(articles_kept=2)
    for text in ("Ten people came.", "11 people came.", "12 people came."):
        source = d.article(text)
        store.apply(d.made(d.claim(source, text.split(" came")[0], 10, speaker="Red Lantern")))
    assert len(store.claims) == 2


def test_copies_are_several_outlets_and_one_origin() -> None:
    copy = d.article(d.MINISTRY.text, publisher="Evening Relay", lineage=d.MINISTRY.lineage)
    own = d.claim(
        copy, "about 2,400 people", 2400, low=2280, high=2520, bound="approx", speaker="Interior Ministry", scope="camp"
    )
    store = store_of(d.made(d.SAYS_MINISTRY), d.made(own))
    assert store.claims.carried(d.SAYS_MINISTRY) == (2, 1)


def test_a_verdict_that_is_an_alert_is_no_note() -> None:
    def given_(severity: str, alert: bool, hold: bool) -> Verdict:
        return Verdict.model_validate(
            {**d.note().verdict.model_dump(), "severity": severity, "alert": alert, "hold": hold}
        )

    loud = d.note(verdict=given_("warning", alert=True, hold=False))
    quiet = d.note(verdict=given_("info", alert=False, hold=False), one=d.SAYS_UNION.id)
    held = d.note(verdict=given_("critical", alert=False, hold=True), one=d.SAYS_LANTERN.id)
    assert {n.one for n in store_of(loud, quiet, held).notes()} == {quiet.one, held.one}


def test_an_open_conflict_comes_before_a_newer_series() -> None:
    calm = d.figure(series=series_id("calm"), conflicts=(), updated=d.NOON + timedelta(days=1))
    assert [f.series for f in store_of(calm, d.figure()).figures()] == [d.SERIES, calm.series]


def test_a_dead_letters_body_is_not_kept() -> None:
    assert [letter.body for letter in store_of(d.dead_letter()).dead_letters()] == [None]


def test_what_the_desk_does_not_show_changes_nothing() -> None:
    store = store_of(d.article("Nothing."))
    before = store.version
    store.apply(Message())
    assert store.version == before


def test_the_twin_of_the_board_is_the_messages_themselves() -> None:
    twin = orjson.loads(JSON(board_twin(store_of(*d.everything()), d.NOON)).body)
    assert twin["alerts"][0]["alert"]["id"] == d.alert().id
    assert twin["figures"][0]["series"] == d.SERIES
    assert twin["counts"]["articles"] == {"number": 3, "more": False}
