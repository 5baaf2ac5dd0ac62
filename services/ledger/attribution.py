"""One line ready to copy: who says what, in the claims' own words, never from the normalised number."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Any

import yaml

from schemas.claim import Claim

_TAKEN_BACK = "No longer stands: "
_QUOTE_MARKS = re.compile('["“”«»]')
_COMPASS = re.compile(r"(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west) (?:of|from)\b", re.I)


def attribution(first: Claim, second: Claim) -> str:
    """`Belarus says approximately 2,000 people are in the camp; Poland says between 3,000 and 4,000 migrants are on
    the border`, or of one voice `The agency said 72 people were killed; later it said 45 people were killed`."""
    if first.voice == second.voice:
        later = "later it" if first.as_of < second.as_of else "elsewhere it"
        line = "; ".join((f"{first.voice_name} {_said(first, 'said')}", f"{later} {_said(second, 'said')}"))
    else:
        line = "; ".join(f"{claim.voice_name} {_said(claim, _says(claim))}" for claim in (first, second))
    return line[:1].upper() + line[1:]


def taken_back(line: str) -> str:
    """The line of an alert that no longer stands."""
    return line if line.startswith(_TAKEN_BACK) else f"{_TAKEN_BACK}{line}"


def _said(claim: Claim, says: str) -> str:
    """`says approximately 2,000 people are in the camp`, `says there are 22 wounded in Zahraa`, `speaks of $1.5
    billion`, `says the death toll is 70 in West Bengal`: verb, figure, noun where the figure lacks it, place words."""
    words, place = _figure(claim), _place(claim)
    if _is_sum(claim, words):
        return _joined(says, f"the {_lower(claim.counted or '')} is", words, place)
    phrase = _words()["phrases"].get(claim.metric.value, "")
    if not phrase:
        return _joined(_words()["mentions"].get(says, says), words, place)
    one = claim.value == claim.low == claim.high == 1
    telling = _words()["telling_nouns"] + _words()["telling_of"].get(claim.metric.value, [])
    if phrase == "there are" or any(word in telling for word in words.lower().split()):
        there = "" if says == "reports" else "there is" if one else "there are"
        return _joined(says, there, words, place)
    if phrase == "are" and not place:
        phrase = "are there"
    verb, _, rest = phrase.partition(" ")
    return _joined(says, words, _words()["of_one"].get(verb, verb) if one else verb, rest, place)


def _figure(claim: Claim) -> str:
    """The figure as written, with the noun it counts where that stands elsewhere in the sentence."""
    words, noun = _lower(" ".join(_QUOTE_MARKS.sub("", claim.words).split())), claim.counted or ""
    last = words.lower().rpartition(" ")[2]
    if noun.lower() in words.lower() or _is_sum(claim, words) or last in _words()["telling_nouns"]:
        return words  # "22 wounded" needs no "people"
    rest, _, head = noun.rpartition(" ")
    if head.lower() in _words()["named_after_the_harm"]:
        rest, head = "", "people"
    elif claim.high != 1:
        head = _words()["of_many"].get(head.lower(), head)
    if last == "others":
        words = words.removesuffix("s")
    return _joined(words, "of" if last in _words()["vague_plurals"] else "", rest, head)


def _is_sum(claim: Claim, words: str) -> bool:
    """Whether the noun is a sum of others and stands elsewhere: "the death toll rose to 70"."""
    counted = (claim.counted or "").lower()
    return counted not in words.lower() and counted.rpartition(" ")[2] in _words()["sums"]


def _place(claim: Claim) -> str:
    """The words of the place nearest the figure, not their country, under a preposition of rest: an attack ON a town
    killed people IN it."""
    place = " ".join((claim.place or "").split()).partition(", ")[0].lstrip("-")
    first, _, rest = place.partition(" ")
    known = _words()["prepositions"]
    if not place or _COMPASS.match(place) or first.lower() in known["of_rest"]:
        return _lower(place)
    if first.lower() in ("from", "to") and claim.metric.value in known["leaving"]:
        return _lower(place)
    if first.lower() == "on":
        surface = any(word in known["on_these"] for word in rest.lower().partition(" of ")[0].split())
        return f"on {rest}" if surface else f"in {rest}"
    return f"in {rest}" if first.lower() in known["of_motion"] else f"in {place}"


def _says(claim: Claim) -> str:
    if claim.speaker is None:
        return "reports"
    last = claim.speaker.split()[-1]
    plural = last.islower() and last.endswith("s") and not last.endswith("ss")  # "officials say", "Reuters says"
    return "say" if plural or last.lower() in _words()["plural_speakers"] else "says"


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _lower(words: str) -> str:
    """A figure that began its sentence ("Thousands of") goes on in the middle of ours; abbreviations stay."""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


@cache
def _words() -> dict[str, Any]:
    file = resources.files("services.ledger").joinpath("phrases.yaml")
    table: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    return table
