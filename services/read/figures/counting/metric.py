"""The metric of a quantity: the noun itself, what happened to the counted, else what the noun is by default.

The order is: a noun that says it ("12 bodies"); a participle or predicate behind ("N people were killed", "left N
people homeless"); the verb that governs it ("killing N people"); a participle inside ("200 injured people"); "the death
toll to 19 people"; what a list before it had ("killed 5 soldiers and two policemen"); the noun's default ("soldiers":
troops). Else `other`, rather than guessed.
"""

from __future__ import annotations

from itertools import pairwise

from schemas.metrics import Metric
from services.read.figures.counting.among import whole_before
from services.read.figures.counting.counted import BACK, Noun
from services.read.figures.counting.fit import ANY, TESTS, fit, is_those, near, nouns
from services.read.figures.counting.governor import governor
from services.read.figures.counting.happened import Told, joined, left_so, modifier, predicate, razed_together
from services.read.figures.counting.verbs import verbs
from services.read.figures.counting.whole import is_whole, whole_has_it
from services.read.figures.figure import Quantity
from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.figures.numbers import numeral_at
from services.read.wordlists import word_list, word_table

_PLACE_REACH = 9
"""Tokens behind "2,000 people" in which "in the old army camp" says where they are."""
_WAITING_REACH = 24
"""Tokens behind migrants in which their place may stand: "900 refugees, most from the south, who sleep in a camp"."""
_ARMY = 7
"""Tokens behind "members" that may name an army."""
_DISPLACED_REACH = 50
"""Tokens looked back for the evacuees or displaced whom a camp holds (half and double: 0 / 0)."""
_DEATHS_BEHIND = 5
"""Tokens behind cases in which their deaths stand: "492 cases, *including 16 deaths*"."""
_CASES_OF = 4
"""Tokens behind "cases of" in which the wrong stands: "28 cases of serious voter fraud"."""
_NUMBER_OF = 10
"""Tokens looked back for "the number of evacuated families"."""
_FREED = 5
"""Tokens to either side in which "released" speaks of the held."""


def metric_of(line: Line, quantity: Quantity, noun: Noun, before: Told | None) -> Told:
    """The metric of a quantity; `before` is that of the quantity just before it in the same list, else None."""
    if quantity.currency:
        return Told(Metric.MONEY, None)
    if noun.how == "ratio":
        return Told(Metric.RATIO, noun.head)
    if quantity.percent or _is_excepted(line, quantity) or _is_per(line, quantity, noun):
        return Told(Metric.OTHER, None)
    word = line.lower(noun.head) if noun.head is not None else ""
    told = _named(line, noun, word) or _happened(line, quantity, noun, word, before)
    told = told or _counted_as(line, quantity, noun) or _on_the_move(line, quantity, word)
    if told is None:
        return _freed(line, quantity, noun, _default(line, quantity, noun, word))
    metric = fit(line, quantity, noun, told)
    if metric is Metric.PEOPLE_PRESENT and _evacuated(line, quantity, noun):
        metric = Metric.DISPLACED
    if metric is not Metric.OTHER or noun.head is None:
        return _freed(line, quantity, noun, Told(metric, told.token, told.governs))
    default = _default(line, quantity, noun, word)
    if default.metric is Metric.OTHER or (told.metric is Metric.HOMES_DAMAGED and word in {"others", "other"}):
        # What happened stays known of "80 houses, and destroyed 20 others", so that it can be read on (listed.py).
        default = Told(Metric.OTHER, told.token)
    return _freed(line, quantity, noun, default)


def _is_excepted(line: Line, quantity: Quantity) -> bool:
    """ "All but *three* of the 67 were killed", "everyone except *two* children died": of these it is not so."""
    at = quantity.first - 1
    while line.lower(at) in {"for", "the", "from", "of", "than"}:
        at -= 1
    word, before = line.lower(at), line.lower(at - 1)
    if word == "but":
        return before in group("every")
    return word in {"except", "excepting", "excluding", "exception"} or (word, line.lower(at + 1)) in _APART


def _is_per(line: Line, quantity: Quantity, noun: Noun) -> bool:
    """ "34 deaths *per 100,000* people": how common they are, not how many."""
    at = max(quantity.last, noun.last) if noun.head is not None and noun.how == "after" else quantity.last
    joint = line.lower(at) == "per" or line.lowers(at, at + 2) == ["for", "every"]
    return joint and any(numeral_at(line, k) is not None for k in (at + 1, at + 2))


_APART = frozenset({("apart", "from"), ("aside", "from"), ("other", "than")})


def _named(line: Line, noun: Noun, word: str) -> Told | None:
    """The metric the head itself names: "86 dead", "12 bodies", "the injury toll to 40"."""
    if noun.head is None:
        return None
    if word in group("toll_metrics"):
        return Told(Metric.INJURED if line.lower(noun.head - 1) == "injury" else Metric.DEATHS, noun.head)
    if line.lower(noun.head - 1) == "positive" and word in TESTS:
        return Told(Metric.CASES, None)
    metric, sure = nouns().get(word, ANY)
    if sure or noun.how == "state" or is_those(noun, word):
        metric = metric if sure else verbs()[word].metric
        return Told(joined(line, noun.head, metric) if word in verbs() else metric, noun.head)
    return None


def _happened(line: Line, quantity: Quantity, noun: Noun, word: str, before: Told | None) -> Told | None:
    said = modifier(line, noun) if noun.how == "before" else None  # "the number of men killed has risen to 20 with"
    said = said or predicate(line, quantity, noun) or left_so(line, quantity, noun) or _razed(line, noun, word)
    if said is not None and said.token is not None and _is_anothers(line, quantity, noun, said.token):
        said = None
    if said is not None and noun.head is not None and _tells_who(line, noun, said):
        # "killing a man who was being treated": the verb before tells more than who he was.
        said = governor(line, quantity, noun) or _part_of(line, quantity) or said
    elif said is None or _is_aside(line, quantity, noun, said) or _are_bodies(line, quantity):
        said = _governing(line, quantity, governor(line, quantity, noun), said)
    return (
        said
        or modifier(line, noun)
        or _part_of(line, quantity)
        or _toll(line, quantity, word)
        or _number_of(line, quantity, word)
        or _all_aboard(line, quantity, noun)
        or _held_by_gunmen(line, quantity, word)
        or (Told(before.metric, before.token, True) if before and before.governs else None)
    )


def _tells_who(line: Line, noun: Noun, said: Told) -> bool:
    """Whether what is told behind is told by a "who": "killing 17 rebels in Kiwa *who had been crossing*"."""
    return "who" in line.lowers(noun.last, max(noun.last + 1, said.token or 0))


def _razed(line: Line, noun: Noun, word: str) -> Told | None:
    """What happened to homes at the head of a list."""
    homes = word_table("metric_nouns").get(word, "").startswith(Metric.HOMES_DAMAGED)
    return razed_together(line, noun) if homes else None


def _is_anothers(line: Line, quantity: Quantity, noun: Noun, told: int) -> bool:
    """Whether what is told behind is of another number: "15 of *the 350 hostages* have been shot"."""
    if told < max(noun.last, quantity.last) or not is_whole(line, quantity.first):
        return False
    return not whole_has_it(line, noun, told)


def _governing(line: Line, quantity: Quantity, over: Told | None, said: Told | None) -> Told | None:
    """The verb before goes over a bare participle behind, unless it belongs to another number or tells of homes."""
    if over is None or said is None or over.token is None:
        return over or said
    before = over.token - 1
    if said.metric in _HURT and over.metric is not said.metric and line.lower(quantity.first - 1) == "and":
        return said  # "killed ten, including the mayor, *and* more than 30 people injured"
    listed = line.is_number(before) or line.lower(before) in word_table("numbers")  # "40 hurt 12 soldiers killed"
    return said if listed or said.metric is Metric.HOMES_DAMAGED else over


_HURT = frozenset({Metric.INJURED, Metric.MISSING})


def _are_bodies(line: Line, quantity: Quantity) -> bool:
    """ "the bodies of ten victims arrived at the hospital"."""
    return line.lower(quantity.first - 1) == "of" and line.lower(quantity.first - 2) in group("bodies")


def _is_aside(line: Line, quantity: Quantity, noun: Noun, said: Told) -> bool:
    """Whether what is told behind only tells who they are, or where: "the deaths of 12 people *in police custody*"."""
    where = said.token is not None and line.lower(said.token) == "custody"
    return where or _is_relative(line, quantity, noun, said)


def _is_relative(line: Line, quantity: Quantity, noun: Noun, said: Told) -> bool:
    """Whether a participle stands bare behind the noun and tells who they are: "rescued 20 people *trapped* there"."""
    if said.token != max(noun.last, quantity.last) or noun.head is None or noun.how != "after":
        return False
    use = verbs().get(line.lower(said.token))
    return use is not None and "passive" in use.uses


def _part_of(line: Line, quantity: Quantity) -> Told | None:
    """ "among the dead were three children", "those killed included six women"."""
    whole = whole_before(line, quantity.first)
    return Told(*whole) if whole else None


def _freed(line: Line, quantity: Quantity, noun: Noun, told: Told) -> Told:
    """ "released 800 prisoners", "pardoned 40 inmates": how many left is no count of how many are held."""
    if noun.head is not None and told.metric in {Metric.DETAINED, Metric.DISPLACED} and _escaped(line, quantity, noun):
        return Told(Metric.OTHER, told.token)
    if told.metric not in {Metric.DETAINED, Metric.HOSTAGES}:
        # "released 30 soldiers"; "released two smugglers and had to flee" tells of who released them
        return Told(Metric.OTHER, told.token) if _let_go(line, quantity, told) else told
    if told.token is not None and told.token >= max(quantity.last, noun.last):
        return told  # "the release of six persons who had been arrested": that they were is what counts
    near = {*line.lowers(quantity.first - _FREED, quantity.first), *line.lowers(quantity.last, quantity.last + _FREED)}
    return Told(Metric.OTHER, told.token) if near & group("freeing") else told


def _escaped(line: Line, quantity: Quantity, noun: Noun) -> bool:
    """ "3,700 inmates fled", "400 prisoners broke out of a jail": no more held, and nobody driven from home."""
    if nouns().get(line.lower(noun.head or 0), ANY)[0] is not Metric.DETAINED:
        return False
    behind = max(noun.last, quantity.last)
    words = line.lowers(behind, behind + _FREED)
    return not _ESCAPED.isdisjoint(words) or any(pair == ("broke", "out") for pair in pairwise(words))


_ESCAPED = frozenset("escaped escape escaping fled flee fleeing".split())


def _let_go(line: Line, quantity: Quantity, told: Told) -> bool:
    """Whether soldiers, or people said to flee behind an "and", are the object of "release"."""
    if told.metric is Metric.DISPLACED:
        at = told.token if told.token is not None and "and" in line.lowers(quantity.last, told.token) else None
    else:
        at = quantity.first if told.metric is Metric.TROOPS else None
    before = quantity.first - 1
    while line.lower(before) in group("object_skip") or line.lower(before) in group("object_hedges"):
        before -= 1
    return at is not None and line.lower(before) in group("freeing")


def _toll(line: Line, quantity: Quantity, word: str) -> Told | None:
    """ "raised the death toll to 19 people"."""
    if (word and word not in word_list("persons")) or line.lower(quantity.first - 1) not in group("before_count"):
        return None
    back = range(quantity.first - 2, max(quantity.first - BACK, line.first - 1), -1)
    return next((Told(Metric.DEATHS, k) for k in back if line.lower(k) == "toll"), None)


def _on_the_move(line: Line, quantity: Quantity, word: str) -> Told | None:
    """ "The caravan of migrants in southern Veronia has grown to 5,000 people"."""
    before = line.lower(quantity.first - 1)
    if word not in word_list("persons") or not (before in group("before_count") or before in _HEDGED):
        return None
    for k in range(quantity.first - 1, max(quantity.first - BACK, line.first - 1), -1):
        if line.lower(k) in _COLUMNS and line.lower(k + 1) == "of":
            moving = range(k + 2, k + 2 + _COLUMN_OF)
            return next(
                (Told(Metric.REFUGEES, j) for j in moving if nouns().get(line.lower(j), ANY)[0] is Metric.REFUGEES),
                None,
            )
    return None


_HEDGED = frozenset({"about", "some"})
_COLUMNS = frozenset({"caravan", "caravans", "column", "convoy", "group", "flotilla"})
_COLUMN_OF = 4
"""Tokens from "caravan of" to its noun: "*Central American* migrants"."""


def _number_of(line: Line, quantity: Quantity, word: str) -> Told | None:
    """ "the number of *evacuated* families had grown to 8,713 families"."""
    if not word or line.lower(quantity.first - 1) not in group("before_count"):
        return None
    for k in range(quantity.first - 2, max(quantity.first - _NUMBER_OF, line.first - 1), -1):
        if line.lower(k) in group("number_nouns") and line.lower(k + 1) == "of":
            use = verbs().get(line.lower(k + 2))
            told = use is not None and "passive" in use.uses and line.lower(k + 3) == word
            return Told(use.metric, k + 2) if use is not None and told else None
    return None


def _all_aboard(line: Line, quantity: Quantity, noun: Noun) -> Told | None:
    """ "An airliner with 176 people *on board* crashed, *killing all* of them"; "there were *no survivors*"."""
    behind = max(noun.last, quantity.last)
    aboard = not _ABOARD.isdisjoint(line.lowers(behind, behind + _ABOARD_WITHIN))
    if not aboard and line.lower(quantity.first - 1) not in {"carrying", "with"}:
        return None
    for k in range(behind, behind + _ALL_WITHIN):
        word, following = line.lower(k), line.lower(k + 1)
        every = following in _EVERYONE and _is_everyone(line, k + 2)
        if (word in {"killing", "killed"} and every) or (word, following) in _NOBODY:
            return Told(Metric.DEATHS, k)
        died = {"died", "killed", "perished"} & {*line.lowers(k + 1, k + 1 + _ABOARD_WITHIN)}
        if word in _EVERYONE and died and _is_everyone(line, k + 1):
            return Told(Metric.DEATHS, k)
    return None


def _is_everyone(line: Line, at: int) -> bool:
    """Whether "all" before token `at` is all of those on board: not "all but two", nor "all the sheep"."""
    if line.lower(at) in {"but", "except"}:
        return False
    return line.lower(at) != "the" or line.lower(at + 1) in word_list("persons")


_ABOARD = frozenset({"board", "aboard"})
_ABOARD_WITHIN = 5
"""Tokens behind "62 passengers" for "and crew on board", and behind "all" for "of them were killed"."""
_ALL_WITHIN = 30
"""Tokens behind those on board in which it is told what became of them."""
_EVERYONE = frozenset({"all", "everyone", "everybody"})
_NOBODY = frozenset({("no", "survivors"), ("none", "survived"), ("nobody", "survived")})


def _held_by_gunmen(line: Line, quantity: Quantity, word: str) -> Told | None:
    """ "*Gunmen* are *holding* about 50 workers", "a priest and 13 other people"."""
    if word not in word_list("persons"):
        return None
    for k in range(quantity.first - 1, max(quantity.first - _HOLDS_WITHIN, line.first), -1):
        if line.lower(k) in _HOLDS:
            who = line.lowers(max(line.first, k - _GUNMEN_WITHIN), k)
            return None if _GUNMEN.isdisjoint(who) else Told(Metric.HOSTAGES, k)
    return None


_HOLDS = frozenset({"holding", "hold", "holds"})
_HOLDS_WITHIN, _GUNMEN_WITHIN = 7, 14
"""Tokens from "holding" to the number, and from "gunmen" to "holding": "who stormed the Veronian city of Oru are"."""
_GUNMEN = frozenset(
    "gunmen militants rebels kidnappers attackers insurgents hijackers pirates jihadists extremists".split()
)


_AS = {"idps": Metric.DISPLACED, "displaced": Metric.DISPLACED, "refugees": Metric.REFUGEES}
"""What people are "registered as"."""


def _counted_as(line: Line, quantity: Quantity, noun: Noun) -> Told | None:
    """ "registered 262,704 people as IDPs"."""
    behind = max(noun.last, quantity.last)
    metric = _AS.get(line.lower(behind + 1)) if line.lower(behind) == "as" else None
    return Told(metric, behind + 1) if metric else None


def _default(line: Line, quantity: Quantity, noun: Noun, word: str) -> Told:
    named = nouns().get(word)
    metric = named[0] if named else Metric.OTHER
    if noun.head is None:  # "100,000 remained in camps"
        stayed = line.lower(quantity.last) in group("stays") and _present(line, quantity, noun, waiting=False)
        driven = _evacuated(line, quantity, noun) or _of_the_displaced(line, quantity)
        housed = Metric.DISPLACED if driven else Metric.PEOPLE_PRESENT
        return Told(housed, quantity.last) if stayed else Told(Metric.OTHER, None)
    if f"{line.lower(noun.head - 1)} {word}" in _ARMED or _bears_arms(line, noun, word):
        return Told(Metric.TROOPS, noun.head)
    waits = metric is Metric.REFUGEES
    person = word in word_list("persons") and (named is None or waits)
    held = person and _present(line, quantity, noun, waiting=waits)
    if held or (word == "population" and _is_a_camps(line, noun.head)):
        driven = _evacuated(line, quantity, noun) or _of_the_displaced(line, quantity)
        return Told(Metric.DISPLACED if driven and not waits else Metric.PEOPLE_PRESENT, None)
    context = {Metric.CROSSING_ATTEMPTS: "cross_context"}.get(metric)
    if word in group("gathered_counts"):
        context = "gathering"
    if metric is Metric.CASES and line.lower(quantity.first - 1) == "in":
        context = "disease_context"  # "in two cases"
    elif metric is Metric.CASES and noun.how != "before" and not _of_illness(line, quantity, noun):
        metric = Metric.OTHER  # of fraud, of a court
    if word == "lives":
        context = "claiming"
    if word in group("members") and _of_an_army(line, noun):
        return Told(Metric.TROOPS, noun.head)
    if word == "victims" and near(line, quantity, "mourning"):
        metric = Metric.DEATHS  # "a memorial service for the 27 victims"
    job = word == "seekers" and group("asylum").isdisjoint(line.lowers(noun.head - 2, noun.head))
    if job or metric is Metric.HOMES_DAMAGED or (context and not near(line, quantity, context)):
        return Told(Metric.OTHER, None)  # "job seekers"
    return Told(metric, noun.head if named or metric is Metric.DEATHS else None)


def _is_a_camps(line: Line, at: int) -> bool:
    """ "The population of the migrant camp", "the camp's population"."""
    if line.lower(at - 1) in {"camp's", "camp’s"}:
        return True
    behind = line.lowers(at + 1, at + 1 + _CAMP_WITHIN)
    return behind[:1] == ["of"] and "camp" in behind


_CAMP_WITHIN = 6
"""Tokens of "of the Kiwa migrant camp"."""


def _of_illness(line: Line, quantity: Quantity, noun: Noun) -> bool:
    """Whether cases are of the sick: where the text names an illness, or counts deaths among them."""
    if line.lower(noun.last) == "of" and _of_a_wrong(line, noun.last + 1):
        return False  # "confirmed 28 cases of voter fraud", in a text that names an illness, too
    deaths = "deaths" in line.lowers(noun.last, noun.last + _DEATHS_BEHIND)  # "492 cases, including 16 deaths"
    found = "confirmed" in line.lowers(quantity.first - 1, noun.last)  # "492 confirmed cases"
    return deaths or found or not group("illness").isdisjoint(line.document.columns.lowers)


def _of_a_wrong(line: Line, first: int) -> bool:
    """Whether cases are of what people do to each other, or hold bottles: no illness before it, no phrase's end."""
    for word in line.lowers(first, first + _CASES_OF):
        if word in group("no_illness"):
            return True
        if word in group("illness") or word in word_list("phrase_ends"):
            return False
    return False


def _bears_arms(line: Line, noun: Noun, word: str) -> bool:
    """ "800 heavily armed Ruritanians": people just before whom "armed" stands; robbers bear arms and are no force."""
    at = noun.head or 0
    people = word in word_list("persons") or (line.capitalised(at) and word.endswith("ns"))  # Ruritanians, not STRIKES
    return noun.how == "after" and line.lower(at - 1) == "armed" and people and word not in group("robbers")


_ARMED = frozenset(
    "suicide bombers,suicide attackers,military personnel,army personnel,forces personnel,service members,"
    "special forces,operations forces,coalition forces,security forces,ground forces,american forces,"
    "government forces,defence forces,defense forces,nato forces,combat forces,peacekeeping forces".split(",")
)
"""Two words that are a force though the second alone is none."""


def _of_an_army(line: Line, noun: Noun) -> bool:
    """ "5,000 members of the National Guard": forces, said at length."""
    behind = line.lowers(noun.last, noun.last + _ARMY)
    return behind[:1] == ["of"] and not group("armed_bodies").isdisjoint(behind)


def _evacuated(line: Line, quantity: Quantity, noun: Noun) -> bool:
    """ "6,500 people are housed in emergency shelters", "in evacuation centres": from their homes, till it is over."""
    behind = max(noun.last, quantity.last)
    return not group("sheltered_in").isdisjoint(line.lowers(behind, behind + _PLACE_REACH))


def _of_the_displaced(line: Line, quantity: Quantity) -> bool:
    """Whether the text speaks of people driven from home: who is in a camp then is one of them."""
    first = max(0, quantity.first - _DISPLACED_REACH)
    return not group("driven").isdisjoint(line.document.columns.lowers[first : quantity.last + _PLACE_REACH])


def _present(line: Line, quantity: Quantity, noun: Noun, *, waiting: bool) -> bool:
    """Whether the people are counted in a place they are held up in: a camp, a border, a shelter.

    `waiting` people (migrants, refugees) need the place anywhere near; others behind "in", "at", "on" and the noun.
    """
    places = word_list("presence_places")
    behind = max(noun.last, quantity.last)
    if line.lower(behind) in {"or", "/"} and line.is_number(behind + 1):
        behind += 3  # "7,328 people or 1,748 families are staying in a shelter"
    if waiting and "into" in line.lowers(behind, behind + _PLACE_REACH):
        return False  # "5,000 migrants swam or walked from Torvia into the enclave" are on their way
    if waiting:
        return any(line.lower(k) in places for k in range(quantity.first - 8, behind + _WAITING_REACH))
    if _lives_there(line, quantity, behind):
        return True
    for k in range(behind, behind + _PLACE_REACH):
        held = line.lower(k) in places or _is_shelter(line, quantity, k)
        if held and any(line.lower(j) in group("in_place") for j in range(max(behind, k - 4), k)):
            return True
        if line.lower(k) in group("no_place"):
            return False
    return False


def _lives_there(line: Line, quantity: Quantity, behind: int) -> bool:
    """ "The camp burned down. Some 13,000 people were *living there*"."""
    words = line.lowers(behind, behind + _FREED)
    there = any(one in _LIVING_IN and two == "there" for one, two in pairwise(words))
    first = max(0, quantity.first - _CAMP_BEFORE)
    return there and not _CAMPS.isdisjoint(line.document.columns.lowers[first : quantity.first])


_LIVING_IN = frozenset("living lived staying stayed sheltering sheltered camped camping housed stranded stuck".split())
_CAMPS = frozenset({"camp", "camps"})
_CAMP_BEFORE = 40
"""Tokens before those "living there" in which the camp is named: two sentences."""


def _is_shelter(line: Line, quantity: Quantity, k: int) -> bool:
    """A "rest centre"; schools, where the text speaks of people driven from home: pupils are in schools, too."""
    if line.lower(k) == "schools":
        return _of_the_displaced(line, quantity)
    return line.lower(k) in group("centres") and line.lower(k - 1) in group("centres_for")
