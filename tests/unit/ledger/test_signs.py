"""What makes two tolls of two texts one event, in points, and what keeps them apart whatever else they share."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.claim import Claim
from services.ledger.event.apart import unfit
from services.ledger.event.event_words import agents, clause_at, is_headlines, kinds
from services.ledger.event.happened import other_event, shown
from services.ledger.event.people import same_people
from services.ledger.event.when import days_between, span
from services.ledger.relation import relate
from services.ledger.rules.compare import compare
from services.ledger.rules.statement import of_claim
from tests.unit.ledger.making import hours
from tests.unit.ledger.test_same_event import report

DAY = {"as_of_from": "text"}
"""The text names the day; it is that of the claim, Monday 4 March 2030."""


def told(sentence: str, words: str, article: str, **given: Any) -> Claim:
    """A toll with what stands before it and at the top of its text, if `given`."""
    around: dict[str, Any] = {name: given.pop(name) for name in ("opening", "before") if name in given}
    return report(sentence, words, article, **given).model_copy(update=around)


@pytest.mark.parametrize(
    ("sentence", "given_", "first", "last", "how"),
    [
        ("A bomb killed 20 on Monday.", DAY, 4, 4, "stated"),
        ("4 March 2030 A bomb killed 20.", DAY, 3, 4, "dateline"),  # perhaps no more than the paper's date
        ("The town buried its dead on Monday after a bomb killed 20.", DAY, 3, 4, "dateline"),
        ("Monday 4 March A bomb killed 20.", DAY, 3, 4, "dateline"),
        ("Monday 4 March A bomb killed 20 on Saturday.", DAY, 2, 2, "stated"),
        ("Monday 4 March A bomb killed 20 on Tuesday.", DAY, 3, 4, "dateline"),  # of which week?
        ("A bomb killed 20.", {}, 3, 4, "published"),
        ("Saturday's bomb killed 20.", {}, 2, 2, "stated"),
        ("A bomb over the weekend killed 20.", {}, 2, 3, "loose"),
        ("In early March a bomb killed 20.", {}, 1, 10, "loose"),
    ],
)
def test_a_text_says_in_which_days_its_event_happened(
    sentence: str, given_: dict[str, Any], first: int, last: int, how: str
) -> None:
    found = span(report(sentence, "20", "one", **given_))
    assert found == (date(2030, 3, first), date(2030, 3, last), how)


def test_last_week_and_a_month_are_spans() -> None:
    week = span(report("Last week's bomb killed 20.", "20", "one"))
    assert week == (date(2030, 2, 25), date(2030, 3, 3), "loose")
    guessed = {**DAY, "as_of": datetime(2030, 2, 15, 12, tzinfo=UTC)}
    month = span(report("A bomb killed 20 in February.", "20", "one", **guessed))
    assert month == (date(2030, 2, 1), date(2030, 2, 28), "loose")
    assert span(report("A bomb killed 20 in Lima on 15 February.", "20", "one", **guessed)).how == "stated"


def test_days_after_an_attack_are_not_its_day() -> None:
    toll = report("Buses left on Monday, days after a bomb killed 20.", "20", "one", **DAY)
    assert span(toll).last == date(2030, 3, 3)
    other = report("A bomb killed 45 on Saturday.", "45", "two", **DAY, as_of=hours(-48))
    assert days_between(toll, other) == "near"


def test_a_toll_takes_what_it_leaves_out_from_the_beginning_of_its_text() -> None:
    one = report("A car bomb in the town of Sharun killed 20 people.", "20", "one")
    bare = told("The toll may reach 45, he said.", "45", "two", speaker="a doctor", sentence_index=11)
    lead = bare.model_copy(update={"opening": "Car bomb tears through the town of Sharun."})
    assert other_event(one, bare) == "event_unknown"
    assert other_event(one, lead) is None


def test_signs_add_up_and_the_chain_of_reasons_says_so() -> None:
    one = report("Airstrikes on Lima killed 20 people, the governor told state radio.", "20", "one")
    other = report("Helicopters and jets struck homes in Lima, leaving 45 dead.", "45", "two", speaker="rescuers")
    assert other_event(one, other) == "too_little_shared"
    one = report("Airstrikes on an aid convoy near Lima killed 20 people, the governor told state radio.", "20", "one")
    found = report(
        "Helicopters and jets struck an aid convoy in Lima, leaving 45 dead.", "45", "two", speaker="rescuers"
    )
    assert other_event(one, found) is None
    verdict = compare(of_claim(one), of_claim(found), relate(one, found))
    assert verdict.because[0] == shown(one, found)
    assert "target 4" in verdict.because[0]


def test_the_first_news_of_one_day_and_one_weapon_are_signs() -> None:
    fired = "Rebels fired rockets at Lima on Monday, {} {}."
    one = report(fired.format("killing", "20"), "20", "one", sentence_index=0, **DAY)
    other = report(fired.format("leaving dead", "45"), "45", "two", speaker="rescuers", sentence_index=3, **DAY)
    assert "weapon 2" in (shown(one, other) or "")
    assert "lead 1" in (shown(one, other) or "")
    for apart in ({"sentence_index": 9}, {"publisher": one.publisher}):
        assert "lead" not in (shown(one, other.model_copy(update=apart)) or "")


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("Government air strikes on Lima killed 20 on Monday.", "Air raids by rebels on Lima killed 45 on Monday.",
         "other_side"),
        ("Shells killed 20 in government-held Lima on Monday.", "Shells killed 45 in rebel-held Lima on Monday.",
         "other_place"),
        ("Air strikes near Lima killed 20.", "Air raids on the town of Kelmet near Lorm killed 45.", "other_place"),
    ],
)  # fmt: skip
def test_sides_of_a_war_and_of_a_front_are_two_events(one: str, other: str, reason: str) -> None:
    first, second = report(one, "20", "one", **DAY), report(other, "45", "two", speaker="rescuers", **DAY)
    assert other_event(first, second) == other_event(second, first) == reason


def test_of_one_flood_each_place_has_its_dead() -> None:
    one = report("Floods killed 20 in Lima on Monday.", "20", "one", **DAY)
    around = {"speaker": "rescuers", "opening": "Lima and Quito count their dead.", **DAY}
    assert other_event(one, told("Floods killed 45 in Quito on Monday.", "45", "two", **around)) == "other_place"
    assert other_event(one, told("Floods killed 45 in Lima on Monday.", "45", "two", **around)) is None


def test_a_list_of_links_tells_of_no_event() -> None:
    links = "Related " + "Jets Kill 45 In Lima Army Says War Goes On Mayor Speaks " * 3
    assert is_headlines(links)
    assert not is_headlines("Jets killed 45 people in Lima, the army said, and the mayor spoke of war. " * 3)
    one = report("Jets killed 20 people in the town of Lima.", "20", "one")
    assert other_event(one, report(links, "45", "two")) == "list_of_headlines"


def test_no_deaths_in_one_raid_contradict_no_other_raid_of_the_day() -> None:
    one = report("No one died in the strike on a hospital in Lima.", "No one", "one")
    other = report("Strikes on hospitals in Lima killed 10 people.", "10", "two", speaker="rescuers")
    assert other_event(one, other) == "zero_unproven"


def test_one_of_two_towns_is_no_sum_of_both() -> None:
    both = report(
        "Gunmen killed 5 people in the town of Sharun and the village of Kelmet.", "5", "one", speaker="the army"
    )
    there = report("They killed 3 people in the town.", "3", "one", speaker="residents", at=400, sentence_index=6)
    there = there.model_copy(update={"before": both.sentence})
    assert unfit(both, there) == unfit(there, both) == "other_place"


def test_who_is_treated_is_a_part_and_a_scene_is_no_toll() -> None:
    text = "A car bomb in the town of Sharun wounded {} people."
    all_hurt = report(text.format("200"), "200", "one")
    treated = report(
        "After the car bomb in Sharun 31 people were being treated in Kelm.", "31", "two", speaker="rescuers"
    )
    assert unfit(all_hurt, treated) == unfit(treated, all_hurt) == "part_of_another"
    dozens = report("A car bomb in the town of Sharun killed dozens of people.", "dozens of", "three")
    two = report("After the car bomb in the town of Sharun he saw 2 dead.", "2", "four", speaker="a doctor")
    assert unfit(dozens, two) == "too_far_apart"


def test_words_of_two_kinds_decide_nothing_where_one_is_plain() -> None:
    assert kinds("Rocket attacks in the second heavy bombardment of the week") == {"shelling"}
    assert kinds("A barrel bomb fell") == {"air_strike"}
    assert kinds("Six died on March 16") == frozenset()
    assert kinds("The bombers had targeted troops") == {"air_strike", "bomb"}
    assert kinds("Suicide bombers struck") == {"bomb"}
    text = "45 died in air strikes after rebels fired rockets"
    assert clause_at(text, 0) == "45 died in air strikes "
    assert agents("Rebels fired rockets; shelling by insurgents", frozenset()) == {"rebels"}
    assert agents("Torvian air strikes killed 3", frozenset({"torv"})) == {"state"}


def test_a_toll_without_a_noun_may_be_of_those_its_sentence_names() -> None:
    soldiers = report("The raid killed 62 soldiers.", "62", "one", counted="soldiers")
    bare = report("The coalition bombed the troops, killing 80.", "80", "two", counted=None)
    people = report("The coalition bombed the troops, killing 80 people.", "80", "three", counted="people")
    assert same_people(soldiers, bare)
    assert same_people(bare, soldiers)
    assert not same_people(soldiers, people)


@pytest.mark.parametrize(
    ("words", "counted", "is_anybody"),
    [
        ("80", "Leaders", True),  # a headline's capital
        ("80", "Torvians", True),  # of Torvia, which is where it happened
        ("80", "Germans", False),
        ("80", "Kurds", False),
        ("80 mostly women", "women", True),  # and children: all 80 are left without a noun
        ("80 women", "women", False),
    ],
)
def test_a_people_is_no_part_in_its_own_country(words: str, counted: str, is_anybody: bool) -> None:
    people = report("The raid killed 62 people.", "62", "one", counted="people")
    other = report(f"The raid killed {words}.", "80", "two", counted=counted).model_copy(update={"words": words})
    assert same_people(people, other) is is_anybody


def test_members_are_what_the_other_text_calls_them() -> None:
    team = report("The raid killed 8 members of the team.", "8", "one", counted="members")
    for counted, is_one in (("rescuers", True), ("fighters", True), ("children", False)):
        assert same_people(team, report(f"The raid killed 9 {counted}.", "9", "two", counted=counted)) is is_one


def test_soldiers_of_the_country_need_not_be_called_so() -> None:
    text = "A raid on the town of Sharun killed {} soldiers on Monday."
    own = {"block": "harm/Q1", "counted": "soldiers", **DAY}
    one = report(text.format("62"), "62", "one", whose="Torvia", whose_id="Q1", **own)
    other = report(text.format("83"), "83", "two", speaker="rescuers", **own)
    guests = other.model_copy(update={"whose": "Ulmia", "whose_id": "Q2"})
    assert compare(of_claim(one), of_claim(other), relate(one, other)).verdict == "conflict"
    assert compare(of_claim(one), of_claim(guests), relate(one, guests)).reason == "gate_entity"


WORDS = st.lists(
    st.sampled_from(
        "Airstrikes bomb shells Lima Sharun town of in near the convoy market government rebels soldiers Monday after "
        "killed attack hospital Kelmet 310 elsewhere".split()
    ),
    min_size=1,
    max_size=12,
).map(" ".join)


@given(WORDS, WORDS, WORDS, st.integers(-80, 80), st.booleans())
def test_what_two_tolls_share_does_not_depend_on_who_is_asked_first(
    one: str, other: str, opening: str, apart: int, stated: bool
) -> None:
    first = told(f"{one} 20 people.", "20", "one", opening=opening, **(DAY if stated else {}))
    second = told(f"{other} 45 people.", "45", "two", speaker="rescuers", hour=float(apart))
    assert unfit(first, second) == unfit(second, first)
    assert shown(first, second) == shown(second, first)
