"""Where a subject begins in a stretch of nouns without commas: "dozens more | observers said", "in Osmia | police"."""

from __future__ import annotations

from services.read.figures.clauses import FIGURE, JOIN, NAME, NOUN, OTHER, Clauses
from services.read.figures.speakers.heads import person_start
from services.read.figures.speakers.run_on import behind_plural, is_kind
from services.read.figures.speakers.sources import LONGEST, is_time
from services.read.wordlists import word_list, word_table


def subject_start(clauses: Clauses, first: int, last: int) -> int:
    """Where the subject begins in a stretch that may open with the clause before it.

    Commas are not to be relied on: "at a camp near the border with Turkey local sources said".
    """
    classes = clauses.classes
    first = behind_plural(clauses, first, last)
    person = person_start(clauses, first, last)
    person = _agency_start(clauses, first, last) if person is None else person
    if person is not None or _is_known_again(clauses, last - 1, first):
        return last - 1 if person is None else person
    first = _behind_count(clauses, first, last)
    if classes[first] == FIGURE and _is_stray(clauses, first, last):
        first += 1
    for j in range(last - 1, first - 1, -1):
        kind = classes[j]
        if j in clauses.names and _begins(clauses, j, first, last):
            return j
        if kind == "det" and (j == first or classes[j - 1] not in ("of", "in", "and", JOIN, "det")):
            if j > first and (_is_probing(clauses, j - 1) or is_time(clauses, j + 1)):
                continue  # "a monitor watching the talks", "a poll released this week"
            several = _behind_one(clauses, j, last)
            named = _named_before(clauses, j, first, last) if several is None else several
            return j if named is None else named
        if kind == "in":
            if clauses.tokens[j].lower == "like" or (j > first and _is_linked(clauses, first, j, last)):
                continue
            return _behind_place(clauses, j + 1, last)
    for j in range(last - 2, first, -1):  # "Update 17 January 2014 | The agency", run together
        if classes[j] == FIGURE and is_time(clauses, j - 1):
            return j + 2 if classes[j + 1] == FIGURE and j + 2 < last else j + 1  # "Oct 5 2017 | Osmia"
    return _behind_place(clauses, first, last) if is_time(clauses, first) else first


def _is_linked(clauses: Clauses, first: int, j: int, last: int) -> bool:
    """Whether the preposition at `j` belongs to the subject: "a source in the army", "officials in Homs"."""
    classes = clauses.classes
    made = j - first >= 2 and clauses.tokens[j - 1].lower.endswith("ed") and _is_head(clauses, j - 2)
    opens = max((k for k in range(first, j) if classes[k] == "det"), default=first)
    if clauses.tokens[j - 1].lower in word_list("whereabouts") and _is_headed(clauses, opens, j - 1):
        return True  # "the Northern Observatory based | in Osmia", "a reporter working | in Osmia"
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


def _agency_start(clauses: Clauses, first: int, last: int) -> int | None:
    """Where a medium begins behind a place: "in Osmia city | state media", "in al-Osmia | FNA reports"; else None."""
    tokens, before = clauses.tokens, clauses.tokens[last - 2]
    if last - first < 3 or last - 1 in clauses.inside:
        return None
    if before.lower == "state" and tokens[last - 1].lower in ("media", "tv", "television", "radio"):
        return last - 3 if last - 3 in clauses.peoples else last - 2
    name = tokens[last - 1].text
    short = name.isupper() and len(name) > 2 and clauses.classes[last - 1] == NAME
    placed = clauses.classes[last - 2] == NAME and not before.text.isupper()
    return last - 1 if short and placed and "in" in clauses.classes[max(0, first - 1) : last - 2] else None


def _is_known_again(clauses: Clauses, i: int, first: int) -> bool:
    """Whether somebody named in full stands by the last name right behind a place: "killed in Osmia | Moreno said"."""
    if clauses.tokens[i].lower not in clauses.surnames or clauses.classes[i] != NAME or i - first < 2:
        return False
    return i - 1 in clauses.place_ends or (clauses.classes[i - 1] == NAME and i not in clauses.inside)


def _behind_one(clauses: Clauses, first: int, last: int) -> int | None:
    """The several who speak behind "a" and what it belongs to: "rebels set off a bomb | local activists said"."""
    tokens = clauses.tokens
    if last - first < 3 or tokens[first].lower not in ("a", "an") or clauses.classes[last - 1] != NOUN:
        return None
    several = tokens[last - 1].lower.endswith("s") or tokens[last - 1].lower == "media"
    if not (several and tokens[last - 1].lower in word_list("source_nouns")):
        return None
    start = last - 1
    nouns = word_list("source_nouns")
    while start - 1 > first and (tokens[start - 1].lower in nouns or is_kind(clauses, start - 1)):
        if _are_counted(clauses, start - 1):
            break
        start -= 1
    counted = any(t.lower == "of" for t in tokens[first:start]) and not _are_counted(clauses, start - 1)
    governed = "in" in clauses.classes[first:start]  # "an official from the forces"
    return None if counted or governed or start - first < 2 else start  # "a number of local sources"


def _is_stray(clauses: Clauses, first: int, last: int) -> bool:
    """Whether the number at a subject's head is of what stands before: "and wounded 50 | state media", "2017 | Osmia".

    One that counts who speaks has a plural behind it: "50 witnesses said".
    """
    head = clauses.tokens[last - 1].lower
    several = (head.endswith("s") and clauses.classes[last - 1] != NAME) or head in ("people", "men", "women")
    taken = first > 0 and word_table("metric_verbs").get(clauses.tokens[first - 1].lower) is not None
    dated = first > 0 and clauses.classes[first - 1] == FIGURE
    return first + 1 < last and (not several or taken or dated) and clauses.classes[first + 1] in (NAME, NOUN, OTHER)


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


def _named_before(clauses: Clauses, det: int, floor: int, last: int) -> int | None:
    """Where "The Northern Fund a charity said" begins, written without its commas; None for a place before "a"."""
    classes = clauses.classes
    if clauses.tokens[det].lower not in ("a", "an") or classes[det - 1] not in (NAME, NOUN) or det == floor:
        return _person_before(clauses, det, floor, last)
    if clauses.tokens[det - 1].lower in word_table("scope_words"):
        return None  # "in the Osmia governorate | a local source said"
    first = det
    particles = word_list("name_particles")
    while first > floor and (
        classes[first - 1] in (NAME, NOUN, JOIN, "of") or clauses.tokens[first - 1].lower in particles
    ):
        first -= 1
    if first > floor and classes[first - 1] == "in":  # "in Veronia a monitor said"
        return None
    if all(classes[i] != NAME for i in range(first, det)):
        return None
    opens = first == floor or classes[first - 1] in ("det", FIGURE)
    return first if opens and det - 1 not in clauses.place_ends else None


def _person_before(clauses: Clauses, det: int, floor: int, last: int) -> int | None:
    """Where the person begins that opens a clause before "the": "Ada Moreno | the director said", without commas."""
    if clauses.tokens[det].lower != "the" or floor not in clauses.persons or clauses.names.get(floor) != det:
        return None
    return floor if clauses.tokens[last - 1].lower in word_list("role_words") else None


def _behind_place(clauses: Clauses, first: int, last: int) -> int:
    """The subject behind a phrase of place or time without a comma; `last` where the phrase is all there is."""
    classes = clauses.classes
    for j in range(last - 1, first, -1):
        before, kind = classes[j - 1], classes[j]
        if is_time(clauses, j - 1) and not is_time(clauses, j) and kind != FIGURE:
            return j
        if before == FIGURE and kind in (NAME, NOUN, OTHER) and (j - 1 == first or is_time(clauses, j - 2)):
            return j
        if kind == NAME and before in (OTHER, NOUN) and not _is_of_name(clauses, j - 1):
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


def _is_of_name(clauses: Clauses, i: int) -> bool:
    """Whether a small word is of the name behind it: "northern | Osmia", "mayor | Moreno", "rebel-held | Osmia"."""
    joined = i > 0 and clauses.tokens[i - 1].text == "-"
    return joined or _is_title(clauses, i) or _is_side(clauses, i)


def _is_title(clauses: Clauses, i: int) -> bool:
    return clauses.tokens[i].lower in word_list("role_words") or clauses.tokens[i].lower in word_list("source_nouns")
