"""The name behind a description without a comma: "cyber firm | Northpoll", "a May 2016 | Northern Fund"."""

from __future__ import annotations

from services.read.figures.clauses import FIGURE, JOIN, NAME, NOUN, OTHER, Clauses
from services.read.figures.speakers.sources import Span, is_time
from services.read.wordlists import word_list


def past_description(clauses: Clauses, first: int, last: int) -> Span:
    """The name alone, where small words that tell what it is open a phrase and its own capitals end it.

    With a noun of those who speak before the name, or adjectives only: "reservation app Osmia Table", "nonpartisan
    Northern Institute". A person's "of" and what follows are no part: "economist Ada Moreno | of Osmia College".
    """
    tokens, classes = clauses.tokens, clauses.classes
    i = first
    while i < last and (tokens[i].text[0].islower() or tokens[i].text == "-") and classes[i] in (OTHER, NOUN, JOIN):
        i += 1
    if i in (first, last) or classes[i] != NAME:
        return first, last
    head = tokens[i - 1].lower
    if head == "-" or head in word_list("part_words"):
        return first, last  # "pro-Osmia Front", and "northern Osmia Front" is of a part of it
    end = i
    while end < last and classes[end] in (NAME, JOIN):
        end += 1
    person = head in word_list("role_words") or head in word_list("persons")
    if end < last and (not person or classes[end] not in ("of", "in") or end - i < 2):
        return first, last
    speaks = person or head in word_list("source_nouns") or head in word_list("media_nouns")
    several = head.endswith("s") and speaks  # "rescuers Moreno and Lund"
    plain = all(classes[j] != NOUN for j in range(first, i)) and not head.endswith(("s", "ing"))
    return (i, end) if (speaks and not several) or plain else (first, last)


def past_date(clauses: Clauses, first: int, last: int) -> int:
    """Where a name begins behind an article and a date: "A June 2016 | Inspector General"."""
    i = first
    if clauses.classes[i] != "det" or clauses.tokens[i].lower not in ("a", "an"):
        return first
    i += 1
    while i < last - 1 and (is_time(clauses, i) or clauses.classes[i] == FIGURE):
        i += 1
    return i if i > first + 1 else first
