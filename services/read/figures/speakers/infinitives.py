"""Verbs of speech behind "to" that were spoken all the same: "was forced to admit that 20", "is quick to point out"."""

from __future__ import annotations

from services.read.figures.clauses import Clauses
from services.read.figures.speakers.cue import Cue
from services.read.figures.speakers.statements import before_statement, fits
from services.read.figures.speakers.subject import subject_before
from services.read.text import Sentence

_LEADS_ON = frozenset("went goes continued continues proceeded proceeds began begins rushed hastened hurried".split())
"""Verbs whose "to say" was said: "went on to say", "continued to insist"; no "wanted to say", "refused to say"."""

_MADE = frozenset("forced compelled obliged moved quick fast first last careful keen right".split())
"""What somebody was who said it: "was forced to admit", "was the first to report"."""

_BACK = 4
"""Tokens from "to" back to the subject: "were very quick | to", "went on | to" need 2 and 2."""


def infinitive_cue(clauses: Clauses, sentence: Sentence, i: int) -> Cue | None:
    """The cue of a verb of speech at token `i` behind a "to" that says it was spoken; a statement must follow it."""
    tokens, classes = clauses.tokens, clauses.classes
    to = i - 1
    if to - 2 < sentence.first or tokens[to].lower != "to":
        return None
    if not before_statement(clauses, sentence, i):
        return None
    head = to - 1
    head -= tokens[head].lower == "on"
    verb = head
    if tokens[head].lower in _MADE:
        while verb > max(sentence.first, head - _BACK) and classes[verb] != "be":
            verb -= 1
        if classes[verb] != "be":
            return None
    elif tokens[head].lower not in _LEADS_ON:
        return None
    subject = subject_before(clauses, verb, sentence.first)
    if subject is None or classes[subject[0]] == "first" or not fits(clauses, subject, "source"):
        return None
    return Cue(i, i + 1, subject, "after")
