"""Where a figure holds. Each text marks the number with [ ]."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.entity import Mention
from services.read.entities import find_mentions
from services.read.figures.figure import Quantity, Setting
from services.read.figures.settings.setting import settings
from services.read.text import read_text

PUBLISHED = datetime(2021, 11, 14, tzinfo=UTC)
BELARUS, POLAND, SYRIA = "Q184", "Q36", "Q858"


def quantity(text: str, start: int, end: int) -> Quantity:
    """A bare number over text[start:end]."""
    tokens = read_text(text).tokens
    covered = [i for i, token in enumerate(tokens) if token.start < end and start < token.end]
    first, last = covered[0], covered[-1] + 1
    return Quantity(start, end, first, last, 1, 1, 1, 1, 1, False, False, "exact", None)


def found(marked: str) -> list[Setting]:
    """The setting of each [number]."""
    text, spans = "", []
    for i, part in enumerate(marked.replace("]", "[").split("[")):
        if i % 2:
            spans.append((len(text), len(text) + len(part)))
        text += part
    mentions = find_mentions(text)
    return settings(read_text(text), [quantity(text, *span) for span in spans], mentions, PUBLISHED)


def place(marked: str) -> tuple[str | None, str | None]:
    """Place words and scope of the first [number]."""
    first = found(marked)[0]
    return first.place, first.scope


@pytest.mark.parametrize(
    ("text", "words", "scope"),
    [
        ("There are [20] people in the camp.", "in the camp", "camp"),
        ("There are [20] people on the border with Poland.", "on the border with Poland", "border"),
        ("[20] people tried to cross the Polish-Belarusian border.", "the Polish-Belarusian border", "border"),
        ("[20] people died in the northern city of Hasaka.", "in the northern city of Hasaka", "city"),
        ("[20] people were treated at a hospital in Minsk.", "at a hospital in Minsk", "hospital"),
        ("[20] people died in Syria.", "in Syria", "country"),
    ],
)
def test_the_place_is_kept_as_written_with_its_scope(text: str, words: str, scope: str) -> None:
    assert place(text) == (words, scope)


def test_a_number_takes_the_place_of_its_own_clause() -> None:
    one, two = found("In Poland [20] people came to the border, and in Belarus [30] stayed in the camp.")
    assert one.scope == "border"
    assert two.scope == "camp"


def test_the_place_behind_a_number_is_nearer_than_the_one_before() -> None:
    assert place("On the Belarusian side, [20] people came to the border with Poland.")[1] == "border"


def test_a_border_has_both_its_countries() -> None:
    assert found("Belarus said [20] people were on its border with Poland.")[0].places == (BELARUS, POLAND)
    assert found("[20] people died on the Belarus-Poland border.")[0].places == (BELARUS, POLAND)
    text = "Trouble grew on the border between Belarus and Poland. Nobody helped. Now [20] people are at the border."
    assert found(text)[0].places == (BELARUS, POLAND)


def test_a_camp_without_a_name_is_where_the_text_last_was() -> None:
    text = "People wait on the border of Belarus and Poland. According to Belarus, there are [20] in the camp."
    assert found(text)[0].places == (BELARUS, POLAND)
    assert found(text)[0].scope == "camp"
    assert found("[20] people live in a camp in northern Syria.")[0].places == (SYRIA,)


def test_a_number_without_place_takes_sentence_before_then_dateline_then_lead() -> None:
    assert found("Fighting went on in Syria. [20] people died.")[0].places == (SYRIA,)
    assert found("MINSK, Nov 12 (Agency) - Rain fell.\nIt was cold.\n[20] people died.")[0].place == "MINSK"
    assert found("Fighting went on in Syria.\nIt was cold.\n[20] people died.")[0].places == (SYRIA,)
    assert found("It was cold. [20] people died.")[0] == Setting()


def test_where_somebody_is_sent_or_who_speaks_is_no_place() -> None:
    assert found("[20] soldiers came to assist Poland.")[0].place is None
    assert found("According to Belarus, [20] people died.")[0].place is None
    assert found("[20] border guards were hurt.")[0].scope is None


def test_time_comes_from_the_figures_own_clause() -> None:
    one, two = found("On Monday [20] people died, and on Thursday [30] died.")
    assert one.as_of == datetime(2021, 11, 8, 12, tzinfo=UTC)
    assert two.as_of == datetime(2021, 11, 11, 12, tzinfo=UTC)
    one, two = found(
        "The guard said that since August it recorded [33] attempts, which is [9] times more than in 2020."
    )
    assert one.window == two.window == "since 2021-08"
    assert one.as_of is None


WORDS = (
    "the in on at border camp of with between and Poland Belarus Polish , . - city state 20 Minsk to \n Thursday since"
)


@given(st.lists(st.sampled_from(WORDS.split(" ")), max_size=50).map(" ".join))
def test_no_order_of_places_raises(text: str) -> None:
    document = read_text(text)
    quantities = [quantity(text, token.start, token.end) for token in document.tokens]
    mentions: tuple[Mention, ...] = tuple(find_mentions(text))
    assert len(settings(document, quantities, mentions, PUBLISHED)) == len(quantities)
    assert len(settings(document, quantities, (), PUBLISHED)) == len(quantities)


@given(st.text(max_size=200))
def test_no_text_raises(text: str) -> None:
    document = read_text(text)
    quantities = [quantity(text, token.start, token.end) for token in document.tokens]
    assert len(settings(document, quantities, (), PUBLISHED)) == len(quantities)


def test_a_part_of_a_country_has_no_known_width() -> None:
    assert found("Some [12] people died in the north of the country.")[0].scope is None
    assert found("Some [12] people died across the country.")[0].scope == "country"
