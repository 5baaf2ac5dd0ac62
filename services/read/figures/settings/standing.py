"""How a place stands in its sentence: whether something may have happened there, or it only speaks or is somebody's."""

from __future__ import annotations

from services.read.figures.clauses import NAME, Clauses
from services.read.figures.settings.belonging import is_fired_from, is_home, is_party
from services.read.figures.settings.datelines import dates
from services.read.figures.settings.named_place import Place
from services.read.figures.settings.place import Places
from services.read.figures.settings.place_names import is_verb
from services.read.text import Sentence
from services.read.wordlists import word_list, word_table

_MOVES_WITHIN, _LEAVES_WITHIN = 30, 6
"""Tokens between a verb and its "to", over all that was sent, and between one and its "from"."""

_TITLE = 4
"""Tokens behind a place in which a person's name makes it a title's: "Rhode Island Gov. Lincoln Chafee"."""

_TITLES = frozenset({"gov", "sen", "rep", "lt", "republican", "democrat", "democratic", "republicans", "democrats"})

_DWELLERS = frozenset(
    "resident residents inhabitant inhabitants villager villagers family families household households townspeople "
    "home homes house houses citizens".split()
)
"""Those from a place are counted there."""

_MOST = frozenset("highest largest biggest worst lowest poorest oldest busiest deadliest smallest longest".split())
_SURPASSES = frozenset("surpassing surpassed surpasses overtaking overtook overtaken eclipsing eclipsed".split())
"""Before a country these set a count against its: "a toll surpassing the one in Veronia"."""
_MOST_WITHIN = 4
"""Tokens of "the highest death toll"."""

_LISTED = 8
"""Tokens of the names that a sentence's subject lists behind its first (half and double: 0 / 0)."""

_STILL = frozenset({"also", "now", "once", "still", "among", "one", "long", "home"})
_DESCRIBES = frozenset({"worst", "hardest", "most", "part", "of", "to", "under", "located", "situated", "known"})
"""Behind "is" or "was" these tell what a place is like."""

_STRIKES = frozenset(
    "hit hits hitting struck striking rocked rocks rocking shelled shelling bombed bombing bombarded pounded pounding "
    "battered battering lashed lashing swept devastated ravaged flooded inundated engulfed shook jolted stormed "
    "attacked attacking raided raiding targeted targeting entered entering invaded invading".split()
)
"""Verbs of what happens to the place behind them: "Air strikes hit Kiwa"."""

_SPOKE_THERE = frozenset(
    "reporters journalists conference briefing interview talks negotiations summit based headquartered".split()
)
"""Before "in" a place these tell where somebody spoke or sits: "told reporters in", "the Observatory based in"."""

_NEWS = frozenset("reports news information word messages dispatches accounts communique communiques statement".split())

_EXPERTS = frozenset(
    "professor economist analyst strategist researcher scholar scientist historian fellow lecturer consultant trader "
    "sociologist criminologist epidemiologist demographer pollster".split()
)
"""Who speaks of what happened elsewhere; doctors, officials and residents speak of their own town."""

_EXPERT_WITHIN = 10
"""Tokens from one to the place: "an economist at the Kiwa Research Fund in"."""

_ENDS_OFFICE = frozenset(',;:"”“()')

_BANNED = frozenset({"banned", "outlawed", "prohibited", "proscribed"})
"""Behind a bracket these tell what is thought of a group elsewhere: "the Front (banned in Ruritania)"."""

_SITS = frozenset({"army", "military", "government", "ministry", "parliament", "presidency", "embassy", "mission"})
"""Bodies that have their seat in the capital and speak for all of the country; the police and doctors are of a town."""

_PLANNED = frozenset({"plan", "planned", "planning", "plans", "prepare", "preparing", "plot", "plotting", "threatened"})
"""Before an "attack on" a place these tell that nothing happened there yet."""

_PLANNED_WITHIN = 4
"""Tokens looked back for the word of a plan: "*preparing* for an attack on"."""

_CAME = frozenset({"came", "come", "comes", "coming", "are", "were", "is", "was", "hail", "hailed", "being"})
"""Before "from" these count people by where they were: "2,600 were from the district of Kiwa"."""

_NATIVES = frozenset("native natives national nationals citizen citizens subject subjects member members".split())
"""Those of a place who may be anywhere."""


class Standing:
    """Reads the words around the places of one text."""

    def __init__(self, clauses: Clauses, places: Places) -> None:
        self._clauses = clauses
        self._places = places

    def may_hold(self, place: Place, sentence: Sentence) -> bool:
        """Whether something of the sentence may have happened at a place, by the words around it."""
        if place.how == "to":
            return place.scope == "border" or self._follows(place, sentence, "moving_verbs", _MOVES_WITHIN)
        if place.how == "from":
            came = not place.wide and place.named and self._clauses.tokens[place.first - 1].lower in _CAME
            return came or self._follows(place, sentence, "leaving_verbs", _LEAVES_WITHIN)
        if place.how == "on" and place.first:
            before = self._clauses.tokens[max(sentence.first, place.first - _PLANNED_WITHIN) : place.first]
            return _PLANNED.isdisjoint(token.lower for token in before)
        if is_home(self._clauses, self._places.names, place):
            return False
        if place.how == "bare":
            says = self._speaks(place, sentence) or dates(self._clauses, place, sentence) or self._titles(place)
            return not (says or is_party(self._clauses, place))
        size = place.how == "of" and place.first and self._clauses.tokens[place.first - 1].lower == "size"
        # "burned an area twice the size of Kiwa"; "the number of villages" is no place
        return not size and (place.named or place.how != "of")

    def _follows(self, place: Place, sentence: Sentence, verbs: str, within: int) -> bool:
        words, tokens = word_list(verbs), self._clauses.tokens
        first = max(sentence.first, place.first - within)
        if any(tokens[i].lower in words for i in range(first, place.first)):
            return True
        # "residents from five villages were moved"; nine people from the Caucasus only come from there
        people = _DWELLERS if place.named else word_list("persons")
        dwell = verbs == "leaving_verbs" and any(tokens[i].lower in people for i in range(first, place.first))
        behind = range(place.last, min(sentence.last, place.last + within))
        return dwell or (verbs == "leaving_verbs" and any(tokens[i].lower in words for i in behind))

    def _speaks(self, place: Place, sentence: Sentence) -> bool:
        """Whether a name by itself is who says or does it: "Medina reported", "Washington blames"."""
        if place.last >= sentence.last:
            return False
        name = self._clauses.tokens[place.first].lower
        if name.removesuffix("'s") in word_list("seats") and name.endswith("'s") and place.scope is None:
            return True  # "Beijing's official news agency"
        alone = place.last == place.first + 1 and name in word_list("seats")
        if alone and place.first and self._clauses.tokens[place.first - 1].lower == "by":
            return True  # "attacks carried out by Washington"
        if alone and (is_verb(self._clauses, place.last) or self._acts(place.last)):
            return True
        return word_table("reporting_verbs").get(self._clauses.tokens[place.last].lower) in ("says", "source")

    def _acts(self, i: int) -> bool:
        """Whether a small word in -s behind a capital's name is a verb: "blames", not "residents", "raids"."""
        word = self._clauses.tokens[i].text
        nouns = ("persons", "event_nouns", "scope_words", "site_nouns", "source_nouns")
        return word.islower() and word.endswith("s") and not any(word in word_list(name) for name in nouns)

    def _titles(self, place: Place) -> bool:
        """Whether a name belongs to somebody's title: "Vermont Senator Bernie Sanders"."""
        names, tokens = self._places.names, self._clauses.tokens
        if place.last >= len(tokens):
            return False
        after = tokens[place.last]
        if after.text[0].isupper() and (after.lower in _TITLES or after.lower in word_list("source_nouns")):
            return True
        if self._clauses.classes[place.last] == NAME and not names.owns(place.last - 1):
            known = names.mention_at(place.last) is not None or names.is_place(place.last)
            if not known and after.lower not in word_list("event_nouns"):
                return True  # "the Santa Clara Health System"
        near = (names.mention_at(i) for i in range(place.last, place.last + _TITLE))
        return any(mention is not None and mention.type == "PER" for mention in near)

    def is_told(self, place: Place, sentence: Sentence) -> bool:
        """Whether the place is where it was said, or whose office: "told them in Geneva", "president of Malaga"."""
        tokens = self._clauses.tokens
        before = place.first - 1
        if before > sentence.first and (tokens[before].lower in _SPOKE_THERE or self._is_received(before)):
            return True
        if before >= sentence.first and place.how == "at":
            if is_fired_from(self._clauses, place, sentence):
                return True
            banned = tokens[before].lower in _BANNED and tokens[before - 1].text == "("
            if banned or self._is_seat_of(place, before, sentence) or self._is_experts(place, sentence):
                return True
        said = before > sentence.first and tokens[before].lower in ("said", "says", "told", "added", "speaking")
        return (said and place.how in ("at", "from")) or (place.how == "of" and self._is_whose(place, before, sentence))

    def _is_received(self, i: int) -> bool:
        """Whether news only came to a place: "according to reports received in Kiwa"."""
        tokens = self._clauses.tokens
        return tokens[i].lower in ("received", "reaching") and tokens[i - 1].lower in _NEWS

    def _is_experts(self, place: Place, sentence: Sentence) -> bool:
        """Whether somebody who knows of such things only sits there: "an economist at the Kiwa Fund in Arno"."""
        tokens = self._clauses.tokens
        for i in range(place.first - 1, max(sentence.first, place.first - _EXPERT_WITHIN), -1):
            if tokens[i].lower in _EXPERTS:
                return True
            if tokens[i].text in _ENDS_OFFICE or is_verb(self._clauses, i):
                return False
        return False

    def _is_seat_of(self, place: Place, before: int, sentence: Sentence) -> bool:
        """Whether a body of the whole country only sits there and speaks: "the army in Abuja said"."""
        tokens = self._clauses.tokens
        sits = tokens[before].lower in _SITS and tokens[place.last - 1].lower in word_list("seats")
        if not sits or place.last >= sentence.last:
            return False
        return word_table("reporting_verbs").get(tokens[place.last].lower) in ("says", "source")

    def is_struck(self, place: Place) -> bool:
        """Whether a name is what something hit: "rockets hit Kiwa"."""
        before = self._clauses.tokens[place.first - 1].lower if place.first else ""
        return (place.known or place.scope is not None) and place.how == "bare" and before in _STRIKES

    def is_left(self, place: Place) -> bool:
        """Whether "from" a place stands right behind a verb of leaving: "evacuated from Kiwa"."""
        before = self._clauses.tokens[place.first - 1].lower if place.first else ""
        return place.named and not place.wide and before in word_list("leaving_verbs")

    def is_seat(self, place: Place) -> bool:
        """Whether a place stands right behind a body's name: "the Civil Defence Corps in Kiwa"."""
        mention = self._places.names.mention_at(place.first - 1) if place.first and place.how == "at" else None
        return mention is not None and mention.type == "ORG"

    def is_compared(self, place: Place, sentence: Sentence) -> bool:
        """Whether a place is all that something is the most of: "Kiwa has the highest toll in the country"."""
        near = self._clauses.tokens[max(sentence.first, place.first - _MOST_WITHIN) : place.first]
        return place.wide and place.how == "at" and any(token.lower in _MOST | _SURPASSES for token in near)

    def is_only_described(self, place: Place, sentence: Sentence) -> bool:
        """Whether a sentence says what a place is or was, not what happened: "The town was a hub for smugglers"."""
        tokens, classes = self._clauses.tokens, self._clauses.classes
        i = place.last
        while i < min(sentence.last, place.last + _LISTED) and (tokens[i].text in (",", "and") or classes[i] == NAME):
            i += 1  # "the districts of Kiwa, | Arno and Tarnel | were worst hit"
        if i >= sentence.last or classes[i] != "be":
            return False
        i += 1
        while i < sentence.last and (classes[i] == "adverb" or tokens[i].lower in _STILL):
            i += 1
        return i < sentence.last and (classes[i] == "det" or tokens[i].lower in _DESCRIBES)

    def _is_whose(self, place: Place, before: int, sentence: Sentence) -> bool:
        """Whether "of" a place tells whose somebody is: "the president of Malaga", "a native of Kiwa"."""
        if before <= sentence.first:
            return False
        word = self._clauses.tokens[before].lower
        if word in word_list("part_words") or word in _DWELLERS or word == "people":
            return False
        mention = self._places.names.mention_at(before)
        person = mention is not None and mention.type == "PER"  # "Sen. Jane Doe of Vermont"
        return person or word in _NATIVES or word in word_list("source_nouns")
