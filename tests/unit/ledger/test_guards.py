"""What an editor must know of a verdict beyond the rules, and when to stop calling."""

from __future__ import annotations

from datetime import timedelta

from schemas.verdict import VerdictGiven
from services.ledger.alerts import flapping
from tests.unit.ledger.making import Ledger, claim, ledger


def verdict(book: Ledger) -> VerdictGiven:
    (given,) = [given for given in book.verdicts if given.verdict.flags]
    return given


def test_one_speaker_with_two_numbers_in_two_outlets_may_be_misquoted() -> None:
    quoted = [[claim("2,000", article="one", speaker="Torvia")], [claim("5,000", article="two", speaker="Torvia")]]
    given = verdict(ledger(quoted))
    assert given.verdict.verdict == "conflict"
    assert "misquote" in given.verdict.flags


def test_a_speaker_who_says_another_number_later_is_not_misquoted() -> None:
    later = claim("5,000", article="two", speaker="Torvia", hour=3)
    found = ledger([[claim("2,000", article="one", speaker="Torvia")], [later]])
    assert not any("misquote" in given.verdict.flags for given in found.verdicts)


def test_one_outlet_with_two_numbers_of_one_speaker_misquotes_nobody_else() -> None:
    two = [claim("2,000", article="one", speaker="Torvia"), claim("5,000", article="one", speaker="Torvia", at=900)]
    assert not any("misquote" in given.verdict.flags for given in ledger([two]).verdicts)


def test_an_outlet_does_not_misquote_itself_and_articles_without_one_are_each_their_own() -> None:
    def flags(publisher: str | None) -> set[str]:
        said = {"speaker": "Torvia", "publisher": publisher}
        book = ledger([[claim("2,000", article="one", **said)], [claim("5,000", article="two", **said)]])
        return {flag for given in book.verdicts for flag in given.verdict.flags}

    assert "same_speaker" in flags("Daily one")
    assert "misquote" not in flags("Daily one")
    assert "misquote" in flags(None)


def test_a_headline_that_its_own_text_contradicts_is_noted_and_no_alert() -> None:
    top = claim("5,000", article="one", before="", after=" people stuck in the camp", at=0, sentence_index=0)
    body = claim("2,000", article="one", at=200, sentence_index=2)
    book = ledger([[top, body]])
    given = verdict(book)
    assert (given.verdict.verdict, given.verdict.severity) == ("conflict", "info")
    assert given.verdict.reason == "headline_against_body"
    assert book.alerts == []


def test_two_numbers_of_a_text_below_its_headline_are_silence() -> None:
    book = ledger([[claim("5,000", article="one", at=100, sentence_index=2), claim("2,000", article="one", at=900)]])
    assert not any("headline_against_body" in given.verdict.flags for given in book.verdicts)


def to_and_fro(*steps: tuple[str, float]) -> Ledger:
    return ledger([[claim(words, article=f"n{at}", speaker="Torvia", hour=at)] for words, at in steps])


def test_three_changes_of_direction_in_six_hours_are_told_once_as_unsettled_then_quiet() -> None:
    book = to_and_fro(
        ("2,000", 0), ("4,000", 1.2), ("2,000", 2.4), ("4,000", 3.6), ("2,000", 4.8), ("4,000", 6), ("2,000", 7.2)
    )
    assert ["unsettled" in alert.flags for alert in book.alerts] == [False, False, False, True]
    assert "quiet until it keeps one" in book.alerts[-1].because[-1]
    assert len(book.verdicts) == 6, "the log has them all"


def test_a_number_that_keeps_a_direction_again_is_told_again() -> None:
    book = to_and_fro(("2,000", 0), ("4,000", 1.2), ("2,000", 2.4), ("4,000", 3.6), ("2,000", 4.8), ("1,000", 14))
    assert "unsettled" in book.alerts[-2].flags
    assert (book.alerts[-1].claims[1].words, "unsettled" in book.alerts[-1].flags) == ("1,000", False)


def test_a_number_that_only_grows_is_never_unsettled() -> None:
    grown = [(f"{2_000 * 2**at:,}", 1.2 * at) for at in range(6)]
    assert len(to_and_fro(*grown).alerts) == 5


def test_slow_changes_of_direction_are_news_each() -> None:
    assert timedelta(hours=6) == flapping.WITHIN
    book = to_and_fro(*[("2,000" if at % 2 else "4,000", 6.0 * at) for at in range(6)])
    assert len(book.alerts) == 5
