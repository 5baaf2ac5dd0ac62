"""The subject of a cue's verb: "the ministry" of "… in the city the ministry said", with commas or without."""

from __future__ import annotations

from collections.abc import Iterator

from services.read.figures.clauses import BREAK, COMMA, FIGURE, JOIN, NAME, NOUN, OTHER, QUOTE, Clauses
from services.read.figures.speakers.heads import is_party, is_person, opening_name, opening_person, relative_of
from services.read.figures.speakers.sources import (
    INSIDE,
    LONGEST,
    Span,
    is_participle,
    is_source_like,
    is_time,
    may_speak,
    only_speaks,
    opens_phrase,
)
from services.read.figures.speakers.subject_start import subject_start
from services.read.text import MARK, Token
from services.read.wordlists import word_list

DASHES = frozenset("-–—")

_SOME = frozenset({"another", "others", "some", "many", "several", "both"})
"""Words that are a whole subject before a verb of speech: "Another said, …"."""

_LEVELS = frozenset("district provincial regional municipal federal national deputy".split())
"""What stands before an office and belongs to it: "district Governor Ada Moreno"."""

_CUTS = frozenset({"but", "because", "although", "though", "whereas", "so", "nor", "yet"})
"""Words that join a clause on; the others of their class stand inside what describes a name, too."""


def subject_before(clauses: Clauses, cue: int, floor: int) -> Span | None:
    """The subject of the verb at token `cue`, not reaching before `floor`; None where a quotation or nothing is."""
    classes = clauses.classes
    last = skip_back(clauses, cue, floor)
    if last <= floor or classes[last - 1] == "no":
        return None
    if clauses.tokens[last - 1].text == ")":
        last = _before_parenthesis(clauses, last - 1, floor)
    if classes[last - 1] == BREAK and clauses.tokens[last - 1].text in DASHES:
        last = _before_dash(clauses, last - 1, floor)
    before = classes[last - 1] if last > floor else "and"
    if before == COMMA:
        return opening_person(clauses, last - 1, floor) or _before_apposition(clauses, last - 1, floor)
    object_ = clauses.tokens[last - 1].lower in ("him", "them", "her")
    around = object_ and last - 3 >= floor and clauses.tokens[last - 3].lower in ("those", "people")
    alone = (before in ("pronoun", "first") and not object_) or clauses.tokens[last - 1].lower in _SOME
    if around or alone:
        return last - (3 if around else 1), last  # "those around him"
    if clauses.tokens[last - 1].lower == "that" and last - 2 > floor and last == cue:
        before = (
            "relative"  # "polls | that | show": behind a verb or a mark it opens a clause, with a subject of its own
        )
    if before == "relative":  # "the ministry, which said"
        last -= 2 if last - 2 >= floor and classes[last - 2] == COMMA else 1
    if before == "and":
        return None
    governed = _governed_before(clauses, last, floor) if before == "relative" else None
    subject = (governed, last) if governed is not None else _ending_before(clauses, last, floor)
    if subject is not None and subject[1] - 1 in clauses.place_ends:
        subject = _before_its_country(clauses, subject, floor) or subject
    if subject is None or any(clauses.classes[i] not in (NOUN, OTHER) for i in range(*subject)):
        return subject
    return _short_name(clauses, subject[0]) or subject  # "the Relief Committee (NRC) | staff said"


def _ending_before(clauses: Clauses, last: int, floor: int) -> Span | None:
    """The subject that ends before token `last`, or whose relative clause does."""
    relative = relative_of(clauses, last, floor)
    while relative is not None:
        head = phrase_ending(clauses, relative, floor)
        if head is not None and _opens(clauses, head, floor) and is_source_like(clauses, head):
            return head  # "… by rebels who fled | a monitor said" has its subject behind the clause
        relative = relative_of(clauses, relative, floor)  # "Moreno who leads a team that came on Friday | said"
    return opening_name(clauses, last, floor) or phrase_ending(clauses, last, floor)


def _opens(clauses: Clauses, head: Span, floor: int) -> bool:
    """Whether nothing but an office stands before a phrase: "Trade Minister of Osmia | Ada Moreno"."""
    if head[0] - floor <= 1 or clauses.classes[head[0] - 1] == COMMA:
        return True
    post = all(clauses.classes[i] in (NAME, NOUN, "of", "det", JOIN) for i in range(floor, head[0]))
    return post and head[0] in clauses.persons


def skip_back(clauses: Clauses, cue: int, floor: int) -> int:
    """The token behind the subject: leaves out "also", "has", "on Monday" between it and its verb."""
    classes, tokens = clauses.classes, clauses.tokens
    past = tokens[cue - 1].lower == "past" and [t.lower for t in tokens[max(floor, cue - 3) : cue - 1]] == ["in", "the"]
    last = cue - 3 if past else cue
    while last > floor:
        day = tokens[last - 1].lower in ("on", "in") or classes[last - 1] == FIGURE
        dated = day and last < cue and is_time(clauses, last)
        dated = dated or (classes[last - 1] == FIGURE and last - 2 > floor and is_time(clauses, last - 2))  # May 2015
        year = classes[last - 1] == FIGURE and len(tokens[last - 1].text) == len("2005") and last == cue
        dated = dated or (year and last - 2 > floor and tokens[last - 2].lower == "in")  # "in 2005"
        dated = dated or (day and last < cue and last > floor and classes[last] == FIGURE)
        dated = dated or (tokens[last - 1].lower == "first" and last == cue)  # "the daily first reported"
        if not (dated or classes[last - 1] in ("adverb", "aux") or (is_time(clauses, last - 1) and last - 1 > floor)):
            break
        last -= 1
    if floor < last < cue and tokens[last - 1].lower in ("this", "on"):
        last -= 1  # "a poll released this | week"
    return last


def phrase_ending(clauses: Clauses, last: int, floor: int) -> Span | None:
    """The noun phrase that ends before token `last`, found by walking left to what cuts a clause."""
    classes, tokens = clauses.classes, clauses.tokens
    if only_speaks(clauses, last - 1):  # "Savage said on Saturday:" has its cue
        return None
    lowest = max(floor, last - LONGEST)
    first = last
    joint: int | None = None  # the last 'and' whose right side could be a whole subject
    heavy = False
    while first > lowest:
        kind = classes[first - 1]
        if _is_inside(clauses, first - 1, last):
            first -= 1
            continue
        if kind not in INSIDE or only_speaks(clauses, first - 1) or (kind == "pronoun" and first != last):
            break
        if kind == OTHER and first != last and is_participle(clauses, first - 1, lowest):
            reduced = classes[first] == "in" or is_time(clauses, first) or tokens[first].lower in ("this", "last")
            if reduced and is_source_like(clauses, (max(lowest, first - 2), first - 1)):
                first -= 1  # "a report released in May": the phrase goes on
                continue
            if opens_phrase(classes[first]):
                break
        if kind == "and" and joint is None and first < last and classes[first] in ("det", NAME, "pronoun"):
            # "the Department of Prisons and Parole" is one body
            joint = None if classes[first - 2] == NAME and classes[first - 3] == "of" else first
        made = tokens[first - 1].lower == "by" and tokens[first - 2].lower in word_list("document_nouns")
        heavy = heavy or (joint is not None and kind in ("in", FIGURE) and not made)  # "tallies by X and others"
        first -= 1
    if joint is not None and heavy:
        first = joint
    while first < last and classes[first] in ("and", "adverb", JOIN, "of"):
        first += 1
    opens = first
    first = _name_start(clauses, subject_start(clauses, first, last), lowest)
    office = first < last and tokens[first].lower in word_list("role_words")
    if office and first > opens and tokens[first - 1].lower in _LEVELS:
        first -= 1
    if first < last:
        return (first, last) if may_speak(clauses, first, last) else None
    return _whole(clauses, last, floor)


def _is_inside(clauses: Clauses, i: int, last: int) -> bool:
    """Whether a phrase goes on over a small word: "those 18 | to | 35 years old", "an exercise | led | by the fund"."""
    if clauses.classes[i] == "adverb":  # "a clerk of | nearly | four years"
        return i + 1 < last and clauses.classes[i + 1] == FIGURE and clauses.classes[i - 1] == "of"
    if clauses.classes[i] == "no":
        return clauses.tokens[i].lower == "to" and clauses.classes[i + 1] == FIGURE
    joined = clauses.tokens[i - 1].text == "-"  # "in rebel-held Osmia"
    return clauses.classes[i] == "verb" and i + 1 < last and (joined or clauses.tokens[i + 1].lower == "by")


def _whole(clauses: Clauses, last: int, floor: int) -> Span | None:
    """All that stands between a sentence's head and its first verb: "The Centre for Aid and Relief in Osmia | said".

    A number or a time would be of a headline or a stamp that runs on.
    """
    plain = (NAME, NOUN, OTHER, JOIN, "det", "of", "in", "and")
    if last - floor > _OPENING or clauses.classes[floor] not in ("det", NAME, NOUN):
        return None
    if any(clauses.classes[i] not in plain or is_time(clauses, i) for i in range(floor, last)):
        return None
    spoken = any(clauses.tokens[i].lower in word_list("source_nouns") for i in range(floor, last))
    participle = any(is_participle(clauses, i, floor) for i in range(floor, last))
    return (floor, last) if spoken and not participle else None


_OPENING = 20
"""Tokens of a subject with what belongs to it; the longest seen before its verb has 15."""


def _name_start(clauses: Clauses, first: int, floor: int) -> int:
    """The first token of the name that token `first` stands inside, else `first`: "the Northern | Front group"."""
    if first not in clauses.inside:
        return first
    for i in range(first, floor - 1, -1):
        if i in clauses.names:
            return i if clauses.names[i] > first else first
    return first


def _governed_before(clauses: Clauses, last: int, floor: int) -> int | None:
    """Where "a nurse" of "an interview with a nurse | who said" begins: behind a preposition, with nothing inside."""
    for i in range(last - 1, max(floor, last - _GOVERNED), -1):
        if clauses.classes[i] == "det":
            several = clauses.tokens[i].lower not in ("a", "an")  # "Aid to the Church in the North | which said"
            return i if clauses.classes[i - 1] == "in" and i < last - 1 and not several else None
        if clauses.classes[i] == "in" and clauses.tokens[i].lower in _GOVERNORS and i < last - 1:
            return i + 1 if last - 1 not in clauses.place_ends and NAME in clauses.classes[i + 1 : last] else None
        if clauses.classes[i] not in (NAME, NOUN, OTHER):
            return None
    return None


_GOVERNORS = frozenset({"by", "with", "from", "against"})
"""Prepositions before one who acts: "handed out by Osmia Aid, who said"."""

_GOVERNED = 5
"""Tokens of "a former camp nurse" before its "who"."""


def _before_apposition(clauses: Clauses, comma: int, floor: int) -> Span | None:
    """The subject of "Rahman, head of the group, said": the first phrase that what follows could describe."""
    classes = clauses.classes
    best: Span | None = None
    for start, end in _stretches(clauses, comma, floor):
        if best is None and start > floor and end - start <= 3 and _is_place_after_comma(clauses, start, end):
            continue
        aside = end - start <= 3 and clauses.tokens[end - 1].lower in word_list("asides")
        aside = aside or is_party(clauses, start)
        # "A poll, conducted with the Fund and a bank, found"
        aside = aside or (is_participle(clauses, start, start) and classes[start + 1] in ("in", "adverb"))
        told = classes[start] == "det" and "relative" in classes[start:end]  # "a nurse who …"
        if best is None and (aside or classes[start] == "relative" or (told and start > floor)):
            continue  # "A survey of delegates, who matter here, found", "The mayor, for instance, said"
        short = _short_name(clauses, end)
        if short is not None and best is None:
            return short
        bracket = clauses.tokens[end - 1].text == ")"  # "Ada Moreno (R-Tex.), a nurse, said"
        behind = max(_before_parenthesis(clauses, end - 1, start), start + 1) if bracket else end
        phrase = phrase_ending(clauses, behind, start)
        if phrase is None or phrase[0] - start > 8:
            if best is not None or not _describes(clauses, start):
                break
            continue
        owned = clauses.tokens[phrase[0] - 1].lower.endswith("'s")  # "Veronia's | General Security Agency, known as"
        if phrase[0] != start and classes[start] not in ("and", "adverb", "in", BREAK) and not owned:
            if best is None and classes[start] == "det" and _describes(clauses, start):
                continue  # "The Fund, the group linked to the nation's largest union, said"
            break
        best = phrase
        if not _describes(clauses, start) or is_person(clauses, *phrase):
            break
    return best


_BRACKETED = 4
"""Tokens of a name and its short form in brackets (half and double: 0 / 0)."""


def _short_name(clauses: Clauses, end: int) -> Span | None:
    """The short name in brackets before token `end`: the name before it may have a comma of its own."""
    tokens = clauses.tokens
    if end < _BRACKETED or tokens[end - 1].text != ")" or tokens[end - 3].text != "(":
        return None
    short = len(tokens[end - 2].text) > 1  # no party's "(R)"
    return (end - 2, end - 1) if short and tokens[end - 2].text.isupper() and clauses.classes[end - 2] == NAME else None


def _stretches(clauses: Clauses, comma: int, floor: int) -> Iterator[Span]:
    """What stands between commas before a comma, the nearest first, up to a quotation or a mark that cuts."""
    end = i = comma
    while i > floor and comma - i < 2 * LONGEST:
        kind = clauses.classes[i - 1]
        if kind == QUOTE or (kind == BREAK and _cuts(clauses.tokens[i - 1])):
            break
        if kind == COMMA:
            yield i, end
            end = i - 1
        i -= 1
    yield i, end


def _cuts(token: Token) -> bool:
    """Whether a small word or mark ends what could describe a subject: ";", "but", no "more than", no bracket."""
    return token.text not in "()$€£%" if token.kind == MARK else token.lower in _CUTS


def _is_place_after_comma(clauses: Clauses, start: int, end: int) -> bool:
    """The "Mo." of "a driver from Ava, Mo., who …", the "Syria" of "doctors in Idlib, Syria, said": no subject.

    A short name, or a known place, right behind a stretch that ends in a name.
    """
    classes = clauses.classes
    if start < 2 or classes[start - 1] != COMMA or classes[start - 2] != NAME or clauses.tokens[start].text == "and":
        return False
    start += clauses.tokens[start].lower in word_list("part_words")  # "northern Syria"
    if any(classes[i] not in (NAME, JOIN) for i in range(start, end)):
        return False
    return clauses.tokens[end - 1].text == "." or end - 1 in clauses.place_ends


def _before_its_country(clauses: Clauses, place: Span, floor: int) -> Span | None:
    """The "Doctors in Idlib" of "Doctors in Idlib, Syria said", whose country has no second comma.

    It must open its clause and be of those who speak: in "After talks in Idlib, Syria said" Syria does.
    """
    classes, comma = clauses.classes, place[0] - 1
    if comma <= floor + 1 or classes[comma] != COMMA or not _is_place_after_comma(clauses, *place):
        return None
    head = phrase_ending(clauses, comma, floor)
    if head is None or "in" not in classes[head[0] : comma] or head[0] in clauses.place_ends:
        return None
    preposition = classes.index("in", head[0], comma)
    speaks = clauses.tokens[preposition - 1].lower in word_list("source_nouns")
    before = clauses.tokens[head[0] - 1].lower if head[0] > floor else "that"
    return head if speaks and before in ("that", "but", "while", "and", ",") else None


def _describes(clauses: Clauses, start: int) -> bool:
    """Whether the stretch at `start` tells what somebody before it is: "head of …", "a …", "who …", an age."""
    token = clauses.tokens[start]
    if clauses.classes[start] in ("relative", FIGURE):
        return True
    if clauses.classes[start] == "det":
        return token.lower in ("a", "an", "the", "one", "its", "his", "her")
    if (token.lower.endswith("ed") and token.text[0].islower()) or token.lower in _ALSO:
        return True  # ", conducted in May,", ", also known as the Fund,"
    if start + 1 < len(clauses.tokens) and clauses.tokens[start + 1].lower in ("democrat", "republican"):
        return True  # "Ada Moreno, Osmia Republican, said"
    for i in range(start, min(start + 2, len(clauses.tokens))):
        if clauses.tokens[i].lower.endswith(("'s", "’s", "s'", "s’")):  # "Ada Lund, Moreno's chief strategist, said"
            behind = clauses.tokens[i + 1 : i + 4]
            ranked = clauses.tokens[i + 1].lower in _RANKS or clauses.tokens[i + 1].lower.endswith("est")
            return ranked or any(t.lower in word_list("role_words") and t.text[0].islower() for t in behind)
    office = token.lower in word_list("role_words") and (token.text[0].islower() or token.text.isupper())
    return office or token.lower in ("in", "from", "of", "at", "citing", "quoting", "speaking")


_ALSO = frozenset({"also", "known", "formerly", "himself", "herself", "itself", "themselves"})
"""What opens a description besides: "the agency, also known as the Fund", "Moreno, herself a nurse"."""

_RANKS = frozenset({"main", "most", "top", "leading", "only", "first", "second", "third", "second-largest", "biggest"})
"""What ranks a body among its kind, besides "largest": "Osmia police, Veronia's largest force, said"."""


def _before_dash(clauses: Clauses, dash: int, floor: int) -> int:
    """The token behind a subject with a remark between dashes: "Leaders – and most of all Moreno – insisted"."""
    for i in range(dash - 1, max(floor, dash - LONGEST), -1):
        if clauses.classes[i] == BREAK and clauses.tokens[i].text in DASHES:
            return i
    return floor


def _before_parenthesis(clauses: Clauses, close: int, floor: int) -> int:
    for i in range(close - 1, max(floor, close - 12) - 1, -1):
        if clauses.tokens[i].text == "(":
            return i
    return close
