"""Articles to measure with: the shared bulk articles and war reports, told again in other words; no two the same.

Of an article told again the long plain words change places and the numbers change value, so that it is as long, has as
many names and figures, and is a copy of nothing. Words beside a number and names stay: they are what there is to read.
Every tenth article is an earlier one with a line of the newspaper under it, as an agency's text comes to many. Pairs
for the measured alerts: the same count said twice, by a government and by the United Nations.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count, islice
from typing import Any

from schemas.article import ArticlePublished
from services.cli.demo import seed_articles
from tests.chaos.articles import COUNTRIES
from tests.shared import SHARED
from tests.war_reports import article_lines

BULK = 3_000
"""All there are; 968 words on average, the longest 13,403. The 461 war reports have 288."""

_BULK_FILE = SHARED / "data/bulk_articles.jsonl.gz"

COPY_EVERY = 10
WITHIN = 50
"""A copy follows its original by at most so many articles."""

_WORDS = re.compile(r"\w+")
_LONG = 5
"""Letters. Shorter words are what grammar is made of; with 5 or more, 27 % of the word 3-grams stay."""
_NEAR = 3
"""Words on either side of a number that say what it counts."""
_ONE = 10
_YEARS = range(1900, 2100)

_SAID = (
    "there are {value:,} people in the camp in {country}",
    "there are {value:,} prisoners in the prison in {country}",
    "{value:,} people were displaced in {country}",
    "{value:,} people were arrested in {country}",
    "{value:,} houses were destroyed in {country}",
    "{value:,} people are missing in {country}",
)

Given = tuple[str, ...]
"""id, publisher, title, text of an article as it stands in the data."""


def articles(wanted: int, start: int = 0) -> Iterator[ArticlePublished]:
    """The articles numbered from `start`; the same number gives the same article on every run."""
    sources = _sources()
    yield from islice((_article(number, sources) for number in count(start)), wanted)


def bulk_lines() -> Iterator[dict[str, Any]]:
    """The shared bulk articles as they stand in the data."""
    with gzip.open(_BULK_FILE, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _sources() -> list[Given]:
    if not _BULK_FILE.exists():
        return [(a.id, a.publisher or "", a.title or "", a.text) for a in seed_articles()]
    rows = [*islice(bulk_lines(), BULK), *article_lines()]
    random.Random(1).shuffle(rows)  # noqa: S311  # no secret
    return [(row["id"], row["publisher"] or "", row["title"] or "", row["text"]) for row in rows]


def _article(number: int, sources: list[Given]) -> ArticlePublished:
    copies = number % COPY_EVERY == COPY_EVERY - 1
    told = number - 1 - number // COPY_EVERY % WITHIN if copies else number
    told = max(0, told - (told % COPY_EVERY == COPY_EVERY - 1))
    name, publisher, title, text = sources[told % len(sources)]
    chosen = random.Random(told)  # noqa: S311  # no secret
    if told >= len(sources):
        text = _again(text, chosen)
    day = date(2024, 1, 1) + timedelta(days=told % 60)
    if copies:
        town = COUNTRIES[number % len(COUNTRIES)]
        publisher, text = f"{town} Post", f"{text}\n\nPrinted in {town}."
    return ArticlePublished(
        id=f"{name}-{number}", publisher=publisher or None, published=day.isoformat(), title=title or None, text=text
    )


def _again(text: str, chosen: random.Random) -> str:
    """The text with its long plain words in other places and other numbers."""
    words = list(_WORDS.finditer(text))
    numbers = [at for at, word in enumerate(words) if word[0].isdigit()]
    kept = {near for at in numbers for near in range(at - _NEAR, at + _NEAR + 1)}
    free = [at for at, word in enumerate(words) if at not in kept and len(word[0]) >= _LONG and word[0].islower()]
    moved = [words[at][0] for at in free]
    chosen.shuffle(moved)
    new = dict(zip(free, moved, strict=True)) | {at: _other(words[at][0], chosen) for at in numbers}
    parts, done = [], 0
    for at, word in enumerate(words):
        if at in new:
            parts += [text[done : word.start()], new[at]]
            done = word.end()
    return "".join(parts) + text[done:]


def _other(digits: str, chosen: random.Random) -> str:
    """Another number of about that size; years, single digits and groups of three stay as they are."""
    if not digits.isascii() or digits.startswith("0") or len(digits) == 3 or int(digits) in {*range(_ONE), *_YEARS}:
        return digits
    return str(round(int(digits) * chosen.uniform(0.6, 1.6)))


def pairs() -> Iterator[tuple[ArticlePublished, ArticlePublished]]:
    """Two articles each, the second of which makes an alert: one for each country and thing counted."""
    for number, (said, country) in enumerate((said, country) for said in _SAID for country in COUNTRIES):
        low, high = 1100 + 10 * number, 15100 + 10 * number
        yield (
            _says(number, "Morning", f"the government of {country}", country, said.format(value=low, country=country)),
            _says(number, "Evening", "the United Nations", country, said.format(value=high, country=country)),
        )


def _says(number: int, paper: str, who: str, country: str, said: str) -> ArticlePublished:
    return ArticlePublished(
        id=f"pair-{number}-{paper}",
        publisher=f"{paper} {number % 7}",
        published="2024-05-01",
        text=f"The storm reached {country} on Monday. According to {who}, {said}.",
    )
