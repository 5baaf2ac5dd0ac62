"""One line ready to copy: who says what, in the claims' own words, never from the normalised number."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache
from typing import Any

from schemas.claim import Claim
from services.ledger.event.event_words import event_words
from services.ledger.event.voices import is_nameless, one_voice, strangers
from services.ledger.listed import listed
from services.ledger.rules.moment import told_at
from services.ledger.rules.thresholds import thresholds

_TAKEN_BACK = "No longer stands: "
_QUOTE_MARKS = re.compile('["“”«»]')
_OF_WHERE = re.compile(r"(?<=\S) (?:of|in|at|from|near) ", re.I)
""" "Residents of Lahore say", "the chief of police says"; but "province of Idlib activists say"."""
_COMPASS = re.compile(r"(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west) (?:of|from)\b", re.I)

_PEOPLES = re.compile("(?:ians|[^l]eans|icans|stanis|raelis|ngladeshis)$")
"""Russians, Koreans, Americans, Pakistanis; not New Orleans."""


def attribution(first: Claim, second: Claim, *, corrected: bool = False) -> str:
    """`Belarus says approximately 2,000 people are in the camp; Poland says between 3,000 and 4,000 migrants are on
    the border`, of one voice `The agency said 72 people were killed; later said 45 people were killed`, of two outlets
    `The mayor said 9 people were killed (Alpha); elsewhere said 31 people were killed (Beta)`, and of a correction
    `Police said 46 people were killed; corrected by Alpha to 36 people`."""
    outlets = (first.publisher or first.article, second.publisher or second.article)
    if strangers(first, second):
        each = zip((first, second), outlets, strict=True)
        line = "; ".join(f"{_name(claim)} ({outlet}) {_said(claim, _says(claim))}" for claim, outlet in each)
    elif not one_voice(first, second):
        line = "; ".join(f"{_name(claim)} {_said(claim, _says(claim))}" for claim in (first, second))
    elif corrected:
        line = f"{_name(first)} {_said(first, 'said')}; corrected by {outlets[1]} to {_figure(second)}"
    elif _is_later(first, second):
        line = f"{_name(first)} {_said(first, 'said')}; later said {_said(second, '')}"
    else:
        named = [f" ({outlet})" if outlets[0] != outlets[1] else "" for outlet in outlets]
        line = f"{_name(first)} {_said(first, 'said')}{named[0]}; elsewhere said {_said(second, '')}{named[1]}"
    return line[:1].upper() + line[1:]


def _is_later(first: Claim, second: Claim) -> bool:
    """Whether the second is the newer word: by R4's hour, or within it in the same outlet. Where both count as of the
    event's day, the later text has it."""
    hour = timedelta(hours=thresholds(first.metric).later_hours)
    if told_at(second) - told_at(first) >= hour:
        return True
    apart = second.published - first.published
    return apart >= hour or (apart > timedelta() and first.publisher == second.publisher)


def _name(claim: Claim) -> str:
    """The voice in the middle of a line: "Police" that began its sentence goes small, capitals are brought down."""
    name = claim.voice_name
    if claim.speaker is None:
        return name
    if _is_shouted(claim):
        return name.title() if claim.speaker_id else name.lower()
    if name.lower() in _words()["pronouns"]:
        return name.lower()
    return name[:1].lower() + name[1:] if is_nameless(_OF_WHERE.split(name)[0]) else name


def _is_shouted(claim: Claim) -> bool:
    """Whether the sentence is all in capitals, so that they mean nothing."""
    return claim.sentence.isupper()


def taken_back(line: str) -> str:
    """The line of an alert that no longer stands."""
    return line if line.startswith(_TAKEN_BACK) else f"{_TAKEN_BACK}{line}"


def _said(claim: Claim, says: str) -> str:
    """`says approximately 2,000 people are in the camp`, `says there are 22 wounded in Zahraa`, `speaks of $1.5
    billion`, `says the death toll is 70 in West Bengal`: verb, figure, noun where the figure lacks it, place words."""
    words, place = _figure(claim), _place(claim)
    telling = _words()["telling_nouns"] + _words()["telling_of"].get(claim.metric.value, [])
    own = _lower(" ".join(claim.words.split()))
    counts = _is_sum(claim, words) or (claim.counted or "").lower().rpartition(" ")[2] in telling
    if counts and own.partition(" ")[0] in _words()["says_it"] and claim.counted not in own.split():
        return _joined(says, "the" if _is_sum(claim, own) else "", _lower(claim.counted or ""), own, place)
    if _is_sum(claim, words):
        return _joined(says, f"the {_lower(claim.counted or '')} is", words, place)
    phrase = _words()["phrases"].get(claim.metric.value, "")
    if not phrase:
        return _joined(_words()["mentions"].get(says, says), words, place)
    phrase = _words()["of_noun"].get(words.lower().rpartition(" ")[2], phrase)
    one = claim.value == claim.low == claim.high == 1 or words.lower() in _words()["nobody"]
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
    if _is_shouted(claim):
        words, noun = words.lower(), noun.lower()
    last = words.lower().rpartition(" ")[2]
    if noun.lower() in words.lower() or _is_sum(claim, words) or last in _words()["telling_nouns"]:
        return words  # "22 wounded" needs no "people"
    rest, _, head = noun.rpartition(" ")
    if head.lower() in _words()["named_after_the_harm"]:
        rest, head = "", "people"
    else:
        head = (_of_one() if claim.high == 1 else _words()["of_many"]).get(head.lower(), head)
    if last == "others":
        words = words.removesuffix("s")
    return _joined(words, "of" if last in _words()["vague_plurals"] else "", rest, head)


@cache
def _of_one() -> dict[str, str]:
    """Nouns that the reader gives in the plural, as "one" needs them: "one person"."""
    return {many: one for one, many in _words()["of_many"].items()}


def _is_sum(claim: Claim, words: str) -> bool:
    """Whether the noun is a sum of others and stands elsewhere: "the death toll rose to 70"."""
    counted = (claim.counted or "").lower()
    return counted not in words.lower() and counted.rpartition(" ")[2] in _words()["sums"]


def _place(claim: Claim) -> str:
    """The words of the place nearest the figure, not their country, under a preposition of rest: an attack ON a town
    killed people IN it."""
    place = " ".join((claim.place or "").split()).partition(", ")[0].lstrip("-")
    if _is_shouted(claim):
        place = " ".join(word if _is_common(word) else word.capitalize() for word in place.lower().split())
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


def _is_common(word: str) -> bool:
    """Whether a word of a shouted place is no name: "at a mosque in"."""
    known, table = _words()["prepositions"], event_words()
    small = word in table.small_place_words or bool(table.targets.of(word))
    return small or word in ("the", "a", "an", "on") or any(word in words for words in known.values())


def _says(claim: Claim) -> str:
    if claim.speaker is None:
        return "reports"
    head = _OF_WHERE.split(claim.speaker)[0]
    if head.lower() in event_words().not_places:
        head = claim.speaker
    if _is_shouted(claim):
        head = head.lower()
    first, *others = head.split(" and ")  # of names alone it may be one: "Food and Agriculture Organization"
    two = " of " not in first and any(other.startswith(("the ", "a ", "an ")) for other in others)
    return "say" if two or any(_are_many(words.split()[-1]) for words in (first, head)) else "says"


def _are_many(last: str) -> bool:
    """Whether a speaker's last word is a plural: "officials say", "Russians say", "Reuters says"."""
    if last.lower() in _words()["plural_speakers"] or _PEOPLES.search(last):
        return True
    plural = last.islower() and last.endswith("s") and not last.endswith("ss")
    return plural and last not in _words()["singular_speakers"]


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _lower(words: str) -> str:
    """A figure that began its sentence ("Thousands of") goes on in the middle of ours; abbreviations stay."""
    return words[:1].lower() + words[1:] if words[1:2].islower() or words.startswith("A ") else words


@cache
def _words() -> dict[str, Any]:
    table: dict[str, Any] = listed("services.ledger.alerts", "phrases.yaml")
    return table
