"""Numbers, intervals, times and links as the desk writes them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from schemas.claim import Claim
from schemas.metrics import Metric
from schemas.printable import printable
from services.desk.quotes import AROUND, BRIEF, quote
from services.desk.wording import (
    PHRASES,
    apart,
    clip,
    interval,
    lasting,
    most_told,
    number,
    phrase,
    short_number,
    since,
    times,
    web_address,
)
from tests.unit.desk import dispute as d


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (0, "0"), (33200, "33,200"), (1.5, "1.5"), (2_500_000, "2.5m"), (1_130_000, "1.13m"), (2e9, "2bn"),
        (1e12, "1tn"), (1_234_567, "1,234,567"), (999_999.5, "999,999.5"), (2_000_000_001, "2,000,000,001"),
        (0.001, "0.001"), (5.001, "5.001"), (0.1 + 0.2, "0.3"),
    ],
)  # fmt: skip
def test_numbers_read_as_in_a_newspaper_and_lose_no_digit(n: float, words: str) -> None:
    assert number(n) == words


def test_an_axis_writes_thousands_short_and_true() -> None:
    assert [short_number(n) for n in (500, 2000, 2500, 10_000, 1.5e6)] == ["500", "2k", "2.5k", "10k", "1.5m"]
    assert [short_number(n) for n in (1250, 1125, 1249.5)] == ["1.25k", "1,125", "1,249.5"]


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        (d.SAYS_MINISTRY, "2,280 to 2,520"),
        (d.SAYS_LANTERN, "at least 3,000"),
        (d.SAYS_DRIVER, "100 to about 999"),
        (d.SAYS_UNION.model_copy(update={"low": 7.0, "high": 7.0}), "exactly 7"),
        (d.SAYS_UNION.model_copy(update={"low": 1_234_567.0, "high": 1_234_567.0}), "exactly 1,234,567"),
        (d.SAYS_UNION.model_copy(update={"low": 0.0, "high": 300.0, "bound": "upper"}), "up to 300"),
    ],
)
def test_an_interval_in_words(claim: Claim, words: str) -> None:
    assert interval(claim) == words


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,<script>",
        "file:///etc/passwd",
        "//elsewhere.example",
        "http://",
        "http://[broken",
        "https://a.example/\u202egpj.exe",
        None,
    ],
)
def test_only_web_addresses_become_links(url: str | None) -> None:
    assert web_address(url) is None


def test_a_web_address_is_a_link() -> None:
    assert web_address("https://harbour.example/a?b=c") == "https://harbour.example/a?b=c"


def test_marks_that_turn_digits_around_are_seen_and_not_obeyed() -> None:
    assert printable("\u202e000,2\u202c") == "⟦RLO⟧000,2⟦PDF⟧"
    assert printable("\x00\x1b") == "␀␛"
    assert printable("עברית\u200f\n") == "עברית\u200f\n"
    assert printable("one\r\ntwo\rALERT") == "one\r\ntwo␍ALERT"


def test_an_unknown_code_is_shown_in_its_own_letters() -> None:
    assert phrase("brand_new_flag", "flags") == "brand new flag"
    assert PHRASES["severities"]["critical"] == "Critical"


def test_ages() -> None:
    now = d.NOON
    ages = [since(now - timedelta(seconds=s), now) for s in (-5, 0, 12, 300, 7200, 200_000)]
    assert ages == ["just now", "just now", "12 s ago", "5 min ago", "2 h ago", "2 d ago"]
    assert times(1.3636) == "×1.36"


def test_lengths_of_time() -> None:
    spans = [lasting(timedelta(seconds=s)) for s in (0.2, 40, 720, 20_000, 300_000)]
    assert spans == ["under 1 s", "40 s", "12 min", "5 h", "3 d"]


def test_every_metric_has_words_of_its_own_and_what_has_none_comes_last() -> None:
    assert set(PHRASES["metrics"]) == {metric.value for metric in Metric}
    assert most_told({"other": 92, "money": 2, "deaths": 8}) == [("deaths", 8), ("money", 2), ("other", 92)]


def test_a_quote_is_its_sentence_with_the_figure_lit() -> None:
    q = quote(d.SAYS_MINISTRY, d.alert().sides[0])
    assert q.before + q.words + q.after == d.SAYS_MINISTRY.sentence
    assert q.words == "about 2,400 people"


def test_an_endless_sentence_is_cut_around_its_figure() -> None:
    source = d.article("x" * 10_000 + " 17 people " + "y" * 10_000)
    q = quote(d.claim(source, "17 people", 17), d.alert().sides[0])
    assert q.words == "17 people"
    assert len(q.before) <= AROUND + 1
    assert len(q.after) <= AROUND + 1
    assert clip("a" * 20, 10) == "a" * 9 + "…"


def test_a_short_quote_is_cut_on_both_sides_and_never_loses_its_figure() -> None:
    source = d.article("word " * 30 + "17 people " + "other " * 30)
    q = quote(d.claim(source, "17 people", 17), d.alert().sides[0], BRIEF)
    assert (len(q.before) <= BRIEF + 1, q.words, len(q.after) <= BRIEF + 1) == (True, "17 people", True)


def test_a_cut_quote_begins_and_ends_with_whole_words() -> None:
    source = d.article("word " * 200 + "17 people " + "other " * 200)
    q = quote(d.claim(source, "17 people", 17), d.alert().sides[0])
    assert q.before.startswith("…word ")
    assert q.after.endswith(" other…")


def test_two_that_hardly_differ_are_not_said_to_be_one_time_apart() -> None:
    assert [apart(1.3636), apart(1.001), apart(1.001, first=True)] == ["×1.36 apart", "hardly apart", "Hardly apart"]
