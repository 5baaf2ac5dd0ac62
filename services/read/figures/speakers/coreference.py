"""From a source as written ("he", "the ministry", "Barazi") to its fullest name in the article."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from schemas.entity import Mention
from services.read.figures.clauses import FIGURE, JOIN, NAME, Clauses
from services.read.figures.speakers.apposed import past_description
from services.read.figures.speakers.core import core
from services.read.figures.speakers.descriptions import (
    GENERIC,
    OWN_NAMES,
    ends_in_s,
    fits_kind,
    is_apposed,
    is_one_body,
    is_single,
    kind_described,
    maker,
    owner,
    tells_office,
)
from services.read.figures.speakers.initials import bracketed, is_initials, spelled_out
from services.read.figures.speakers.main_subject import main_subject, subject_ahead
from services.read.figures.speakers.name_runs import name_runs, names_body
from services.read.figures.speakers.offices import holders, is_office
from services.read.figures.speakers.sources import Span
from services.read.figures.speakers.written_names import (
    Named,
    bare,
    is_body,
    is_named,
    is_other,
    is_paper,
    is_several,
    is_someone,
    without_titles,
)
from services.read.wordlists import word_list, word_table

_RECENT = 40
"""Sources back to the body that "the group" is; none farther is meant, and a text without end stays linear."""

_AGAINST = frozenset({"while", "whereas"})

_SOCIETIES = ("Red Cross", "Red Crescent")
"""Names that a society of each nation has: "the Libyan Red Crescent" is not the Turkish one."""

_LANDS = frozenset({"nation", "country", "state", "province", "region", "island", "republic"})
"""Whose leader is named by his office alone: "the nation's leader"."""


@dataclass(slots=True)
class Names:
    """The names of one article, looked up by their words, and who spoke last. Sources are resolved in text order."""

    clauses: Clauses
    mentions: Sequence[Mention]
    quote_at: Callable[[int], int | None] = lambda _: None  # the quotation that holds a token
    persons: dict[str, Span] = field(default_factory=dict)
    bodies: dict[str, Span] = field(default_factory=dict)
    offices: dict[str, Named] = field(default_factory=dict)  # by each word beside their names, who spoke so
    given: dict[str, Span] = field(default_factory=dict)  # persons by their first names
    fullest: dict[tuple[str, str], Mention] = field(default_factory=dict)
    runs: list[Span] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    last_person: Named | None = None
    last_body: Named | None = None
    last_person_at: int = -9  # the sentence
    last_body_at: int = -9
    initials: dict[str, Span] | None = None  # made when the first short name is met
    held: dict[str, list[Span]] | None = None  # by office, who holds it; made when the first is met alone
    spoke: list[Named] = field(default_factory=list)  # the bodies that spoke so far
    said: dict[str, Named] = field(default_factory=dict)  # by its noun, the body that spoke last under a longer name

    def __post_init__(self) -> None:
        self.mentions = sorted(self.mentions, key=lambda m: m.start)
        self.starts = [m.start for m in self.mentions]
        for mention in self.mentions:
            known = self.fullest.get((mention.entity, mention.type))
            if known is None or len(mention.text) > len(known.text):
                self.fullest[mention.entity, mention.type] = mention
        self.runs = name_runs(self.clauses)
        tokens, source_nouns = self.clauses.tokens, word_list("source_nouns")
        for run in self.runs:
            for i in range(*run):
                if tokens[i].lower in source_nouns and names_body(self.clauses, i, run):
                    parted = [k + 1 for k in range(run[0], i) if tokens[k].lower == "the"]  # "M4 | the Army"
                    _keep_longest(self.bodies, tokens[i].lower, (max(parted, default=run[0]), run[1]))
            alone = run[1] - run[0] == 1 or run[1] - 1 in self.clauses.place_ends  # one word is no fuller name
            bare = self._without_office(run) if not alone else None
            hyphenated = bare is not None and bare[1] - bare[0] == 3 and tokens[bare[0] + 1].text == "-"
            if bare is not None and bare[1] - bare[0] <= 5 and not hyphenated:  # "Belarus-Poland" is no person
                _keep_longest(self.persons, tokens[run[1] - 1].lower, bare)
                for i in range(bare[0], bare[1] - 1):
                    if i in self.clauses.persons and self.clauses.names[i] == bare[1]:
                        self.given.setdefault(tokens[i].lower, (i, bare[1]))

    def resolve(self, span: Span, *, spoke: bool = True) -> Named | None:
        """The name of the source at tokens `span`; remembers who `spoke` for the pronouns that follow."""
        named = self._resolve(span)
        if named is not None and spoke:
            sentence = self.clauses.document.sentence_at(self.clauses.tokens[span[0]].start).number
            if named.person:
                for i in range(*span):
                    self.offices[self.clauses.tokens[i].lower] = named
                self.last_person, self.last_person_at = named, sentence
            else:
                self.last_body, self.last_body_at = named, sentence
                self.spoke.append(named)
                self._keep(named)
                word = self.clauses.tokens[span[1] - 1].lower
                own = word in OWN_NAMES or word in named.name.lower()
                if word in word_list("document_nouns") and not own:
                    self.said[word] = named  # "a ministry statement", then "the statement"
        return named

    def forget(self) -> None:
        """Forgets who spoke: the next source resolved stands at the beginning of the text."""
        self.last_person = self.last_body = None
        self.last_person_at = self.last_body_at = -9
        self.offices.clear()
        self.said.clear()
        self.spoke.clear()

    def _keep(self, named: Named) -> None:
        """Notes "Gaza health ministry" for "the health ministry" and "the ministry"."""
        words = named.name.lower().split()
        if words[0] in ("a", "an") and words[-1] in GENERIC:
            return  # "A war monitoring group" says who spoke no better than "the group"
        for size in (1, 2):
            if len(words) > size and words[-1] in word_list("source_nouns") and is_named(named.name):
                self.said[" ".join(words[-size:])] = named

    def _resolve(self, span: Span) -> Named | None:
        tokens, classes = self.clauses.tokens, self.clauses.classes
        owned = owner(self.clauses, *span)
        if owned is not None:  # "his figures show"; whoever says "our figures" is named beside the quotation
            return (self._owner(owned, span[0]) or self._pronoun(owned, span[0])) if owned else None
        first, last = core(self.clauses, span)
        if last - first == 1 and classes[first] == "pronoun":
            return self._pronoun(tokens[first].lower, first) or Named(tokens[first].lower, None, person=False)
        if last == span[1] and ends_in_s(self.clauses, first, last):
            text = self.clauses.document.text
            return Named(text[tokens[first].start : tokens[last - 1].end], None, person=False)
        definite = tokens[first].lower in ("the", "that", "this")
        if definite and last - first > 1:
            first += 1
        known = self._by_mention(first, last) or self._short_name(first, last) or self._person(first, last)
        if known is None and last - first == 1:
            return self._short(first, definite)
        if known is None and definite:
            known = self.said.get(self._words(first, last).lower()) or self._described(first, last)
            known = known or self._in_office(first, last)
        if known is None and (name := past_description(self.clauses, first, last)) != (first, last):
            known = self._by_mention(*name) or self._person(*name)
            first, last = name
        return known or Named(self._words(first, last), None, person=False)

    def _in_office(self, first: int, last: int) -> Named | None:
        """Who "the prime minister", "the nation's leader" is: who spoke under that word, else the last person."""
        tokens = self.clauses.tokens
        word = tokens[last - 1].lower
        if word_table("stand_ins").get(word) != "person" or not tokens[last - 1].text.islower():
            return None
        if last - first == 2 and tokens[first].lower.removesuffix("s").rstrip("'’") in _LANDS:
            return self.last_person
        roles = word_list("role_words")
        return self.offices.get(word) if all(tokens[i].lower in roles for i in range(first, last)) else None

    def _described(self, first: int, last: int) -> Named | None:
        """The last body of the kind that spoke: "the London-based group"."""
        kind = kind_described(self.clauses, first, last)
        if kind is None:
            return None
        found: Named | None = None
        noun = self.clauses.tokens[last - 1].lower
        for named in reversed(self.spoke[-_RECENT:]):
            if is_other(noun, named):
                continue
            if fits_kind(named.name, kind) and is_body(named.name):
                return named
            if kind == "monitor" and found is None and fits_kind(named.name, "body") and is_body(named.name):
                found = named
        return found

    def _short(self, i: int, definite: bool) -> Named:
        """One word, with or without "the": a short form of a name met before, or a noun that stands for one."""
        token = self.clauses.tokens[i]
        if definite and token.lower in self.said:
            return self.said[token.lower]
        full = self.bodies.get(token.lower) if definite or token.text[0].isupper() else None
        if full is not None and full[0] > i and self.clauses.tokens[full[0] - 1].lower in ("a", "an"):
            full = None  # "the poll … | a Northern News Poll" is another one
        if full is None and definite and token.lower in word_list("document_nouns"):
            full = maker(self.clauses, i)
            if full is not None and all(self.clauses.classes[k] != NAME for k in range(*full)):
                full = None
            elif full is not None and self.clauses.classes[full[0]] == "det":
                full = full[0] + 1, full[1]
        if full is not None:
            return self._by_mention(*full) or Named(self._words(*full), None, person=False)
        meant = self._stand_in(i) if definite and not self._is_set_against(i) else None
        return meant or Named(self._words(i, i + 1), None, person=False)

    def _is_set_against(self, i: int) -> bool:
        """Whether a token stands against who spoke in its own sentence: "the ministry said, while the | agency"."""
        sentence = self.clauses.document.sentence_at(self.clauses.tokens[i].start)
        before = {self.clauses.tokens[k].lower for k in range(max(sentence.first, i - 2), i)}
        return self.last_body_at == sentence.number and not before.isdisjoint(_AGAINST)

    def _stand_in(self, i: int) -> Named | None:
        """Whom "the official", "the group" is: the last person, or body of that kind, that spoke."""
        word = self.clauses.tokens[i].lower
        stand_in = word_table("stand_ins").get(word)
        if stand_in == "person":
            return self.offices.get(word) or self._holder(word, i) or self.last_person
        if stand_in is None or self.last_body is None:
            return None
        known = self._described(i, i + 1)
        if known is not None or word in word_list("media_nouns"):
            return known
        paper = word in word_list("document_nouns")
        for one in reversed(self.spoke[-_RECENT:]):
            again = not paper and word in one.name.lower().split()  # "a military source", then "the source"
            named = (paper or is_named(one.name)) and not (is_paper(one.name) or is_someone(one.name))
            if (again or named) and (paper or not is_other(word, one)):
                return one
        return None

    def _holder(self, word: str, position: int) -> Named | None:
        """Whose office a word is: who spoke last, else the nearest before, else the only one where nobody spoke yet."""
        self.held = holders(self.clauses) if self.held is None else self.held
        named = self.held.get(word, [])
        surnames = {self.clauses.tokens[last - 1].lower for _, last in named}
        if self.last_person is not None and self.last_person.name.rpartition(" ")[2].lower() in surnames:
            return self.last_person
        only = named if self.last_person is None and len(surnames) == 1 else []
        before = [span for span in named if span[0] < position] or only
        return self._by_mention(*before[-1]) if before else None

    def _short_name(self, first: int, last: int) -> Named | None:
        """The full name of a word that is a name's initials, or stands in brackets behind it."""
        full = self._spelled_out(self.clauses.tokens[first].text) if last - first == 1 else None
        return Named(self._words(*full), None, person=False) if full is not None else None

    def _spelled_out(self, letters: str) -> Span | None:
        if not is_initials(letters) and f"({letters})" not in self.clauses.document.text:
            return None
        if self.initials is None:
            self.initials = spelled_out(self.clauses, self.runs) | bracketed(self.clauses)
        return self.initials.get(letters)

    def _by_mention(self, first: int, last: int) -> Named | None:
        """A person inside the phrase is who speaks; any other entity only when it is the whole phrase."""
        tokens = self.clauses.tokens
        start, end = tokens[first].start, tokens[last - 1].end
        found: Mention | None = None
        low, high = bisect_left(self.starts, start), bisect_left(self.starts, end)
        for mention in self.mentions[low:high]:
            closes = mention.end >= end - 2  # a possessive's end may stand behind it
            if not closes and mention.type == "PER" and self.clauses.document.text[mention.end] in "'’":
                continue  # "Moreno's spokesman" is somebody else
            described = mention.type == "PER" and mention.start == start and tells_office(self.clauses, mention, last)
            if described:  # "Ada Moreno director of the fund", written without its comma
                return self._by_mention(first, self.clauses.document.token_at(mention.end))
            if (
                mention.type in ("PER", "ORG")
                and closes
                and (mention.start == start or is_apposed(self.clauses, mention))
            ):
                found = mention
            elif mention.start == start and closes and mention.type != "NORP":
                found = found or mention
        if found is None:
            return None
        full = self.fullest[found.entity, found.type] if found.type in ("PER", "ORG") else found
        person = found.type == "PER"
        if person:
            alone = self.given.get(full.text.lower())  # "Hadi", who is Hadi Supeno
            return Named(self._words(*alone) if alone else without_titles(full.text), found.entity, person)
        national = self.clauses.document.token_at(found.start) - 1
        if full.text.endswith(_SOCIETIES) and national in self.clauses.peoples:
            return Named(self._words(national, last), None, person)
        if (spelled := self._spelled_out(full.text)) is not None:
            return Named(bare(self._words(*spelled)), found.entity, person)
        return Named(bare(full.text), found.entity, person, place=found.type in ("GPE", "LOC"))

    def _person(self, first: int, last: int) -> Named | None:
        """A name behind an office ("Homs Governor Talal Barazi"), or the name or surname of a person met before."""
        tokens, classes = self.clauses.tokens, self.clauses.classes
        start = last
        particles = word_list("name_particles")
        while start > first and (
            classes[start - 1] in (NAME, JOIN) or (start < last and tokens[start - 1].lower in particles)
        ):
            start -= 1
        if start == last:
            return None
        bare = self._without_office((start, last))
        if bare is None:
            return None
        known = self.persons.get(tokens[last - 1].lower) or self.given.get(tokens[last - 1].lower)
        behind_office = bare[0] > first and is_office(self.clauses, first, bare[0])
        if last - 1 in self.clauses.place_ends and not self.clauses.persons.intersection(range(first, last)):
            return None
        if not behind_office and bare[0] > first:
            return None
        if known is not None and known[1] - known[0] > bare[1] - bare[0]:
            bare = known
        return Named(self._words(*bare), None, person=behind_office or 2 <= bare[1] - bare[0] <= 4)

    def _pronoun(self, word: str, position: int) -> Named | None:
        if word == "it":
            bodies = (one for one in reversed(self.spoke[-_RECENT:]) if not is_someone(one.name))
            return self._subject_before(position) or next(bodies, None)
        if word in ("they", "them"):
            return self.last_body or self.last_person or self._met_before(position)
        return self._met_before(position) or self.last_person or self.last_body

    def _subject_before(self, position: int) -> Named | None:
        """What "it" is by the nearest subject: "Osmia has half of what | it", "The memo is new. … | it says"."""
        document = self.clauses.document
        sentence = document.sentence_at(self.clauses.tokens[position].start)
        if self.last_body is not None and self.last_body_at == sentence.number:
            return None  # "The fund said it has 20": who spoke here is nearer
        subject = subject_ahead(self.clauses, position)
        subject = subject if subject is not None and self.quote_at(subject[0]) is None else None  # "“20 died,” | it"
        named = self._by_mention(*subject) if subject is not None else None
        if named is None and subject is not None and is_one_body(self.clauses, subject):
            named = self._resolve(subject)  # "The coast guard rescued 20 people, | it | said"
        if named is None and sentence.number:
            subject = main_subject(self.clauses, document.sentences[sentence.number - 1], position)
            named = self._resolve(subject) if subject is not None and is_single(self.clauses, subject) else None
        return None if named is None or named.person or is_several(named.name) else named

    def _owner(self, word: str, position: int) -> Named | None:
        """Who "his" is where the sentence has a subject of its kind before it: "Moreno broke | his | vow to"."""
        subject = subject_ahead(self.clauses, position)
        named = self._by_mention(*subject) if subject is not None and word != "they" else None
        return named if named is not None and named.person == (word != "it") else None

    def _met_before(self, position: int) -> Named | None:
        """The person "he" is: who just spoke, else whom the sentence before begins with, else the nearest."""
        document = self.clauses.document
        sentence = document.sentence_at(self.clauses.tokens[position].start)
        if self.last_person is not None and sentence.number - self.last_person_at <= 1:
            return self.last_person
        floor = document.sentences[max(0, sentence.number - 1)].first
        nearest = bisect_left(self.runs, (position, position))
        found: Named | None = None
        for run in reversed(self.runs[max(0, nearest - 12) : nearest]):
            named = self._as_person(run) if self.quote_at(run[0]) is None else None
            if named is not None:
                if run[0] < floor:
                    return found or named
                found = named
        return found

    def _as_person(self, run: Span) -> Named | None:
        tokens = self.clauses.tokens
        if self.mentions:
            named = self._by_mention(*run)
            return named if named is not None and named.person else None
        known = self.persons.get(tokens[run[1] - 1].lower)
        if known is None or known[1] - known[0] < 2:
            return None
        return Named(self._words(*known), None, person=True)

    def _without_office(self, run: Span) -> Span | None:
        """What stands behind the last word of an office; None where that is nothing, or the name of a body."""
        tokens = self.clauses.tokens
        roles, bodies, documents = word_list("role_words"), word_list("source_nouns"), word_list("document_nouns")
        first, last = run
        for i in range(last - 1, first - 1, -1):
            word = tokens[i].lower
            if word in roles:
                first = i + 1
                break
            if word in bodies or word in documents:
                return None
        while first < last and self.clauses.classes[first] in (JOIN, "of", "det", FIGURE):
            first += 1
        return (first, last) if first < last else None

    def _words(self, first: int, last: int) -> str:
        tokens = self.clauses.tokens
        text = self.clauses.document.text[tokens[first].start : tokens[last - 1].end]
        for end in ("'s", "’s"):
            text = text.removesuffix(end)
        return " ".join(text.split())


def _keep_longest(known: dict[str, Span], word: str, span: Span) -> None:
    old = known.get(word)
    if old is None or span[1] - span[0] > old[1] - old[0]:
        known[word] = span
