"""The noun a quantity leaves out because the figure before has said it.

"Ten soldiers were killed. *Two more* were wounded": soldiers. "70 gunmen died and *30 others* were hurt": gunmen. "Five
have been found": of those just counted. A number that neither counts a noun nor stands where one is left out is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from schemas.metrics import Metric
from services.read.figures.counting.alone import crowd, exists, fugitives, is_hedged, is_other, owner, stands_alone
from services.read.figures.counting.bare import is_bare_subject, subject_again
from services.read.figures.counting.counted import Noun, is_plural
from services.read.figures.counting.happened import Told
from services.read.figures.counting.levels import level_again
from services.read.figures.counting.listed import Found, is_listed
from services.read.figures.figure import Quantity
from services.read.figures.guards.guarded import tallied
from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.text import Token
from services.read.wordlists import word_list, word_table

_LOOK_BACK = 6
"""Figures looked back for the noun meant (half and double: 0 / 0)."""
_NAMED_REACH = 60
"""Tokens looked back for people named by what happened to them: two sentences."""
_NUMBER_REACH = 10
"""Tokens between "the figure" and where it fell to."""
_SHELTER = 6
"""Tokens behind "2,600" in which "staying in emergency shelters" says why they are counted."""
_PHRASE = 4
"""Words that may stand between a subject and its verb: "6,132 *from the plant* are expected"."""
_TALLY_REACH = 40
"""Tokens looked back for the noun that numbers in brackets count (half and double: 0 / 0)."""
_LARGE = 1000
"""A number in brackets from here on is a count ("in the north (12,000)"); below it may be a note or a list number."""
_FARTHER = 4
"""Sentences back to the people whose number is put at something: they are named again before that as a rule."""
_PUT = 9
"""Tokens between "the number" and its "at": "the number *in the makeshift camp near Osmia* at" has 6."""
_GIVEN = 4
"""Tokens of "gave a much higher"."""
_NUMBER = frozenset({"number", "numbers", "figure", "count", "tally", "total"})
_GIVING = frozenset({"gave", "give", "gives", "giving", "given", "cited", "citing", "offered", "published"})
_PERSONS = frozenset({"people", "soldiers", "families"})
_PEOPLE = frozenset(
    {
        Metric.DEATHS,
        Metric.INJURED,
        Metric.CASUALTIES,
        Metric.MISSING,
        Metric.RESCUED,
        Metric.DISPLACED,
        Metric.DETAINED,
        Metric.HOSTAGES,
        Metric.PEOPLE_PRESENT,
    }
)


def antecedent(found: Sequence[Found], line: Line) -> Found | None:
    """The figure whose noun a number without one may mean: the last with a noun, or that says what happened, in this
    sentence or the one before it in the paragraph."""
    fallback: Found | None = None
    spare: Found | None = None
    for previous in reversed(found[-_LOOK_BACK:]):
        here, there = line.sentence, previous.line.sentence
        if here.number - there.number > 1 or here.paragraph != there.paragraph:
            break
        quantity = previous.quantity
        part = previous.counted.role == "subset"  # "38 civilians, 14 children among them, and wounded 250"
        if quantity.currency or quantity.percent or previous.told.metric is Metric.RATIO:
            continue
        if part:
            spare = previous if previous is found[-1] else spare
            continue
        said = previous.noun.head is not None and not stands_for(previous.noun, line.tokens)
        if said and previous.counted.unit in _PERSONS:
            return previous
        told = said or previous.told.token is not None
        fallback = fallback or (previous if told and previous.counted.unit not in group("place_units") else None)
    return fallback or spare


def stands_for(noun: Noun, tokens: Sequence[Token]) -> bool:
    """Whether the noun is a word for what happened in place of one: the "dead" of "86 dead"."""
    return noun.how == "state" or (noun.head is not None and tokens[noun.head].lower in group("stand_for"))


def meant(line: Line, quantity: Quantity, noun: Noun, told: Told, found: Sequence[Found]) -> Noun:
    """The noun of the figure before for "30 others", "two more were wounded", "12 dead"; else the noun as it is."""
    bare = stands_for(noun, line.tokens) or (noun.head is None and told.token is not None)
    others = noun.head is not None and line.lower(noun.head) in {"others", "other"}
    at = quantity.first - 1
    among = "among" in {line.lower(at), line.lower(at - 1) if line.lower(at) == "the" else ""}
    if not (bare or others) or among:
        return noun
    before = antecedent(found, line)
    wrecked = told.token is not None and _wrecks(line.lower(told.token))
    if wrecked and found and found[-1].line is line:
        before = found[-1]  # "toppled 60 buildings and damaged 90 more", whoever was counted before them
    if line.lower(quantity.first - 1) == "or" and before is not None and before.counted.unit == "families":
        return noun  # "47,000 families or 174,000 affected"
    if before is None or before.noun.head is None or stands_for(before.noun, line.tokens):
        moved = told.token is not None and line.lower(told.token) in group("homing")
        whose = owner(line, quantity, nobody=True)  # "killing several of them"
        named = whose[0] if whose else _named_so(line, quantity, told.metric)
        return named or (fugitives(line, quantity) if moved else None) or noun
    sick = told.metric is Metric.OTHER and line.lower(quantity.last).startswith("hospitali")  # fit.py
    alike = sick or _alike(before, told, line.tokens[before.noun.head].lower)
    alike = alike or (others and before.counted.unit == "families" and before.told.metric is told.metric)
    return _again(before) if alike or (wrecked and before.counted.unit not in _PERSONS) else noun


def _wrecks(word: str) -> bool:
    return word_table("metric_verbs").get(word, "").startswith(Metric.HOMES_DAMAGED)


def _alike(before: Found, told: Told, word: str) -> bool:
    """Whether what happened can have happened to what the figure before counts: people to people."""
    if told.metric not in _PEOPLE:
        return before.told.metric is told.metric
    head = before.noun.head or 0
    named = before.line.capitalised(head) and not before.line.titled and is_plural(word)  # 3,000 Walungas
    persons = named or (before.counted.unit in {"people", "soldiers"} and word in word_list("persons"))
    return persons and word not in group("collectives")


def _named_so(line: Line, quantity: Quantity, metric: Metric) -> Noun | None:
    """The people the text just named by what happened to them: "Most evacuees have left. Some 300 were relocated."."""
    paragraph = line.sentence.paragraph
    metrics, persons = word_table("metric_nouns"), word_list("persons")
    for k in range(quantity.first - 1, max(-1, quantity.first - _NAMED_REACH), -1):
        word = line.tokens[k].lower
        if word not in metrics or word not in persons or word in group("stand_for"):
            continue
        if metrics[word].split()[0] == metric and is_plural(word):
            same = line.document.sentence_at(line.tokens[k].start).paragraph == paragraph
            return Noun(k, k, k + 1, "elided") if same else None
    return None


def left_out(line: Line, quantity: Quantity, noun: Noun, found: Sequence[Found]) -> tuple[Noun, Told] | None:
    """Noun and metric of a number with neither, where the text leaves them out on purpose; None: it is no count."""
    same = found[-1] if found and found[-1].line is line else None
    if same is not None and same.noun.how == "elided" and is_listed(line, same, quantity):
        return same.noun, same.told
    if noun.how == "people":
        return noun, Told(Metric.OTHER, None)
    again = level_again(line, quantity, found) or _counted_so(line, quantity, found)
    if again is not None:
        return _again(again), again.told
    before = antecedent(found, line)
    plain = before is None or before.told.metric is Metric.OTHER
    far = _farther(found, line) if plain and _puts_number(line, quantity) else None
    if far is not None:
        return _again(far), far.told
    if before is not None and (
        _gives_number(line, quantity) or _puts_it(line, quantity) or _lost_again(line, quantity, before)
    ):
        return _again(before), before.told
    return _unsaid(line, quantity, noun, before)


def _farther(found: Sequence[Found], line: Line) -> Found | None:
    """The last figure of people some sentences before, over the ends of paragraphs: whom "the number" is of."""
    near = [one for one in found[-_LOOK_BACK:] if line.sentence.number - one.line.sentence.number <= _FARTHER]
    counts = [one for one in near if one.counted.unit in _PERSONS and one.counted.role != "subset"]
    told = [one for one in counts if one.noun.head is not None and one.told.metric is not Metric.OTHER]
    return told[-1] if told else None


def _puts_number(line: Line, quantity: Quantity) -> bool:
    """ "The committee put *the number* in the camp *at 2,000*": of whom, was said before."""
    if line.lower(quantity.first - 1) != "at":
        return False
    for k in range(quantity.first - 2, quantity.first - 2 - _PUT, -1):
        if line.lower(k) in _NUMBER:
            return line.lower(k - 1) in {"the", "their", "that"} and line.lower(k + 1) != "of"
    return False


def _puts_it(line: Line, quantity: Quantity) -> bool:
    """ "The number of dead could reach 20,000; the agency *put it at* 11,300"."""
    it = line.lower(quantity.first - 1) == "at" and line.lower(quantity.first - 2) in {"it", "them"}
    return it and line.lower(quantity.first - 3) in {"put", "puts", "putting"} and stands_alone(line, quantity)


def _lost_again(line: Line, quantity: Quantity, before: Found) -> bool:
    """ "20 of its soldiers had died; Veronia said it *had lost four*": of the same people, dead, too."""
    at = quantity.first - 1
    while line.lower(at) in _AT_MOST:
        at -= 1
    lost = line.lower(at) in group("losing") and line.lower(at - 1) in _WHO_LOST
    return lost and before.told.metric is Metric.DEATHS and before.counted.unit in _PERSONS and _ends(line, quantity)


def _ends(line: Line, quantity: Quantity) -> bool:
    """Whether nothing counted stands behind a number: "lost four.", "lost four in the clash"."""
    return not line.is_word(quantity.last) or line.lower(quantity.last) in word_list("phrase_ends")


_WHO_LOST = frozenset({"it", "they", "he", "she", "had", "have", "has", "only", "also"})
_AT_MOST = frozenset({"fewer", "less", "more", "than", "only", "just", "about", "some", "around", "at", "least", "no"})


def _gives_number(line: Line, quantity: Quantity) -> bool:
    """ "The company *gave a figure of 678,000*"."""
    given = line.lower(quantity.first - 1) == "of" and line.lower(quantity.first - 2) in _NUMBER
    before = line.lowers(quantity.first - 2 - _GIVEN, quantity.first - 2)
    return given and not _GIVING.isdisjoint(before) and stands_alone(line, quantity)


def _unsaid(line: Line, quantity: Quantity, noun: Noun, before: Found | None) -> tuple[Noun, Told] | None:
    """Noun and metric of a number that stands alone; `before` is the figure whose noun it may mean."""
    far = before is None or before.line is not line
    named = _named_before(line, quantity) if far and _bracketed(line, quantity) else None
    named = named or (owner(line, quantity, nobody=before is None) if noun.how == "part" else None)
    if named is not None:
        return named
    if _are_people(line, quantity, before):
        housed = not group("sheltered_in").isdisjoint(line.lowers(quantity.last, quantity.last + _SHELTER))
        told = Told(Metric.DISPLACED if housed else Metric.OTHER, quantity.last if housed else None)
        if before is not None and not far and _counts_people(line, before):
            return _again(before), told
        return Noun(None, quantity.last, quantity.last, "people"), told
    again = _of_before(line, quantity, noun, before) if before is not None else None
    return again or crowd(line, quantity) or _bare(line, quantity, before)


def _bare(line: Line, quantity: Quantity, before: Found | None) -> tuple[Noun, Told] | None:
    """Of what was counted before, else of people: "1,727 moved to camps"."""
    if not is_bare_subject(line, quantity, again=before is not None and before.line is line):
        return None
    counted = before is not None and before.noun.head is not None and not stands_for(before.noun, line.tokens)
    told = Told(Metric.OTHER, None)
    if counted and before is not None:
        return _again(before), told
    again = subject_again(line, quantity)
    nobody = Noun(None, quantity.last, quantity.last, "people")
    return nobody if again is None else Noun(again, again, again + 1, "elided"), told


def _counted_so(line: Line, quantity: Quantity, found: Sequence[Found]) -> Found | None:
    """The figure whose noun "there were 42" or "the three had left" means: one said to be there, too, or of as many
    people."""
    there = exists(line, quantity)
    again = _is_they(line, quantity)
    if not (there or again):
        return None
    for one in reversed(found[-_LOOK_BACK:]):
        if one.noun.head is None or stands_for(one.noun, line.tokens):
            continue
        if there and _there(one):
            return one
        if again and one.quantity.value == quantity.value and one.counted.unit in {"people", "soldiers"}:
            return one
    return None


def none_again(line: Line, i: int, found: Sequence[Found]) -> Found | None:
    """The figure whose noun "there were none" denies; None for any other "none"."""
    if line.lower(i) != "none" or line.lower(i - 1) not in group("be") or line.lower(i - 2) != "there":
        return None
    return next((one for one in reversed(found[-_LOOK_BACK:]) if _there(one) and one.noun.head is not None), None)


def _there(one: Found) -> bool:
    at = one.quantity.first - 1
    there = "there" in {one.line.lower(at - 1), one.line.lower(at - 2)}
    again = one.noun.how == "elided" and exists(one.line, one.quantity)
    return again or (there and one.line.lower(at) in group("be"))


def _is_they(line: Line, quantity: Quantity) -> bool:
    """ "*The three* had earlier given thanks", "*the two* were freed": people just counted."""
    the = quantity.bound == "exact" and quantity.value > 1 and line.lower(quantity.first - 1) == "the"
    after = line.lower(quantity.last)
    return the and (after in group("have") or after in group("be") or after in group("modal"))


def _of_before(line: Line, quantity: Quantity, noun: Noun, before: Found) -> tuple[Noun, Told] | None:
    """Noun and metric of a number that is of what was counted before."""
    if noun.how == "part" or _compared(line, quantity) or _numbered(line, quantity) or _bracketed(line, quantity):
        return _again(before), before.told
    if line.lower(quantity.first - 1) == "of" and line.lower(quantity.first - 2) in group("conditions"):
        return _again(before), before.told  # "the condition of two is serious"
    if is_hedged(line, quantity):
        # The noun is meant again, not what happened to it: "41 murders, while the south had around 10,000".
        return _again(before), before.told if _is_sure(before) else Told(Metric.OTHER, None)
    if _more(line, quantity.last) or is_other(line, quantity) or _is_subject(line, quantity):
        return _again(before), before.told if _is_sure(before) else Told(Metric.OTHER, None)  # "four were reported"
    return None


def _is_sure(before: Found) -> bool:
    """Whether the noun itself says the metric: murders; soldiers, where nothing else was told of those before."""
    word = before.line.tokens[before.noun.head].lower if before.noun.head is not None else ""
    metric = word_table("metric_nouns").get(word, "?")
    return not metric.endswith("?") or (before.told.metric is Metric.TROOPS and metric.startswith(Metric.TROOPS))


def _again(before: Found) -> Noun:
    return replace(before.noun, how="elided")


def _compared(line: Line, quantity: Quantity) -> bool:
    """ "This compares to 140,000", "compared with 300 a year ago"."""
    first = quantity.first
    first -= line.lower(first - 1) in group("possessives")  # "compared to his 2,600"
    return line.lower(first - 1) in {"to", "with"} and line.lower(first - 2) in group("comparing")


def _named_before(line: Line, quantity: Quantity) -> tuple[Noun, Told] | None:
    """The people or things a sentence speaks of before numbers in brackets: "Refugees live in the north (90,000)"."""
    metrics = word_table("metric_nouns")
    for k in range(max(line.first, quantity.first - _TALLY_REACH), quantity.first):
        word = line.lower(k)
        if word == "population":
            return Noun(None, quantity.last, quantity.last, "people"), Told(Metric.OTHER, None)
        if is_plural(word) and (word in metrics or word in word_list("persons")):
            metric = Metric(metrics[word].split()[0]) if word in metrics else Metric.OTHER
            return Noun(k, k, k + 1, "elided"), Told(metric, k)
    return None


def _bracketed(line: Line, quantity: Quantity) -> bool:
    """ "They live in the north (up to 1.5 million)", "in the districts of Ila (7) and Oru (3)"."""
    grouped = quantity.value >= _LARGE and not line.text(quantity.last - 1).isdigit()  # "(1881)" may be a year
    counted = quantity.bound != "exact" or grouped or tallied(line, quantity.first, quantity.last)
    at = quantity.first - 2 if line.lower(quantity.first - 1) in group("before_skip") else quantity.first - 1
    return counted and line.text(at) == "(" and line.text(quantity.last) == ")"


def _more(line: Line, at: int) -> bool:
    return line.lower(at) in {"more", "others"} and line.lower(at + 1) != "than"


def _counts_people(line: Line, before: Found) -> bool:
    """Whether the figure before counts people by a noun, not by what happened to them."""
    head = before.noun.head
    known = head is not None and not stands_for(before.noun, line.tokens)
    persons = before.counted.unit in _PERSONS
    return known and persons and line.tokens[head or 0].lower in word_list("persons")


def _numbered(line: Line, quantity: Quantity) -> bool:
    """ "That figure has since fallen to 15,475", "raising the number to 48": the number of what was just counted."""
    if line.lower(quantity.first - 1) not in {"to", "at", "from", "be"}:
        return False
    words = line.lowers(quantity.first - _NUMBER_REACH, quantity.first)
    return any(one in group("number_nouns") and two != "of" for one, two in pairwise(words))


def _are_people(line: Line, quantity: Quantity, before: Found | None) -> bool:
    """ "2.2 million who showed up", "104,000 returned", "Millions will lose": nobody else does that."""
    if line.capitalised(quantity.first - 1) and not line.titled:
        return False
    word = line.lower(quantity.last)
    if word in {"still", "now", "also", "already"}:
        word = line.lower(quantity.last + 1)
    many = quantity.bound == "vague" or quantity.value >= _LARGE
    hedged = many or quantity.bound != "exact" or quantity.modifier is not None
    caused = word == "to" and line.lower(quantity.first - 1) in group("causing")
    doing = hedged and (word in group("human_doing") or word in group("doing"))
    return (
        word in group("human_verbs")
        or word == "who"
        or (hedged and caused)
        or doing
        or (before is None and word in group("some_verbs") and (many or _is_some(quantity)))
        or _of_those(line, quantity)
    )


def _is_some(quantity: Quantity) -> bool:
    """ "*more than 500* will have to sleep out": hedged and past any age or hour."""
    return quantity.bound != "exact" and quantity.value >= _HUNDRED


def _of_those(line: Line, quantity: Quantity) -> bool:
    """ "Of those shot, *five* stayed in hospital"."""
    opened = line.lower(line.first) == "of" and line.lower(line.first + 1) in {"those", "them", "whom"}
    return opened and line.text(quantity.first - 1) == "," and quantity.first - line.first <= _NUMBER_REACH


_HUNDRED = 100


def _is_subject(line: Line, quantity: Quantity) -> bool:
    """ "50,000 were given orders", "6,132 from the plant are expected", "one is a nurse"."""
    at = quantity.last
    verbs = group("one_verbs") if quantity.value == 1 else group("some_verbs")
    if line.lower(at) not in verbs and line.lower(at) in group("in_parallel"):
        at = next((k for k in range(at + 2, at + 2 + _PHRASE) if not line.is_word(k) or line.lower(k) in verbs), at)
    owner = line.lower(quantity.first - 1)  # "people between 19 and 25 are insured"
    named = line.capitalised(quantity.first - 1) and owner not in word_list("phrase_ends")
    return line.lower(at) in verbs and not (named or is_plural(owner) or owner in word_list("persons"))
