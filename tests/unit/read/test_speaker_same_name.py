"""One name in one text is one voice."""

from __future__ import annotations

from services.read.figures.figure import Speaker
from services.read.figures.speakers.same_name import with_ids


def ids(*speakers: tuple[str | None, str | None]) -> list[str | None]:
    return [speaker.id for speaker in with_ids([Speaker(name, id_) for name, id_ in speakers])]


def test_a_name_with_an_id_lends_it_to_the_same_name_without_one() -> None:
    assert ids(("Home  office", None), ("Home Office", "x-home"), ("a driver", None)) == ["x-home", "x-home", None]


def test_the_narrator_and_a_name_with_two_ids_lend_and_get_nothing() -> None:
    assert ids(("Adams", "Q1"), ("Adams", "Q2"), ("Adams", None), (None, None)) == ["Q1", "Q2", None, None]
