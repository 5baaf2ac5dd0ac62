"""Where an article's words come from, before and after a crash."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.article import ArticleAdmitted, ArticleTraced, Junk
from schemas.ids import article_id, content_hash
from schemas.message import decode, encode
from schemas.outcomes import Arrival, Processed
from schemas.topics import TABLE_VALUE_BYTES, TABLES
from services.copies.stage import WINDOW, Tracer

START = datetime(2021, 11, 8, tzinfo=UTC)


def story(seed: int, words: int = 150) -> str:
    """An invented text: the same for the same seed, no 3-gram shared with another."""
    chosen = random.Random(seed)  # noqa: S311  # no secret
    return " ".join("".join(chosen.choices("abcdefgh", k=8)) for _ in range(words))


def article(name: str, text: str, **fields: Any) -> ArticleAdmitted:
    content = content_hash(None, text)
    given_: dict[str, Any] = {
        "article_id": article_id(name, content),
        "article": name,
        "identity": name,
        "url": None,
        "publisher": None,
        "published": START,
        "published_from": "arrival",
        "title": None,
        "text": text,
        "language": "en",
        "content_hash": content,
        "revision": 1,
        "revises": None,
        "junk": (),
        "arrived": START,
    }
    return ArticleAdmitted(**{**given_, **fields})


class Desk:
    """The stage with its tables, as the platform runs it; `crash` loses the memory and keeps the tables."""

    def __init__(self) -> None:
        self.tables: dict[str, dict[str, bytes]] = {name: {} for name in TABLES["copies"]}
        self.tracer = Tracer()
        self.offset = 0

    def trace(self, message: ArticleAdmitted, at: datetime = START, *, stored: int | None = None) -> ArticleTraced:
        """Trace as the next record; only the first `stored` of its writes take hold, as in a crash."""
        outcome = self.tracer.step(message, self.tables, Arrival("admitted", 0, self.offset, at))
        self.offset += 1
        assert isinstance(outcome, Processed)
        for write in outcome.store[:stored]:
            assert len(write.value or b"") < TABLE_VALUE_BYTES
            write.into(self.tables[write.table])
        (traced,) = outcome.emit
        assert isinstance(traced, ArticleTraced)
        return traced

    def crash(self) -> None:
        self.tracer = Tracer()
        self.tracer.restore(self.tables)


def test_a_first_text_is_new_and_starts_a_lineage() -> None:
    first = article("a", story(1))
    traced = Desk().trace(first)
    assert (traced.trace, traced.copy_of, traced.lineage, traced.containment) == ("new", None, first.article_id, 0.0)
    assert decode(ArticleTraced, encode(traced)) == traced


def test_the_same_characters_elsewhere_are_an_exact_copy() -> None:
    desk, first = Desk(), article("a", story(1))
    desk.trace(first)
    traced = desk.trace(article("b", story(1)))
    assert (traced.trace, traced.copy_of, traced.lineage) == ("exact", first.article_id, first.article_id)


def test_a_text_wrapped_in_other_words_is_a_copy_and_a_shortened_one_abridged() -> None:
    desk, first = Desk(), article("a", story(1))
    desk.trace(first)
    wrapped = desk.trace(article("b", f"{story(2, 40)} {story(1)}"))
    half = desk.trace(article("c", " ".join(story(1).split()[:80])))
    assert [(t.trace, t.copy_of, t.lineage) for t in (wrapped, half)] == [
        ("copy", first.article_id, first.article_id),
        ("abridged", first.article_id, first.article_id),
    ]
    assert wrapped.containment == half.containment == 1.0


def test_a_copy_with_a_new_number_is_an_update_of_the_same_lineage() -> None:
    desk, first = Desk(), article("a", f"At least 12 people died. {story(1)}")
    desk.trace(first)
    traced = desk.trace(article("b", f"At least 19 people died. {story(1)}"))
    assert (traced.trace, traced.lineage) == ("update", first.article_id)


def test_the_same_story_in_other_words_is_two_sources() -> None:
    desk = Desk()
    desk.trace(article("a", story(1)))
    assert desk.trace(article("b", story(2))).trace == "new"


def test_words_that_stand_in_more_than_four_stories_make_no_copy() -> None:
    desk, formula = Desk(), story(99, 60)
    for number in range(5):
        # Long enough that the formula is no copy of itself: it is the smaller part of each.
        assert desk.trace(article(f"s{number}", f"{story(number, 119)} {formula}")).trace == "new"
    assert desk.trace(article("b", formula)).trace == "new"


def test_junk_does_not_make_a_copy() -> None:
    desk, appeal = Desk(), story(99, 200)
    for name, seed in (("a", 1), ("b", 2)):
        text = f"{appeal}\n{story(seed, 50)}"
        traced = desk.trace(article(name, text, junk=(Junk(start=0, end=len(appeal), reason="donation_appeal"),)))
        assert traced.trace == "new"


def test_a_revision_keeps_the_lineage_of_the_earlier_one_even_with_new_words() -> None:
    desk, wire, first = Desk(), article("wire", story(1)), article("a", f"{story(1)} indeed")
    desk.trace(wire)
    assert desk.trace(first).lineage == wire.article_id
    revised = desk.trace(article("a", story(3), revision=2, revises=first.article_id))
    assert (revised.trace, revised.copy_of, revised.lineage) == ("update", first.article_id, wire.article_id)


def test_a_revision_of_a_forgotten_article_is_traced_by_its_words() -> None:
    revised = Desk().trace(article("a", story(3), revision=2, revises="art-gone"))
    assert (revised.trace, revised.lineage) == ("new", revised.article_id)


def test_languages_are_traced_apart() -> None:
    desk = Desk()
    desk.trace(article("a", story(1)))
    assert desk.trace(article("b", story(1) + " ja", language="de")).trace == "new"


def test_a_text_older_than_72_hours_is_forgotten_and_its_rows_deleted() -> None:
    desk = Desk()
    desk.trace(article("a", story(1)))
    assert desk.trace(article("b", story(1)), START + WINDOW).trace == "exact"
    assert desk.trace(article("c", story(1)), START + WINDOW + timedelta(seconds=1)).trace == "new"
    desk.trace(article("d", story(2)), START + 3 * WINDOW)
    assert len(desk.tables["sketches"]) == len(desk.tables["texts"]) == 1


@pytest.mark.parametrize("stored", range(5))
def test_a_crash_while_old_rows_are_deleted_leaves_none_behind(stored: int) -> None:
    desk, late = Desk(), START + 3 * WINDOW
    desk.trace(article("a", story(1)))
    desk.trace(article("b", story(2)), late, stored=stored)
    desk.crash()
    desk.trace(article("b", story(2)), late)
    desk.trace(article("c", story(3)), late)
    assert len(desk.tables["sketches"]) == len(desk.tables["texts"]) == 2


@pytest.mark.parametrize("crash", [False, True])
def test_a_redelivered_article_gets_the_same_answer_and_is_never_its_own_copy(crash: bool) -> None:
    desk = Desk()
    articles = [article("a", story(1)), article("b", story(1)), article("c", story(1) + " indeed")]
    answers = [desk.trace(each) for each in articles]
    if crash:
        desk.crash()
    assert [desk.trace(each) for each in articles] == answers


def test_an_article_whose_record_was_not_stored_is_answered_the_same_again() -> None:
    desk, first = Desk(), article("a", story(1))
    lost = desk.trace(first, stored=0)
    assert desk.trace(first) == lost
    desk.crash()
    assert desk.trace(first) == lost


def test_any_text_fits_its_row() -> None:
    desk = Desk()
    assert desk.trace(article("a", story(1, 100_000))).trace == "new"
    assert desk.trace(article("b", " ".join(map(str, range(100_000))))).trace == "new"


PIECES = st.lists(st.integers(0, 7), min_size=1, max_size=4)
STREAM = st.lists(st.tuples(PIECES, st.integers(0, 40), st.booleans()), max_size=25)


@given(STREAM)
def test_a_crash_at_any_point_changes_no_answer(stream: list[tuple[list[int], int, bool]]) -> None:
    undisturbed, crashing, at = Desk(), Desk(), START
    for number, (pieces, hours, crash) in enumerate(stream):
        at += timedelta(hours=hours)
        message = article(f"n{number}", " ".join(story(piece, 40) for piece in pieces))
        if crash:
            crashing.crash()
        assert crashing.trace(message, at) == undisturbed.trace(message, at)
    assert crashing.tables == undisturbed.tables


@given(STREAM)
def test_a_copy_points_to_an_earlier_article_of_its_lineage(stream: list[tuple[list[int], int, bool]]) -> None:
    desk, lineages = Desk(), dict[str, str]()
    for number, (pieces, _, _) in enumerate(stream):
        traced = desk.trace(article(f"n{number}", " ".join(story(piece, 40) for piece in pieces)))
        if traced.copy_of is None:
            assert (traced.trace, traced.lineage) == ("new", traced.article_id)
        else:
            assert lineages[traced.copy_of] == traced.lineage
        lineages[traced.article_id] = traced.lineage


@given(st.text(min_size=1), st.text(min_size=1))
def test_any_texts_are_traced(one: str, other: str) -> None:
    desk = Desk()
    desk.trace(article("a", one))
    desk.trace(article("b", other))


def test_an_update_says_which_numbers_its_source_does_not_have() -> None:
    desk = Desk()
    desk.trace(article("a", story(1) + " The toll stands at 40 after 3 days."))
    later = story(1) + " The toll stands at 52 after 3 days."
    traced = desk.trace(article("b", later))
    assert traced.trace == "update"
    assert [later[span.start : span.end] for span in traced.changed] == ["52"]
    desk.crash()
    again = desk.tracer.step(article("b", later), desk.tables, Arrival("admitted", 0, 1, START))
    assert isinstance(again, Processed)
    assert again.emit == (traced,)


def test_a_revision_says_what_it_changes_and_a_copy_changes_nothing() -> None:
    desk = Desk()
    first = desk.trace(article("a", story(2) + " In all 40 died."))
    copy = desk.trace(article("b", "Posted here. " + story(2) + " In all 40 died."))
    assert copy.changed == ()
    text = story(2) + " In all 14 died."
    revised = desk.trace(article("a", text, revision=2, revises=first.article_id))
    assert [text[span.start : span.end] for span in revised.changed] == ["14"]
