"""Which of a text's places is a figure's: the nearest the words allow, else what was said before, else the lead's."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from services.read.figures.clauses import COMMA, JOIN, NAME, QUOTE, Clauses
from services.read.figures.figure import Quantity
from services.read.figures.settings.earlier import Earlier
from services.read.figures.settings.extents import SEVERAL, is_broken
from services.read.figures.settings.named_place import FARTHER, Place, bare
from services.read.figures.settings.place import Places
from services.read.figures.settings.place_phrases import WARS
from services.read.figures.settings.standing import Standing
from services.read.text import NUMBER, Sentence, Token
from services.read.wordlists import word_list, word_table

BACKWARD = 4
"""Tokens a word of place or time before a figure is held farther off than one behind it: English puts them behind."""

_REACH = 60
"""Tokens a clause is followed on each side of its figure; a text without stops stays linear by it."""

_COUNTRY_FARTHER = {"at": 15, "on": 20, "of": 25, "to": 16, "about": 30}
"""The same where only a country is named. "Turkey" by itself is who acts, and "from Turkey" where they are of."""

_UNNAMED, _UNSCOPED = 12, 22
"""Tokens "in the camp" and "in the mine" are held farther off than a name, which says more."""

_LARGE = frozenset("camp border city town village district province region country enclave".split())
"""Scopes that alone say where; a mosque or a school is somewhere."""

_CUT = 15
"""Tokens that the end of a clause adds, and another figure before the place that may be that one's (half and double:
17 / 11)."""

_TOLD = 20
"""Tokens that "told reporters in Geneva" is held farther off: there it was said."""

_SEAT = 10
"""The same where "the Civil Defence Corps in Kiwa" only sits."""

_HEADLINE = 40
"""The same where the header ends between: "… in Syria AFP Thursday 6 Mar 2014 At least five …" is two sentences."""

_WAR = 100_000
"""From this count on people without a place are a country's: "More than 330,000 have been killed since 2011"."""

_OF_A_WAR = 10_000
"""The same of "a conflict that has killed 30,000"; below it a war may be of a town."""

_WHICH = frozenset({"that", "which"})

_WARS = frozenset("war conflict uprising revolt crisis country nation nationwide since".split())
"""Words of a sentence by which such a count is of the whole country."""

_BEFELL = frozenset(
    "blast blasts explosion explosions flood floods flooding earthquake quake landslide landslides mudslide storm fire "
    "fires wildfire wildfires crash bombing bombings shooting clashes fighting violence unrest protests".split()
)
"""What befalls a country named before it; airstrikes and raids behind one are its own."""

_SUFFERS = 12
"""Tokens "Ruritania blast kills 45" is held farther off than a place the headline names behind."""

_OF_ITS_OWN, _HAS = 8, 16
"""The same for "the Ruritanian economy", and for "Ruritania holds 100 prisoners", where it is the subject."""

_HAS_WITHIN, _OWNS_WITHIN = 5, 1
"""Tokens from such a subject to its figure: "holds", "reported a further"; fewer from "has", which may only help."""

_OWNS = frozenset({"has", "have", "had"})

_MAY = frozenset({"may", "might", "could", "must"})
_DONE_AT_HOME = frozenset({"killed", "shot", "arrested", "detained", "executed", "jailed", "imprisoned"})
_OWN_PEOPLE = frozenset("demonstrators protesters protestors dissidents activists marchers rioters opponents".split())

_LOCAL_OFFICES = frozenset({"mayor", "governor", "gov", "prefect"})

_BEHIND_NOUN = 3
"""Tokens of a noun between a figure and the country it is counted in (half and double: 3 / 3)."""

_STANDS = frozenset("were are was is be been being remain remained deployed stationed based present".split())
_STANDS_WITHIN = 8
"""Tokens between a figure and the country they are in: "12,000 *Veronian troops were* in Ruritania"."""

_CROSSED = frozenset("crossed crossing fled fleeing poured pouring streamed streaming flooded arrived arriving".split())
"""Before "into" a country these say where people are now."""

_THERE_WITHIN = 6
"""Tokens behind a figure in which "there" means the place told before: "650 *soldiers* there"."""
_YONDER = frozenset({"over", "out", "up", "down", "in"})
"""Before "there" these point at no place named: "54 people over there"."""
_IS = frozenset("is are was were has have had will would may might could seems seemed".split())
"""Behind "there" these say that something is, not where."""

_NEXT = 4
"""Tokens between a name nobody knows and the known one it lies in."""

_SITE_WITHIN = 10
"""Tokens from a figure within which "near a bakery" is where it happened, in the town named farther off."""

_BROAD = frozenset({"province", "region", "country"})
"""Scopes that lie in a country, not in the town named last: "in eight prefectures", "across the state"."""

_CUTTERS = frozenset({";", "while", "whereas", "and", "but", "adding"})

_KINDS = frozenset({"care", "relief", "evacuation", "refugee", "transit", "reception", "collective", "and"})
"""Small words inside a list's name: "Mangem care center"."""


_THE_COUNTRYS = frozenset({"country's", "nation's", "countrys", "nations", "kingdom's", "republic's"})
_INHABITED = frozenset("city town village community municipality suburb township hamlet island".split())

_LONGEST_LABEL = 8
"""Tokens of a list's name (half and double: 1 / 0)."""

_BARE_WITHIN = 30
"""Distance beyond which a name that no preposition and no place word goes with is of something else (half and
double: 72 / 23)."""

_EXAMPLE = 5
"""Tokens between "including" and a place: "including in the historic centre"."""


_MOST = frozenset({"most", "many", "majority", "half", "some"})
"""Before "of them" these put only a part of those counted there."""


class Nearest:
    """Chooses a figure's place. One for a document; `quantities` in text order; its header ends at token `headed`."""

    def __init__(self, clauses: Clauses, places: Places, quantities: Sequence[Quantity], headed: int = 0) -> None:
        self._clauses = clauses
        self._headed = headed
        self._places = places
        self._standing = Standing(clauses, places)
        self._figures = [quantity.first for quantity in quantities]
        self._cut_of, self._cut_at = -1, list[int]()
        self._break_of, self._break_at = -1, list[int]()
        self._earlier = Earlier(clauses, places, self._standing)

    def of(self, quantity: Quantity, sentence: Sentence) -> Place | None:
        """The place of one figure."""
        label = self._label(quantity, sentence)
        if label is not None:
            return label
        first = max(sentence.first, quantity.first - 2 * _REACH)
        last = self._partly(quantity, min(sentence.last, quantity.last + 2 * _REACH))
        near = [
            (cost, place)
            for place in self._places.within(first, last)
            if (cost := self._cost(place, quantity, sentence)) is not None
        ]
        best = min(near, key=lambda found: found[0], default=None)
        many = quantity.value >= _WAR and quantity.currency is None
        opened = best is not None and best[1].how == "bare" and not best[1].wide and best[1].first < quantity.first
        owner = self._owner(quantity, sentence)
        if owner is None and quantity.value >= _OF_A_WAR and quantity.currency is None:
            owner = self._at_war(quantity, sentence, opened=many and opened)
        if owner is not None:
            return owner
        if best is not None and not self._standing.is_told(best[1], sentence):
            place = self._completed(best[1], near, sentence)
            if place.named and place.how not in ("to", "about") and not (quantity.currency or quantity.percent):
                self._earlier.give(sentence, place)
            return self._sited(place, near, quantity, sentence)
        before = self._there(quantity, sentence) or (self._country(sentence) if many else None)
        before = before or self._earlier.of(sentence)
        self._earlier.keep(sentence, before)
        if before is not None or (best is not None and best[1].how != "of"):
            return before or (best[1] if best else None)
        if quantity.currency or quantity.percent:
            return None
        named = self._places.opening(sentence) or self._earlier.named(sentence)
        named = (
            named
            or self._of_office(sentence)
            or self._places.main
            or (self._places.subject() if sentence.number else None)
        )
        return named or next(iter(self._places.within(quantity.last, quantity.last + 1)), None)  # "300 U.S. adults"

    def _there(self, quantity: Quantity, sentence: Sentence) -> Place | None:
        """The place that "about 650 soldiers there" means: the last one named in the sentences before."""
        tokens, last = self._clauses.tokens, min(sentence.last, quantity.last + _THERE_WITHIN)
        at = next((i for i in range(quantity.last, last) if tokens[i].lower == "there"), None)
        if (
            at is None
            or tokens[at - 1].lower in _YONDER
            or (at + 1 < sentence.last and tokens[at + 1].lower in _IS)
            or _cuts_between(self.cuts(sentence), quantity.last, at)
        ):
            return None
        town, country = self._places.last_before(sentence.first), self._places.country_named_before(sentence.first)
        return max(filter(None, (town, country)), key=lambda place: place.first, default=None)

    def _of_office(self, sentence: Sentence) -> Place | None:
        """The town or province whose mayor or governor a sentence names, where nothing else says a place: they speak of
        their own."""
        tokens = self._clauses.tokens
        for place in self._places.within(sentence.first, sentence.last):
            at = place.first - 1 if place.how == "of" else place.last if place.how == "bare" else -1
            if not place.known or place.wide or not sentence.first <= at < sentence.last:
                continue
            of_police = tokens[at].lower == "chief" and at > sentence.first and tokens[at - 1].lower == "police"
            if tokens[at].lower in _LOCAL_OFFICES or of_police:
                return place
        return None

    def _country(self, sentence: Sentence) -> Place | None:
        """The country that a figure as large as a war's is of: named before, else the text's if a war is spoken of."""
        words = self._clauses.document.columns.lowers[sentence.first : sentence.last]
        before = self._places.country_before(sentence.first)
        if before is not None or _WARS.isdisjoint(words):
            return before
        return self._places.main or self._places.country_named_before(sentence.first)

    def _at_war(self, quantity: Quantity, sentence: Sentence, *, opened: bool) -> Place | None:
        """The country of "fighting in Kiwa in a conflict that has killed 30,000"; None where no war is told.

        Where a town `opened` the sentence, any war told before the figure will do: "Kiwa has been torn by war".
        """
        words = [token.lower for token in self._clauses.tokens[sentence.first : quantity.first]]
        wars = [i for i, word in enumerate(words) if word in WARS]
        if not wars or not (opened or not _WHICH.isdisjoint(words[wars[-1] + 1 : wars[-1] + 3])):
            return None
        told = [p for p in self._places.within(sentence.first, quantity.first) if p.wide and p.scope == "country"]
        if told or self._places.main:
            return told[0] if told else self._places.main
        return self._places.country_before(sentence.first) or self._places.country_named_before(sentence.first)

    def _sited(self, place: Place, near: list[tuple[int, Place]], quantity: Quantity, sentence: Sentence) -> Place:
        """A figure's place with the kind of place without a name that stands near it: "in a market, Kiwa"."""
        sites = [found for found in near if self._is_site(found[1])]
        site = min(sites, key=lambda found: found[0], default=None)
        if site is None or not place.known or site[1].words in place.words:
            return place
        unnamed = _UNNAMED if site[1].scope in _LARGE else _UNSCOPED
        between = range(min(site[1].first, quantity.first), max(site[1].first, quantity.first))
        if site[0] - unnamed >= _SITE_WITHIN or any(i in between for i in self.cuts(sentence)):
            return place
        return place._replace(words=f"{site[1].words}, {bare(place.words)}")

    def _is_site(self, place: Place) -> bool:
        """Whether a phrase tells in small words where in a town something happened: "near a bakery"."""
        classes = self._clauses.classes
        unnamed = not place.named and place.how in ("at", "on") and place.scope not in _BROAD
        return unnamed and NAME not in classes[place.first : place.last]

    def _completed(self, place: Place, near: list[tuple[int, Place]], sentence: Sentence) -> Place:
        """A place nobody can find by itself ("across five villages", "the hospital") with the named one it lies in."""
        if place.scope in _BROAD and self._is_listed(place):
            return self._summed(place)
        if place.known or place.scope == "border":
            return place
        within = [(cost, other) for cost, other in near if self._holds(other, place, sentence)]
        wider = min(within, key=lambda found: found[0])[1] if within else None
        if wider is None and not place.named and place.scope not in _BROAD:
            wider = self._places.last_before(sentence.first) or self._earlier.of(sentence)
        wider = wider or (None if place.named else self._places.country_before(place.first) or self._places.main)
        if wider is None or wider.words in place.words:
            return place
        if wider.scope in _BROAD and self._is_listed(wider):
            wider = self._summed(wider)
        return place._replace(words=f"{place.words}, {bare(wider.words)}", ids=place.ids or wider.ids, named=True)

    def _summed(self, place: Place) -> Place:
        """Several provinces with the country they lie in."""
        country = self._places.country_named_before(place.first) or self._places.main
        if country is None or bare(country.words) in place.words:
            return place
        return place._replace(words=f"{place.words}, {bare(country.words)}")

    def _is_listed(self, place: Place) -> bool:
        """Whether a place is several provinces by name."""
        words = {token.lower for token in self._clauses.tokens[place.first : place.last]}
        return not words.isdisjoint(SEVERAL) and ("," in words or "and" in words)

    def _holds(self, other: Place, place: Place, sentence: Sentence) -> bool:
        """Whether a named place of the sentence may be where an unknown one lies."""
        if not other.known or self._standing.is_told(other, sentence) or (other.how == "bare" and not other.wide):
            return False
        opens = other.first == sentence.first  # "In Damascus a mortar hit the Umayyad square"
        return not place.named or (other.how == "at" and (opens or 0 <= other.first - place.last <= _NEXT))

    def _owner(self, quantity: Quantity, sentence: Sentence) -> Place | None:
        """The country of "the country's 200 million farmers"; the town of "Burney, a town of about 3,000"."""
        tokens, first = self._clauses.tokens, quantity.first
        if first - 1 <= sentence.first:
            return None
        before = tokens[first - 1].lower
        if before in _THE_COUNTRYS:
            return self._places.country_named_before(first) or self._places.country_before(first)
        if before != "of" or tokens[first - 2].lower not in _INHABITED:
            return None
        at = first - 3
        while at > sentence.first and first - at < _LONGEST_LABEL and tokens[at].text != ",":
            at -= 1
        if tokens[at].text != ",":
            return None
        begin = at
        while begin > sentence.first and self._clauses.classes[begin - 1] == NAME:
            begin -= 1
        return self._places.label(begin, at, bracket=True)

    def _cost(self, place: Place, quantity: Quantity, sentence: Sentence) -> int | None:
        """How far a place of the figure's sentence is from it, in tokens; None where it cannot be meant."""
        farther = (_COUNTRY_FARTHER if place.wide else FARTHER).get(place.how)
        if farther is None:
            farther = self._country_farther(place, quantity, sentence)
        elif self._standing.is_struck(place) or (place.how == "from" and self._standing.is_left(place)):
            farther = 0
        overlaps = place.first < quantity.last and quantity.first < place.last
        if farther is None or overlaps or not self._standing.may_hold(place, sentence):
            return None
        if place.first >= quantity.first:
            cost, between = place.first - quantity.last, range(quantity.last, place.first)
            cost += _CUT * (bisect_left(self._figures, place.first) - bisect_left(self._figures, quantity.last))
            cost += _CUT * self._is_example(place, quantity)
            cost += _CUT * sum(1 for i in self._breaks(sentence) if quantity.last <= i <= place.first)
            if place.wide and place.how == "at" and cost <= _BEHIND_NOUN:
                # "8,400 US troops in Ruritania", "17 in Ruritania alone"
                farther = min(farther, _OF_ITS_OWN) if place.first > quantity.last else 0
            elif place.wide and place.how == "to" and self._clauses.tokens[place.first - 1].lower in _CROSSED:
                farther = 0
            elif place.wide and place.how == "at" and cost <= _STANDS_WITHIN:
                before = self._clauses.tokens[place.first - 1].lower
                farther = min(farther, _OF_ITS_OWN) if before in _STANDS else farther
        else:
            cost, between = quantity.first - place.last + BACKWARD, range(place.last, quantity.first)
        cost += farther + _CUT * sum(1 for i in self.cuts(sentence) if between.start <= i < between.stop)
        if not place.named:
            cost += _UNNAMED if place.scope in _LARGE else _UNSCOPED
        if self._standing.is_told(place, sentence) or self._standing.is_compared(place, sentence):
            cost += _TOLD
        if self._standing.is_seat(place):
            cost += _SEAT
        if (place.first < self._headed) != (quantity.first < self._headed):
            cost += _HEADLINE
        return None if place.how == "bare" and place.scope is None and cost > _BARE_WITHIN else cost

    def cuts(self, sentence: Sentence) -> list[int]:
        """The ends of clauses of a sentence; kept, for each of its figures asks for each of its places."""
        if sentence.number != self._cut_of:
            self._cut_of = sentence.number
            near = self._clauses.document.tokens_of(_CUTTERS, sentence.first, sentence.last)
            self._cut_at = [i for i in near if _cuts(self._clauses, i)]
        return self._cut_at

    def _breaks(self, sentence: Sentence) -> list[int]:
        """The tokens a new line begins at inside a sentence: what stands behind is the next line's heading."""
        if sentence.number != self._break_of:
            self._break_of, tokens = sentence.number, self._clauses.tokens
            self._break_at = [i for i in range(sentence.first + 1, sentence.last) if is_broken(tokens, i)]
        return self._break_at

    def _is_example(self, place: Place, quantity: Quantity) -> bool:
        """Whether a place behind a figure is one of several: "died across Europe, including the centre of Prague"."""
        tokens = self._clauses.tokens
        near = range(max(quantity.last, place.first - _EXAMPLE), place.first)
        said = next((i + 1 for i in near if tokens[i].lower in ("including", "especially", "notably")), None)
        return said is not None and place.how != "bare" and (said == place.first or tokens[said].lower == "the")

    def _partly(self, quantity: Quantity, last: int) -> int:
        """The token before `last` behind which only a part of those counted are: "most | of them in Kiwa",
        "14 were killed, | including 11 who died in Kiwa"."""
        tokens = self._clauses.tokens
        for i in range(quantity.last + 2, last):
            part = tokens[i].lower in ("them", "whom") and tokens[i - 1].lower == "of"
            counted = _is_number(tokens[i - 2])  # 432 of them
            part = part and (counted or tokens[i - 2].lower in _MOST)
            if tokens[i].lower in ("that", "who") and tokens[i - 2].lower == "including" and _is_number(tokens[i - 1]):
                return i - 2
            if part and i + 1 < last and word_table("place_prepositions").get(tokens[i + 1].lower) == "at":
                return i - 2
        return last

    def _country_farther(self, place: Place, quantity: Quantity, sentence: Sentence) -> int | None:
        """How much farther off a country without preposition is held: "Ruritania blast kills 45", "the U.S. economy
        lost 6 jobs", "Ruritania holds 100 prisoners"; None where it only acts."""
        if self._standing.is_struck(place):
            return _HAS  # "rockets hit Ruritania", "12,000 troops entered Ruritania": a town goes before
        if place.last >= sentence.last:
            return None
        word = self._clauses.tokens[place.last].lower
        if word in word_list("country_nouns"):
            return _OF_ITS_OWN
        behind = self._clauses.tokens[place.last + 1].lower if place.last + 1 < sentence.last else ""
        if (word in _OWNS or word in ("is", "was")) and behind in word_list("having_verbs"):
            word = behind  # "Ruritania *has recorded* 12,000 deaths", "is hosting 12,000 migrants"
        if word in _MAY and behind == "have" and self._is_of_its_people(place.last + 2, quantity):
            return _HAS
        within = _HAS_WITHIN if word in word_list("having_verbs") else _OWNS_WITHIN if word in _OWNS else 0
        if 0 < quantity.first - place.last <= within:
            return _HAS
        return _SUFFERS if place.first == sentence.first and word in _BEFELL else None

    def _is_of_its_people(self, at: int, quantity: Quantity) -> bool:
        """Whether a country did something to its own people: "Ruritania may have *killed* 1,000 *demonstrators*"."""
        tokens = self._clauses.tokens
        if at >= quantity.first or tokens[at].lower not in _DONE_AT_HOME or quantity.first - at > _HAS_WITHIN:
            return False
        return any(token.lower in _OWN_PEOPLE for token in tokens[quantity.last : quantity.last + _BEHIND_NOUN])

    def _label(self, quantity: Quantity, sentence: Sentence) -> Place | None:
        """The name a list gives the figure of: "Ha Giang (7), Lai Chau (6)", "Mangem care center: 4,000"."""
        tokens, classes = self._clauses.tokens, self._clauses.classes
        mark = quantity.first - 1
        if mark <= sentence.first or tokens[mark].text not in ("(", ":"):
            return None
        bracket = tokens[mark].text == "("
        if bracket and not (quantity.last < sentence.last and tokens[quantity.last].text in ")),"):
            return None
        first = mark
        while first > sentence.first and mark - first < _LONGEST_LABEL:
            lower = tokens[first - 1].lower
            of_name = classes[first - 1] in (NAME, JOIN) and not self._places.names.is_somebody(first - 1)
            kind = lower in word_table("site_nouns") or lower in word_table("scope_words")
            if not (of_name or kind or (first < mark and lower in _KINDS)):
                break
            first -= 1
        first += tokens[first].lower == "and"  # "Ha Giang (7) and Lang Son (5)"
        return self._places.label(first, mark, bracket=bracket)


def _cuts_between(cuts: Sequence[int], first: int, last: int) -> bool:
    return bisect_left(cuts, first) < bisect_left(cuts, last)


def _is_number(token: Token) -> bool:
    return token.kind == NUMBER or token.lower in word_table("numbers")


def _cuts(clauses: Clauses, i: int) -> bool:
    """Whether a clause ends at token `i`: ';', ', and', ', but', 'while', 'adding "'."""
    word = clauses.tokens[i].lower
    if word in (";", "while", "whereas"):
        return True
    if word == "adding":
        return QUOTE in clauses.classes[i + 1 : i + 3]
    return word in ("and", "but") and i > 0 and clauses.classes[i - 1] == COMMA
