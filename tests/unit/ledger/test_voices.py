"""Who is one voice, and what a speaker's own words may not say of the event."""

from __future__ import annotations

from typing import Any

import pytest

from services.ledger.event.event_words import targets
from services.ledger.event.evidence import evidence
from services.ledger.event.voices import is_nameless, strangers
from tests.unit.ledger.making import claim, ledger, toll
from tests.unit.ledger.test_same_event import report


@pytest.mark.parametrize(
    "speaker", ["residents", "Police", "local officials", "Hospital officials", "several witnesses"]
)
def test_a_group_nobody_named_has_no_name(speaker: str) -> None:
    assert is_nameless(speaker)


@pytest.mark.parametrize(
    "speaker", ["the mayor", "Lima police", "residents of Sharun", "Health Ministry", "the governor"]
)
def test_an_office_or_a_place_is_a_name(speaker: str) -> None:
    assert not is_nameless(speaker)


def test_residents_of_two_papers_are_two_and_of_two_copies_one() -> None:
    one, other = (toll("20", article=name, speaker="residents") for name in ("one", "two"))
    assert strangers(one, other)
    assert strangers(one, other.model_copy(update={"speaker": "Residents"}))
    assert not strangers(one, other.model_copy(update={"lineage": one.lineage}))
    assert not strangers(one, other.model_copy(update={"publisher": one.publisher}))
    named = (claim.model_copy(update={"speaker": "the mayor"}) for claim in (one, other))
    assert not strangers(*named)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"publisher": "Reuters"}, {"publisher": "REUTERS"}),
        ({"speaker": "Camp management"}, {"speaker": "camp management"}),
        ({"speaker": "camp management"}, {"speaker": "camp  management"}),
    ],
)
def test_a_voice_does_not_contradict_itself_by_the_case_and_spacing_of_its_name(
    one: dict[str, str], other: dict[str, str]
) -> None:
    found = ledger([[claim("2,000", article="first", **one)], [claim("9,000", article="second", hour=3, **other)]])
    assert [alert.verdict for alert in found.alerts] == ["increase"]
    assert found.alerts[0].sides[1].voice == next(iter(other.values())), "shown as written"


def test_articles_of_nobody_are_two_voices_by_the_case_of_their_names() -> None:
    one, other = (claim("2,000", article=name, publisher=None) for name in ("a", "A"))
    assert one.voice != other.voice


def test_residents_of_two_papers_disagree_and_nobody_is_misquoted() -> None:
    (alert,) = ledger([[toll(words, article=words, speaker="residents")] for words in ("20", "45")]).alerts
    assert alert.verdict == "conflict"
    assert not {"misquote", "same_speaker"} & set(alert.flags)
    assert alert.attribution.startswith("Residents (Daily 20) say 20 people")
    assert "; residents (Daily 45) say 45 people" in alert.attribution


def test_a_lower_number_of_other_residents_takes_nothing_back() -> None:
    told = [[toll(words, article=words, speaker="officials", hour=at)] for words, at in (("45", 0), ("20", 3))]
    (alert,) = ledger(told).alerts
    assert (alert.verdict, "revised_down" in alert.flags) == ("conflict", False)


def test_residents_of_one_paper_go_on_with_their_own_count() -> None:
    given: dict[str, Any] = {"speaker": "residents", "publisher": "Daily"}
    (alert,) = ledger([[toll(words, article=words, hour=at, **given)] for words, at in (("20", 0), ("45", 3))]).alerts
    assert (alert.verdict, "cross_source" in alert.flags) == ("increase", False)
    assert "; later said 45 people" in alert.attribution


def test_another_number_in_a_named_mouth_within_the_hour_is_a_misquote_also_in_a_copy() -> None:
    def quoted(**given: Any) -> set[str]:
        one, other = (
            toll(words, article=words, hour=at, lineage="art-one", **given) for words, at in (("52", 0), ("81", 0.5))
        )
        (alert,) = ledger([[one], [other]]).alerts
        return {alert.verdict, *alert.flags}

    assert {"conflict", "misquote"} <= quoted(speaker="Ali Khan")
    assert "increase" in quoted(speaker="Ali Khan", agencies=("Newswire",))  # its newer version
    assert "increase" in quoted(speaker="residents")


def test_two_named_voices_in_two_versions_of_a_text_disagree() -> None:
    mayor = toll("52", article="one", speaker="the mayor")
    cross = toll("29", article="two", speaker="the Red Cross", lineage="art-one", hour=0.7)
    (alert,) = ledger([[mayor], [cross]]).alerts
    assert alert.verdict == "conflict"
    own = cross.model_copy(update={"speaker": None})  # leaves out who said it: an older copy
    assert ledger([[mayor], [own]]).alerts == []


@pytest.mark.parametrize(
    "sentence",
    ["A blast killed 31 people, police said.", "Hospital officials said 31 died.", "According to the police 31 died."],
)
def test_who_speaks_was_not_struck(sentence: str) -> None:
    assert not targets(sentence)


@pytest.mark.parametrize(
    ("sentence", "struck"),
    [
        ("A blast at the police station killed 31, the mayor said.", "police"),
        ("It hit a market, police said.", "market"),
    ],
)
def test_what_was_struck_stays(sentence: str, struck: str) -> None:
    assert targets(sentence) == {struck}


def test_police_who_told_of_a_bomb_at_their_own_station_leave_it_the_target() -> None:
    sentence = "Police on Monday said a bomb at a police station killed 31 people."
    assert evidence(report(sentence, "31", "one", speaker="Police", cue="said")).own_targets == {"police"}
    there = sentence.replace("a police station", "a market")
    assert evidence(report(there, "31", "one", speaker="Police", cue="said")).own_targets == {"market"}


def test_residents_and_police_on_one_bomb_disagree_in_one_text() -> None:
    one = report("A bomb at a market in Lima killed 20 people, residents said.", "20", "one", speaker="residents")
    for speaker in ("Police", "Hospital officials"):
        said = report(f"{speaker} said 31 people were killed.", "31", "one", speaker=speaker, at=400, sentence_index=6)
        (alert,) = ledger([[one, said]]).alerts
        assert alert.verdict == "conflict"
