"""Flags of what an editor must know before using a verdict, beyond the rules: a misquote, a headline that its own text
contradicts."""

from __future__ import annotations

from schemas.claim import Claim
from schemas.verdict import Verdict
from services.ledger.event.apart import told_apart
from services.ledger.event.voices import is_nameless_group
from services.ledger.rules.ranges import firmly_apart

HEADLINE = "headline_against_body"
_OWN_WORDS = frozenset({"gate_own_voice", "gate_one_voice_twice"})
"""Reasons of silence that hold because one text wrote both numbers: exactly where a headline can be wrong."""
_LEAD = 4
"""Sentences after the headline that tell the same news; further down a text goes on to other events."""
_FULL_STOPS = (".", "!", "?", "…", '."', ".”", '?"', '!"')


def guarded(one: Claim, other: Claim, verdict: Verdict) -> Verdict:
    """The verdict with what the guards see. A headline against its body is noted, and is no alert: the text names
    nobody else who disagrees."""
    if is_misquote(one, other, verdict):
        why = "one speaker, two outlets, two numbers of one moment: one of the two may misquote"
        return verdict.noting("misquote", why)
    if is_headline_against_body(one, other, verdict):
        why = "the headline and the text below it give numbers that exclude each other"
        noted = {"verdict": "conflict", "severity": "info", "reason": HEADLINE}
        return verdict.model_copy(update=noted).noting(HEADLINE, why)
    return verdict


def is_misquote(one: Claim, other: Claim, verdict: Verdict) -> bool:
    """Whether two outlets put different numbers of one moment into one named speaker's mouth."""
    return (
        verdict.verdict == "conflict"
        and "same_speaker" in verdict.flags
        and one.speaker is not None
        and other.speaker is not None
        and one.voice == other.voice
        and not is_nameless_group(one)
        and one.article_id != other.article_id
        and (one.publisher or one.article) != (other.publisher or other.article)
    )


def is_headline_against_body(one: Claim, other: Claim, verdict: Verdict) -> bool:
    """Whether one text's headline and its lead firmly exclude each other on what is one count by all its fields."""
    if one.article_id != other.article_id or verdict.reason not in _OWN_WORDS:
        return False
    headline, body = sorted((one, other), key=lambda claim: (claim.part == "text", claim.start))
    return (_is_above if headline.part == "title" else _is_on_top)(headline, body) and firmly_apart(one, other)


def _is_on_top(headline: Claim, body: Claim) -> bool:
    """Whether a claim stands in the first line of its text, not ended as a sentence is, and the other in the lead."""
    if headline.sentence_index > 0 or headline.sentence.rstrip().endswith(_FULL_STOPS):
        return False
    return 0 < body.sentence_index <= _LEAD and headline.scope == body.scope


def _is_above(title: Claim, body: Claim) -> bool:
    """Whether a claim stands in the title, and the other in the lead and on the same thing as far as they say."""
    return body.sentence_index < _LEAD and title.scope == body.scope and not told_apart(title, body)
