"""A text that was read is freed at once: nothing of it waits for the garbage collector."""

from __future__ import annotations

import gc
from datetime import UTC, datetime

from services.read.entities import find_mentions
from services.read.figures.reader import read_figures
from services.read.text import Token

_TEXT = (
    "The ministry of health said 40 people were killed in Aleppo on Monday. "
    '"Another 12 were wounded," its spokesman John Smith said. He added that 300 families fled.'
)


def test_no_token_of_a_text_outlives_its_reading() -> None:
    published = datetime(2024, 5, 1, tzinfo=UTC)
    read_figures(_TEXT, published, find_mentions(_TEXT))  # word lists are loaded
    gc.collect()
    gc.disable()
    try:
        before = _tokens()
        assert read_figures(_TEXT, published, find_mentions(_TEXT)).figures
        assert _tokens() == before
    finally:
        gc.enable()


def _tokens() -> int:
    return sum(type(thing) is Token for thing in gc.get_objects())
