"""The line ready to copy speaks English."""

from __future__ import annotations

from typing import Any

import pytest

from schemas.metrics import Metric
from services.ledger.alerts.attribution import attribution
from services.ledger.event.people import group
from tests.unit.ledger.making import NOON, hours, toll


@pytest.mark.parametrize(
    ("speaker", "says"),
    [
        ("Police", "Police say"),
        ("state media", "State media say"),
        ("Hospital officials", "Hospital officials say"),
        ("Officials", "Officials say"),
        ("the rescue workers", "The rescue workers say"),
        ("the mayor", "The mayor says"),
        ("Reuters", "Reuters says"),
        ("the United Nations", "The United Nations says"),
        ("the press", "The press says"),
        ("Residents of Sharun", "Residents of Sharun say"),
        ("the chief of police", "The chief of police says"),
        ("They", "They say"),
        ("he", "He says"),
        ("Russians", "Russians say"),
        ("Opponents", "Opponents say"),
        ("residents and a mayor", "Residents and a mayor say"),
        ("hospital personnel", "Hospital personnel say"),
        ("Mount Kelm Council and the Border Guard", "Mount Kelm Council and the Border Guard say"),
        ("Food and Labour Office", "Food and Labour Office says"),
        ("Ministry of Health and the Environment", "Ministry of Health and the Environment says"),
        ("City of New Orleans", "City of New Orleans says"),
        ("a first analysis", "A first analysis says"),
    ],
)
def test_one_voice_says_and_many_say(speaker: str, says: str) -> None:
    assert attribution(toll("40", speaker=speaker), toll("30", speaker="the army")).startswith(f"{says} 40 people")


def test_a_toll_is_a_number_and_is_not_counted() -> None:
    one = toll("40", speaker="the mayor", counted="death toll")
    assert attribution(one, toll("30", speaker="the army")).startswith("The mayor says the death toll is 40")


@pytest.mark.parametrize(
    ("words", "counted", "line"),
    [
        ("topped 7,000", "deaths", "deaths topped 7,000"),
        ("surpassed 300", "death toll", "the death toll surpassed 300"),
    ],
)
def test_a_figure_that_begins_with_a_verb_has_its_noun_before_it(words: str, counted: str, line: str) -> None:
    one = toll(words, speaker="the mayor", counted=counted)
    assert attribution(one, toll("30", speaker="the army")).startswith(f"The mayor says {line}")


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("in Hama city", "40 people were killed in Hama city"),
        ("Hama city", "40 people were killed in Hama city"),
        ("on the town of Rankus", "40 people were killed in the town of Rankus"),  # strikes ON a town kill IN it
        ("on the neighbourhoods of Neel Street", "40 people were killed in the neighbourhoods of Neel Street"),
        ("on the border", "40 people were killed on the border"),
        ("On Rankus", "40 people were killed in Rankus"),
        ("of a school in Jisreen", "40 people were killed in a school in Jisreen"),
        ("from central Damascus", "40 people were killed in central Damascus"),
        ("onto the town", "40 people were killed in the town"),
        ("west of Raqqa", "40 people were killed west of Raqqa"),
        ("Worldwide", "40 people were killed worldwide"),
        ("near the border, Syria", "40 people were killed near the border"),
    ],
)
def test_the_dead_are_in_the_place_whatever_the_attack_did_to_it(place: str, line: str) -> None:
    one = toll("40", speaker="the mayor", place=place)
    assert attribution(one, toll("30", speaker="the army")).startswith(f"The mayor says {line};")


@pytest.mark.parametrize(
    ("metric", "place", "line"),
    [
        (Metric.DISPLACED, "from five counties", "40 people are displaced from five counties"),
        (Metric.MONEY, "of the ministry", "speaks of"),
        (Metric.REFUGEES, "to Torvia", "40 people fled to Torvia"),
        (Metric.CASES, "in Torvia", "40 people were infected in Torvia"),
    ],
)
def test_who_leaves_leaves_from_and_money_is_spoken_of(metric: Metric, place: str, line: str) -> None:
    one = toll("40", speaker="the mayor", place=place, metric=metric)
    assert line in attribution(one, toll("30", speaker="the army"))


@pytest.mark.parametrize(
    ("words", "counted", "line"),
    [
        ("22 wounded", "people", "there are 22 wounded"),
        ("70 wounded civilians", "civilians", "there are 70 wounded civilians"),
        ("51 bodies", "bodies", "there are 51 bodies"),
        ("200 others", "soldiers", "200 other soldiers were killed"),
        ("dozens", "people", "dozens of people were killed"),
        ("40 lives", "lives", "40 lives were lost"),
        ("A little more than 40", "people", "a little more than 40 people were killed"),
        ("eight", "person", "eight people were killed"),
        ("6", "death", "6 people were killed"),
        ('tens" of people', "people", "tens of people were killed"),
    ],
)
def test_the_noun_stands_once_and_in_its_number(words: str, counted: str, line: str) -> None:
    one = toll("40", speaker="the mayor", counted=counted).model_copy(update={"words": words})
    assert attribution(one, toll("30", speaker="the army")).startswith(f"The mayor says {line}")


def test_immigrants_did_not_flee_for_being_counted() -> None:
    one = toll("40", speaker="the mayor", metric=Metric.REFUGEES, place="in Torvia", counted="immigrants")
    line = attribution(one, toll("30", speaker="the army"))
    assert line.startswith("The mayor says there are 40 immigrants in Torvia")


def test_who_died_is_not_told_twice() -> None:
    one = toll("seven", speaker="the mayor", counted="died")
    assert attribution(one, toll("30", speaker="the army")).startswith("The mayor says seven people were killed")


def test_one_person_was_killed() -> None:
    one = toll("1", speaker="the mayor", counted="person")
    assert attribution(one, toll("30", speaker="the army")).startswith("The mayor says 1 person was killed")
    left_out = toll("one", speaker="the mayor", counted="people")  # "Eight people were killed in Oru, one in Kelm"
    assert attribution(left_out, toll("30", speaker="the army")).startswith("The mayor says one person was killed")


def test_no_one_was_killed_and_speakers_that_began_their_sentence_go_small() -> None:
    one = toll("40", speaker="Residents of Sharun")
    for words in ("No one", "Nobody"):
        none = toll("no one", speaker="Hospital officials", counted=words).model_copy(update={"words": words})
        line = attribution(one, none)
        assert f"; hospital officials say {words.lower()} was killed" in line
    assert "; residents of Sharun say" in attribution(none, one)
    assert "; they say" in attribution(none, toll("40", speaker="They"))
    assert "; Reuters says" in attribution(none, toll("40", speaker="Reuters"))


def test_capitals_of_a_shouted_sentence_are_brought_down() -> None:
    shouted = toll("52", speaker="MAYOR", place="AT A MOSQUE IN SHARUN", counted="PEOPLE", after=" PEOPLE.",
                   before="THE RAID KILLED ").model_copy(update={"words": "52 PEOPLE"})  # fmt: skip
    line = attribution(shouted, toll("30", speaker="UNICEF"))
    assert line.startswith("Mayor says 52 people were killed at a mosque in Sharun; UNICEF says")


def test_of_one_voice_the_newer_word_is_named_without_a_pronoun() -> None:
    day: dict[str, Any] = {"speaker": "Ali Khan", "as_of": NOON, "place": None}
    one, later = (toll(words, published=hours(at), **day) for words, at in (("20", 0), ("30", 3)))
    assert attribution(one, later) == "Ali Khan said 20 people were killed; later said 30 people were killed"
    soon = toll("30", published=hours(0.5), article="two", **day)
    assert attribution(one, soon) == (
        "Ali Khan said 20 people were killed (Daily one); elsewhere said 30 people were killed (Daily two)"
    )


def test_a_correction_names_the_outlet() -> None:
    one, other = (toll(words, speaker="Police", place=None, hour=at) for words, at in (("46", 0), ("36", 3)))
    line = attribution(one, other, corrected=True)
    assert line == "Police said 46 people were killed; corrected by Daily one to 36 people"


def test_soldiers_and_rebels_are_not_one_group_of_dead() -> None:
    rebels, soldiers = (toll("20", counted=noun, speaker=noun) for noun in ("rebels", "soldiers"))
    assert group(rebels) != group(soldiers)
