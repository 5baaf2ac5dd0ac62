"""Verbs that speak only with what follows: "called for 20 buses", "raised the toll to 61", "voiced fears for 300"."""

from __future__ import annotations

from services.read.figures.clauses import FIGURE, JOIN, NAME, NOUN, OTHER, Clauses
from services.read.figures.speakers.statements import before_count
from services.read.text import MARK, Sentence

_REVISED = frozenset(
    "raised raises revised revises upped lowered updated upgraded increased doubled trebled tripled halved cut reduced "
    "slashed lifted trimmed increases doubles triples lowers cuts reduces upgrades updates".split()
)
"""Verbs of a toll that is put at a new number."""

_TOLLS = frozenset("toll tolls tally tallies estimate estimates forecast forecasts projection projections".split())
"""What is revised in words; a number of guards that is raised is a deed, one of the dead is not."""

_HARMED = frozenset("dead killed deaths died fatalities casualties victims wounded injured missing displaced".split())

_COUNTED = 6
"""Tokens from "number" to whom it counts: "the number of soldiers and rescuers killed" has 5."""

_REVISED_WITHIN = 26
"""Tokens to the "to" of "raised the toll from strikes on a market in a northern town the previous day to 61"."""

_FEELINGS = frozenset(
    "concern concerns fear fears alarm regret worry worries doubt doubts outrage anger sadness sorrow hope hopes "
    "confidence disappointment dismay grief shock".split()
)
"""What is voiced: who voices it tells what it is about."""

_NEAR = 4
"""Tokens from a verb to what it is about: "expressed its very deep concern" needs 4."""

_ASKED_WITHIN = 14
"""Tokens over whom somebody asks: "asked the government of the northern province and its council to" has 10."""

_QUESTIONS = frozenset({"about", "how", "why", "whether", "if", "what", "who", "where", "when"})
"""What a question, no request, goes on with."""


def is_revising(clauses: Clauses, i: int) -> bool:
    """Whether a verb is one of those that change a toll, and most often other things: "raised", "lowered"."""
    return clauses.tokens[i].lower in _REVISED


def revises_toll(clauses: Clauses, sentence: Sentence, i: int) -> bool:
    """Whether such a verb changes a toll: "raised the death toll to 61", not "raised the number of guards to 61"."""
    tokens = clauses.tokens
    near = {t.lower for t in tokens[i + 1 : min(i + 1 + _NEAR, sentence.last)]}
    ahead = {t.lower for t in tokens[i + 1 : min(i + _REVISED_WITHIN, sentence.last)]}
    harmed = {t.lower for t in tokens[i + 3 : min(i + 3 + _COUNTED, sentence.last)]}
    dead = not near.isdisjoint(("number", "figure", "count")) and not harmed.isdisjoint(_HARMED)
    return (dead or not near.isdisjoint(_TOLLS)) and not ahead.isdisjoint(("to", "by", "from"))


def voices(clauses: Clauses, sentence: Sentence, i: int) -> bool:
    """Whether a feeling about something is told: "expressed deep concern over", "raised fears that"."""
    return any(t.lower in _FEELINGS for t in clauses.tokens[i + 1 : min(i + 1 + _NEAR, sentence.last)])


def asks_for(clauses: Clauses, sentence: Sentence, i: int) -> int | None:
    """The token behind "called for", "asked the army to" or "demanded", where what is asked for begins.

    Whom somebody asks is no part of it: the "nine owners" of "asked nine owners to leave" are the narrator's.
    """
    word, tokens = clauses.tokens[i].lower, clauses.tokens
    following = tokens[i + 1].lower if i + 1 < sentence.last else ""
    if word.startswith("call"):
        return i + 2 if following in ("for", "on", "upon") else None
    if word.startswith(("appeal", "threat")):
        behind = i + 2 + (word.startswith("threat") and following == "not")  # "threatened not to"
        joint = tokens[behind - 1].lower if behind <= sentence.last else ""
        given = joint == "to" and behind < sentence.last and clauses.classes[behind] == FIGURE
        return behind if joint in ("to", "for", "with") and not given else None
    if word.startswith(("ask", "urg")):
        for j in range(i + 1, min(i + _ASKED_WITHIN, sentence.last)):
            if tokens[j].lower in ("to", "for", "that"):
                return j + 1
            if tokens[j].kind == MARK or tokens[j].lower in _QUESTIONS:
                return None
        return None
    hedged = i + 2 < sentence.last and (clauses.classes[i + 2] == FIGURE or tokens[i + 2].lower in ("least", "most"))
    placed = clauses.classes[i + 1 : i + 2] == ["in"] and not hedged  # "the watchdog's requests over a six-year term"
    counts = before_count(clauses, sentence, i) or _counts_ahead(clauses, sentence, i + 1)
    return i + 1 if counts and not placed else None


def _counts_ahead(clauses: Clauses, sentence: Sentence, first: int) -> bool:
    """Whether what is asked for has a number of its own: "demanded | the release of 20 prisoners"."""
    for i in range(first, min(first + _ASKED_WITHIN, sentence.last)):
        if clauses.classes[i] == FIGURE:
            return True
        if clauses.classes[i] not in (NAME, NOUN, OTHER, JOIN, "det", "of") and clauses.tokens[i].text not in "$€£":
            return False
    return False
