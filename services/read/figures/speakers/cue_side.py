"""On which side of a cue its statement stands: "he said that 20", "20, he said.", "20 people, he said, were killed"."""

from __future__ import annotations

from services.read.figures.clauses import BREAK, COMMA, FIGURE, JOIN, NAME, NOUN, OTHER, QUOTE, Clauses
from services.read.figures.speakers.cue import Side
from services.read.figures.speakers.sources import Span, is_participle, is_time
from services.read.text import MARK, Sentence
from services.read.wordlists import word_list, word_table

TOLD = frozenset({"told", "tells", "tell", "informed", "informs"})
"""Verbs with the hearer behind them: no source stands there, and the hearer is the medium ("told Reuters")."""

_LONGEST_ADJUNCT = 20
"""Tokens behind a trailing verb; "told a news conference in the capital late on Thursday night" has 11."""

_NAMED = 6
"""Tokens of a quoted name and the stop behind it (half and double: 1 / 0)."""

_ENOUGH = 2
"""Tokens before the subject that can be a statement; fewer are "And" or "Still,"."""


_PARTS = frozenset({"most", "many", "some", "all", "several", "half", "both"})
"""What opens a remark about those counted: "20 fell on Monday a monitor said | most of them in Osmia"."""

_STATEMENT = 6
"""Tokens before the subject that are a statement for sure, comma or none (half and double: 0 / 0)."""


def side_of(clauses: Clauses, sentence: Sentence, subject: Span, verb: int) -> tuple[Side, int]:
    """The side of a subject and its verb, and the token behind the cue with what belongs to it.

    A cue with content before it and nothing but time, place and medium behind it is a trailing one. What belongs to
    the cue is no part of the statement: no figure of "told a crowd of 1,300" is the speaker's.
    """
    tokens = clauses.tokens
    behind = _hearer_end(clauses, sentence, verb)
    end = _adjuncts_end(clauses, sentence, verb + 1)
    ends = end >= sentence.last - 2 or _goes_on(clauses, end)
    before = tokens[subject[0] - 1]
    that = verb + 1 < sentence.last and tokens[verb + 1].lower == "that"
    if _backs_off(clauses, sentence, subject, verb) or (not that and is_quoted(clauses, sentence, subject[0])):
        return "before", behind
    trails = subject[0] - sentence.first >= _ENOUGH and (before.kind == MARK or before.lower == "as" or ends)
    if not trails or is_setting(clauses, sentence.first, subject[0] - 1):
        return "after", behind
    end = max(end, behind)
    if end >= sentence.last or tokens[end].text in ".!?…":
        return "before", end
    opens_quote = end + 1 < sentence.last and clauses.classes[end + 1] == QUOTE
    led_in = clauses.classes[subject[0] - 1] != QUOTE and opens_quote  # 'In Kabul, the minister said, "We …"'
    if tokens[end].text == ":" or led_in or (tokens[end].kind != MARK and not _goes_on(clauses, end)):
        return "after", behind
    described = end + 1 < sentence.last and tokens[end + 1].lower in ("when", "where", "who", "which", "whose")
    return ("before" if described else "both"), end


def is_setting(clauses: Clauses, first: int, comma: int) -> bool:
    """Whether all before a subject's comma is when or where: "In the early 1990s, | Ada Moreno said, when …".

    No statement stands there, so it follows; a number that is no year may be one.
    """
    opens = clauses.classes[first] == "in" or clauses.tokens[first].lower == "since"
    if not opens or clauses.classes[comma] != COMMA or comma - first > _SETTING:
        return False
    if any(t.lower in word_table("numbers") for t in clauses.tokens[first:comma]):
        return False  # "In the three years since the flood, Moreno said"
    years = (t.text.rstrip("s") for t in clauses.tokens[first:comma] if t.text[0].isdigit())
    if any(len(year) != len("2016") or not year.isdecimal() for year in years):
        return False
    plain = (NAME, NOUN, OTHER, "in", "det", "of", "adverb", JOIN, FIGURE)
    return all(clauses.classes[i] in plain and not is_participle(clauses, i, first) for i in range(first, comma))


_SETTING = 12
"""Tokens of a phrase of time or place that opens a sentence (half and double: 0 / 0)."""


def _backs_off(clauses: Clauses, sentence: Sentence, subject: Span, verb: int) -> bool:
    """Whether a clause of time follows a trailing verb that no comma opens: "20 died activists said as shelling …"."""
    tokens = clauses.tokens
    if subject[0] - sentence.first < _STATEMENT or verb + 2 >= sentence.last:
        return False
    word, following = tokens[verb + 1].lower, tokens[verb + 2].lower
    if word in word_table("time_units") and following in ("after", "before"):
        return True  # "20 left activists said days after a blast killed 120"
    if word in ("but", "though", "although"):
        return True  # "20 died activists said but it was not clear who …"
    return word in ("as", "while", "amid") and following not in ("many", "much", "few", "of")


def is_quoted(clauses: Clauses, sentence: Sentence, first: int) -> bool:
    """Whether a quotation that opens the sentence, or goes on from one before, ends right before a token.

    '"It was dark," she said, holding two lamps': what is said is said by then.
    """
    tokens = clauses.tokens
    i = first - 1
    if i <= sentence.first or clauses.classes[i] != QUOTE or tokens[i].end == tokens[first].start:
        return False  # the mark opens
    i -= 1
    while i > sentence.first and (clauses.classes[i] != QUOTE or i == first - 2):
        i -= 1
    return i - sentence.first <= 1


def rest_of(clauses: Clauses, sentence: Sentence, end: int) -> Side:
    """Whether the statement goes on behind a trailing source, or only its description does: ', 59, of', ', head of'."""
    if sentence.last - end <= 2:
        return "before"
    if clauses.tokens[end].lower == "who":
        return "before"
    if clauses.classes[end] == COMMA:
        after = clauses.tokens[end + 1]
        office = after.lower in word_list("role_words") and after.text[0].islower()
        aged = clauses.classes[end + 1] == FIGURE and end + 2 < sentence.last and clauses.classes[end + 2] == COMMA
        among = after.lower in word_table("numbers") and clauses.tokens[end + 2].lower == "of"  # ", two of the five"
        if among or office or aged or clauses.classes[end + 1] == "relative" or after.lower in ("a", "an", "the"):
            return "before"
    return "both"


def _hearer_end(clauses: Clauses, sentence: Sentence, verb: int) -> int:
    """The token behind the verb and whom somebody told: "told a crowd of 1,300"."""
    classes = clauses.classes
    i = verb + 1
    if clauses.tokens[verb].lower in ("said", "says") and i + 1 < sentence.last and clauses.tokens[i].lower == "to":
        i += 1  # "said to a crowd of 500"
    elif clauses.tokens[verb].lower not in TOLD:
        return i
    hearer = (NAME, NOUN, OTHER, "det", "of", JOIN, "pronoun")
    while i < min(sentence.last, verb + 8) and (
        classes[i] in hearer
        or (classes[i] == FIGURE and (classes[i - 1] == "of" or classes[i - 2] == "of"))
        or (classes[i] == FIGURE and (i == verb + 1 or classes[i - 1] == "det"))  # "told the 2,300-person audience"
        or (classes[i] in ("in", "adverb") and classes[i - 1] == "of")  # "a crowd of about 500"
    ):
        i += 1
    return i


def _adjuncts_end(clauses: Clauses, sentence: Sentence, start: int) -> int:
    """The token behind "told Reuters by telephone on Friday"; `start` itself where a statement follows."""
    classes, tokens = clauses.classes, clauses.tokens
    if start < sentence.last and tokens[start - 1].lower not in TOLD and not _opens_adjunct(clauses, start):
        return start
    i = start
    while i < min(sentence.last, start + _LONGEST_ADJUNCT) and not _ends_adjunct(clauses, i):
        if tokens[i].lower == "anonymity":
            return _reason_end(clauses, sentence, i + 1)
        if _goes_on(clauses, i):
            return i
        if classes[i] in ("verb", "be", "aux", "relative"):
            return start
        i += 1
    if i >= sentence.last:
        return i
    named = tokens[i - 1].lower in ("dubbed", "called", "named", "codenamed")
    if classes[i] == QUOTE and named and sentence.last - i <= _NAMED:
        i = sentence.last  # 'said in a report on the operation dubbed "Shield".'
    elif tokens[i].lower in word_table("clause_words"):
        i = start  # "said on Friday that"
    return i


def _ends_adjunct(clauses: Clauses, i: int) -> bool:
    """Whether a mark or a joint ends "said in less than two weeks" at a token; its "than" does not."""
    return clauses.classes[i] in (COMMA, QUOTE, BREAK) and clauses.tokens[i].lower != "than"


def _reason_end(clauses: Clauses, sentence: Sentence, start: int) -> int:
    """The token behind why a source is unnamed: "on condition of anonymity | because he may not speak to the press"."""
    tokens = clauses.tokens
    if start < sentence.last and tokens[start].lower in ("because", "due", "as", "since", "citing"):
        while start < sentence.last and tokens[start].text not in ",;.":
            start += 1
    return start


def _goes_on(clauses: Clauses, i: int) -> bool:
    """Whether "adding that" or "citing officials" begins at a token."""
    if i >= len(clauses.tokens):
        return False
    if clauses.tokens[i].lower == "including":
        return True  # "20 died, a monitor said on Monday including three children"
    if i + 2 < len(clauses.tokens) and clauses.tokens[i + 2].lower in ("them", "whom"):
        return clauses.tokens[i].lower in _PARTS and clauses.tokens[i + 1].lower == "of"
    return word_table("reporting_verbs").get(clauses.tokens[i].lower) in ("gerund", "quotes")


def _is_hedged(clauses: Clauses, i: int) -> bool:
    """Whether a preposition is the hedge of a number: "about 40", "over 40"; "in 2014" and "at 8" are times."""
    if i + 2 >= len(clauses.tokens) or clauses.classes[i + 1] != FIGURE:
        return False
    if clauses.tokens[i].lower == "by":  # "found by 43 % to 41 %"
        return clauses.tokens[i + 2].lower in ("%", "percent", "-", "to")
    return clauses.tokens[i].lower in ("about", "around", "over", "under", "between", "near")


def _opens_adjunct(clauses: Clauses, i: int) -> bool:
    """Whether "on", "to reporters", "Friday" or "two days after" begins at a token."""
    token = clauses.tokens[i]
    behind = clauses.tokens[i + 1].lower if i + 1 < len(clauses.tokens) else ""
    if clauses.classes[i] == "in" and (behind in ("least", "most", "half") or _is_hedged(clauses, i)):
        return False  # "said at least 12", "said about 40"
    if clauses.classes[i] == "adverb" and i + 1 < len(clauses.tokens) and clauses.classes[i + 1] == FIGURE:
        return False  # "claimed nearly 400"
    if clauses.classes[i] == "of" and clauses.tokens[i - 1].lower in ("spoke", "speak", "speaks"):
        return False  # "while the agency spoke of 400"
    if clauses.classes[i] in ("in", "adverb", "of") or token.lower in ("to", "when") or is_time(clauses, i):
        return True
    return i + 1 < len(clauses.tokens) and clauses.tokens[i + 1].lower in word_table("time_units")
