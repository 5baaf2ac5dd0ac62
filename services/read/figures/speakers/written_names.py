"""What a name tells as it is written: whether it is one body's, a paper's, or only describes somebody."""

from __future__ import annotations

from services.read.wordlists import word_list


def is_body(name: str) -> bool:
    """Whether a name is one body's, no "Military sources" at a sentence's head."""
    last = name.rpartition(" ")[2]
    common = last.islower() or last == name
    several = common and last.endswith("s") and last.lower() in word_list("source_nouns")
    unnamed = name.lower().startswith(("a ", "an "))
    return is_named(name) and not (is_paper(name) or is_someone(name) or several or unnamed)


def is_paper(name: str) -> bool:
    """Whether a name is that of a statement or report, which "the center" never means."""
    return name.rpartition(" ")[2].lower() in word_list("document_nouns")


def is_someone(name: str) -> bool:
    """Whether a name only describes persons, whom "it" never means: "A shop owner", "a man of Osmia", "Critics"."""
    head = _head(name)
    if head[:1].isupper() and head != name:
        return False  # "Doctors for Osmia", "Osmia Chamber of Commerce"
    head = head.lower()
    several = head.endswith("s") and head.removesuffix("s") in word_list("source_nouns")
    one = name.lower().startswith(("a ", "an ")) and head in word_list("persons")
    return several or one or head in word_list("role_words")


_STATE = frozenset(
    "army military police government ministry forces force guard guards navy parliament court cabinet junta "
    "administration authorities troops command staff department embassy presidency".split()
)
"""Nouns of a state's own bodies."""


def is_of_state(name: str) -> bool:
    """Whether a name is that of a state's body, which "the group" never means: "Osmia's army", "Ministry of Health"."""
    return _head(name).lower() in _STATE


def is_named(name: str) -> bool:
    """Whether a name has a capital: "Gaza health ministry", no "hospital source", no "London-based group"."""
    return any(word[0].isupper() and not word.endswith(("-based", "-run")) for word in name.split())


def without_titles(name: str) -> str:
    words = name.split()
    while len(words) > 1 and words[0].lower().rstrip(".") in word_list("role_words"):
        words = words[1:]
    return " ".join(words)


def bare(name: str) -> str:
    """A body's name without its article."""
    return name[4:] if name[:4].lower() == "the " else name


def is_several(name: str) -> bool:
    """Whether a name is of many, which "it" is not: "a dozen emails from Osmia", "Fund records"."""
    return _head(name).endswith("s")


def _head(name: str) -> str:
    for joint in (" for ", " of ", " from ", " by "):
        name = name.partition(joint)[0]
    return name.rpartition(" ")[2]
