"""What happened, said in more than one word: "taken to hospital", "lost their lives", "out of their homes"."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from schemas.metrics import Metric
from services.read.figures.counting import told_at_length
from services.read.figures.counting.among import whole_behind
from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.wordlists import word_table

_REACH = 5
"""Tokens between a verb and the word that makes the idiom: "taken to a nearby hospital"."""
_WOUNDS = 8
"""Tokens from a verb to the wounds, adjectives between: "received *other, non-life threatening* injuries"."""
_URGED = 8
"""Tokens between "ordered" and "to leave their homes"."""
_SQUARE, _BUSES = 8, 10
"""Tokens from "poured into" to "streets", and from "left" to "buses": "left Kiwa early on Friday in 45 buses"."""
_EVENT = 9
"""Tokens behind "took part in" that may name a protest."""
_TOLD_BEFORE = 60
"""Tokens before a bare "took part" in which the protest was named: two sentences."""


_Found = tuple[Metric, int] | None
"""A metric and the last token of the words that tell it."""


def idiom(line: Line, k: int, word: str) -> _Found:
    """The metric and last token of an idiom that begins at token k, behind the counted."""
    for read in _readers().get(word, ()):
        found = read(line, k, word)
        if found is not None:
            return found
    return None


@cache
def _readers() -> dict[str, tuple[Callable[[Line, int, str], _Found], ...]]:
    """What to try at a word that may begin an idiom; most words begin none."""
    found: dict[str, tuple[Callable[[Line, int, str], _Found], ...]] = {}
    for words, read in (
        ({"to"}, _to_death),
        ({"whose"}, _lost_houses),
        ({"whose"}, _whose_deaths),
        (group("treating"), _treated),
        ({"lost", "hit", "struck", "cut"}, _were_hit),
        ({"among"}, _among),
        (group("returning"), _returned),
        (group("leaving") | {"from", "out"}, _left_home),
        (group("moving"), _moved_to_safety),
        ({"move", "flee"}, _moved_away),
        (group("losing"), _lost),
        (group("going"), _went_missing),
        (group("suffering") | group("hospital_verbs"), _hurt),
        ({"in"}, _in_condition),
        ({"in"}, _in_need_of_repair),
        ({"in", "into", "under", "behind"}, _in_custody),
        (group("taking_part"), _took_part),
        ({"out"}, _out_on_the_streets),
        (group("filling"), _filled_the_streets),
        (group("staging"), _staged_a_protest),
        ({"left", "leave", "leaving"}, _left_in_buses),
        ({"go", "went", "going", "gone"}, _went_home),
        ({"under", "underwater"}, _under_water),
        ({"registered"}, _registered_at_a_shelter),
        ({"made", "make", "making"}, _made_their_way),
        ({"left", "remain", "remained", "remaining"}, _are_left_in_town),
        ({"await", "awaiting", "awaited"}, _awaits_a_home),
        *told_at_length.readers(),
    ):
        for word in words:
            found[word] = (*found.get(word, ()), read)
    return found


def _to_death(line: Line, k: int, word: str) -> _Found:
    """ "hacked to death", not "sentenced to death"; "sent 200 judges to their graves"."""
    if line.lower(k + 1) == "their":
        return (Metric.DEATHS, k + 2) if line.lower(k + 2) in group("graves") else None
    sentenced = line.lower(k - 1) in {"sentenced", "condemned"}
    return (Metric.DEATHS, k + 1) if line.lower(k + 1) == "death" and not sentenced else None


def _among(line: Line, k: int, word: str) -> _Found:
    return whole_behind(line, k)


def _returned(line: Line, k: int, word: str) -> _Found:
    """ "returned home", "returned in 2014", "to return to their villages"; not "returned to work", "returned fire"."""
    after = line.lower(k + 1)
    home = after == "home" or after in group("return_behind") or not line.is_word(k + 1)
    if word == "return" or after == "to":
        at = k + 2 if after == "to" else k + 1
        while line.lower(at) in group("possessives") or line.lower(at) in {"the", "places", "areas", "of"}:
            at += 1
        home = line.lower(at) in group("homelands") or (line.capitalised(at) and word != "return")
    return (Metric.RETURNED, k) if home else None


def _left_home(line: Line, k: int, word: str) -> _Found:
    """ "fled from their homes", "had to evacuate", "were advised to evacuate" (of which status_of says: planned)."""
    at = k + 2 if line.lower(k + 1) == "of" else k + 1
    home = line.lower(at) == "their" and not group("dwellings").isdisjoint(line.lowers(at + 1, at + 3))
    had_to = word == "evacuate" and line.lower(k - 1) == "to" and line.lower(k - 2) in group("have")
    alone = word == "leave" and not line.is_word(k + 1)  # "were given orders to leave."
    urged = (alone or word in {"evacuate", "vacate"}) and line.lower(k - 1) == "to" and is_urged(line, k)
    return (Metric.DISPLACED, at + 1 if home else k) if home or had_to or urged else None


def _moved_away(line: Line, k: int, word: str) -> _Found:
    """ "were ordered to move away from the river", "were urged by the police to flee"."""
    away = word == "flee" or line.lower(k + 1) in {"away", "out", "inland", "uphill"}
    return (Metric.DISPLACED, k) if away and line.lower(k - 1) == "to" and is_urged(line, k) else None


def is_urged(line: Line, k: int) -> bool:
    """Whether a word of urging stands before the verb at k: "ordered some 600 residents to *leave*"."""
    return not group("urging").isdisjoint(line.lowers(k - _URGED, k))


def _moved_to_safety(line: Line, k: int, word: str) -> _Found:
    """ "were moved to safer ground", "were taken to shelters", "were moved from the path of the fire"."""
    words = line.lowers(k + 1, k + 2 + _REACH)
    moved = line.lower(k - 1) in group("moved_by") and words[:1] in (["to"], ["from"], ["out"], ["into"])
    return (Metric.DISPLACED, k) if moved and not group("safety").isdisjoint(words) else None


def _lost(line: Line, k: int, word: str) -> _Found:
    """ "lost their lives", "lost their homes"."""
    for metric, label in ((Metric.DEATHS, "lives"), (Metric.DISPLACED, "dwellings")):
        end = _ahead(line, k, group(label))
        if end:
            return metric, end
    return None


def _went_missing(line: Line, k: int, word: str) -> _Found:
    return (Metric.MISSING, k + 1) if line.lower(k + 1) == "missing" else None


def _hurt(line: Line, k: int, word: str) -> _Found:
    """ "suffered burns", "were admitted to hospital", "were treated for shock"."""
    wounds = _ahead(line, k, group("wounds"), _WOUNDS) if word in group("suffering") else 0
    if wounds and line.lower(wounds) == "cuts" and line.lower(wounds - 1) in group("cut_off"):
        return None  # "20,000 homes suffered power cuts"
    hurt = wounds or (word in group("hospital_verbs") and _ahead(line, k, group("hospitals") | {"treatment"}))
    treated = word == "treated" and line.lower(k + 1) == "for"
    if not hurt and word in group("suffering") and _ahead(line, k, group("damage")):
        return Metric.HOMES_DAMAGED, k  # "127 houses suffered heavy damage"
    return (Metric.INJURED, k) if hurt or treated else None


def _treated(line: Line, k: int, word: str) -> _Found:
    """ "were given medical assistance", "received hospital treatment", "needed first aid"."""
    if line.text(k - 1) == "-":
        return None  # "much-needed medical assistance"
    at = next((j for j in range(k + 1, k + _REACH) if line.lower(j) in {"medical", "hospital", "first"}), 0)
    return (Metric.INJURED, k) if at and line.lower(at + 1) in group("treated_with") else None


def _were_hit(line: Line, k: int, word: str) -> _Found:
    """ "eight homes were lost", "500 houses were hit by the flood", "a few people were cut by glass"."""
    if line.lower(k - 1) not in group("be"):
        return None
    if word == "cut":
        return (Metric.INJURED, k) if line.lower(k + 1) == "by" and not line.is_number(k + 2) else None
    return Metric.HOMES_DAMAGED, k


def _lost_houses(line: Line, k: int, word: str) -> _Found:
    """ "100 residents whose houses (had) collapsed"."""
    if line.lower(k + 1) not in group("dwellings"):
        return None
    use = next((u for j in range(k + 2, k + _REACH) if (u := word_table("metric_verbs").get(line.lower(j)))), "")
    return (Metric.DISPLACED, k + 1) if use.startswith(Metric.HOMES_DAMAGED) else None


def _whose_deaths(line: Line, k: int, word: str) -> _Found:
    """ "40 veterans whose deaths may be due to delays", "12 men whose bodies were found"."""
    return (Metric.DEATHS, k + 1) if line.lower(k + 1) in group("deaths_of_theirs") else None


def _in_condition(line: Line, k: int, word: str) -> _Found:
    """ "in (a) serious condition"."""
    at = k + 2 if line.lower(k + 1) == "a" else k + 1
    grave = line.lower(at) in group("grave") and not group("conditions").isdisjoint(line.lowers(at + 1, at + 4))
    return (Metric.INJURED, at) if grave else None


def _in_need_of_repair(line: Line, k: int, word: str) -> _Found:
    """ "left 43,000 homes in need of repair"."""
    return (Metric.HOMES_DAMAGED, k) if line.lowers(k + 1, k + 4) in _NEED_OF_REPAIR else None


_NEED_OF_REPAIR = (["need", "of", "repair"], ["need", "of", "repairs"], ["need", "of", "rebuilding"])


def before_in_two_words(line: Line, k: int, word: str) -> Metric | None:
    """What two words of which none is a verb of the lists tell of the counted behind token k: "proved fatal for N",
    "carried off N", "no trace of N"; whom police or the coast guard "picked up"."""
    if line.lowers(k - 1, k + 1) not in (["fatal", "for"], ["carried", "off"], ["picked", "up"], ["trace", "of"]):
        return None
    if word == "up":
        who = line.lowers(max(line.first, k - _PICKED_UP), k)
        return Metric.RESCUED if not _AT_SEA.isdisjoint(who) else Metric.DETAINED if "police" in who else None
    if word == "of":
        return Metric.MISSING if line.lower(k - 2) == "no" else None
    return Metric.DEATHS if word == "for" else Metric.HOSTAGES


_PICKED_UP = 8
"""Tokens from who it was to "picked up"."""
_AT_SEA = frozenset({"coast", "coastguard", "navy", "ship", "ships", "vessel", "boat", "boats", "frigate", "trawler"})


def _in_custody(line: Line, k: int, word: str) -> _Found:
    """ "in (police) custody", "under arrest", "behind bars"; not "in arrest"."""
    after = line.lower(k + 1)
    if after in {"police", "military", "army", "state"} and line.lower(k + 2) == "custody":
        return Metric.DETAINED, k + 2
    held = after in group("custody") and (word == "under" or after != "arrest")
    return (Metric.DETAINED, k + 1) if held else None


def _under_water(line: Line, k: int, word: str) -> _Found:
    """ "600 houses are under water"."""
    return (Metric.HOMES_DAMAGED, k) if word == "underwater" or line.lower(k + 1) == "water" else None


def _took_part(line: Line, k: int, word: str) -> _Found:
    """ "took part in the march", "took to the streets"; "took shelter in six camps"."""
    if line.lower(k + 1) in {"shelter", "refuge"}:
        return Metric.DISPLACED, k + 1
    if line.lower(k + 1) == "to" and line.lower(k + 3) in {"streets", "street"}:
        return Metric.CROWD, k + 3
    if not (word.startswith("particip") or line.lower(k + 1) == "part"):
        return None
    words = line.lowers(k + 1, k + _EVENT)
    if line.lower(k + 1 + (line.lower(k + 1) == "part")) != "in":  # "92,000 took part": in what was told before
        words += line.document.columns.lowers[max(0, k - _TOLD_BEFORE) : k]
    return (Metric.CROWD, k) if not group("crowd_context").isdisjoint(words) else None


def _out_on_the_streets(line: Line, k: int, word: str) -> _Found:
    streets = line.lower(k + 2) == "the" and line.lower(k + 3) in {"streets", "street"}
    return (Metric.CROWD, k + 3) if streets and line.lower(k + 1) in {"on", "in", "into", "onto"} else None


def _filled_the_streets(line: Line, k: int, word: str) -> _Found:
    """ "filled the streets", "poured into Kiwa's main square", "packed a stadium"."""
    end = _ahead(line, k, group("gathering_places"), _SQUARE) or _heart_of_town(line, k)
    described = line.lower(k - 1) in group("determiners")  # "murdered two missionaries on a crowded street"
    return (Metric.CROWD, end) if end and not described else None


def _heart_of_town(line: Line, k: int) -> int:
    """The last token of "filled the centre of Kiwa", "poured into the city centre"; 0 without one."""
    at = _ahead(line, k, _CENTRE)
    return at if at and (line.lower(at + 1) == "of" or line.lower(at - 1) in {"city", "town"}) else 0


_CENTRE = frozenset({"centre", "center", "heart"})


def _staged_a_protest(line: Line, k: int, word: str) -> _Found:
    """ "staged a sit-in", "held a vigil"."""
    end = _ahead(line, k, group("crowd_context"))
    return (Metric.CROWD, end) if end else None


def _left_in_buses(line: Line, k: int, word: str) -> _Found:
    """ "left Kiwa on Friday in 45 buses": those whom a deal moves away."""
    words = line.lowers(k + 1, k + 1 + _BUSES)
    at = next((j for j, other in enumerate(words) if other in {"buses", "convoy", "convoys"}), 0)
    return (Metric.DISPLACED, k) if at and not _ABOARD.isdisjoint(words[:at]) else _left_a_siege(line, k)


def _left_a_siege(line: Line, k: int) -> _Found:
    """ "left rebel-held areas", "leave the besieged town"."""
    if line.lower(k - 1) == "to":
        return None  # "who intended to leave the besieged town were killed"
    words = line.lowers(k + 1, k + 1 + _SQUARE)
    at = next((j for j, word in enumerate(words) if word in _HELD), len(words))
    return (Metric.DISPLACED, k) if not group("regions_held").isdisjoint(words[at : at + 3]) else None


_ABOARD = frozenset({"in", "on", "aboard"})
_HELD = frozenset({"controlled", "held", "besieged", "embattled", "occupied"})


def _went_home(line: Line, k: int, word: str) -> _Found:
    """ "to go home", where the text speaks of people driven from it."""
    back = line.lower(k + 1 + (line.lower(k + 1) == "back")) == "home"
    lowers = line.document.columns.lowers[max(0, k - _TOLD_BEFORE) : k + _REACH]
    return (Metric.RETURNED, k + 1) if back and not group("driven").isdisjoint(lowers) else None


def _registered_at_a_shelter(line: Line, k: int, word: str) -> _Found:
    """ "had registered at the evacuation centre"."""
    there = line.lower(k + 1) in {"at", "with"}
    places = group("sheltered_in") | {"welfare"}
    return (Metric.DISPLACED, k) if there and not places.isdisjoint(line.lowers(k + 2, k + 2 + _REACH)) else None


def _made_their_way(line: Line, k: int, word: str) -> _Found:
    """ "408,000 people have made their way through the jungle into Panama"; fans make theirs into town."""
    if line.lowers(k + 1, k + 3) not in (["their", "way"], ["the", "crossing"], ["the", "journey"]):
        return None
    words = line.lowers(k + 3, k + 3 + _WAY)
    abroad = any(a == "into" and line.capitalised(k + 4 + n) for n, a in enumerate(words[:-1]))
    return (Metric.REFUGEES, k + 2) if abroad and not _WILDS.isdisjoint(words) else None


def _are_left_in_town(line: Line, k: int, word: str) -> _Found:
    """ "100,000 civilians are left in eastern Kiwa", "250,000 people remain inside the city"."""
    if word == "left" and line.lower(k - 1) not in group("be") and line.lower(k - 1) != "still":
        return None
    if line.lower(k + 1) not in {"in", "inside", "on"} or line.lower(k - 1) == "to":
        return None
    where = k + 2 + (line.lower(k + 2) in _PARTS_OF_TOWN)
    there = line.capitalised(where) or line.lower(where) in _TOWN
    return (Metric.PEOPLE_PRESENT, k + 1) if there and line.lower(where) not in _NO_TOWN else None


_PARTS_OF_TOWN = frozenset({"the", "eastern", "western", "northern", "southern", "central", "east", "west"})
_TOWN = frozenset({"city", "town", "enclave", "district", "village", "quarter", "suburb", "camp", "ruins"})
_NO_TOWN = frozenset({"hospital", "intensive"})
_WAY = 10
"""Tokens behind "made their way" that tell of it."""
_WILDS = frozenset("jungle desert mountains sea river forest border frontier straits strait channel".split())


def _awaits_a_home(line: Line, k: int, word: str) -> _Found:
    """ "98,000 households are awaiting resettlement"."""
    return (Metric.DISPLACED, k + 1) if line.lower(k + 1) in group("homes_anew") else None


def _ahead(line: Line, k: int, words: frozenset[str], reach: int = _REACH) -> int:
    """The position of one of `words` soon behind k in the same stretch; 0 without one."""
    for at in range(k + 1, k + 1 + reach):
        if line.lower(at) in words:
            return at
        if not line.is_word(at) and not (reach > _REACH and line.text(at) in {",", "-"}):
            return 0
    return 0


def idiom_before(line: Line, k: int, word: str) -> Metric | None:
    """The metric of an idiom that ends at token k, before the counted: "shot dead N", "shot to death N"."""
    if word == "dead" and line.lower(k - 1) in group("shooting"):
        return Metric.DEATHS
    if line.lower(k - 1) == "fatally" and word in group("fatally_done"):
        return Metric.DEATHS  # "fatally shot nine people"
    if word == "down" and line.lower(k - 1) in group("gunning"):
        return Metric.DEATHS
    if word == "by" and line.lower(k - 1) == "attended":
        return Metric.CROWD
    if word == "death" and line.lower(k - 1) == "to" and line.lower(k - 2) not in {"sentenced", "condemned"}:
        return Metric.DEATHS
    return None
