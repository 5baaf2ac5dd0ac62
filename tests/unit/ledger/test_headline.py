"""A number that stands in a title alone: held against its own text, and never a voice beside it."""

from __future__ import annotations

from typing import Any

import pytest

from schemas.claim import Claim
from schemas.ids import title_claim_id
from services.ledger.rules.series import series_of
from services.ledger.silence import silence
from tests.unit.ledger.making import Ledger, claim, ledger, toll


def title(words: str, **given: Any) -> Claim:
    """The claim of the title of `one`: "60 killed in air strike"."""
    own = {"at": 0, "before": "", "after": " killed in air strike", "sentence_index": 0, "part": "title"}
    made = toll(words, **(own | given))
    return made.model_copy(update={"id": title_claim_id(made.article_id, made.start, made.end)})


def lead(words: str, **given: Any) -> Claim:
    return toll(words, **({"at": 0, "sentence_index": 0} | given))


def notes(book: Ledger) -> list[tuple[str, str]]:
    found = [given for given in book.verdicts if given.verdict.reason == "headline_against_body"]
    assert all((given.verdict.verdict, given.verdict.severity) == ("conflict", "info") for given in found)
    assert not any(given.verdict.alert or given.verdict.hold for given in found)
    return [(given.one, given.other) for given in found]


@pytest.mark.parametrize("speaker", [None, "Torvia police"])
@pytest.mark.parametrize("named", [None, "an officer"])
def test_a_title_that_its_text_excludes_is_noted_whoever_is_named(speaker: str | None, named: str | None) -> None:
    top, told = title("60", speaker=named), lead("45", speaker=speaker)
    book = ledger([[told, top]])
    assert notes(book) == [(top.id, told.id)]
    assert book.alerts == []


@pytest.mark.parametrize(
    ("top", "told"),
    [
        (title("60"), lead("at least 45")),  # 60 is at least 45
        (title("60"), lead("45", sentence_index=4)),  # below the lead a text goes on to other events
        (title("60"), lead("5")),  # twelve times apart: two things
        (title("3"), lead("45")),  # "a woman and her two sons" are three that nobody counts
        (title("60"), lead("45", role="subset")),
        (title("60"), lead("45", unit="soldiers")),
        (title("60", after=" killed in the town of Kelm", place="in the town of Kelm"), lead("45")),
    ],
)
def test_a_title_that_may_be_right_is_silence(top: Claim, told: Claim) -> None:
    book = ledger([[told, top]])
    assert notes(book) == []
    assert silence(top).reason == "headline"


def test_one_title_is_noted_once_against_the_first_figure_it_excludes() -> None:
    first, top = lead("45"), title("60")
    assert notes(ledger([[first, lead("46", at=300, sentence_index=2), top]])) == [(top.id, first.id)]


def test_a_title_counts_in_no_series_and_disagrees_with_no_other_article() -> None:
    top = title("60")
    alone = ledger([[lead("45", article="two")]])
    beside = ledger([[top], [lead("45", article="two")]])
    assert series_of(top) is None
    assert (beside.verdicts, beside.alerts) == (alone.verdicts, alone.alerts) == ([], [])
    assert all(top.id != known.id for figure in beside.figures for known in figure.statements)


def test_a_number_of_a_title_is_no_number_that_another_metric_collides_with() -> None:
    top = title("1,234", article="two")
    people = claim("1,234", block=top.block)
    assert not any(given.verdict.hold for given in ledger([[top], [people], [claim("2,345", article="x")]]).verdicts)
