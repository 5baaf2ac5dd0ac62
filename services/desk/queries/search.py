"""Full-text search over articles and over the sentences that figures stand in, newest first."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, Table, case, column, func, literal, literal_column, table
from sqlalchemy.ext.asyncio import AsyncConnection

from services.desk.queries import articles as article_list
from services.desk.queries import claims as claim_list
from services.desk.queries.articles import Article
from services.desk.queries.claims import Known
from services.desk.queries.keyset import Key, rows_of
from services.desk.queries.paging import Filter, Page
from services.desk.store import tables
from services.desk.store.columns import micros, storable
from services.desk.store.numbers import first_number
from services.desk.store.search_index import INDEXES, WORDS, words_of

Pieces = tuple[tuple[str, bool], ...]
"""A stretch of text in pieces, each with whether it is one of the words looked for. Never HTML."""

MOST_TERMS = 20
"""Words and phrases of one search; each is looked up for itself."""

_TERM = re.compile(r'"([^"]*)"|([^\s"]+)')
_WORD = re.compile(r"\w+")
_JOINTS = str.maketrans(dict.fromkeys("-‐‑–—/_’'", " "))
"""PostgreSQL reads Belarus-Poland as one word and two; SQLite as two. Asked for as two, both find both spellings."""

_FROM, _TO, _LESS = "\ufdd0", "\ufdd1", "\ufdd2"
"""Around a word that was looked for, and for < while PostgreSQL makes a snippet, which drops tags: noncharacters, which
no text is meant to have. A text that has them all the same marks more of itself."""

_Function = Callable[..., ColumnElement[Any]]

_ROW_IDS = {name: table(words_of(name), column("rowid", BigInteger)).c.rowid for name in INDEXES}

_AROUND = 28
"""Words of a snippet: two lines."""

_WHOLE = 10_000
"""Characters of a text up to which SQLite makes the snippet. Its time grows with the square of the places found: for a
text of 1 MB of one sentence over and over it took 11 s; for 10,000 characters of one letter 0.2 s."""

_BEFORE, _LOOKED_AT = 300, 900
"""Characters of a text that a snippet is taken from, around the first place that looks like the longest word: in
PostgreSQL, which reads all it is given anew for every hit, 3 ms for 4,000 characters, and of what SQLite is too slow
for."""

_STEM = 3
"""Characters that an English stem may be shorter than its word and still be found so: Belarusian, migrants."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that has all the words, and where."""

    article: Article
    snippet: Pieces


@dataclass(frozen=True, slots=True)
class QuoteHit:
    """A claim whose sentence has all the words."""

    known: Known
    snippet: Pieces


async def articles(db: AsyncConnection, wanted: Filter, cursor: str | None, limit: int) -> Page[Hit]:
    """Articles that have all words and "phrases" of `wanted.q` in title or text, in any order, the newest first.

    Nothing is found by a `q` without letters and digits. Words match by their stem, as English has them.
    """
    terms = _terms(wanted.q or "")
    if not terms:
        return Page((), None)
    statement = _found(db, tables.articles, article_list.whole(), terms, wanted)
    statement = statement.where(*await article_list.conditions(db, wanted))
    rows, following = await rows_of(db, statement, (_key(db, tables.articles),), cursor, limit)
    return Page(tuple(Hit(article_list.made(row), _pieces(row.snippet, terms)) for row in rows), following)


async def quotes(db: AsyncConnection, wanted: Filter, cursor: str | None, limit: int) -> Page[QuoteHit]:
    """Claims whose sentence has all words and "phrases" of `wanted.q`, the last learned first."""
    terms = _terms(wanted.q or "")
    if not terms:
        return Page((), None)
    statement = _found(db, tables.claims, claim_list.whole(), terms, wanted)
    statement = statement.where(*await claim_list.conditions(db, wanted))
    rows, following = await rows_of(db, statement, (_key(db, tables.claims),), cursor, limit)
    known = await claim_list.known(db, rows)
    hits = (QuoteHit(each, _pieces(row.snippet, terms)) for each, row in zip(known, rows, strict=True))
    return Page(tuple(hits), following)


def _terms(q: str) -> list[str]:
    """Words and phrases to look for, with something in them that can be found."""
    found = (phrase or word for phrase, word in _TERM.findall(storable(q)))
    terms = (" ".join(term.translate(_JOINTS).split()) for term in found)
    return [term for term in terms if any(map(str.isalnum, term))][:MOST_TERMS]


def _found(db: AsyncConnection, rows: Table, whole: Select[Any], terms: Sequence[str], wanted: Filter) -> Select[Any]:
    """`whole`, of the rows that have all `terms`, with their snippet."""
    number = _number(db, rows)
    whole = whole.where(*_between(number, wanted.since, wanted.until))
    if db.dialect.name == "sqlite":
        own: ColumnElement[str] = literal_column(words_of(rows.name))
        marked = func.snippet(own, -1, _FROM, _TO, "…", _AROUND)
        shown = case((func.length(_text(rows)) <= _WHOLE, marked), else_=_stretch(rows, terms, func.instr, func.max))
        match = own.op("MATCH")(" ".join(f'"{term}"' for term in terms))
        return whole.add_columns(shown.label("snippet")).where(number == rows.c.number, match)
    english: ColumnElement[str] = literal_column("'english'")
    query: ColumnElement[Any] = func.phraseto_tsquery(english, terms[0])
    for term in terms[1:]:
        query = query.op("&&")(func.phraseto_tsquery(english, term))
    how = f'StartSel="{_FROM}", StopSel="{_TO}", MaxFragments=1, MaxWords={_AROUND}, MinWords={_AROUND // 2}'
    stretch = func.replace(_stretch(rows, terms, func.strpos, func.greatest), "<", _LESS)
    snippet = func.ts_headline(english, stretch, query, how)
    match = literal_column(f"{rows.name}.{WORDS}").op("@@")(query)
    return whole.add_columns(snippet.label("snippet")).where(match)


def _text(rows: Table) -> ColumnElement[str]:
    """All that is searched of a row."""
    text: ColumnElement[str] = literal("")
    for name in INDEXES[rows.name]:
        text = text + func.coalesce(rows.c[name], "") + literal("\n")
    return text


def _stretch(rows: Table, terms: Sequence[str], position: _Function, larger: _Function) -> ColumnElement[str]:
    """The part of a text (and title) that a snippet is taken from. `position`, `larger`: as the database has them."""
    text = _text(rows)
    longest = max((word for term in terms for word in term.split()), key=len)
    at = position(func.lower(text), _stem(longest))
    return func.substr(text, larger(1, at - _BEFORE), _LOOKED_AT)


def _stem(word: str) -> str:
    """What a word begins with in all its forms. A number has one form."""
    return word.lower()[: max(_STEM, len(word) - _STEM)] if word.isalpha() else word.lower()


def _marked(stretch: str, terms: Sequence[str]) -> str:
    """A stretch of a text too long for SQLite's snippets: cut like one, and the words marked that begin alike."""
    begins = tuple(_stem(word) for term in terms for word in _WORD.findall(term))
    marked = _WORD.sub(lambda w: f"{_FROM}{w[0]}{_TO}" if w[0].lower().startswith(begins) else w[0], stretch).split()
    first = next((number for number, word in enumerate(marked) if _FROM in word), 0)
    start = max(0, first - _AROUND // 2)
    return f"…{' '.join(marked[start : start + _AROUND])}…"


def _key(db: AsyncConnection, rows: Table) -> Key:
    return Key(_number(db, rows))


def _number(db: AsyncConnection, rows: Table) -> ColumnElement[int]:
    """What the hits are sorted by; in SQLite the row id of the index itself, which stops at the last one wanted."""
    if db.dialect.name == "sqlite":
        return _ROW_IDS[rows.name]
    return rows.c.number


def _between(number: ColumnElement[int], since: datetime | None, until: datetime | None) -> list[ColumnElement[bool]]:
    """Rows of these times as numbers, so that others are not looked at; their own times decide."""
    asked = []
    if since is not None:
        asked.append(number >= first_number(micros(since)))
    if until is not None:
        asked.append(number < first_number(micros(until) + 1000))
    return asked


def _pieces(marked: str, terms: Sequence[str]) -> Pieces:
    if _FROM not in marked:
        marked = _marked(marked, terms)
    first, *rest = " ".join(marked.replace(_LESS, "<").split()).split(_FROM)
    pieces = [(first, False)]
    for part in rest:
        word, _, after = part.partition(_TO)
        pieces += [(word, True), (after, False)]
    return tuple((text.replace(_TO, ""), is_word) for text, is_word in pieces if text)
