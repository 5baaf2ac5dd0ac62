"""The line ready to copy speaks English."""

from __future__ import annotations

import pytest

from services.ledger.attribution import attribution
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
