"""Which sentences go on with what somebody said in the one before, though nobody is named in them again.

"The agency said 40 people died. Another 110 were hurt.": most sentences behind a named source are the narrator's, and
those behind a trailing ", officials said" nearly all; these few are not. Of 36 such figures in 450 articles, 34 read
as the source's own.
"""

from __future__ import annotations

from services.read.figures.clauses import FIGURE, NAME, NOUN, OTHER, Clauses
from services.read.figures.speakers.sources import is_time
from services.read.text import MARK, Sentence
from services.read.wordlists import word_list, word_table

_OPENING = 4
"""Tokens in which a sentence that opens with a count reaches its number: "At least another 110" needs 4."""

_SENTENCE = 120
"""Tokens from a sentence's end in which its last count is looked for; no real sentence has more."""

_BREAKDOWN = 8
"""Tokens to the verb of "The targeted civilian facilities also included"; it has 5 before it."""

_LEANS_BEFORE = frozenset({"another", "further", "additional"})
_LEANS_BEHIND = frozenset({"others", "more", "other", "additional", "further"})


def is_behind(clauses: Clauses, sentence: Sentence) -> bool:
    """Whether a sentence stands right behind another of its paragraph; two spaces part paragraphs run together."""
    document = clauses.document
    if not sentence.number:
        return False
    before = document.sentences[sentence.number - 1]
    return before.paragraph == sentence.paragraph and sentence.start - before.end < 2


def goes_into(clauses: Clauses, sentence: Sentence) -> bool:
    """Whether a sentence goes into the count of the one before over a gap, too: "…  The victims comprise 12 …"."""
    document = clauses.document
    if not sentence.number or not breaks_down(clauses, sentence):
        return False
    return document.sentences[sentence.number - 1].paragraph == sentence.paragraph


def is_torn(clauses: Clauses, sentence: Sentence) -> bool:
    """Whether a paragraph begins with a small word: the line before was torn, and whoever spoke there goes on."""
    document = clauses.document
    if not sentence.number or document.sentences[sentence.number - 1].paragraph == sentence.paragraph:
        return False
    return clauses.tokens[sentence.first].text[0].islower()


def leans(clauses: Clauses, sentence: Sentence) -> bool:
    """Whether a sentence opens with a count that leans on the one before: "Another 110", "At least 110 others"."""
    number = _opening_number(clauses, sentence)
    tokens = clauses.tokens
    if _is_bare(clauses, sentence):
        return True
    if number is None:
        return False
    behind = tokens[number + 1].lower if number + 1 < sentence.last else ""
    return behind in _LEANS_BEHIND or any(t.lower in _LEANS_BEFORE for t in tokens[sentence.first : number])


def _is_bare(clauses: Clauses, sentence: Sentence) -> bool:
    """Whether all that a sentence counts is named in the one before: "In May, there were 42."."""
    tokens, last = clauses.tokens, sentence.last - 1
    while last > sentence.first and tokens[last].kind == MARK:
        last -= 1
    there = last - 2 >= sentence.first and tokens[last - 2].lower == "there" and clauses.classes[last - 1] == "be"
    return there and _is_number(clauses, last)


def adds_on(clauses: Clauses, sentence: Sentence) -> bool:
    """Whether a sentence adds a count to the one before: "Dozens of people were also wounded"."""
    number = _opening_number(clauses, sentence)
    if number is None and word_table("scales").get(clauses.tokens[sentence.first].lower.removesuffix("s")):
        number = sentence.first  # "Dozens", "Hundreds"
    if number is None:
        return False
    return any(t.lower == "also" for t in clauses.tokens[number + 1 : min(number + _ADDED, sentence.last)])


_ADDED = 6
"""Tokens from a count to its "also": "12 people in the village were also hurt" has 6."""


def counts_on(clauses: Clauses, sentence: Sentence) -> bool:
    """Whether a sentence opens with a count of its own: "Some 40 houses were lost"; it goes on behind another count."""
    number = _opening_number(clauses, sentence)
    if number is None or _is_history(clauses, sentence):
        return False
    return all(t.lower in word_list("counting_on") for t in clauses.tokens[sentence.first : number])


def _is_history(clauses: Clauses, sentence: Sentence) -> bool:
    """Whether a sentence gives the toll of a whole war: "More than 1,000 have died in the war that began in May".

    Papers close their reports with it in their own voice.
    """
    words = {t.lower for t in clauses.tokens[sentence.first : min(sentence.first + _HISTORY, sentence.last)]}
    return bool(words & _WARS) and bool(words & _BEGAN)


_HISTORY = 40
"""Tokens of a sentence looked at for its war (half and double: 0 / 0)."""
_WARS = frozenset({"war", "conflict", "uprising", "revolt", "rebellion", "insurgency", "crisis", "violence"})
_BEGAN = frozenset({"since", "began", "started", "start", "erupted", "broke", "beginning"})


def breaks_down(clauses: Clauses, sentence: Sentence) -> bool:
    """Whether a sentence goes into the count before it: "Among them were 12 …", "The dead also included 12 …"."""
    tokens = clauses.tokens
    opening = [t.lower for t in tokens[sentence.first : min(sentence.first + _BREAKDOWN, sentence.last)]]
    if len(opening) < 2:
        return False
    if opening[0] in ("among", "of"):
        return opening[1] in ("them", "those", "these", "the", "that") and "," not in opening[:2]
    if opening[0] not in ("they", "those", "these", "the", "that", "this", "it"):
        return False
    for i, word in enumerate(opening[1:], 1):
        if word in ("include", "includes", "included", "comprise", "comprised"):
            return True
        if word in (",", "said", "who", "which") or clauses.classes[sentence.first + i] in ("be", "aux"):
            return False
    return False


def has_number(clauses: Clauses, first: int, last: int) -> bool:
    """Whether a number stands in tokens [first, last)."""
    return any(_is_number(clauses, i) for i in range(first, last))


def last_count(clauses: Clauses, sentence: Sentence) -> int:
    """The last number of a sentence that a noun follows, and no date; where there is none, the sentence's end."""
    for i in range(sentence.last - 2, max(sentence.first, sentence.last - _SENTENCE), -1):
        if clauses.classes[i] == FIGURE and clauses.classes[i + 1] in (OTHER, NOUN, NAME):
            return sentence.last - 1 if is_time(clauses, i - 1) else i
    return sentence.last - 1


def is_share(clauses: Clauses, position: int) -> bool:
    """Whether the number at a token is a percentage."""
    tokens = clauses.tokens
    return position + 1 < len(tokens) and tokens[position + 1].lower in ("percent", "%", "per", "pct")


def is_polled(clauses: Clauses, first: int, last: int) -> bool:
    """Whether a source is a poll, whose shares go on over the sentences behind it."""
    return any(clauses.tokens[i].lower in word_list("polls") for i in range(first, last))


def _opening_number(clauses: Clauses, sentence: Sentence) -> int | None:
    for i in range(sentence.first, min(sentence.first + _OPENING, sentence.last)):
        if _is_number(clauses, i):
            return i
    return None


def _is_number(clauses: Clauses, i: int) -> bool:
    token = clauses.tokens[i]
    return clauses.classes[i] == FIGURE or token.lower in word_table("numbers") or token.lower in word_table("scales")
