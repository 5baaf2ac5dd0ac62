"""Whether a verb of speech tells of a deed after all: "claimed 20 lives", "added 160 guards", "reminds me of"."""

from __future__ import annotations

from services.read.figures.clauses import BREAK, COMMA, FIGURE, JOIN, NAME, NOUN, OTHER, QUOTE, Clauses
from services.read.text import MARK, Sentence
from services.read.wordlists import word_list, word_table

_CLAIMED_WITHIN = 7
"""Tokens to the lives claimed: "claimed hundreds of civilian lives" needs 4."""

_GAINED_WITHIN = 12
"""Tokens behind a number in which a verb shows that it opens a clause: "20 people from the same village were"."""

_CLAIMED = frozenset("lives life victims martyrs responsibility allegiance asylum credit".split())
"""What is claimed by a deed."""

_ATTACKS = frozenset("attack attacks bombing bombings blast blasts assault assaults ambush shooting explosion".split())
"""Deeds that are claimed by those who did them."""

_SUMS = frozenset({"an", "a", "average", "of", "total", "net", "record", "whopping", "combined", "extra"})
"""What stands before the number of things added: "added an average of 20 jobs"."""

_DECLARED = frozenset({"war", "independence", "emergency", "bankruptcy", "curfew", "ceasefire", "truce", "disaster"})
"""What is declared by a deed."""

_COUNTED_WITHIN = 4
"""Tokens from a verb to its number, before or behind: "20 civilian deaths reported by", "recorded at least some 20"."""


def is_deed(clauses: Clauses, sentence: Sentence, i: int) -> bool:
    """Whether nothing is said: "claimed hundreds of lives", "claimed responsibility", "added 160 guards"."""
    word = clauses.tokens[i].lower
    if word.startswith(("pledg", "promis", "vow", "add")):
        return (_is_gained if word.startswith("add") else _is_given)(clauses, sentence, i)
    if word.startswith(("remind", "protest")) and i + 1 < sentence.last:
        # "reminds me of Osmia", "protested outside a plant"
        return clauses.tokens[i + 1].lower in ("me", "us", "you") or clauses.classes[i + 1] == "in"
    if not word.startswith(("declar", "claim", "wr")):
        # "boasted 12,000 members" had them
        said = i + 1 >= sentence.last or clauses.tokens[i + 1].lower in ("that", "of", "about", ":", ",")
        return word.startswith("boast") and not said
    ahead = {t.lower for t in clauses.tokens[i + 1 : min(i + _CLAIMED_WITHIN, sentence.last)]}
    if word in ("wrote", "writes"):  # "wrote a letter"
        return not ahead.isdisjoint(word_list("document_nouns")) and clauses.classes[i + 1] == "det"
    if word == "claiming" and i + 1 < sentence.last and clauses.classes[i + 1] == FIGURE:
        return True  # "won the vote, claiming 41 percent"
    owned = word.startswith("claim") and _is_owned_up(clauses, sentence, i)
    return owned or not ahead.isdisjoint(_DECLARED if word.startswith("declar") else _CLAIMED)


def _is_owned_up(clauses: Clauses, sentence: Sentence, i: int) -> bool:
    """Whether what is claimed is an attack: "claimed a car bombing in Osmia", not "claimed an attack killed 20"."""
    for j in range(i + 1, min(i + _CLAIMED_WITHIN, sentence.last - 1)):
        if clauses.tokens[j].lower in _ATTACKS:
            following = clauses.tokens[j + 1]
            placed = clauses.classes[j + 1] in ("in", "relative", COMMA) or following.text == "."
            if placed:
                return True
        elif clauses.classes[j] not in ("det", OTHER, NOUN, NAME, "of", JOIN) or clauses.tokens[j].kind == MARK:
            break
    return False


def _is_gained(clauses: Clauses, sentence: Sentence, i: int) -> bool:
    """Whether what is added is a number of things: "added 20 guards", "added back about 6,000 jobs", "adding to"."""
    tokens, classes = clauses.tokens, clauses.classes
    behind = i + 1
    if behind < sentence.last and tokens[behind].lower in ("to", "back", "up"):
        return True
    while behind < sentence.last and (
        tokens[behind].lower in word_list("counting_on")
        or tokens[behind].text in "$€£"
        or tokens[behind].lower in _SUMS
    ):
        behind += 1
    if behind >= sentence.last or classes[behind] != FIGURE:
        return False
    if tokens[i].lower != "adding" and behind == i + 1:
        return True
    for j in range(behind + 1, min(behind + _GAINED_WITHIN, sentence.last)):
        if tokens[j].kind == MARK:
            break
        if classes[j] in ("verb", "be", "aux"):
            return False  # "adding 20 people were killed"
    return True


def _is_given(clauses: Clauses, sentence: Sentence, i: int) -> bool:
    """Whether what is pledged is a thing without a number: "pledges support", not "pledged 20 trucks", "to send"."""
    for j in range(i + 1, min(i + 1 + _COUNTED_WITHIN, sentence.last)):
        sent = j == i + 1 and clauses.classes[j] in ("no", BREAK, QUOTE)  # "pledged to send"
        if clauses.classes[j] == FIGURE or sent or clauses.tokens[j].lower in word_table("numbers"):
            return False
        if clauses.tokens[j].kind == MARK or clauses.tokens[j].lower in ("to", "for"):
            break
    return i + 1 < sentence.last and clauses.classes[i + 1] in (OTHER, NOUN, "det", "adverb")
