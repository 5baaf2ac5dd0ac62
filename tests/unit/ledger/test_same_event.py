"""Tolls of several publishers: one event in two spellings, a village and its province, a later toll; and two events."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.claim import Claim
from services.ledger.event.apart import unfit
from services.ledger.event.evidence import evidence
from services.ledger.event.happened import other_event
from services.ledger.event.spelling import place_key, same_place_word
from services.ledger.rules.moment import told_at
from tests.unit.ledger.making import hours, ledger, toll


def report(sentence: str, words: str, article: str, **given: Any) -> Claim:
    """A toll as one outlet puts it: the figure is the first `words` of `sentence`; no place is read unless `given`."""
    before, _, after = sentence.partition(words)
    fields: dict[str, Any] = {"before": before, "after": after, "place": None, "places": (), "region": "Torvia"}
    return toll(words, article=article, **(fields | given))


@pytest.mark.parametrize(
    ("one", "other"),
    [("Shaykhun", "Sheikhoun"), ("Jarabulus", "Jarablus"), ("Urum", "Orum"), ("Zita", "Zeita"), ("al-Rankus", "Rankus"),
     ("Hassajik", "Hassadjek"), ("Aleppos", "Aleppo")],
)  # fmt: skip
def test_two_spellings_of_a_place_are_one(one: str, other: str) -> None:
    assert same_place_word(one, other)
    assert same_place_word(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("Homs", "Hama"), ("Paris", "Prague"), ("Lima", "Lome"), ("Kabul", "Kobani")]
)
def test_two_places_are_two(one: str, other: str) -> None:
    assert not same_place_word(one, other)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=20))
def test_a_word_always_has_a_key_and_is_itself(word: str) -> None:
    assert place_key(word)
    assert same_place_word(word, word)


def test_a_text_that_counts_in_two_districts_counts_two_things() -> None:
    kelm: dict[str, Any] = {"places": ("x-kelm",), "place_names": ("Kelm",), "scope": "district"}
    oru = kelm | {"places": ("x-oru",), "place_names": ("Oru",)}
    one = report(
        "Lightning killed eight people in Kelm, police said.",
        "eight",
        "one",
        speaker="police",
        sentence_index=0,
        **kelm,
    )
    words = "Lightning killed three people in his district, Inspector Orvell said."
    there, here = (report(words, "three", "one", speaker="Orvell", sentence_index=1, **at) for at in (oru, kelm))
    assert unfit(one, there) == "other_place"
    assert unfit(one, here) is None


MARKET = "An airstrike on the market in the town of Sharun killed 20 people on Monday."


def test_a_town_spelled_twice_is_one_event_in_two_series() -> None:
    one = report(MARKET, "20", "one", place_names=("Sharun",), places=("x-sharun",))
    other = report("Warplanes hit a market in the town of Sharoun, killing 45 people.", "45", "two", speaker="rescuers",
                   place_names=("Sharoun",), places=("x-sharoun",))  # fmt: skip
    (alert,) = ledger([[one], [other]]).alerts
    (swapped,) = ledger([[other], [one]]).alerts
    assert alert.verdict == "conflict"
    assert alert.id == swapped.id
    assert alert.series in {figure.series for figure in ledger([[one], [other]]).figures}


def test_what_a_sentence_leaves_out_stands_before_it() -> None:
    one = report("The attack left 12 dead.", "12", "one")
    told = one.model_copy(update={"before": "Warplanes hit an aid convoy near the town of Sharun."})
    other = report(
        "An airstrike on a convoy near the town of Sharun killed 20 people.", "20", "two", speaker="rescuers"
    )
    assert other_event(one, other) == "event_unknown"
    assert other_event(told, other) is None


def test_what_a_sentence_says_is_not_taken_from_before_it() -> None:
    claim = report("A bomb in Kelm killed 12 people.", "12", "one", sentence_index=2)
    claim = claim.model_copy(update={"before": "Warplanes hit a convoy near the town of Sharun."})
    found = evidence(claim)
    assert found.kinds == {"bomb"}
    assert [word for word, _ in found.told.values()] == ["kelm"]


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("Warplanes hit a hospital in the town of Sharun, killing 45 people.", "other_target"),
        ("Warplanes hit a market in the town of Kelmet, killing 45 people.", "other_place"),
        ("Gunmen stormed a market in the town of Sharun, killing 45 people.", "other_event"),
        ("Airstrikes on markets in the town of Sharun have killed 45 people in three days of bombing.", "other_event"),
        ("Last year an airstrike on the market in the town of Sharun killed 45 people.", "other_day"),
        ("Airstrikes killed 45 people.", "place_too_wide"),
        ("In Sharun 45 people died.", "event_unknown"),
    ],
)
def test_background_and_the_other_raid_of_the_day_stay_apart(sentence: str, reason: str) -> None:
    one, other = report(MARKET, "20", "one"), report(sentence, "45", "two", speaker="rescuers")
    assert other_event(one, other) == reason
    assert other_event(other, one) == reason
    assert ledger([[one], [other]]).alerts == []


def test_two_raids_on_a_city_need_more_than_the_city_and_on_a_town_little_more() -> None:
    text = "Helicopters and jets struck homes in {} again, leaving 45 dead."
    for place, reason in (("Lima", "too_little_shared"), ("Sharun", None)):  # the gazetteer knows Lima: a city
        one = report(f"Airstrikes on {place} killed 20 people, the governor told state radio.", "20", "one")
        other = report(text.format(place), "45", "two", speaker="rescuers")
        assert other_event(one, other) == other_event(other, one) == reason


def test_a_third_number_in_common_is_no_coincidence() -> None:
    one = report("Militants fired 310 shells into western Sharun, killing 9 people on Monday.", "9", "one")
    other = report("A barrage of 310 shells hit western Sharun, leaving 45 dead.", "45", "two", speaker="rescuers")
    days = {"as_of_from": "text"}
    assert other_event(one.model_copy(update=days), other.model_copy(update=days)) is None


def test_a_later_text_on_the_same_day_of_the_event_is_a_later_toll() -> None:
    attack = "A chemical attack on the town of Sharun killed 58 people on Tuesday."
    first = report(attack, "58", "one", as_of_from="text")
    later = report(attack.replace("58", "86"), "86", "two", as_of_from="text", published=told_at(first).replace(day=10))
    assert told_at(later) > told_at(first)
    (alert,) = ledger([[first], [later]]).alerts
    assert alert.verdict == "increase"


def test_one_text_that_tells_of_two_raids_silences_neither() -> None:
    here = report("Warplanes hit a market in the town of Sharun, killing 20 people.", "20", "one")
    there = report(
        "Warplanes hit a market in the town of Kelmet, killing 90 people.", "90", "one", at=400, sentence_index=6
    )
    other = report("An airstrike on a market in the town of Sharun killed 45.", "45", "two", speaker="rescuers")
    (alert,) = ledger([[here, there], [other]]).alerts
    assert {claim.words for claim in alert.claims} == {"20", "45"}


HOUR = st.lists(
    st.tuples(
        st.sampled_from(["20", "at least 30", "45", "200", "12"]),
        st.sampled_from(["the mayor", "the army", "rescuers", None]),
        st.sampled_from(["town of Sharun", "town of Kelmet"]),
        st.integers(0, 59),
    ),
    min_size=2,
    max_size=6,
)


@given(HOUR, st.randoms(use_true_random=False))
def test_the_order_of_arrival_within_an_hour_changes_no_alert_id_of_tolls(
    news: list[tuple[str, str | None, str, int]], shuffler: random.Random
) -> None:
    articles = [
        [report(f"An airstrike on the market in the {town} killed {words} people.", words, f"n{at}", speaker=speaker,
                hour=minute / 60)]
        for at, (words, speaker, town, minute) in enumerate(news)
    ]  # fmt: skip
    shuffled = list(articles)
    shuffler.shuffle(shuffled)
    assert {alert.id for alert in ledger(articles).alerts} == {alert.id for alert in ledger(shuffled).alerts}


GAS = "A chemical attack on the town of Sharun in Torvia killed 1,300 people on Tuesday."


@pytest.mark.parametrize(
    ("sentence", "words", "given_", "reason"),
    [
        (
            "The chemical attack in Torvia killed 1,400 people, the capital's envoys say.",
            "1,400",
            {"hour": 400.0},
            None,
        ),
        ("The chemical attack near Lorm killed 1,400 people.", "1,400", {"hour": 20.0}, None),  # the capital nearby
        ("The chemical attack in Torvia killed 1,400 people.", "1,400", {"hour": 800.0}, "other_day"),
        ("The chemical attack on the town of Kelmet killed 1,400 people.", "1,400", {"hour": 20.0}, "other_place"),
        ("The chemical attack in Torvia killed 12 people.", "12", {"hour": 400.0}, "other_day"),
        ("Sarin killed 1,400, the worst attack of Torvia's six-year war.", "1,400", {"hour": 20.0}, None),
        ("The airstrikes in Torvia killed 1,400 people.", "1,400", {"hour": 20.0}, "other_event"),
    ],
)
def test_a_rare_event_with_many_dead_is_known_to_a_whole_country_for_a_month(
    sentence: str, words: str, given_: dict[str, Any], reason: str | None
) -> None:
    one = report(GAS, "1,300", "one", as_of_from="text")
    other = report(sentence, words, "two", speaker="the envoys", **given_)
    assert other_event(one, other) == other_event(other, one) == reason


def test_of_such_an_event_early_counts_may_lie_far_apart() -> None:
    early = report(GAS.replace("1,300", "130"), "130", "one", as_of_from="text", speaker="rescuers")
    late = report(GAS.replace("1,300", "1,400"), "1,400", "two", as_of_from="text", speaker="the envoys")
    assert unfit(early, late) is None
    raid = GAS.replace("chemical attack", "airstrike")
    first = report(raid.replace("1,300", "130"), "130", "one", as_of_from="text", speaker="rescuers")
    other = report(raid.replace("1,300", "1,400"), "1,400", "two", as_of_from="text", speaker="the envoys")
    assert unfit(first, other) == "too_far_apart"


def test_a_day_that_is_only_the_papers_date_does_not_part_a_rare_event() -> None:
    day = {"as_of_from": "text"}
    one = report("A chemical attack on the town of Sharun killed 58 people on Tuesday.", "58", "one", **day)
    dated = report(
        "5 March 2030 A chemical attack on the town of Sharun killed 70 people.", "70", "two", hour=24.0, **day
    )
    assert other_event(one, dated) is None
    named = report("A chemical attack on the town of Sharun killed 70 on Thursday.", "70", "two", hour=72.0, **day)
    assert other_event(one, named) == "other_day"


def test_last_december_is_no_day() -> None:
    """A town was bombed twice in one month: that both tolls are of "December" does not make them of one bomb."""
    text = "A car bomb in the town of Sharun killed {} people {}."
    one = report(text.format("19", "in late December"), "19", "one", as_of_from="text")
    other = report(text.format("30", "last December"), "30", "two", as_of_from="text", speaker="rescuers")
    assert other_event(one, other) == "other_day"


def test_a_war_crime_is_no_sum_of_a_war() -> None:
    assert not evidence(report("The strike that killed 20 is a war crime.", "20", "one")).is_sum
    assert evidence(report("The war has killed 200,000 people.", "200,000", "one")).is_sum


def test_a_toll_is_of_the_day_of_its_paper() -> None:
    day = {"as_of_from": "text"}
    first = report(GAS, "1,300", "one", **day)
    assert told_at(first) == hours(0)
    assert told_at(report(GAS, "1,300", "two", published=hours(24), **day)) == hours(24)
    assert told_at(report(GAS, "1,300", "two", published=hours(8), **day)) == hours(0)  # the evening of that day


RAID = "An airstrike on a market in the town of Sharun killed {} people."


def test_a_headline_that_leaves_out_at_least_contradicts_nobody() -> None:
    headline = report("Airstrike on the market in the town of Sharun kills 22.", "22", "one", at=0, sentence_index=0)
    body = report(RAID.format("at least 22"), "at least 22", "one", at=200, speaker="the mayor", sentence_index=1)
    other = report(RAID.format("26"), "26", "two", speaker="rescuers")
    for order in ([[headline, body], [other]], [[other], [headline, body]]):
        assert ledger(order).alerts == []
    assert [alert.verdict for alert in ledger([[headline], [other]]).alerts] == ["conflict"]


def test_who_says_it_bare_further_down_means_it() -> None:
    first = report(RAID.format("at least 1"), "at least 1", "one", speaker="the mayor", sentence_index=1)
    later = report(RAID.format("1"), "1", "one", at=400, speaker="the mayor", sentence_index=6)
    other = report(RAID.format("9"), "9", "two", speaker="rescuers")
    assert [alert.verdict for alert in ledger([[first, later], [other]]).alerts] == ["conflict"]


def test_before_the_war_is_no_sum_of_it() -> None:
    told = "Gunmen killed 128 people of the town, which had 18,000 before the civil war."
    assert not evidence(report(told, "128", "one")).is_sum


@pytest.mark.parametrize(
    ("what", "apart"), [("An earthquake in the town of Sharun", None), ("A bomb in the town of Sharun", "other_day")]
)
def test_the_dead_of_a_disaster_are_counted_for_days_each_count_with_its_own(what: str, apart: str | None) -> None:
    first = report(f"{what} killed 120 people.", "120", "one", as_of_from="text")
    days = {"as_of_from": "text", "hour": 96.0, "published": hours(144)}
    later = report(f"{what} had killed 180 people by then.", "180", "two", **days)
    assert other_event(first, later) == other_event(later, first) == apart
