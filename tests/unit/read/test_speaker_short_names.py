"""Short names in brackets behind the full one: "the National Office of Emergencies (OEN)", in any order of letters."""

from __future__ import annotations

import pytest

from services.read.entities import find_mentions
from services.read.figures.clauses import classify
from services.read.figures.speakers.initials import bracketed
from services.read.text import read_text
from tests.unit.read.speaking import who


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Veronia's National Flood Secretariat (SNI) came. SNI said [70] men left.", "SNI"),
        ("Veronia's National Flood Secretariat (SFN) came. SFN said [70] men left.", "National Flood Secretariat"),
        (
            "The National Office of Floods of Interior Ministry (OFNIM) met. OFNIM reported [11] deaths.",
            "National Office of Floods of Interior Ministry",
        ),
        (
            "The Consejo Municipal de Ayuda y Rescate (Comuar) met. According to Comuar, [90] families left.",
            "Consejo Municipal de Ayuda y Rescate",
        ),
    ],
)
def test_a_short_name_in_brackets_stands_for_the_full_one(text: str, speaker: str) -> None:
    assert who(text) == speaker


def test_what_else_stands_in_brackets_is_no_short_name() -> None:
    text = "Ada Moreno (Reuters) came. Osmia Town (archive) fell. The Northern Fund (Osmia) met. Bo Lund (Left) spoke."
    assert bracketed(classify(read_text(text), find_mentions(text))) == {}


def test_a_body_never_written_out_keeps_the_name_it_has_in_the_article() -> None:
    assert who("The UN said [600] people fled.") == "UN"
    assert who("The IOM said [600] people fled.") == "IOM"
