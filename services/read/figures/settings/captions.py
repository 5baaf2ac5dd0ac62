"""Which sentences stand below a photo: they tell what is seen on it, not where the news happened."""

from __future__ import annotations

from services.read.text import Document

_CREDITS = frozenset({"reuters", "photo", "getty", "afp", "epa", "caption"})

_OPENS = 3
"""Tokens from a sentence's head within which a credit belongs to the sentence before it: "(AP Photo/Ada Moreno)"."""

_CLOSES = 6
"""Tokens from a credit to the end of its sentence: "REUTERS/Ada de Moreno/File Photo"."""

_LAST = 2
"""Tokens from "| AP Photo", which names no photographer, to the end of its sentence."""

_POLLSTERS = frozenset({"ipsos", "zogby"})
"""Behind an agency and a stroke these make a poll."""


def captions(document: Document) -> frozenset[int]:
    """Numbers of the sentences that a photo's credit ends, or that "Image caption" opens."""
    tokens, found = document.tokens, set[int]()
    last = len(tokens) - 1
    for i in document.tokens_of(_CREDITS, 0, len(tokens)):
        word, before = tokens[i].lower, tokens[i - 1].lower if i else ""
        sentence = document.sentence_at(tokens[i].start)
        if word == "caption":
            if before == "image":
                found.add(sentence.number)
            continue
        opens, closes = i - sentence.first < _OPENS, sentence.last - i <= _CLOSES
        behind = tokens[i + 1].lower if i < last else ""
        stroke = behind == "/" and i + 1 < last and tokens[i + 2].lower not in _POLLSTERS
        credit = (word, behind) == ("getty", "images") or (stroke and (word != "photo" or before == "ap"))
        if (credit and (opens or closes)) or ((word, before) == ("photo", "ap") and sentence.last - i <= _LAST):
            found.add(sentence.number - opens)
    return frozenset(found)
