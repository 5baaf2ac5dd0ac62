"""Which of a text's numbers are in doubt, and what a change may step over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from schemas.claim import Claim
from services.ledger.event.evidence import evidence
from services.ledger.partners import two_things
from tests.unit.ledger.making import NOON, ledger, toll
from tests.unit.ledger.test_same_event import report
from tests.unit.ledger.test_signs import told


def placed(words: str, *places: str, sentence: int, **given: Any) -> Claim:
    return toll(words, places=places, at=100 * sentence, sentence_index=sentence, **given)


def test_two_numbers_of_one_place_leave_both_in_doubt() -> None:
    one, other = placed("48", "Q11", sentence=1), placed("28", "Q11", sentence=2)
    assert two_things(one, other)
    assert two_things(other, one)


def test_two_places_in_two_sentences_leave_no_doubt() -> None:
    one, other = placed("15", "Q11", sentence=1), placed("12", "Q12", sentence=2)
    assert not two_things(one, other)
    assert two_things(one, other.model_copy(update={"sentence_index": 1}))  # "48 in Sharun and 28 in Kelm"
    assert two_things(one, other.model_copy(update={"places": ()}))


def test_the_number_of_one_state_is_not_that_of_several() -> None:
    of_all, of_one = placed("81", "Q11", "Q12", sentence=1), placed("48", "Q11", sentence=2)
    assert not two_things(of_one, of_all)
    assert two_things(of_all, of_one)  # the 81 might be set against the 70 of one state


@pytest.mark.parametrize(
    ("sentence", "is_clear"),
    [
        ("Raids on Sharun killed some 20 civilians and one nurse.", True),
        ("Raids on Sharun killed some 20 civilians. In Kelm they killed one nurse.", False),
    ],
)
def test_one_more_in_a_list_leaves_no_doubt_about_the_many(sentence: str, is_clear: bool) -> None:
    many, few = report(sentence, "20", "one"), report(sentence, "one", "one")
    assert two_things(many, few) is not is_clear
    assert two_things(few, many)


def test_two_large_numbers_of_a_list_are_both_in_doubt() -> None:
    sentence = "Raids on Sharun killed 20 guests and 12 others."
    assert two_things(report(sentence, "20", "one"), report(sentence, "12", "one"))


def test_a_change_may_step_over_what_is_in_doubt() -> None:
    first, last = told_on("5", "one", 0), told_on("10", "three", 3)
    unclear = [told_on("7", "two", 1), told_on("30", "two", 1)]
    (alert,) = [alert for alert in ledger([[first], unclear, [last]]).alerts if "leap" not in alert.flags]
    assert [claim.words for claim in alert.claims] == ["5", "10"]
    assert all("7" not in {claim.words for claim in alert.claims} for alert in ledger([[first], unclear]).alerts)


def told_on(words: str, article: str, day: int) -> Claim:
    sentence = f"The nerve gas attack on the town of Sharun of 3 March killed {words} people."
    made = report(sentence, words, article, place="in Sharun")
    at = NOON + timedelta(days=day)
    return made.model_copy(update={"published": at, "as_of": NOON - timedelta(days=1), "as_of_from": "text"})


@pytest.mark.parametrize(("sentence", "is_of_it"), [("in Perth", False), ("in Brisbane", True), ("there", True)])
def test_a_sentence_with_its_own_place_is_of_other_news_than_the_opening(sentence: str, is_of_it: bool) -> None:
    opening = "A bomb in Brisbane shook the country this week."
    claim = told(f"By then 20 people {sentence} had died.", "20", "one", block="harm/Q408", opening=opening)
    assert bool(evidence(claim).kinds) is is_of_it
