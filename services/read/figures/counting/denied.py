"""Figures nobody vouches for: "denied that 200 died", "not 43 but 34", "could not verify the claim that 2,000 died"."""

from __future__ import annotations

from typing import Literal

from services.read.figures.figure import Quantity
from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.wordlists import word_table

Doubt = Literal["denied", "unverified"]

_REACH = 24
"""Tokens before a number in which "that" or "of" opens what is denied; a long subject and its place have some 15."""
_HEARSAY = 10
"""Tokens from "that" back to the "reports" it belongs to: "reports in the local media on Friday that" has 7."""
_NEAR = 4
"""Tokens in which "no", "not", "could not" or "fake" stands before what it turns round."""
_BEHIND = 16
"""Tokens behind a number in which "are false" ends "reports that 200 people were killed in the camp on Friday"."""
_NOT = frozenset(
    "not never n't didn't doesn't don't hasn't haven't hadn't isn't wasn't aren't weren't couldn't can't cannot "
    "wouldn't won't neither nor".split()
)
_UNABLE = _NOT | {"refused", "declined", "unable", "refusing", "declining", "refuses", "declines", "yet", "impossible"}
_ONLY = frozenset({"only", "just", "merely", "simply"})
_OPENERS = frozenset({"that", "of", "whether", "if"})
_CUTS = frozenset(
    "; which who whom whose where when after before during following because since amid despite but while although "
    "though as".split()
)
"""Words behind which what is told is no part of the denial: "denied it was behind the raid which killed 12"."""
_SPEAKS = frozenset({"says", "source", "gerund", "quotes"})
_FALSE: dict[str | None, Doubt] = {"false": "denied", "doubtful": "unverified"}
_BE = frozenset({"is", "are", "was", "were", "be", "been", "as"})
_CLAUSE = frozenset({"it", "he", "she", "they", "was", "were", "had", "has", "have", "is", "are", "been"})
"""Words of a clause of its own between a denial and "that": "denied it was behind the raid that killed 12"."""
_ADJUNCTS = frozenset({"on", "in", "to", "at", "late", "early", "earlier", "again", "yesterday", "today", ","})
_VOICED = frozenset({"claim", "claims", "statement", "statements", "story", "stories", "allegations", "accusations"})
"""What people make: "rejected the claims of 400 migrants" tells who made them; "the figure of 400" what it is."""
_DEFINITE = frozenset({"the", "these", "those", "all", "its", "his", "her", "their"})
_WITHOUT_THAT = _DEFINITE | {"a", "an", "some", "police"}
"""What opens a clause right behind "reports" where "that" is left out."""


def doubt_of(line: Line, quantity: Quantity) -> Doubt | None:
    """Whether a number stands in what somebody denies, or could not verify; None where it is anybody's word."""
    first = quantity.first
    if _is_contrasted(line, first) or _is_undone(line, first):
        return "denied"
    ahead = line.lowers(first - _REACH - _HEARSAY, first)
    kinds = word_table("denial_words")
    if kinds.keys().isdisjoint(ahead):
        return None
    for k in range(first - 1, max(line.first, first - _REACH) - 1, -1):
        word = line.lower(k)
        if word in _OPENERS:
            found = _opened(line, k, quantity)
            if found is not None or word != "of":
                return found
        elif (kind := kinds.get(word)) == "hearsay" and line.lower(k + 1) in _WITHOUT_THAT:
            return _of_hearsay(line, k, quantity)  # "reports the agency held 100 people were exaggerated"
        elif kind in ("denies", "check") and not _is_ruled_out(line, k):
            return _direct(line, k, kind, quantity)
        elif _is_cut(line, k):
            break
    return None


def _is_contrasted(line: Line, first: int) -> bool:
    """ "34, not 43, people", "not 43 but 34": the number behind "not"; "dozens, if not hundreds" denies nothing."""
    if line.lower(first - 1) != "not" or line.lower(first - 2) in {"if", "why", "or", "but", "and"}:
        return False
    return line.text(first - 2) in {",", "-", "–", "—", "("} or "but" in line.lowers(first + 1, first + _NEAR)


def _is_undone(line: Line, first: int) -> bool:
    """ "had not lost 100 men", "did not kill 200 people": a verb of harm alone between "not" and its number."""
    negated = line.lower(first - 2) in _NOT - {"neither", "nor"} and line.lower(first - 1) not in _ONLY
    told = word_table("metric_verbs").get(line.lower(first - 1), "").split()[:1]
    return negated and (told in (["deaths"], ["injured"]) or line.lower(first - 1) in group("losing"))


def _direct(line: Line, k: int, kind: str, quantity: Quantity) -> Doubt | None:
    """What a verb right before a number or its clause does: "denied killing 200", "could not confirm 12 deaths"."""
    if kind == "check":
        return "unverified" if quantity.first - k <= _NEAR and _is_unchecked(line, k) else None
    if line.lower(k + 1).endswith("ing") and line.lower(k + 1) not in {"during", "being"}:
        return "denied"
    clause = line.lowers(quantity.last, quantity.last + _NEAR)
    stated = bool({"were", "was", "had", "have", "died"} & set(clause))
    return "denied" if k + 1 == quantity.first and line.lower(k).startswith("den") and stated else None


def _opened(line: Line, opener: int, quantity: Quantity) -> Doubt | None:
    """What the words before "that", "whether" or "of" make of what follows."""
    kinds = word_table("denial_words")
    word = line.lower(opener)
    reach = 1 if word == "of" else _HEARSAY
    for k in range(opener - 1, max(line.first, opener - reach) - 1, -1):
        if kinds.get(line.lower(k)) == "hearsay":
            voiced = word == "of" and line.lower(k) in _VOICED and line.lower(k - 1) == "the"  # "the claims of 12 men"
            return None if voiced else _of_hearsay(line, k, quantity)
        found = _unsure(line, k, quantity) if word in ("whether", "if") else _untrue(line, k, opener)
        if found is not None:
            return found
        if line.lower(k) in ".;:" or line.lower(k) in _CLAUSE or _is_cut(line, k):
            return None
    return None


def _unsure(line: Line, k: int, quantity: Quantity) -> Doubt | None:
    """ "It is not clear whether 300 died", "refused to say if"; whether "the 300" on board survived counts them."""
    kind = word_table("denial_words").get(line.lower(k))
    unclear = kind == "unclear" or (kind == "clear" and _has_not(line, k)) or (kind == "check" and _is_unable(line, k))
    return "unverified" if unclear and line.lower(quantity.first - 1) not in _DEFINITE else None


def _untrue(line: Line, k: int, opener: int) -> Doubt | None:
    """ "denied that", "it is false that", "not true that", "no evidence that", "could not confirm that"."""
    kind, beside = word_table("denial_words").get(line.lower(k)), k == opener - 1
    that = line.lower(opener) == "that"
    # "denied on Monday that", but "denied any role in a plot that killed 12"
    said = kind == "denies" and (beside or line.lower(k + 1) in _ADJUNCTS or line.lower(k + 1).endswith("ly"))
    denied = that and (said or (kind == "false" and beside)) and not _is_ruled_out(line, k)
    denied = denied or (kind == "true" and beside and _has_not(line, k))
    if denied or (kind == "truth" and "no" in line.lowers(k - _NEAR, k)):
        return "denied"
    return "unverified" if _is_unchecked(line, k) else None


def _is_unchecked(line: Line, k: int) -> bool:
    """ "could not verify", "declined to confirm"; who "can't say that" argues, and says nothing of a check."""
    checks = word_table("denial_words").get(line.lower(k)) == "check" and line.lower(k) not in {"say", "tell"}
    return checks and _is_unable(line, k)


def _of_hearsay(line: Line, hearsay: int, quantity: Quantity) -> Doubt | None:
    """Who stands before or behind "reports that …": "rejected reports", "fake reports", "reports that … are false"."""
    kinds = word_table("denial_words")
    for k in range(hearsay - 1, max(line.first, hearsay - _HEARSAY) - 1, -1):
        kind = kinds.get(line.lower(k))
        if kind in ("denies", "rejects", "check", "truth") or (kind in _FALSE and hearsay - k <= _NEAR):
            return _turned(line, k, kind)
        cut = _is_cut(line, k) and line.lower(k) != "as"  # "dismissed as false a report"
        if line.lower(k) in ".;:" or line.lower(k) in _CLAUSE or cut:
            break
    return _settled(line, quantity)


def _turned(line: Line, k: int, kind: str | None) -> Doubt | None:
    """What a word before hearsay makes of it: "rejected reports", "would not confirm or deny reports"."""
    if kind in ("denies", "rejects"):
        both = {"confirm", "confirmed"} & set(line.lowers(k - _NEAR, k))
        return "unverified" if both else None if _is_ruled_out(line, k) else "denied"
    if kind in _FALSE:
        return _FALSE[kind]
    if kind == "check":
        return "unverified" if _is_unchecked(line, k) else None
    return "denied" if "no" in line.lowers(k - _NEAR, k) else None


def _settled(line: Line, quantity: Quantity) -> Doubt | None:
    """What ends "reports that 200 people were killed": "are false", "were denied", "could not be verified"."""
    kinds = word_table("denial_words")
    for k in range(quantity.last, min(line.last, quantity.last + _BEHIND)):
        kind, before = kinds.get(line.lower(k)), line.lowers(k - 3, k)
        if line.lower(k) in ";:" or line.lower(k) in ("which", "who", "but"):
            return None
        passive = not _BE.isdisjoint(before)
        if passive and (kind in ("false", "rejects", "denies") or (kind == "true" and _has_not(line, k))):
            return None if kind != "true" and _has_not(line, k) else "denied"
        if passive and ((kind == "check" and _has_not(line, k)) or kind == "doubtful"):
            return "unverified"
    return None


def _is_cut(line: Line, k: int) -> bool:
    """Whether a new statement begins at a token: "after", ", and", "saying"; what follows is no part of the denial."""
    word = line.lower(k)
    if word in _CUTS or (word == "and" and line.text(k - 1) == ","):
        return True
    trailing = word.endswith("ing") and line.text(k - 1) == ","  # "denied that it shelled the town, killing 12"
    return trailing or (word_table("reporting_verbs").get(word) in _SPEAKS and word not in word_table("denial_words"))


def _has_not(line: Line, k: int) -> bool:
    return not _NOT.isdisjoint(line.lowers(k - _NEAR, k)) or "n't" in "".join(line.lowers(k - _NEAR, k))


def _is_unable(line: Line, k: int) -> bool:
    return not _UNABLE.isdisjoint(line.lowers(k - _NEAR, k))


def _is_ruled_out(line: Line, k: int) -> bool:
    """Whether the denial itself is denied: "did not deny that 200 died"."""
    return not _NOT.isdisjoint(line.lowers(k - 2, k))
