"""The line ready to copy speaks English."""

from __future__ import annotations

import pytest

from services.ledger.attribution import attribution
from services.ledger.event import group
from tests.unit.ledger.making import toll


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
    ],
)
def test_one_voice_says_and_many_say(speaker: str, says: str) -> None:
    assert attribution(toll("40", speaker=speaker), toll("30", speaker="the army")).startswith(f"{says} 40 people")


def test_a_toll_is_a_number_and_is_not_counted() -> None:
    one = toll("40", speaker="the mayor", counted="death toll")
    assert attribution(one, toll("30", speaker="the army")).startswith("The mayor says the death toll is 40")


def test_soldiers_and_rebels_are_not_one_group_of_dead() -> None:
    rebels, soldiers = (toll("20", counted=noun, speaker=noun) for noun in ("rebels", "soldiers"))
    assert group(rebels) != group(soldiers)
