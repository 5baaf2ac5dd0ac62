"""The subject of a cue's verb: "the ministry" of "… in the city the ministry said", with commas or without."""

from __future__ import annotations

from collections.abc import Iterator

from services.read.figures.clauses import BREAK, COMMA, FIGURE, JOIN, NAME, NOUN, OTHER, QUOTE, Clauses
from services.read.figures.speakers.heads import is_party, opening_name, opening_person, person_start, relative_of
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
from services.read.text import MARK, Token
from services.read.wordlists import word_list, word_table

DASHES = frozenset("-–—")

_SOME = frozenset({"another", "others", "some", "many", "several", "both"})
"""Words that are a whole subject before a verb of speech: "Another said, …"."""

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
    object_ = clauses.tokens[last - 1].lower in ("him", "them")  # "those around him"
    if (before in ("pronoun", "first") and not object_) or clauses.tokens[last - 1].lower in _SOME:
        return last - 1, last
    if before == "relative":  # "the ministry, which said"
        last -= 2 if last - 2 >= floor and classes[last - 2] == COMMA else 1
    if before == "and":
        return None
    relative = relative_of(clauses, last, floor)
    head = phrase_ending(clauses, relative, floor) if relative is not None else None
    opens = head is not None and (head[0] - floor <= 1 or classes[head[0] - 1] == COMMA)
    if head is not None and opens and is_source_like(clauses, head):
        return head  # "… by rebels who fled | a monitor said" has its subject behind the clause
    return opening_name(clauses, last, floor) or phrase_ending(clauses, last, floor)


def skip_back(clauses: Clauses, cue: int, floor: int) -> int:
    """The token behind the subject: leaves out "also", "has", "on Monday" between it and its verb."""
    classes, tokens = clauses.classes, clauses.tokens
    past = tokens[cue - 1].lower == "past" and [t.lower for t in tokens[max(floor, cue - 3) : cue - 1]] == ["in", "the"]
    last = cue - 3 if past else cue
    while last > floor:
        day = tokens[last - 1].lower in ("on", "in") or classes[last - 1] == FIGURE
        dated = day and last < cue and is_time(clauses, last)
        dated = dated or (classes[last - 1] == FIGURE and last - 2 > floor and is_time(clauses, last - 2))  # May 2015
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
        if kind == "no" and tokens[first - 1].lower == "to" and classes[first] == FIGURE:  # "those 18 to 35 years old"
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
            joint = first
        heavy = heavy or (joint is not None and kind in ("in", FIGURE))
        first -= 1
    if joint is not None and heavy:
        first = joint
    while first < last and classes[first] in ("and", "adverb", JOIN, "of"):
        first += 1
    first = _name_start(clauses, _subject_start(clauses, first, last), lowest)
    return (first, last) if first < last and may_speak(clauses, first, last) else None


def _name_start(clauses: Clauses, first: int, floor: int) -> int:
    """The first token of the name that token `first` stands inside, else `first`: "the Northern | Front group"."""
    if first not in clauses.inside:
        return first
    for i in range(first, floor - 1, -1):
        if i in clauses.names:
            return i if clauses.names[i] > first else first
    return first


def _subject_start(clauses: Clauses, first: int, last: int) -> int:
    """Where the subject begins in a stretch that may open with the clause before it.

    Commas are not to be relied on: "at a camp near the border with Turkey local sources said".
    """
    classes = clauses.classes
    person = person_start(clauses, first, last)
    if person is not None:
        return person
    first = _behind_count(clauses, first, last)
    for j in range(last - 1, first - 1, -1):
        kind = classes[j]
        if j in clauses.names and _begins(clauses, j, first, last):
            return j
        if kind == "det" and (j == first or classes[j - 1] not in ("of", "in", "and", JOIN, "det")):
            if j > first and (_is_probing(clauses, j - 1) or is_time(clauses, j + 1)):
                continue  # "a monitor watching the talks", "a poll released this week"
            named = _named_before(clauses, j, first)
            return j if named is None else named
        if kind == "in":
            if clauses.tokens[j].lower == "like" or (j > first and _is_linked(clauses, first, j, last)):
                continue
            return _behind_place(clauses, j + 1, last)
    for j in range(last - 2, first, -1):  # "Update 17 January 2014 | The agency", run together
        if classes[j] == FIGURE and is_time(clauses, j - 1):
            return j + 1
    return _behind_place(clauses, first, last) if is_time(clauses, first) else first


def _is_linked(clauses: Clauses, first: int, j: int, last: int) -> bool:
    """Whether the preposition at `j` belongs to the subject: "a source in the army", "officials in Homs"."""
    classes = clauses.classes
    made = j - first >= 2 and clauses.tokens[j - 1].lower.endswith("ed") and _is_head(clauses, j - 2)
    if (made or _is_head(clauses, j - 1)) and (classes[j + 1] == "det" or clauses.tokens[j].lower == "by"):
        return True  # "a survey conducted by Northern News"
    if made or _is_head(clauses, j - 1):
        split = _behind_place(clauses, j + 1, last)
        return split in (j + 1, last) and all(classes[k] != NOUN for k in range(j + 1, last))
    # "a spokesman at the hospital in Kafr in Idlib"
    scopes = word_table("scope_words")
    body = any(clauses.names.get(k) == j for k in range(max(first, j - LONGEST // 3), j))
    if body and j - 1 not in clauses.place_ends:
        return True  # "the Northern Fund in Osmia"
    placed = all(
        classes[k] in (NAME, JOIN, "det") or clauses.tokens[k].lower in scopes or _is_side(clauses, k)
        for k in range(j + 1, last)
    )
    return placed and _is_headed(clauses, first, j)


def _behind_count(clauses: Clauses, first: int, last: int) -> int:
    """The subject behind the people it counts, without a comma: "11 children | state media", "dozens more | observers".

    And behind small words of the clause before it: "sarin gas | Veronia's health ministry".
    """
    classes, tokens = clauses.classes, clauses.tokens
    for j in range(last - 1, first, -1):
        before = tokens[j - 1]
        if classes[j] == NAME and classes[j - 1] == OTHER and before.text[0].islower():
            small = all(classes[k] == OTHER and tokens[k].text[0].islower() for k in range(first, j))
            if small and before.lower not in word_list("role_words"):
                return j
        if before.lower in ("more", "others") and classes[j] in (NOUN, NAME, OTHER):
            return j
        counted = j - 2 < first or classes[j - 2] in (FIGURE, OTHER, "and", "det")
        follows = classes[j] in (NOUN, OTHER) or j in clauses.peoples
        if _are_counted(clauses, j - 1) and counted and follows and _is_head(clauses, last - 1):
            led = first > 0 and (classes[first - 1] == "in" or tokens[first - 1].lower in ("including", "killing"))
            if led or classes[first] == FIGURE or (j - 2 > first and classes[j - 2] == FIGURE):
                return j
    return first


def _is_head(clauses: Clauses, i: int) -> bool:
    """Whether a token is a noun of those who speak, as a word or as the end of a name."""
    return clauses.classes[i] == NOUN or clauses.tokens[i].lower in word_list("source_nouns")


def _is_side(clauses: Clauses, i: int) -> bool:
    return clauses.tokens[i].lower in word_list("part_words")  # "northern", "central", "rural"


def _is_headed(clauses: Clauses, first: int, last: int) -> bool:
    """Whether the first phrase of a stretch, before its first preposition, is somebody who speaks.

    It ends in a noun of those who do, or it is a name: "Ada Moreno from …", "The National Secretariat for Risk in …".
    """
    classes = clauses.classes
    j = next((j for j in range(first + 1, last + 1) if classes[j] == "in"), last)
    if _is_head(clauses, j - 1) or clauses.names.get(first) == j:
        return True
    if first in clauses.names and all(classes[k] in (NAME, "of", JOIN) for k in range(clauses.names[first], j)):
        return True  # "Ada Moreno of Lower Church in Osmia"
    named = (
        classes[first] == "det"
        and j - first > 2
        and classes[j - 1] == NAME
        and j - 1 not in clauses.place_ends
        and all(classes[k] in (NAME, "of", "and", OTHER) for k in range(first + 1, j))
    )
    return named and clauses.tokens[first].text[0].isupper()


def _begins(clauses: Clauses, i: int, first: int, last: int) -> bool:
    """Whether the name at token `i`, with nothing but its office behind it, is a subject no office stands before."""
    if clauses.names[i] < last and any(clauses.classes[k] != NOUN for k in range(clauses.names[i], last)):
        return False
    if i == first:
        return True
    before, kind = clauses.tokens[i - 1], clauses.classes[i - 1]
    if kind == NOUN and before.text[0].islower():
        return _are_counted(clauses, i - 1)
    return kind == NAME and i - 1 in clauses.place_ends


def _are_counted(clauses: Clauses, i: int) -> bool:
    """Whether a token is a plural for people, which no name follows as its office: "two women | SANA reported"."""
    word = clauses.tokens[i].lower
    return word in word_list("persons") and word.endswith(("s", "men", "people", "children"))


def _is_probing(clauses: Clauses, i: int) -> bool:
    """Whether "investigators | probing | the claims": a small word in -ing behind a noun, its object follows."""
    token = clauses.tokens[i]
    return token.lower.endswith("ing") and token.text[0].islower() and _is_head(clauses, i - 1)


def _named_before(clauses: Clauses, det: int, floor: int) -> int | None:
    """Where "The Northern Fund a charity said" begins, written without its commas; None for a place before "a"."""
    classes = clauses.classes
    if clauses.tokens[det].lower not in ("a", "an") or classes[det - 1] not in (NAME, NOUN) or det == floor:
        return None
    first = det
    while first > floor and classes[first - 1] in (NAME, NOUN, JOIN, "of"):
        first -= 1
    if first > floor and classes[first - 1] == "in":  # "in Veronia a monitor said"
        return None
    if all(classes[i] != NAME for i in range(first, det)):
        return None
    opens = first == floor or classes[first - 1] in ("det", FIGURE)
    return first if opens and det - 1 not in clauses.place_ends else None


def _behind_place(clauses: Clauses, first: int, last: int) -> int:
    """The subject behind a phrase of place or time without a comma; `last` where the phrase is all there is."""
    classes = clauses.classes
    for j in range(last - 1, first, -1):
        before, kind = classes[j - 1], classes[j]
        if is_time(clauses, j - 1) and not is_time(clauses, j) and kind != FIGURE:
            return j
        if before == FIGURE and kind in (NAME, NOUN, OTHER) and (j - 1 == first or is_time(clauses, j - 2)):
            return j
        if kind == NAME and before in (OTHER, NOUN) and not _is_title(clauses, j - 1):
            return j
        place = not clauses.place_ends or j - 1 in clauses.place_ends
        scope = clauses.tokens[j].lower in word_table("scope_words")  # "in Northern | province" is one place
        scope = scope and (clauses.tokens[j].lower != "state" or j + 1 == last)  # "in Osmia | state media"
        if kind in (OTHER, NOUN) and before == NAME and place and not scope and j - 1 not in clauses.peoples:
            return j
        if (kind == NAME and before == NAME and j - 1 in clauses.place_ends) or _is_behind_scope(clauses, j, first):
            return j
    while last > first and classes[last - 1] == NOUN:  # "… causing hundreds of casualties aid agencies said"
        last -= 1
    return last


def _is_behind_scope(clauses: Clauses, j: int, first: int) -> bool:
    """Whether "Osmia province" or the like ends before token `j`; "Osmia | state media" is no such place."""
    word = clauses.tokens[j - 1].lower
    return j - 2 >= first and j - 2 in clauses.place_ends and word in word_table("scope_words") and word != "state"


def _is_title(clauses: Clauses, i: int) -> bool:
    return clauses.tokens[i].lower in word_list("role_words") or clauses.tokens[i].lower in word_list("source_nouns")


def _before_apposition(clauses: Clauses, comma: int, floor: int) -> Span | None:
    """The subject of "Rahman, head of the group, said": the first phrase that what follows could describe."""
    classes = clauses.classes
    best: Span | None = None
    for start, end in _stretches(clauses, comma, floor):
        if best is None and start > floor and end - start <= 3 and _is_place_after_comma(clauses, start, end):
            continue
        aside = end - start <= 2 and clauses.tokens[end - 1].lower in word_list("asides")
        aside = aside or is_party(clauses, start)
        if best is None and (aside or classes[start] == "relative"):
            continue  # "A survey of delegates, who matter here, found", "The mayor, for instance, said"
        phrase = phrase_ending(clauses, end, start)
        if phrase is None or phrase[0] - start > 8:
            if best is not None or not _describes(clauses, start):
                break
            continue
        owned = clauses.tokens[phrase[0] - 1].lower.endswith("'s")  # "Veronia's | General Security Agency, known as"
        if phrase[0] != start and classes[start] not in ("and", "adverb", "in", BREAK) and not owned:
            break
        best = phrase
        if not _describes(clauses, start):
            break
    return best


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
    """The "Mo." of "a driver from Ava, Mo., who …": a short name right behind a stretch that ends in a name."""
    classes = clauses.classes
    if start < 2 or classes[start - 1] != COMMA or classes[start - 2] != NAME or clauses.tokens[start].text == "and":
        return False
    return all(classes[i] in (NAME, JOIN) for i in range(start, end)) and clauses.tokens[end - 1].text == "."


def _describes(clauses: Clauses, start: int) -> bool:
    """Whether the stretch at `start` tells what somebody before it is: "head of …", "a …", "who …", an age."""
    token = clauses.tokens[start]
    if clauses.classes[start] in ("relative", FIGURE):
        return True
    if clauses.classes[start] == "det":
        return token.lower in ("a", "an", "the", "one", "its", "his", "her")
    if (token.lower.endswith("ed") and token.text[0].islower()) or token.lower in ("also", "known", "formerly"):
        return True  # ", conducted in May,", ", also known as the Fund,"
    office = token.lower in word_list("role_words") and (token.text[0].islower() or token.text.isupper())
    return office or token.lower in ("in", "from", "of", "at", "citing", "quoting", "speaking")


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
