"""Speech in forms without a plain "said": behind "to", in a few quoted words, by a subject described at length."""

from __future__ import annotations

import pytest

from tests.unit.read.speaking import said

MORENO = ("Ada Moreno", "PER", "Q2")
FUND = ("Northern Relief Fund", "ORG", "Q1")


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ada Moreno went on to say that [20] trucks had left.", "Ada Moreno"),
        ("Ada Moreno was forced to admit that [20] trucks had left.", "Ada Moreno"),
        ("The Northern Relief Fund was quick to point out that [20] trucks had left.", "Northern Relief Fund"),
        ("Ada Moreno wanted to say that [20] trucks had left.", None),
        ("Ada Moreno went on to win [20] races.", None),
        ("Critics point out that [20] trucks had left.", "Critics"),
        ("Analysts caution that [20] trucks had left.", "Analysts"),
        ("The match was a turning point, and [20] trucks had left.", None),
        ("Editor's note: Ada Moreno owns [20] trucks.", None),
        ("“Was it [20]?” Ada Moreno pressed.", "Ada Moreno"),
        ("Ada Moreno pressed the council for months over [20] trucks.", None),
    ],
)
def test_speech_behind_to_and_beside_a_quotation(text: str, speaker: str | None) -> None:
    assert said(text, MORENO, FUND)[0].name == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ada Moreno described the plan as a “[20]-year mistake” on Monday.", "Ada Moreno"),
        ("Ada Moreno starred in the “Gang of [Eight]” on Monday.", None),
        ("Ada Moreno is “[20] times” as rich.", None),
        ("The plan was a “[20]-year mistake” on Monday.", None),
    ],
)
def test_a_few_quoted_words_are_the_subjects(text: str, speaker: str | None) -> None:
    assert said(text, MORENO, FUND)[0].name == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "The Northern Relief Fund, the group linked to the nation's largest union of nurses, said [20] had left.",
            "Northern Relief Fund",
        ),
        ("The officials whose posts were cut say [20] had left.", "officials"),
        ("The Northern Relief Fund, for one, noted that [20] had left.", "Northern Relief Fund"),
        ("There was a call in which organizers claimed nearly [400] delegates had left.", "organizers"),
        ("Some [20] trucks had left, according to a newly released report.", "a newly released report"),
        (
            "Since last May, according to the Northern Relief Fund, state forces took [20] trucks.",
            "Northern Relief Fund",
        ),
        ("They need 40 trucks, analysts say; in the spring the town bought [20] of them.", None),
    ],
)
def test_who_speaks_is_found_past_what_describes_it(text: str, speaker: str | None) -> None:
    assert said(text, MORENO, FUND)[0].name == speaker


def test_a_remark_with_its_own_source_is_its_sources() -> None:
    text = "Ada Moreno says the lead can shrink, which stood at [20] trucks, according to the Northern Relief Fund."
    assert said(text, MORENO, FUND)[0].name == "Northern Relief Fund"


def test_a_quotation_turns_back_to_its_speaker_behind_but() -> None:
    text = "“They predicted it would end, but it has gone on for [20] weeks,” Ada Moreno said."
    assert said(text, MORENO, FUND)[0].name == "Ada Moreno"
