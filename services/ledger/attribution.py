"""One line ready to copy: who says what, in the claims' own words, never from the normalised number."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import yaml

from schemas.claim import Claim

_TAKEN_BACK = "No longer stands: "


def attribution(first: Claim, second: Claim) -> str:
    """`Belarus says approximately 2,000 people are in the camp; Poland says between 3,000 and 4,000 migrants are on
    the border`, or of one voice `The agency said 72 people were killed; later it said 45 people were killed`."""
    if first.voice == second.voice:
        line = f"{first.voice_name} said {_count(first)}; {_later(first, second)} {_count(second)}"
    else:
        line = "; ".join(f"{claim.voice_name} {_says(claim)} {_count(claim)}" for claim in (first, second))
    return line[:1].upper() + line[1:]


def taken_back(line: str) -> str:
    """The line of an alert that no longer stands."""
    return line if line.startswith(_TAKEN_BACK) else f"{_TAKEN_BACK}{line}"


def _count(claim: Claim) -> str:
    """`approximately 2,000 people are in the camp`: figure, noun where the figure lacks it, phrase, place words; or
    `the death toll is 70 in West Bengal`."""
    words = " ".join(claim.words.split())
    place = _place(claim)
    if claim.counted and claim.counted.lower() not in words.lower():
        if claim.counted.rpartition(" ")[2].lower() in _words()["sums"]:
            return " ".join(part for part in (f"the {_lower(claim.counted)} is", _lower(words), place) if part)
        words = f"{words} {claim.counted}"
    phrase = _words()["phrases"].get(claim.metric.value, "")
    if words.rpartition(" ")[2].lower() in _words()["telling_nouns"]:
        phrase = ""
    if phrase == "are" and not place:
        phrase = "are there"
    return " ".join(part for part in (_lower(words), phrase, place) if part)


def _place(claim: Claim) -> str:
    place = " ".join((claim.place or "").split()).partition(", ")[0]  # the words nearest the figure, not their country
    if not place or place.partition(" ")[0].lower() in _words()["prepositions"]:
        return _lower(place)
    return f"in {place}"


def _says(claim: Claim) -> str:
    if claim.speaker is None:
        return "reports"
    last = claim.speaker.split()[-1]
    plural = last.islower() and last.endswith("s") and not last.endswith("ss")  # "officials say", "Reuters says"
    return "say" if plural or last.lower() in _words()["plural_speakers"] else "says"


def _later(first: Claim, second: Claim) -> str:
    return "later it said" if first.as_of < second.as_of else "elsewhere it said"


def _lower(words: str) -> str:
    """A figure that began its sentence ("Thousands of") goes on in the middle of ours; abbreviations stay."""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


@cache
def _words() -> dict[str, Any]:
    file = resources.files("services.ledger").joinpath("phrases.yaml")
    table: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    return table
