"""What a quantity counts: the noun after it, behind "of", before it ("the number of soldiers … to"), or none.

Without a parser a noun phrase is read by its edges: from the number to the first small word or mark, and its head is the
first plural in it ("10 young British *soldiers* killed"). Number one takes a known noun in the singular.
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
BACK = 18
"""Words looked back for the noun of "the number of … to N"; the longest in the seeds is ten."""


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
    compound = _compound(line, quantity)
    if compound is not None:
        return compound
    part = False
    if line.lower(at - 1) == "of" and quantity.bound == "vague":
        at -= 1
    if line.lower(at) == "of":
        at += 1
        if line.lower(at) in group("pronouns"):
            return _of_them(line, at)
        determined = line.lower(at) in group("determiners") and line.lower(at) not in {"a", "an"}
        part = determined
        while line.lower(at) in group("determiners"):
            at += 1
        inner = numeral_at(line, at)
        if inner is not None:  # 30 of the 86 dead
            return _after(line, inner.last, 2.0, "part")
        if line.lower(at) in {"all", "both"}:
            at += 1
    elif (before := _number_of(line, at)) is not None:
        return before
    found = _after(line, at, 2.0 if part else quantity.value, "part" if part else "after")
    if found.refused or found.head is not None:
        return found
    return _before(line, quantity) or found


def _compound(line: Line, quantity: Quantity) -> Noun | None:
    """"a 500-strong force", "a 12-member council", "a 10-day visit": the number is hyphened to a word."""
    at = quantity.last
    if line.text(at) not in {"-", "‑"} or not line.is_word(at + 1):
        return None
    word = line.lower(at + 1)
    if word in {"strong", "plus"}:
        return _after(line, at + 2, 1.0, "after")
    if not line.touches(at) and not line.touches(at + 1):
        return None
    return Noun(None, at, at + 2, "none", word_table("measures").get(word, "compound"))


def _of_them(line: Line, at: int) -> Noun:
    """"30 of them children", "19 of whom were civilians", "12 of those killed"."""
    nxt = at + 1
    while line.lower(nxt) in group("be") or line.lower(nxt) in group("have"):
        nxt += 1
    found = _after(line, nxt, 2.0, "part")
    if found.head is not None and not found.refused:
        return found
    return Noun(None, at, at + 1, "part")


def _number_of(line: Line, at: int) -> Noun | None:
    """"bringing to 86 the (total) number of people killed"."""
    k = at
    while line.lower(k) in {"the", "total", "overall", "official", "death", "confirmed"}:
        k += 1
    if k == at or line.lower(k) not in group("tolls"):
        return None
    if line.lower(k + 1) == "of" and line.lower(k) in group("number_nouns"):
        start = k + 2
        while line.lower(start) in group("determiners"):
            start += 1
        return _after(line, start, 2.0, "before")
    return Noun(k, k, k + 1, "before")


def _after(line: Line, at: int, value: float, how: str) -> Noun:
    """The noun phrase that begins at `at`."""
    while line.lower(at) in group("fillers"):
        at += 1
        if line.text(at) == "," :
            break
    run = _run(line, at)
    if not run:
        if line.lower(at - 1) == "other":
            return Noun(at - 1, at - 1, at, how)
        return Noun(None, at, at, "none", _sign_measure(line, at))
    words = [line.lower(k) for k in run]
    measures = word_table("measures")
    if words[0] in measures and not (words[0] in {"second", "min", "sec", "mark", "point"} and len(words) > 1):
        return Noun(None, at, at, "none", measures[words[0]])
    pick = _head(line, run, words, value)
    if pick is None:
        if words[0] in word_table("metric_verbs"):
            return Noun(run[0], run[0], run[0] + 1, "state")
        return Noun(None, at, at, "none")
    head = run[pick]
    word = words[pick]
    if word in measures:
        return Noun(head, at, head + 1, "none", measures[word])
    if word == "times":
        after = line.lower(head + 1)
        more = after in group("times_more") or (after.endswith("er") and line.lower(head + 2) == "than")
        return Noun(head, at, head + (2 if more else 1), "ratio") if more else Noun(None, at, at, "none", "times")
    if word in word_list("abstract_nouns") and word not in word_list("persons"):
        return Noun(head, at, head + 1, "none", "not counted")
    return Noun(head, at, head + 1, how)


def _sign_measure(line: Line, at: int) -> str | None:
    return word_table("measures").get(line.lower(at))


def _run(line: Line, at: int) -> list[int]:
    """Positions of the words of the phrase that begins at `at`, over inner hyphens, dots and one comma."""
    ends = word_list("phrase_ends")
    run: list[int] = []
    k = at
    while len(run) < REACH:
        if line.is_word(k):
            if line.lower(k) in ends and not _initials(line, k):
                break
            if line.lower(k) in _number_words() and not line.touches(k):
                break
            run.append(k)
            k += 1
            continue
        inner = line.text(k)
        if inner == "-" and line.touches(k) and line.touches(k + 1) and line.is_word(k + 1):
            if run:
                run.pop()  # "Turkish-backed fighters": the first half is no head
            run.append(k + 1)
            k += 2
            continue
        if inner == "." and run and len(line.text(run[-1])) == 1 and line.touches(k):  # U.S. soldiers
            k += 1
            continue
        if inner in {"\"", "“", "'", "‘", "”", "’"} and line.is_word(k + 1) and not run:
            k += 1
            continue
        if inner == "," and len(run) == 1 and line.is_word(k + 1) and not is_plural(line.lower(run[0])):
            if line.lower(run[0]) not in word_table("metric_verbs") and line.text(k + 1).islower():
                k += 1
                continue
        break
    return run


def _initials(line: Line, k: int) -> bool:
    """IS, US, IT in a text that is not all capitals: a name, not the small word."""
    return len(line.text(k)) == 2 and line.text(k).isupper() and not line.titled


def _number_words() -> dict[str, str]:
    return word_table("numbers")


def _head(line: Line, run: list[int], words: list[str], value: float) -> int | None:
    """Index in `run` of the head noun."""
    known_person, metric = word_list("persons"), word_table("metric_nouns")
    verbs = word_table("metric_verbs")
    if value == 1:
        for k, word in enumerate(words):
            if word in known_person or word in metric:
                return k
        return None
    for k, word in enumerate(words):
        if not is_plural(word):
            continue
        if k and words[0] in verbs and not _names(words[0], "state", "passive"):
            return None
        if k > 1 and words[0] in verbs and words[1].endswith("ing"):
            return None
        best = k
        for j in range(k + 1, min(k + 4, len(words))):
            if is_plural(words[j]) and _modifies(line, run[best], words[best], words[j]) and j == best + run[j] - run[best]:
                best = j
        return best
    # "5 terrorist killed": careless English, sure only at the end of the phrase
    last = len(words) - 1
    k = next((k for k, word in enumerate(words) if word in verbs), last + 1) - 1
    if k >= 0 and words[k] in known_person and (line.titled or not line.capitalised(run[k])):
        return k
    return None


def _modifies(line: Line, at: int, word: str, head: str) -> bool:
    """Whether a plural stands before the head it belongs to: "special forces soldiers", "Sanders supporters"."""
    if word in word_list("attributive_plurals"):
        return True
    known = word_list("persons")
    return head in known and word not in known and line.capitalised(at)


def _names(word: str, *uses: str) -> bool:
    return bool(set(word_table("metric_verbs")[word].split()[1:]) & set(uses))


def is_plural(word: str) -> bool:
    """Whether a lower-case word looks like a plural noun: listed, or in -s but not -ss, -us, -is, -ous, 's."""
    if word in word_list("irregular_plurals"):
        return True
    return len(word) > 3 and word[-1] == "s" and word[-2] not in "sui'" and word not in _NOT_PLURAL


_NOT_PLURAL = frozenset({"perhaps", "always", "nevertheless", "besides", "sometimes", "afterwards", "towards", "overseas"})


def _before(line: Line, quantity: Quantity) -> Noun | None:
    """"increased the number of soldiers … to 15 thousand", "the death toll rose to 86", "population of 5,000"."""
    at = quantity.first - 1
    while line.lower(at) in {"a", "an", "another", "the", "\"", "“"}:
        at -= 1
    if line.lower(at) not in group("before_count"):
        return None
    for k in range(at - 1, at - BACK, -1):
        word = line.lower(k)
        if not word or word == ";":
            return None
        if word not in group("tolls"):
            continue
        if line.lower(k + 1) == "of" and word in group("number_nouns"):
            start = k + 2
            while line.lower(start) in group("determiners"):
                start += 1
            found = _after(line, start, 2.0, "before")
            if found.head is not None and found.head < quantity.first and not found.refused:
                return Noun(found.head, found.first, found.last, "before")
            return None
        if word in group("number_nouns") or word in {"figure", "figures", "estimate", "size"}:
            return None
        first = k - 1 if line.lower(k - 1) in {"death", "casualty", "injury"} else k
        return Noun(k, first, k + 1, "before")
    return None
