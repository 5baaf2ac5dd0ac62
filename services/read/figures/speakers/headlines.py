"""Who speaks in a headline: "Two Held, Lawsuit Says", also in one run into the text: "12 dead NGO AFP Friday …"."""

from __future__ import annotations

from services.read.figures.clauses import NAME, NOUN, Clauses
from services.read.figures.speakers.cue import Cue
from services.read.figures.speakers.pasted import CREDITS
from services.read.text import NUMBER, WORD, Sentence
from services.read.wordlists import word_list, word_table

_SHORT = 4
"""Letters of the longest word that a headline in Capitals may leave small: "With", "from"."""

_TITLED = 4
"""Words a headline in Capitals needs, so that "Moreno Says" alone is none."""

_STAMP = 8
"""Tokens of a stamp or rubric before a headline (half and double: 1 / 0)."""

_LONGEST = 30
"""Tokens before a headline's source; the longest of 461 war reports has 17."""


def is_title(clauses: Clauses, sentence: Sentence) -> bool:
    """Whether all longer words of a sentence have capitals, but not all its letters: a headline."""
    first = sentence.first
    for i in range(first, min(first + _STAMP, sentence.last)):
        if clauses.tokens[i].text == ":":  # "16-11-2014 title: Northern Fund Claims …"
            first = i + 1
    words = [t.text for t in clauses.tokens[first : sentence.last] if t.kind == WORD and len(t.text) > _SHORT]
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
            state = state or (tokens[i].lower == "group" and tokens[i - 1].lower in ("monitoring", "rights"))
            return Cue(i, i + 1, (i - 1 if state else i, i + 1), "before")
    return None


def headline_head(clauses: Clauses, sentence: Sentence) -> Cue | None:
    """The source before a headline's number, without its colon: "Monitors 15 killed in blast"."""
    tokens, i = clauses.tokens, sentence.first
    if sentence.number or i + 3 >= sentence.last or tokens[i].lower not in word_list("headline_sources"):
        return None
    counted = tokens[i + 1].kind == NUMBER or (tokens[i + 1].lower == "at" and tokens[i + 2].lower == "least")
    return Cue(i, i + 1, (i, i + 1), "after") if counted else None


def headline_tail(clauses: Clauses) -> Cue | None:
    """The body a headline ends in, where the text begins with it: "12 Held Northern Fund. The Northern Fund said …"."""
    sentences, tokens = clauses.document.sentences, clauses.tokens
    if len(sentences) < 2:
        return None
    first = sentences[1].first + (tokens[sentences[1].first].text == "The")
    last = sentences[0].last - 1
    size = 0
    while (
        first + size < sentences[1].last
        and tokens[first + size].text[0].isupper()
        and clauses.classes[first + size] in (NAME, NOUN)
    ):
        size += 1
    if size < 2 or last - size <= sentences[0].first + 2:
        return None
    same = [t.lower for t in tokens[first : first + size]] == [t.lower for t in tokens[last - size : last]]
    governed = clauses.classes[last - size - 1] in ("in", "of", "det", "and", "no")
    return Cue(last - size, last, (last - size, last), "before") if same and not governed else None


def _text_opens(clauses: Clauses, i: int) -> bool:
    token, following = clauses.tokens[i], clauses.tokens[i + 1]
    if not token.text[0].isupper():
        return False
    if following.lower in word_list("weekdays") or following.lower in word_list("months"):
        return token.text.isupper() or token.lower in CREDITS
    if token.lower in word_list("weekdays") and following.kind == NUMBER:
        return True  # "12 dead NGO Friday 2 May 2014"
    counted = following.kind == NUMBER or following.lower in word_table("numbers")
    opens = token.lower in word_table("numbers") or (token.lower in ("at", "more", "some", "nearly", "about", "over"))
    return opens and (counted or token.lower in word_table("numbers") or following.lower in ("least", "than"))
