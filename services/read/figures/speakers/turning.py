"""Where one statement ends and another begins between two tokens of a sentence."""

from __future__ import annotations

from services.read.figures.clauses import COMMA, Clauses

_REACH = 150
"""Tokens searched for a joint between two clauses; no real sentence has more, and a text without stops stays linear."""

_TURNS = frozenset({";", "and", "but", "while", "whereas", "although", "though", "yet", "however"})


def turns(clauses: Clauses, first: int, last: int) -> bool:
    """Whether a new clause is joined on between two tokens: ', and', 'while', ';'."""
    classes, tokens = clauses.classes, clauses.tokens
    for i in range(max(first, last - _REACH), last):
        word = tokens[i].lower
        if word in _TURNS and (word != "and" or classes[i - 1] == COMMA or i + 1 == last):
            return True
    return False


def turns_off(clauses: Clauses, first: int, last: int) -> bool:
    """Whether a new statement begins between two tokens for sure: at ";" or "but"."""
    between = clauses.tokens[max(first, last - _REACH) : last]
    return any(token.lower in (";", "but", "however") for token in between)


def is_parted(clauses: Clauses, first: int, last: int) -> bool:
    """Whether a ";" stands between two tokens: what follows it is nobody's who trails before it."""
    return any(token.text == ";" for token in clauses.tokens[max(first, last - _REACH) : last])


def remarks(clauses: Clauses, first: int, last: int) -> bool:
    """Whether a remark with a source of its own may begin between two tokens: "20 towns, | which cost 90, X said"."""
    classes = clauses.classes
    return any(classes[i : i + 2] == [COMMA, "relative"] for i in range(max(first, last - _REACH), last))
