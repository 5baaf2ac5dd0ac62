"""The ledger as a stage: what is told, once and again; and what a crash, a repeat, a shuffle change: nothing."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from schemas.alert import AlertRaised
from schemas.claim import Claim
from schemas.metrics import Metric
from schemas.outcomes import Duplicate, Processed
from schemas.topics import TABLE_VALUE_BYTES
from services.ledger.rows import outbox
from services.ledger.silence import silence
from tests.unit.ledger.making import Ledger, claim, hours, ledger, message, toll


def quarrel(**given: Any) -> list[list[Claim]]:
    """Two articles, two voices, numbers threefold apart and more."""
    return [
        [claim("2,000", article="first", speaker="Torvia", **given)],
        [claim("9,000", article="second", speaker="Ulmia", **given)],
    ]


def test_two_voices_far_apart_are_one_critical_alert() -> None:
    found = ledger(quarrel())
    (alert,) = found.alerts
    assert (alert.verdict, alert.severity, alert.message_type, alert.references) == (
        "conflict",
        "critical",
        "alert",
        (),
    )
    (conflict,) = found.figures[-1].conflicts
    assert conflict.id == alert.fingerprint
    assert conflict.state == "open"


def test_a_copy_adds_an_outlet_and_no_voice() -> None:
    first, second = quarrel()
    copied = [claim("2,000", article="copy", speaker="Torvia", lineage="art-first")]
    found = ledger([first, copied, second])
    (alert,) = found.alerts
    side = next(side for side in alert.sides if side.voice == "Torvia")
    assert (side.outlets, side.origins) == (2, 1)
    assert found.verdicts[0].verdict.flags == ("duplicate_copy",)


def test_a_copy_that_names_another_voice_is_that_voices_word() -> None:
    copied = [claim("2,000", article="copy", speaker="Mirland", lineage="art-first")]
    found = ledger([quarrel()[0], copied])
    assert {said.speaker for said in found.figures[-1].statements} == {"Torvia", "Mirland"}


def test_an_unsigned_copy_is_no_second_side() -> None:
    original = [claim("2,000", article="first")]
    copied = [claim("2,000", article="copy", lineage="art-first")]
    found = ledger([original, copied, quarrel()[1]])
    assert len(found.alerts) == 1


def test_two_outlets_with_their_own_words_are_two_origins() -> None:
    first, second = quarrel()
    found = ledger([first, [claim("2,000", article="third", speaker="Torvia", hour=0.5)], second])
    (alert,) = found.alerts
    side = next(side for side in alert.sides if side.voice == "Torvia")
    assert (side.outlets, side.origins) == (2, 2)


def test_a_conflict_that_stays_is_told_once() -> None:
    again = [claim("2,000", article="third", speaker="Torvia", hour=5)]
    assert len(ledger([*quarrel(), again]).alerts) == 1


def test_a_conflict_that_widens_is_an_update_of_the_same_alert() -> None:
    wider = [claim("14,000", article="third", speaker="Ulmia", hour=5)]
    conflicts = [alert for alert in ledger([*quarrel(), wider]).alerts if alert.verdict == "conflict"]
    first, second = conflicts
    assert second.fingerprint == first.fingerprint
    assert second.sequence == 2
    assert second.message_type == "update"
    assert second.references == (first.id,)


def test_a_conflict_is_resolved_when_the_numbers_meet() -> None:
    met = [claim("2,100", article="third", speaker="Ulmia", hour=30)]
    figure = ledger([*quarrel(), met]).figures[-1]
    conflict = next(c for c in figure.conflicts if c.opened < c.updated)
    assert (conflict.state, conflict.cause) == ("resolved", "intervals_met")


def test_a_conflict_is_resolved_when_a_side_goes_stale() -> None:
    week_later = [claim("9,000", article="third", speaker="Ulmia", hour=24 * 9)]
    figure = ledger([*quarrel(), week_later]).figures[-1]
    assert [(c.state, c.cause) for c in figure.conflicts] == [("resolved", "stale")]
    assert [statement.speaker for statement in figure.statements] == ["Ulmia"]


def test_a_voice_that_changes_is_told_again_for_each_change() -> None:
    days = [
        [toll(words, article=words, speaker="the mayor", hour=4 * at, at=at)]
        for at, words in enumerate(["20", "30", "45"])
    ]
    found = ledger(days)
    assert [(alert.verdict, alert.sequence, alert.message_type) for alert in found.alerts] == [
        ("increase", 1, "alert"),
        ("increase", 2, "update"),
    ]
    assert found.alerts[0].attribution == (
        "The mayor said 20 people were killed in Lower Torvia; later said 30 people were killed in Lower Torvia"
    )


def test_what_is_denied_or_not_verified_is_nobodys_number() -> None:
    for status in ("denied", "unverified"):
        police = toll("52", article="one", speaker="police")
        doubted = toll("200", article="two", status=status, speaker=None, hour=1)
        found = ledger([[police], [doubted]])
        assert found.alerts == []
        assert [statement.words for figure in found.figures for statement in figure.statements] == ["52"]
        assert silence(doubted).reason == f"gate_{status}"


def test_an_old_word_that_arrives_late_is_silence_with_a_reason() -> None:
    new, old = toll("45", article="new", speaker="the mayor", hour=10), toll("20", article="old", speaker="the mayor")
    found = ledger([[new], [old]])
    assert found.alerts == []
    assert [given.verdict.reason for given in found.verdicts] == ["superseded"]


def test_a_revised_article_revises_its_number_at_once() -> None:
    old = toll("17", article="page", speaker="the mayor")
    new = toll("26", article="page2", publisher=old.publisher, speaker="the mayor")
    book = Ledger()
    book.take(old)
    book.take(new, revises=old.article_id)
    (alert,) = book.alerts
    assert alert.verdict == "increase"
    assert [statement.id for statement in book.figures[-1].statements] == [new.id]


def test_a_growing_toll_of_many_voices_is_told_step_by_step() -> None:
    steps = [[toll(words, article=words, speaker=words, hour=3 * at)] for at, words in enumerate(["20", "30", "45"])]
    assert [tuple(c.words for c in alert.claims) for alert in ledger(steps).alerts] == [("20", "30"), ("30", "45")]


def test_digits_under_two_metrics_are_held() -> None:
    first = toll("1,271", article="first", speaker="the mayor")
    shelters = toll("3,380", article="list", metric=Metric.RESCUED)
    second = toll("3,380", article="second", speaker="the mayor", hour=5)
    found = ledger([[first], [shelters], [second]])
    assert found.alerts == []
    assert any(given.verdict.hold and "metric_collision" in given.verdict.flags for given in found.verdicts)


def test_a_word_that_is_not_in_its_sentence_is_held() -> None:
    first, second = quarrel()
    forged = second[0].model_copy(update={"sentence": "There are 8,000 people in the camp."})
    found = ledger([first, [forged]])
    assert found.alerts == []
    assert [(given.verdict.reason, given.verdict.hold) for given in found.verdicts] == [("unsupported", True)]


def test_the_same_message_at_a_later_offset_says_nothing_new() -> None:
    book = ledger(quarrel())
    said = len(book.sent)
    outcome = book.take(*quarrel()[1])
    assert isinstance(outcome, Duplicate)
    assert len(book.sent) == said


def test_a_redelivered_record_sends_the_very_same_alerts() -> None:
    articles = [*quarrel(), [claim("14,000", article="third", speaker="Ulmia", hour=5)]]
    book = ledger(articles)
    tables = {name: dict(rows) for name, rows in book.tables.items()}
    for offset, claims in enumerate(articles):
        before = [alert for alert in book.alerts if alert.raised == hours(offset / 60)]
        outcome = book.apply(message(*claims), offset)
        assert isinstance(outcome, Processed)
        assert [sent for sent in outcome.emit if isinstance(sent, AlertRaised)] == before
        assert outcome.store == ()
    assert book.tables == tables


def test_a_crash_between_any_two_writes_loses_and_repeats_no_alert() -> None:
    articles = [*quarrel(), [claim("14,000", article="third", speaker="Ulmia", hour=5)]]
    whole = ledger(articles)
    for crashed in range(len(articles)):
        for stored in range(4):
            book = Ledger()
            for offset, claims in enumerate(articles):
                if offset == crashed:
                    book.apply(message(*claims), offset, stored=stored)
                book.apply(message(*claims), offset)
            assert {a.id: a for a in book.alerts} == {a.id: a for a in whole.alerts}
            assert {v.record_id() for v in book.verdicts} == {v.record_id() for v in whole.verdicts}
            assert book.tables == whole.tables


def test_every_row_stays_below_the_limit_however_much_is_said() -> None:
    long = "They came from everywhere, " * 20
    book = Ledger()
    for at in range(150):
        voices = [
            claim(f"{1000 + 37 * at + 211 * voice}", article=f"n{at}", speaker=f"voice {at} {voice}", at=900 * voice,
                  before=long, sentence_index=voice, hour=at / 10)
            for voice in range(3)
        ]  # fmt: skip
        book.take(*voices)
    sizes = {key: len(row) for rows in book.tables.values() for key, row in rows.items()}
    assert max(sizes.values()) < TABLE_VALUE_BYTES
    assert sum("#" in key for key in book.tables["series"]) <= outbox.SLOTS * 16


HOUR_OF_NEWS = st.lists(
    st.tuples(
        st.sampled_from(["2,000", "2,300", "900", "at least 4,000", "dozens", "9,000", "about 5,000"]),
        st.sampled_from(["Torvia", "Ulmia", "the agency", None]),
        st.sampled_from(["camp", "border"]),
        st.integers(0, 59),
    ),
    min_size=2,
    max_size=7,
)


@given(HOUR_OF_NEWS, st.randoms(use_true_random=False))
def test_the_order_of_arrival_within_an_hour_changes_no_alert_id(
    news: list[tuple[str, str | None, str, int]], shuffler: random.Random
) -> None:
    articles = [
        [claim(words, article=f"n{at}", speaker=speaker, scope=scope, hour=minute / 60)]
        for at, (words, speaker, scope, minute) in enumerate(news)
    ]
    shuffled = list(articles)
    shuffler.shuffle(shuffled)
    assert {alert.id for alert in ledger(articles).alerts} == {alert.id for alert in ledger(shuffled).alerts}


ANY_NEWS = st.lists(
    st.tuples(
        st.sampled_from(["20", "at least 30", "45", "dozens", "200", "no one", "12"]),
        st.sampled_from(["the mayor", "the army", None]),
        st.integers(0, 100),
        st.integers(0, 5),
    ),
    min_size=1,
    max_size=8,
)


@given(ANY_NEWS)
def test_everything_published_twice_gives_no_second_alert(news: list[tuple[str, str | None, int, int]]) -> None:
    articles = [
        [toll(words, article=f"n{at}", speaker=speaker, hour=float(hour), lineage=f"art-n{min(at, origin)}")]
        for at, (words, speaker, hour, origin) in enumerate(news)
    ]
    once = ledger(articles)
    twice = ledger(articles)
    for claims in articles:
        twice.take(*claims)
    assert [alert.id for alert in twice.alerts] == [alert.id for alert in once.alerts]
    assert len({alert.id for alert in once.alerts}) == len(once.alerts), "an id names one alert"
    assert twice.tables["series"] == once.tables["series"]


@given(ANY_NEWS, st.integers(1, 8), st.integers(0, 3))
def test_records_read_again_after_a_kill_change_nothing(
    news: list[tuple[str, str | None, int, int]], back: int, stored: int
) -> None:
    articles = [
        [toll(words, article=f"n{at}", speaker=speaker, hour=float(hour))]
        for at, (words, speaker, hour, _) in enumerate(news)
    ]
    calm, killed = ledger(articles), Ledger()
    for offset, claims in enumerate(articles[:-1]):
        killed.apply(message(*claims), offset)
    killed.apply(message(*articles[-1]), len(articles) - 1, stored=stored)
    for offset in range(max(0, len(articles) - back), len(articles)):
        killed.apply(message(*articles[offset]), offset)
    assert {alert.id: alert for alert in killed.alerts} == {alert.id: alert for alert in calm.alerts}
    assert killed.tables == calm.tables
