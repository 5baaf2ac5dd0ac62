"""Numbers that somebody denies or could not verify: they have a status of their own, and nobody for a speaker."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.read.figures.figure import Figure
from services.read.figures.reader import read_figures

PUBLISHED = datetime(2026, 11, 20, tzinfo=UTC)


def figures(text: str) -> tuple[Figure, ...]:
    return read_figures(text, PUBLISHED).figures


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The army denied reports that 200 people had been killed.", "denied"),
        ("The army denied killing 200 people.", "denied"),
        ("The army denied 200 people had been killed.", "denied"),
        ("The government rejected claims that 400 people had been killed.", "denied"),
        ("The ministry dismissed as false a report that 400 people were killed.", "denied"),
        ("The mayor disputed the rebels' estimate of 400 dead.", "denied"),
        ("It is not true that 400 people were killed, the army said.", "denied"),
        ('"Reports that the strike killed 200 people are false," the mayor said.', "denied"),
        (
            "Reports the agency detained 100 people in Oru that day were grossly exaggerated, an official said.",
            "denied",
        ),
        ("The army rejected claims the strike killed 200 people.", "denied"),
        ("There is no evidence that 400 people were killed, the mayor said.", "denied"),
        ("The colonel said Osmia had not lost 100 soldiers.", "denied"),
        ("The ministry refused to confirm whether 300 people had died.", "unverified"),
        ("The agency could not verify the claim that 2,000 people were killed.", "unverified"),
        ("It was not clear whether 300 people had died.", "unverified"),
        ("Reports that 200 people were killed could not be independently verified.", "unverified"),
        ("The ministry would not confirm or deny reports that 200 people had died.", "unverified"),
    ],
)
def test_what_nobody_vouches_for_has_a_status_and_no_speaker(text: str, status: str) -> None:
    (figure,) = figures(text)
    assert (figure.counted.status, figure.speaker.name) == (status, None)


@pytest.mark.parametrize(
    "text",
    [
        "The army did not deny that 200 people were killed.",
        "The army denied it was behind the strike that killed 200 people.",
        "The army denied shelling the market, saying 12 fighters were killed.",
        "The army denied responsibility for a strike which killed 200 people.",
        "The Northern Fund denied it and reports that 12 people died.",
        "The army denied any role in a plot that killed 12 people.",
        "The court rejected the claims of 400 migrants.",
        "The Northern Fund denied it and reports the blast killed 12 people.",
        "The army reports the strike killed 12 people.",
        "The ministry denied 400 people visas.",
        "It was not clear whether the 300 people on board had survived.",
        "The attack not only killed 12 people.",
        "Residents said 200 people died, a claim the army denied.",
        "The mayor said 200 people died, denying he had hidden the toll.",
    ],
)
def test_a_denial_of_something_else_changes_no_number(text: str) -> None:
    assert [figure.counted.status for figure in figures(text)] == ["asserted"]


def test_of_two_numbers_set_against_each_other_only_the_one_behind_not_is_denied() -> None:
    one, other = figures("The coroner said 34 \u2014 not 43 \u2014 people died.")
    assert (one.counted.status, one.speaker.name) == ("asserted", "coroner")
    assert (other.counted.status, other.speaker.name) == ("denied", None)


def test_the_denier_speaks_for_the_number_set_against_what_is_denied() -> None:
    text = "The mayor denied social media claims that hundreds of people had drowned, insisting that 12 died."
    rumour, own = figures(text)
    assert (rumour.counted.status, rumour.speaker.name) == ("denied", None)
    assert (own.counted.status, own.speaker.name) == ("asserted", "mayor")
