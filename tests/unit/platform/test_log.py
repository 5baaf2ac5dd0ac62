"""A broker outage does not fill the disk with log lines."""

from __future__ import annotations

import logging

from services.platform.log import RepeatLimit


def line(name: str = "aiokafka.conn", message: str = "Unable to connect to %s") -> logging.LogRecord:
    return logging.LogRecord(name, logging.ERROR, "f.py", 1, message, ("kafka:9092",), None)


def test_1400_lines_a_second_for_a_minute_become_five_in_ten_seconds() -> None:
    now = 0.0
    limit = RepeatLimit(lambda: now)
    written = 0
    for number in range(1400 * 60):
        now = number / 1400
        written += limit.filter(line())
    assert written == 30


def test_what_was_held_back_is_said() -> None:
    now = 0.0
    limit = RepeatLimit(lambda: now)
    for _ in range(105):
        limit.filter(line())
    now = 10.0
    last = line()
    assert limit.filter(last)
    assert last.getMessage() == "Unable to connect to kafka:9092 (and 100 such lines held back)"


def test_our_own_lines_are_never_held_back() -> None:
    limit = RepeatLimit(lambda: 0.0)
    assert all(limit.filter(line("services.platform.outcome", "refused")) for _ in range(1000))
