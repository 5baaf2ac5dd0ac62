"""How an alert reads on the console."""

from __future__ import annotations

import pytest

from services.deliver.console import Console, render
from tests.unit.notify.making import ONE, OTHER, alert


def test_the_text_shows_who_said_what_where_and_why() -> None:
    text = render(alert())
    assert text.startswith(
        "ALERT [warning] conflict, 1.7 times apart: People present, the valley\n  The mayor says 500"
    )
    assert "one number is of the shelter, the other of the valley" in text
    assert "tomorrows_flag" in text
    assert "“About [500] people are in the shelter, the mayor said.”" in text
    assert "article article-c1, The Valley Post, 2026-03-01, characters 106 to 109" in text
    assert "The army (3 outlets, 1 origin): 900 to 1,200 people, that is 900 to 1,200" in text
    assert "why (disjoint):\n    1. the intervals do not meet\n    2. the text sets" in text


def test_no_line_is_wider_than_the_screen() -> None:
    assert max(map(len, render(alert()).splitlines())) <= 100


def test_an_unnamed_publisher_and_an_open_end_can_be_shown() -> None:
    open_end = OTHER.model_copy(update={"high": None, "publisher": None, "soft_low": True})
    text = render(alert(claims=(ONE, open_end)))
    assert "900 (soft) or more" in text
    assert "unknown publisher" in text


def test_large_and_small_numbers_are_shown_to_the_digit() -> None:
    odd = OTHER.model_copy(update={"low": 1_234_567.0, "high": 200_000_000.5})
    small = ONE.model_copy(update={"low": 0.001, "high": 0.001})
    text = render(alert(claims=(small, odd), ratio=163.2))
    assert "that is 1,234,567 to 200,000,000.5" in text
    assert "that is 0.001\n" in text
    assert "160 times apart" in text


async def test_the_console_shows_an_alert_whole_and_a_test_as_a_test(capsys: pytest.CaptureFixture[str]) -> None:
    assert (await Console().send(alert())).state == "delivered"
    assert capsys.readouterr().out == render(alert()) + "\n"
    await Console().test("test-1")
    assert capsys.readouterr().out == "TEST test-1: alerts are shown here\n"


def test_a_publishers_line_break_begins_no_line_of_its_own() -> None:
    forged = OTHER.model_copy(update={"place": "the\nALERT [critical] valley\r"})
    text = render(alert(claims=(ONE, forged), label="People\npresent"))
    assert len([line for line in text.splitlines() if line.startswith("ALERT")]) == 1
    assert "\r" not in text
