"""Who is meant in a longer phrase: "a report by | the ministry", "the Northern Fund | based in Osmia"."""

from __future__ import annotations

from services.read.figures.clauses import JOIN, NAME, NOUN, Clauses
from services.read.figures.speakers.apposed import past_date
from services.read.figures.speakers.descriptions import issuer, possessor
from services.read.figures.speakers.sources import Span
from services.read.wordlists import word_list


def core(clauses: Clauses, span: Span) -> Span:
    """Of "a report by the ministry", "UN data", "a fund based in Osmia" the ministry, the UN and the fund."""
    first, last = span
    tokens = clauses.tokens
    documents = word_list("document_nouns")
    behind = possessor(clauses, first, last)
    issued = (first, behind) if behind is not None else issuer(clauses, first, last)
    if issued is not None:
        return past_date(clauses, *issued), issued[1]
    if last - first > 2 and tokens[last - 1].text.endswith("ed") and tokens[last - 2].lower in documents:
        last -= 1  # "a poll released"
    for i in range(first + 1, last - 1):
        made = i - first >= 2 and tokens[i].lower == "by" and tokens[i - 2].lower in documents  # "data gathered by"
        asked = tokens[i].lower == "of" and tokens[i - 1].lower in word_list("polls")  # "a poll of voters"
        if tokens[i].lower in ("by", "from", "of") and not asked and (made or tokens[i - 1].lower in documents):
            known = issuer(clauses, first, i) if tokens[i].lower != "by" else None
            if known is not None:
                return known  # "UN data from Osmia"
            if tokens[i].lower == "from" and last - 1 in clauses.place_ends and NAME in clauses.classes[first : i - 1]:
                return first, i  # "Northpoll data from Osmia"
            if any(clauses.classes[j] == NAME for j in range(i + 1, last)):
                return i + 1, last
            break
    return first, _description(clauses, first, last)


def _description(clauses: Clauses, first: int, last: int) -> int:
    """The token where what describes a name begins, written without its comma; `last` where nothing does."""
    tokens = clauses.tokens
    for i in range(first + 2, last - 1):  # "The Northern Fund a charity said", written without its commas
        person = tokens[i].lower == "the" and first in clauses.persons and clauses.names.get(first) == i
        if person or (tokens[i].lower in ("a", "an") and clauses.classes[i - 1] in (NAME, NOUN)):
            return i
    for i in range(first + 1, last - 1):
        if tokens[i].lower in word_list("whereabouts") and clauses.classes[i + 1] == "in":
            return i  # "the Northern Fund based in Osmia"
        office = tokens[i].lower in word_list("role_words") and tokens[i].text[0].islower()
        named = i - first >= 2 and all(_is_personal(clauses, k) for k in range(first, i))
        if office and named and clauses.classes[i + 1] in ("of", "in"):
            return i  # "Ada Moreno leader of the Northern Fund"
    return last


def _is_personal(clauses: Clauses, i: int) -> bool:
    """Whether a token may be one of a person's name: no "Authority" of "Relief Authority officials in Osmia"."""
    return clauses.classes[i] in (NAME, JOIN) and clauses.tokens[i].lower not in word_list("source_nouns")
