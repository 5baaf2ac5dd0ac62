"""Who speaks in a headline: "Two Held, Lawsuit Says", also in one run into the text: "12 dead NGO AFP Friday …"."""

from __future__ import annotations

from services.read.figures.clauses import Clauses
from services.read.figures.speakers.cue import Cue
from services.read.text import NUMBER, WORD, Sentence
from services.read.wordlists import word_list, word_table

_SHORT = 4
"""Letters of the longest word that a headline in Capitals may leave small: "With", "from"."""

_TITLED = 4
"""Words a headline in Capitals needs, so that "Moreno Says" alone is none."""

_LONGEST = 30
"""Tokens before a headline's source; the longest of 461 war reports has 17."""


def is_title(clauses: Clauses, sentence: Sentence) -> bool:
    """Whether all longer words of a sentence have capitals, but not all its letters: a headline."""
    words = [t.text for t in clauses.tokens[sentence.first : sentence.last] if t.kind == WORD and len(t.text) > _SHORT]
    return len(words) >= _TITLED and all(w[0].isupper() for w in words) and not all(w.isupper() for w in words)


def headline_end(clauses: Clauses, sentence: Sentence) -> Cue | None:
    """The source at the end of a headline that runs on into the text's first sentence without a stop.

    What follows tells: an agency with the day ("AFP Friday 2 May 2014"), or the number the text opens with ("At least
    20 people …", "Six …").
    """
    tokens = clauses.tokens
    if sentence.number:
        return None
    for i in range(sentence.first + 3, min(sentence.first + _LONGEST, sentence.last - 2)):
        closes = tokens[i].lower in word_list("headline_sources") and clauses.classes[i - 1] not in ("det", "of")
        if closes and _text_opens(clauses, i + 1):
            state = tokens[i].lower in ("media", "tv") and tokens[i - 1].lower == "state"
            return Cue(i, i + 1, (i - 1 if state else i, i + 1), "before")
    return None


def _text_opens(clauses: Clauses, i: int) -> bool:
    token, following = clauses.tokens[i], clauses.tokens[i + 1]
    if not token.text[0].isupper():
        return False
    if following.lower in word_list("weekdays") or following.lower in word_list("months"):
        return token.text.isupper()
    counted = following.kind == NUMBER or following.lower in word_table("numbers")
    opens = token.lower in word_table("numbers") or (token.lower in ("at", "more", "some", "nearly", "about", "over"))
    return opens and (counted or token.lower in word_table("numbers") or following.lower in ("least", "than"))
