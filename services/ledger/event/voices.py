"""Whether two claims are one voice's. "Residents said" in two papers are two sets of residents."""

from __future__ import annotations

from functools import lru_cache

from schemas.claim import Claim
from services.ledger.event.event_words import event_words


def strangers(one: Claim, other: Claim) -> bool:
    """Whether two outlets each quote a group that nobody named, in two texts: what one says does not replace, revise or
    misquote what the other says. Copies of one text quote the same people."""
    return (
        one.voice == other.voice
        and (one.publisher or one.article) != (other.publisher or other.article)
        and one.lineage != other.lineage
        and is_nameless_group(one)
    )


def one_voice(one: Claim, other: Claim) -> bool:
    """Whether both are said by one person, office or outlet."""
    return one.voice == other.voice and not strangers(one, other)


def heard(claim: Claim) -> str:
    """The voice, for a nameless group with the outlet that quotes it."""
    if not is_nameless_group(claim):
        return claim.voice
    return f"{claim.voice} ({claim.publisher or claim.article})"


def is_nameless_group(claim: Claim) -> bool:
    """Whether the speaker is "residents", "local officials", "police": a plural or an office without whose or where."""
    return claim.speaker is not None and claim.speaker_id is None and is_nameless(claim.speaker)


@lru_cache(maxsize=8_192)
def is_nameless(speaker: str) -> bool:
    """Whether all words of a speaker are of a group that has no name (events.yaml)."""
    table = event_words()
    *front, head = speaker.lower().split() or [""]
    return head in table.bare_groups and all(word in table.bare_fronts for word in front)


def sides_of(one: Claim, other: Claim) -> tuple[str, str]:
    """The names under which a dispute of two claims runs: two outlets' "residents" are two."""
    return (heard(one), heard(other)) if strangers(one, other) else (one.voice, other.voice)
