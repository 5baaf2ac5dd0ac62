"""What a quantity counts: the noun after it, behind "of", before it ("the number of soldiers … to"), or none.

Without a parser a noun phrase is read by its edges: from the number to the first small word or mark; its head is the
first plural in it ("10 young British *soldiers* killed"). Number one takes a known singular noun.
"""

from __future__ import annotations

from dataclasses import dataclass

from services.read.figures.figure import Quantity
from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.figures.numbers import numeral_at
from services.read.wordlists import word_list, word_table

REACH = 7
"""Words a noun phrase may have: "400 heavily armed local pro-government militia fighters"."""
SOME = 2.0
"""Stands for "more than one" where the number that a plural belongs to is another."""
_JOINED = 3
"""Words behind "and" among which the head of a joined phrase stands: "rocket and grenade *launchers*"."""
_REMARK = 6
"""Tokens of an editor's remark inside a phrase: "[words indistinct]"."""
BACK = 24
"""Words looked back for the noun of "the number of … to N": "the death toll from the flood … to 20"."""


@dataclass(frozen=True, slots=True)
class Noun:
    """The counted noun at token `head`, its phrase tokens [first, last); `head` None: not in the text or only implied.

    `how` says where it stands: after, before, part ("30 of the wounded"), state ("86 dead": a participle for a noun),
    none. `refused` is the reason why this is no figure at all ("duration").
    """

    head: int | None
    first: int
    last: int
    how: str
    refused: str | None = None


def noun_of(line: Line, quantity: Quantity) -> Noun:
    """The counted noun of a quantity; see `Noun`."""
    at = quantity.last
    if quantity.currency:
        return Noun(None, at, at, "none")
    compound = _compound(line, quantity)
    if compound is not None:
        return compound
    if quantity.bound == "vague" and line.lower(at - 1) == "of":
        at -= 1
    of = line.lower(at) == "of"
    found = _of(line, at + 1, quantity) if of else _number_of(line, at) or _after(line, at, quantity.value, "after")
    if found.refused or found.head is not None or found.how == "part":
        return found
    return _before(line, quantity) or found


def _of(line: Line, at: int, quantity: Quantity) -> Noun:
    """Behind "of": "of migrants", "of the dead" (a part), "of them children", "of the 86 dead"."""
    if line.lower(at) in group("pronouns"):
        return _of_them(line, at)
    owned = quantity.bound == "vague" and line.lower(at) in group("possessives")  # "thousands of its people" is no part
    part = line.lower(at) in group("determiners") and line.lower(at) not in {"a", "an"} and not owned
    while line.lower(at) in group("determiners") or line.lower(at) in {"all", "both"}:
        at += 1
    inner = numeral_at(line, at)
    if inner is not None:
        return _after(line, inner.last, SOME, "part")
    return _after(line, at, SOME if part else quantity.value, "part" if part else "after")


def _compound(line: Line, quantity: Quantity) -> Noun | None:
    """ "a 500-strong force", "a 12-member council", "a 10-day visit": the number is hyphened to a word."""
    at = quantity.last
    if line.text(at) not in {"-", "‑"} or not line.is_word(at + 1):
        return None
    word = line.lower(at + 1)
    if word in {"strong", "plus"}:
        return _body(line, at + 2)
    if not line.touches(at) and not line.touches(at + 1):
        return None
    return Noun(None, at, at + 2, "none", word_table("measures").get(word, "compound"))


def _body(line: Line, at: int) -> Noun:
    """The force of "a 500-strong (rebel) force"."""
    for k in _run(line, at):
        if line.lower(k) in group("strong_bodies") or line.lower(k) in word_table("metric_nouns"):
            return Noun(k, at, k + 1, "after")
    return Noun(None, at, at, "none", "compound")


def _of_them(line: Line, at: int) -> Noun:
    """ "30 of them children", "19 of whom were civilians", "12 of those killed"."""
    nxt = at + 1
    while line.lower(nxt) in group("be") or line.lower(nxt) in group("have"):
        nxt += 1
    found = _after(line, nxt, SOME, "part")
    if found.head is not None and not found.refused:
        return found
    return Noun(None, at, at + 1, "part")


def _number_of(line: Line, at: int) -> Noun | None:
    """ "bringing to 86 the (total) number of people killed"."""
    k = at
    while line.lower(k) in {"the", "total", "overall", "official", "death", "confirmed"}:
        k += 1
    if k == at or line.lower(k) not in group("tolls"):
        return None
    if line.lower(k + 1) == "of" and line.lower(k) in group("number_nouns"):
        start = k + 2
        while line.lower(start) in group("determiners"):
            start += 1
        return _after(line, start, SOME, "before")
    return Noun(k, k, k + 1, "before")


def _after(line: Line, at: int, value: float, how: str) -> Noun:
    """The noun phrase that begins at `at`."""
    while line.lower(at) in group("fillers"):
        at += 1
    run = _run(line, at)
    measures = word_table("measures")
    if not run:
        if line.lower(at - 1) == "other":
            return Noun(at - 1, at - 1, at, how)
        return Noun(None, at, at, "none", measures.get(line.lower(at)))
    run = _coordinated(line, run)
    words = [line.lower(k) for k in run]
    pick = _head(line, run, words, value)
    head = run[pick] if pick is not None else None
    refused = _refused(line, run[0], head)
    if refused:
        return Noun(head, at, at, "none", refused)
    if head is None:
        participle = words[0] in word_table("metric_verbs") and _takes(words[0], "state", "passive", "subject")
        return Noun(run[0], run[0], run[0] + 1, "state") if participle else Noun(None, at, at, "none")
    if line.lower(head) == "times":
        return Noun(head, at, head + 2, "ratio")
    return Noun(head, at, head + 1, how)


def _refused(line: Line, first: int, head: int | None) -> str | None:
    """Why a phrase is nothing a newsroom counts: a measure, a page's own count, an abstract noun, "three times"."""
    measures, word = word_table("measures"), line.lower(first)
    if word in word_list("page_counts") and line.capitalised(first):
        return "page"
    if word in measures and (head in {None, first} or word not in group("seconds")):
        return measures[word]
    if head is None:
        return None
    noun, after = line.lower(head), line.lower(head + 1)
    if noun in measures:
        return measures[noun]
    if noun == "times":
        more = after in group("times_more") or (after.endswith("er") and line.lower(head + 2) == "than")
        return None if more else "times"
    return "not counted" if noun in word_list("abstract_nouns") and noun not in word_list("persons") else None


def _run(line: Line, at: int) -> list[int]:
    """Positions of the words of the phrase that begins at `at`, over inner hyphens, dots, quote marks and one comma."""
    run: list[int] = []
    k = at
    while len(run) < REACH:
        mark = line.text(k)
        model = _past_model(line, k)
        if model:
            k = model
        elif line.is_word(k):
            if _ends_phrase(line, k):
                break
            run.append(k)
            k += 1
        elif mark == "-" and line.touches(k) and line.touches(k + 1) and line.is_word(k + 1):
            del run[-1:]  # "Turkish-backed fighters": the first half is no head
            run.append(k + 1)
            k += 2
        elif _inside(line, k, mark, run):
            k += 1
        else:
            break
    return run


def _coordinated(line: Line, run: list[int]) -> list[int]:
    """The phrase with what "and" joins to it before any head: "180 army and paramilitary troops"."""
    last = run[-1] + 1
    if line.lower(last) not in {"and", "or"} or len(run) > 2 or line.lower(run[0] - 1) in group("determiners"):
        return run
    if any(is_plural(line.lower(k)) for k in run):
        return run
    if any(line.lower(k) in word_list("persons") or line.lower(k) in word_table("metric_verbs") for k in run):
        return run
    more = _run(line, last + 1)
    found = any(is_plural(line.lower(k)) for k in more[:_JOINED])
    return [*run, *more] if found and line.lower(last + 1) not in word_table("numbers") else run


def _past_model(line: Line, k: int) -> int:
    """The position behind a model or remark inside a phrase, else 0: N95 masks, AK-47 rifles, SIX [AS HEARD] BOMBS."""
    if line.text(k) == "[":
        close = next((j for j in range(k + 2, k + _REMARK) if line.text(j) == "]"), -1)
        return close + 1 if line.is_word(close + 1) else 0
    at = k + 2 if line.text(k + 1) == "-" and line.touches(k + 1) else k + 1
    if line.is_number(k) and at == k + 2 and line.is_word(at) and line.touches(at):
        return at + 1 if line.is_word(at + 1) else 0  # six 500-pound bombs
    if line.text(k) == "(" and line.capitalised(k + 1):  # Islamic State (IS, or Daesh) fighters
        close = next((j for j in range(k + 2, k + _REMARK) if line.text(j) == ")"), -1)
        return close + 1 if line.is_word(close + 1) and line.text(close + 1) not in group("be") else 0
    named = line.capitalised(k) and line.is_number(at) and line.touches(at)
    if not named:
        return 0
    at += 2 if line.is_word(at + 1) and line.touches(at + 1) else 1  # T-72B tanks
    return at if line.is_word(at) else 0


def _ends_phrase(line: Line, k: int) -> bool:
    word = line.lower(k)
    if word in word_table("numbers"):
        return not line.touches(k)
    if line.text(k + 1) == "-" and line.touches(k + 1) and line.touches(k + 2):
        return False  # off-road vehicles
    return word in word_list("phrase_ends") and not _initials(line, k)


def _inside(line: Line, k: int, mark: str, run: list[int]) -> bool:
    """Whether a mark does not end the phrase: the dot of U.S., a quote mark before it, a comma between adjectives."""
    if mark == ".":
        return bool(run) and len(line.text(run[-1])) == 1 and line.touches(k)
    if mark in _QUOTES:
        return not run and line.is_word(k + 1)
    if mark != "," or len(run) != 1 or not line.text(k + 1).islower():
        return False
    word = line.lower(run[0])
    return not (is_plural(word) or word in word_table("metric_verbs") or line.lower(k + 1).endswith("ing"))


_QUOTES = frozenset("\"“'‘”’")


def _initials(line: Line, k: int) -> bool:
    """IS, US, IT in a text that is not all capitals: a name, not the small word."""
    return len(line.text(k)) == 2 and line.text(k).isupper() and not line.titled


def _head(line: Line, run: list[int], words: list[str], value: float) -> int | None:
    """Index in `run` of the head noun."""
    if value == 1:
        found = _singular(words)
        listed = line.text(run[0] - 1) == "1" and line.lower(run[0] - 2) == "and"  # "162 houses and 1 barn"
        return len(run) - 1 if found is None and listed and line.text(run[-1]).islower() else found
    for k, word in enumerate(words):
        if is_plural(word):
            return None if _is_predicate(words, k) else _last_plural(line, run, words, k)
    # "5 terrorist killed": careless English, sure only at the end of the phrase.
    verbs = word_table("metric_verbs")
    last = next((k for k, word in enumerate(words) if word in verbs), len(words)) - 1
    person = last >= 0 and words[last] in word_list("persons")
    return last if person and (line.titled or not line.capitalised(run[last])) else None


def _singular(words: list[str]) -> int | None:
    """The known noun behind "one", the last of several: one police officer."""
    persons, metrics = word_list("persons"), word_table("metric_nouns")
    first = next((k for k, word in enumerate(words) if word in persons or word in metrics), None)
    while first is not None and first + 1 < len(words) and words[first + 1] in persons - metrics.keys():
        first += 1
    return first


def _is_predicate(words: list[str], plural: int) -> bool:
    """Whether the phrase is a predicate with its object: "72 die as floods", "20 injured blocking roads"."""
    if not plural or words[0] not in word_table("metric_verbs"):
        return False
    return not _takes(words[0], "state", "passive", "of") or (plural > 1 and words[1].endswith("ing"))


def _last_plural(line: Line, run: list[int], words: list[str], first: int) -> int:
    """The last of plurals that stand against each other as one noun: special forces soldiers."""
    best = first
    while best + 1 < len(words) and run[best + 1] == run[best] + 1 and is_plural(words[best + 1]):
        if not _modifies(line, run[best], words[best], words[best + 1]):
            break
        best += 1
    return best


def _modifies(line: Line, at: int, word: str, head: str) -> bool:
    """Whether a plural stands before the head it belongs to: "special forces soldiers", "Sanders supporters"."""
    if word in word_list("attributive_plurals"):
        return True
    known = word_list("persons")
    if word in known or line.titled or not line.capitalised(at):
        return False
    return head in known or head not in group("speaking")


def _takes(word: str, *uses: str) -> bool:
    return bool(set(word_table("metric_verbs")[word].split()[1:]) & set(uses))


def is_plural(word: str) -> bool:
    """Whether a lower-case word looks like a plural noun: listed, or in -s but not -ss, -us, -is, -ous, 's."""
    if word in word_list("irregular_plurals"):
        return True
    return len(word) > 3 and word[-1] == "s" and word[-2] not in "sui'" and word not in group("no_plurals")


def _before(line: Line, quantity: Quantity) -> Noun | None:
    """ "increased the number of soldiers … to 15 thousand", "the death toll rose to 86", "population of 5,000"."""
    at = quantity.first - 1
    while line.lower(at) in group("before_skip"):
        at -= 1
    if line.lower(at) not in group("before_count"):
        return None
    for k in range(at - 1, at - BACK, -1):
        word = line.lower(k)
        if not word or word == ";":
            return None
        town = word in group("towns") and not (k == at - 1 and line.lower(at) == "of")  # only where, not how many
        if word in group("tolls") and not town:
            return _tolled(line, k, quantity)
    return None


def _tolled(line: Line, k: int, quantity: Quantity) -> Noun | None:
    """The noun that "number", "toll" or "population" at k counts."""
    if line.lower(k) not in group("number_nouns"):
        first = k - 1 if line.lower(k - 1) in {"death", "casualty", "injury"} else k
        return Noun(k, first, k + 1, "before")
    if line.lower(k + 1) in word_table("metric_verbs"):  # "the number killed in 24 hours to 45"
        return Noun(k + 1, k + 1, k + 2, "before")
    if line.lower(k + 1) != "of":
        return None
    start = k + 2
    while line.lower(start) in group("determiners"):
        start += 1
    found = _after(line, start, SOME, "before")
    counted = found.head is not None and found.head < quantity.first and not found.refused
    return Noun(found.head, found.first, found.last, "before") if counted else None
