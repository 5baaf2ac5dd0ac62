"""All names of one text: gazetteer, rules inside runs of capitals, then surnames and abbreviations (the fast tier).

Order of authority in a run: an organisation's head word claims the words around it, then a person's given name or
title, then the gazetteer. What is left over is compared with the surnames and abbreviations the text introduced.
In the deep tier a model's names come in where all of that claimed nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from operator import itemgetter

from pydantic import TypeAdapter

from schemas.entity import Mention, Tier
from schemas.parts import Parts, whole
from services.read.entities.beyond import claim_full_names, claim_lone_words
from services.read.entities.document import Document, Found, is_free, take
from services.read.entities.gazetteer import Entry, gazetteer
from services.read.entities.leftovers import claim_leftovers
from services.read.entities.named import Model, believable
from services.read.entities.organisations import claim_headed, claim_organisations, note_abbreviation
from services.read.entities.people import claim_people
from services.read.entities.roles import with_doubts
from services.read.entities.runs import RUN, Word, words_of
from services.read.entities.unclear import unclear_sentences
from services.read.entities.word_lists import FUNCTION_WORDS

_LONGEST = 200
"""Characters of a mention at most: ids and names are keys and stand in table rows, and a text may hold any word."""

_SHOUTED_WORDS_IN_A_ROW = 4
"""Words in capitals from which a run is a headline in capitals; only known names are looked for there."""

_BEFORE_A_TOWN = re.compile(
    r"\b(?:[Ii]n|[Nn]ear|[Oo]utside|[Aa]round|inside|into|across"
    r"|(?:cit(?:y|ies)|towns?|capital|port|district|province|outskirts|suburbs?) of) $"
)
_STRUCK = re.compile(
    r"\b(?:strikes?|raids?|shelling|bombing|bombardment|assault|siege|battle|offensive) (?:on|of|for) $"
)
_SITE_BEHIND = re.compile(
    r" (?:universit|college|school|hospital|airport|mosque|church|cathedral|market|stadium|station|prison|refinery|"
    r"plant|dam|bridge|street|road|avenue|hotel)"
)
"""In "the raid on San Marcos university" no town is struck."""
_TOWN_BEHIND = re.compile(r" (?:city|town|district|province)\b")
_TOWN_GOES_ON = re.compile(r" [A-Z]|['’]s [a-z]")
""" "In Parnas's words"."""
_WINDOW = 24
"""Characters looked at before a town; longer than "the outskirts of"."""

_START = _FIRST = itemgetter(0)
_MENTIONS = TypeAdapter(list[Mention])

_NEVER_A_NAME = frozenset(word.capitalize() for word in FUNCTION_WORDS)


def find_mentions(text: str, skip: Sequence[tuple[int, int]] = (), model: Model | None = None) -> tuple[Mention, ...]:
    """Every name of `text` in order, without overlaps; `skip` are spans [start, end) that are not read (junk), in
    order and apart.

    With a `model` the text is read by the deep tier, else by the fast one. Ids are Wikidata ids where the gazetteer has
    them, else minted from the name (x-…). Never raises; linear in the length of the text.
    """
    return whole(finding_mentions(text, skip, model))


def finding_mentions(
    text: str, skip: Sequence[tuple[int, int]] = (), model: Model | None = None
) -> Parts[tuple[Mention, ...]]:
    """`find_mentions` in parts, none longer than 20 ms without a model."""
    known = _known_names(text, skip)
    document = Document(text, known)
    yield
    for match in RUN.finditer(text):
        if match.group() in _NEVER_A_NAME:  # "The", "But", "In": more than half of all runs
            continue
        start, end = match.span()
        if skip and _is_skipped(start, skip):
            continue
        if start < document.claimed_until:
            if end <= document.claimed_until:
                continue
            start = document.claimed_until + 1
        _read_run(document, start, end)
        yield
    _claim_lower_case(document, len(text), len(text))
    if model is None:
        claim_leftovers(document)
    else:
        entries = {(hit.start, hit.end): hit.entry for hit in known}
        asked = unclear_sentences(document, known)
        names = believable(text, (name for name in model(text, asked) if not _is_skipped(name.start, skip)))
        claim_full_names(document, names, entries)
        claim_leftovers(document)
        claim_lone_words(document, names, entries)
    yield
    mentions = _mentions(document, "fast" if model is None else "deep")
    yield
    return with_doubts(text, mentions)


def _mentions(document: Document, tier: Tier) -> list[Mention]:
    """What was found, in text order. Validated in one call: one by one they took a sixth of the time of all names."""
    return _MENTIONS.validate_python(
        [
            {
                "start": start,
                "end": end,
                "text": document.text[start:end],
                "type": entry.type,
                "entity": entry.entity,
                "name": entry.name,
                "tier": tier,
            }
            for start, end, entry in sorted(document.found, key=_START)
            if end - start <= _LONGEST
        ]
    )


def _is_skipped(start: int, skip: Sequence[tuple[int, int]]) -> bool:
    """`skip` in order: looked through one by one, 10,000 lines of junk took 3.6 s."""
    at = bisect_right(skip, start, key=_FIRST) - 1
    return at >= 0 and start < skip[at][1]


def _known_names(text: str, skip: Sequence[tuple[int, int]]) -> list[Found]:
    """The gazetteer's names that stand as whole words outside `skip`, longest first from the left."""
    size = len(text)
    names = []
    entry: Entry
    for last, (entry, length) in gazetteer().automaton.iter_long(text):
        start, end = last + 1 - length, last + 1
        if (start and text[start - 1].isalnum()) or (end < size and text[end].isalnum()):
            continue
        if skip and _is_skipped(start, skip):
            continue
        if entry.town and not _is_town(text, start, end):
            continue
        names.append(Found(start, end, entry))
    return names


def _is_town(text: str, start: int, end: int) -> bool:
    """Whether the words around tell that a name is a town's: "in Pokrovsk", "the town of Pokrovsk"."""
    if _TOWN_GOES_ON.match(text, end):
        return False
    first = max(0, start - _WINDOW)
    if _BEFORE_A_TOWN.search(text, first, start) is not None or _TOWN_BEHIND.match(text, end) is not None:
        return True
    return _STRUCK.search(text, first, start) is not None and _SITE_BEHIND.match(text, end) is None


def _read_run(document: Document, start: int, end: int) -> None:
    """Claim the names of one run of capitalised words."""
    if document.next_known < start:
        start = _claim_lower_case(document, start, end)
        if start >= end:
            return
    hits = document.known_before(end) if document.next_known < end else []
    written = document.text[start:end]
    if " " not in written and "\u00a0" not in written:
        if not hits and not claim_headed(document, start, end, written.lower()):
            document.leave(start, end)
        for hit in hits:
            if document.stands(hit):
                document.claim(_with_its_country(document, hit))
    elif len(hits) == 1 and hits[0].start <= start and end <= hits[0].end and document.stands(hits[0]):
        hit = hits[0]
        document.claim(_with_its_country(document, hit))
        if hit.entry.type == "PER" and not hit.entry.short:
            document.introduce(hit.entry.name, hit.start, hit.entry)
    else:
        _read_words(document, words_of(document.text, start, end), hits, shouted=written.isupper())


def _claim_lower_case(document: Document, start: int, end: int) -> int:
    """Claim known names in lower case that begin before a run (eastern Europe, peshmerga); where it begins then."""
    for hit in document.known_before(start):
        if hit.start >= document.claimed_until:
            document.claim(hit)
            if hit.end > start:
                start = min(end, hit.end + 1)
    return start


def _read_words(document: Document, run: Sequence[Word], hits: Sequence[Found], *, shouted: bool) -> None:
    """Claim the names of a run of two words or more."""
    free = [True] * len(run)
    if not shouted or len(run) < _SHOUTED_WORDS_IN_A_ROW:
        claim_organisations(document, run, hits, free)
        claim_people(document, run, hits, free)
    for hit in hits:
        if is_free(run, free, hit.start, hit.end) and document.stands(hit, *_neighbours(run, hit)):
            document.claim(_with_its_country(document, hit))
            take(run, free, hit.start, hit.end)
    for word, unclaimed in zip(run, free, strict=True):
        if unclaimed:
            document.leave(word.start, word.end)


def _neighbours(run: Sequence[Word], hit: Found) -> tuple[str, str]:
    """The words of the run before and behind a name, lower-cased; "" at its ends."""
    before = after = ""
    for word in run:
        if word.end <= hit.start:
            before = word.lower
        elif word.start >= hit.end:
            after = word.lower
            break
    return before, after


def _with_its_country(document: Document, hit: Found) -> Found:
    """A parliament's or agency's name with "of" and its own country behind it is one name: "Seimas of Lithuania"."""
    if hit.entry.type == "ORG" and document.text.startswith((" of ", " ("), hit.end):
        note_abbreviation(document, hit.end, hit.entry)
        following = document.peek()
        if (
            following.entry.type == "GPE"
            and document.text[hit.end : following.start] in (" of ", " of the ")
            and gazetteer().countries.get(hit.entry.entity) == (following.entry.entity,)
        ):
            return hit._replace(end=following.end)
    return hit
