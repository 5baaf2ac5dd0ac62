"""A counted noun phrase and its head.

Without a parser a noun phrase is read by its edges: from the number to the first small word or mark; its head is the
first plural in it ("10 young British *soldiers* killed"). Number one takes a known singular noun.
"""

from __future__ import annotations

from dataclasses import dataclass

from services.read.figures.lexicon import group
from services.read.figures.line import Line
from services.read.figures.numbers import numeral_at
from services.read.wordlists import word_list, word_table

REACH = 7
"""Words a noun phrase may have: "400 heavily armed local pro-government militia fighters"."""
SOME = 2.0
"""Stands for "more than one" where the number that a plural belongs to is another."""
_JOINED = 3
"""Words behind "and" among which the head of a joined phrase stands: "rocket and grenade *launchers*"."""
_MODEL_DIGITS = 4
"""Digits of a model's number: 737, 8200."""
_BODY = 8
"""Words of a body's name behind its "of": "Ministry of *Health and Social Affairs of Veronia*"."""
_REMARK = 6
"""Tokens of an editor's remark inside a phrase: "[words indistinct]"."""
BACK = 24
"""Words looked back for the noun of "the number of … to N": "the death toll from the flood … to 20"."""


@dataclass(frozen=True, slots=True)
class Noun:
    """The counted noun at token `head`, its phrase tokens [first, last); `head` None: not in the text or only implied.

    `how` says where it stands: after, before, part ("30 of the wounded"), state ("86 dead": a participle for a noun),
    people (left out, and nobody else can be meant), none. `refused` is the reason why this is no figure at all
    ("duration").
    """

    head: int | None
    first: int
    last: int
    how: str
    refused: str | None = None


def after(line: Line, at: int, value: float, how: str) -> Noun:
    """The noun phrase that begins at `at`; `value` is what counts it, `how` where it stands."""
    while line.lower(at) in group("fillers"):
        at += 1
    half = line.lower(at) == "half" and value > 1  # "displaced 11 million half of the population": a comma lost
    doing = line.lower(at) in group("human_doing")  # "dozens suffering breathing problems"
    run = [] if doing or half else run_at(line, at)
    measures = word_table("measures")
    if not run:
        if line.lower(at - 1) == "other":
            return Noun(at - 1, at - 1, at, how)
        return Noun(None, at, at, "none", None if half else measures.get(line.lower(at)))
    body = _of_body(line, run) if value > 1 else None
    return _of_run(line, at, _coordinated(line, run), value, how) if body is None else Noun(body, at, body + 1, how)


def _of_run(line: Line, at: int, run: list[int], value: float, how: str) -> Noun:
    """The noun among the words of a phrase; `at` is where its first word may stand."""
    words = [line.lower(k) for k in run]
    pick = _head(line, run, words, value)
    head = run[pick] if pick is not None else None
    refused = _refused(line, run[0], head)
    if refused:
        return Noun(head, at, at, "none", refused)
    if head is None:
        participle = words[0] in word_table("metric_verbs") and _takes(words[0], "state", "passive", "subject")
        return Noun(run[0], run[0], run[0] + 1, "state") if participle else Noun(None, at, at, "none")
    if line.lower(head) == "times":
        return Noun(head, at, head + 2, "ratio")
    return Noun(head, at, head + 1, how)


def _refused(line: Line, first: int, head: int | None) -> str | None:
    """Why a phrase is nothing a newsroom counts: a measure, a page's own count, an abstract noun, "three times"."""
    measures, word = word_table("measures"), line.lower(first)
    if word in word_list("page_counts") and line.capitalised(first):
        return "page"
    if word in measures and (head in {None, first} or word not in group("seconds")):
        return measures[word]
    return _refused_head(line, head) if head is not None else None


def _refused_head(line: Line, head: int) -> str | None:
    measures = word_table("measures")
    noun, behind = line.lower(head), line.lower(head + 1)
    if noun in measures:
        return measures[noun]
    if noun == "times":
        more = behind in group("times_more") or (behind.endswith("er") and line.lower(head + 2) == "than")
        return None if more else "times"
    arms = (noun == "rounds" and behind == "of") or line.lower(head - 1) in group("munitions")  # mortar rounds
    arms = arms or line.lower(head - 1) in group("relief_sets")  # kitchen sets
    abstract = noun in word_list("abstract_nouns") and noun not in word_list("persons")
    return "not counted" if abstract and not arms else None


def run_at(line: Line, at: int) -> list[int]:
    """Positions of the words of the phrase that begins at `at`, over inner hyphens, dots, quote marks and one comma."""
    run: list[int] = []
    k = at + 1 if line.is_word(at - 1) and _is_year(line, at) and line.is_word(at + 1) else at
    while len(run) < REACH:
        mark = line.text(k)
        model = 0 if mark.islower() else _past_model(line, k)  # a model or a remark begins with none
        if model:
            k = model
        elif line.is_word(k):
            if _ends_phrase(line, k):
                break
            run.append(k)
            k += 1
        elif mark == "-" and line.touches(k) and line.is_word(k + 1) and (line.touches(k + 1) or line.titled):
            del run[-1:]  # also "MARXIST- LENINIST REBELS"  # "Turkish-backed fighters": the first half is no head
            run.append(k + 1)
            k += 2
        elif _inside(line, k, mark, run):
            k += 1
        else:
            break
    return run


def _is_year(line: Line, k: int) -> bool:
    """Whether a year stands at k, before the noun it dates: "several *2020* candidates"."""
    text = line.text(k)
    return len(text) == 4 and text.isdigit() and text[:2] in {"19", "20"}


def _coordinated(line: Line, run: list[int]) -> list[int]:
    """The phrase with what "and" joins to it before any head: "180 army and paramilitary troops"."""
    last = run[-1] + 1
    if line.lower(last) not in {"and", "or"} or len(run) > _JOINABLE or line.lower(run[0] - 1) in group("determiners"):
        return run
    if any(is_plural(line.lower(k)) for k in run):
        return run
    if any(line.lower(k) in word_list("persons") or line.lower(k) in word_table("metric_verbs") for k in run):
        return run
    more = run_at(line, last + 1)
    found = any(is_plural(line.lower(k)) for k in more[:_JOINED])
    return [*run, *more] if found and line.lower(last + 1) not in word_table("numbers") else run


def _of_body(line: Line, run: list[int]) -> int | None:
    """The people behind a body's name with "of" inside: "two Osmia Department of Transportation *employees*"."""
    at = run[-1] + 1
    if line.lower(at) != "of" or line.titled or not all(map(line.capitalised, run)):
        return None
    for k in range(at + 1, at + 1 + _BODY):
        if line.capitalised(k) or line.lower(k) in {"the", "and", "of"}:
            continue
        named = line.capitalised(k - 1) and is_plural(line.lower(k))
        people = line.lower(k) in word_list("persons") or line.lower(k) in group("strong_bodies") | {"teams"}
        return k if named and people else None
    return None


def _past_model(line: Line, k: int) -> int:
    """The position behind a model or remark inside a phrase, else 0: N95 masks, AK-47 rifles, SIX [AS HEARD] BOMBS."""
    if line.text(k) == "[":
        close = next((j for j in range(k + 2, k + _REMARK) if line.text(j) == "]"), -1)
        return close + 1 if line.is_word(close + 1) else 0
    if line.text(k) == "." and line.is_number(k + 1) and line.touches(k + 1):  # four .38 calibre pistols
        behind = k + 3 if line.lower(k + 2) in {"caliber", "calibre"} else k + 2
        return behind if line.is_word(behind) else 0
    at = k + 2 if line.text(k + 1) == "-" and line.touches(k + 1) else k + 1
    if line.is_number(k) and at == k + 2 and line.is_word(at) and line.touches(at):
        return at + 1 if line.is_word(at + 1) else 0  # six 500-pound bombs
    if line.text(k) == "(" and line.capitalised(k + 1):  # Islamic State (IS, or Daesh) fighters
        close = next((j for j in range(k + 2, k + _REMARK) if line.text(j) == ")"), -1)
        return close + 1 if line.is_word(close + 1) and line.text(close + 1) not in group("be") else 0
    named = line.capitalised(k) and line.is_number(at) and line.touches(at)
    if not named:
        return _spaced_model(line, k)
    at += 2 if line.is_word(at + 1) and line.touches(at + 1) else 1  # T-72B tanks
    return at if line.is_word(at) else 0


def _spaced_model(line: Line, k: int) -> int:
    """The position behind "Boeing 737" in "two Boeing 737 jets", "CASA 235" in "THREE CASA 235 AIRPLANES"; else 0."""
    number = line.text(k + 1)
    if not (line.capitalised(k) and number.isdigit() and len(number) <= _MODEL_DIGITS) or is_plural(line.lower(k)):
        return 0
    if len(number) == 1 and (line.titled or numeral_at(line, k - 1) is None):
        return 0  # "14 Leopard 2 tanks"; "in Oru 2 tanks"
    placed = line.lower(k) in word_list("phrase_ends") or line.lower(k) in word_table("months")
    return k + 2 if line.lower(k + 2) in word_list("concrete_nouns") and not placed else 0


def _ends_phrase(line: Line, k: int) -> bool:
    word = line.lower(k)
    joined = line.text(k + 1) == "-" and line.touches(k + 1) and line.touches(k + 2)
    if word in _CROWDS or (word in _MOVING and line.lower(k + 1) in {"at", "to"}):
        return True  # "kill 21 hundreds flee": a comma lost; "the number of confirmed dead | stands at 23"
    if word in word_table("numbers"):
        inner = joined and line.is_word(k + 2) and line.lower(k + 2) not in word_table("numbers")
        return not (line.touches(k) or inner)  # 22 four-wheel cars
    if joined:
        return False  # off-road vehicles
    if word in group("before_plurals") and is_plural(line.lower(k + 1)):
        return False
    return word in word_list("phrase_ends") and not _initials(line, k)


_CROWDS = frozenset({"hundreds", "thousands", "dozens"})
_MOVING = frozenset({"stands", "rises", "climbs", "jumps", "falls", "drops"})
"""Verbs of a number that look like plurals."""


def _inside(line: Line, k: int, mark: str, run: list[int]) -> bool:
    """Whether a mark does not end the phrase: the dot of U.S., a quote mark before it, a comma between adjectives."""
    if mark == ".":
        return bool(run) and len(line.text(run[-1])) == 1 and line.touches(k)
    if mark in _QUOTES:
        named = 0 < len(run) <= _NICKNAME and line.text(run[0] - 1) in _QUOTES  # three "Hummer" armored vehicles
        return (not run or named) and line.is_word(k + 1)
    if mark != "," or len(run) != 1 or not line.text(k + 1).islower():
        return False
    word = line.lower(run[0])
    return not (is_plural(word) or word in word_table("metric_verbs") or line.lower(k + 1).endswith("ing"))


_QUOTES = frozenset("\"“'‘”’")
_JOINABLE = 3
"""Words before "and" that may all describe: "oil exploration and production companies"."""
_NICKNAME = 2
"""Words between quote marks inside a phrase (half and double: 0 / 0)."""


def _initials(line: Line, k: int) -> bool:
    """IS, US, IT in a text that is not all capitals: a name, not the small word."""
    return len(line.text(k)) == 2 and line.text(k).isupper() and not line.titled


def _head(line: Line, run: list[int], words: list[str], value: float) -> int | None:
    """Index in `run` of the head noun."""
    if value == 1:
        found = _singular(words)
        listed = line.text(run[0] - 1) == "1" and line.lower(run[0] - 2) == "and"  # "162 houses and 1 barn"
        return len(run) - 1 if found is None and listed and line.text(run[-1]).islower() else found
    for k, word in enumerate(words):
        if is_plural(word) and not _describes(words, k):
            return None if _is_predicate(words, k) else _last_plural(line, run, words, k)
    # "5 terrorist killed": careless English, sure only at the end of the phrase. "Its 1.3 billion population".
    verbs = word_table("metric_verbs")
    careless = len(words) == 1 and words[0] in _CARELESS  # "6 death and 2 injured"
    ends = (k for k, word in enumerate(words) if word in verbs or (k and word.endswith("ing")))
    last = 0 if careless else next(ends, len(words)) - 1
    if last < 0:
        return None
    word = words[last]
    if word in word_list("persons") or word in _CARELESS:
        people = word[-1] == "s" and word[-2] != "s"  # "600,000 Thais": -is ends no plural but a people's
        return last if people or line.titled or not line.capitalised(run[last]) else None
    if word in group("collective_heads") and line.text(run[last] + 1) != "-":
        return last
    # "nine Bodis", "40 Zulus": peoples whose plural looks like a singular.
    long = len(word) > _SHORT or value >= _MANY
    people = line.capitalised(run[last]) and not line.titled and word[-1] == "s" and long
    return last if people and value > 1 else None


_CARELESS = frozenset({"death", "fatality", "casualty", "injury", "arrest", "house", "home"})
"""Singulars behind a higher number in reports written in haste: "6 death, 40 house"."""
_SHORT = 4
"""Letters up to which a name in -s is more often a singular: "Ross"; behind many it is a people: "35,000 Brus"."""
_MANY = 100
"""From so many on, a capitalised word in -s is a people whatever its length (half and double: 0 / 0)."""


def _singular(words: list[str]) -> int | None:
    """The known noun behind "one", the last of several: one police officer, one police car."""
    persons, metrics = word_list("persons"), word_table("metric_nouns")
    first = next((k for k, w in enumerate(words) if w in persons or w in metrics or is_thing(w)), None)
    while first is not None and first + 1 < len(words):
        following = words[first + 1]
        if not (following in persons - metrics.keys() or is_thing(following)):
            break
        first += 1
    return first


def is_thing(word: str) -> bool:
    """Whether a singular names a thing or event of `concrete_nouns.txt`: tank, church, factory."""
    things = word_list("concrete_nouns")
    return word + "s" in things or word + "es" in things or (word[-1:] == "y" and word[:-1] + "ies" in things)


def _describes(words: list[str], k: int) -> bool:
    """Whether the plural at k stands before the head some words on: "two Chinese army *doctors*"."""
    if not (words[k] in group("peoples") or words[k].endswith("ese")):
        return False
    for word in words[k + 1 :]:
        if word in word_table("metric_verbs"):
            return False
        if is_plural(word):
            return True
    return False


def _is_predicate(words: list[str], plural: int) -> bool:
    """Whether the phrase is a predicate with its object: "72 die as floods", "20 injured blocking roads"."""
    if not plural or words[0] not in word_table("metric_verbs"):
        return False
    return not _takes(words[0], "state", "passive", "of") or (plural > 1 and words[1].endswith("ing"))


def _last_plural(line: Line, run: list[int], words: list[str], first: int) -> int:
    """The last of plurals that stand against each other as one noun: special forces soldiers."""
    best = first
    while best + 1 < len(words) and run[best + 1] == run[best] + 1 and is_plural(words[best + 1]):
        if not _modifies(line, run[best], words[best], words[best + 1]):
            break
        best += 1
    return best


def _modifies(line: Line, at: int, word: str, head: str) -> bool:
    """Whether a plural stands before the head it belongs to: "special forces soldiers", "Sanders supporters"."""
    if head in word_table("metric_verbs"):
        return False  # "leaving 90 personnel dead"
    if word in word_list("attributive_plurals"):
        return True
    known = word_list("persons")
    if word in known or line.titled:
        return False
    if not line.capitalised(at):  # "five of his groups members": an apostrophe lost
        owner = word in group("lost_apostrophes") and head in known
        return owner or (head in group("members") and word not in word_table("measures"))
    return head in known or head not in group("speaking")


def _takes(word: str, *uses: str) -> bool:
    return bool(set(word_table("metric_verbs")[word].split()[1:]) & set(uses))


def is_plural(word: str) -> bool:
    """Whether a lower-case word looks like a plural noun: listed, or in -s but not -ss, -us, -is, -ous, 's."""
    if word in word_list("irregular_plurals"):
        return True
    return len(word) > 3 and word[-1] == "s" and word[-2] not in "sui'" and word not in group("no_plurals")
