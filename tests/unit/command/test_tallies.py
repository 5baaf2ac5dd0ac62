"""What `counterclaim entities` puts first."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from rich.console import Console

from schemas.entity import EntityTallied, Window
from schemas.errors import BadSetting
from services.cli.tallies import busiest, order_by, table_of

AT = datetime(2026, 3, 1, tzinfo=UTC)


def tally(name: str, *, day: int = 0, before: int = 0, week: int = 0, deaths: int = 0) -> EntityTallied:
    def window(articles: int, before: int = 0) -> Window:
        return Window(mentions=articles, articles=articles, lineages=articles, publishers=1, before=before)

    return EntityTallied(
        entity=f"x-{name}",
        name=name,
        type="GPE",
        as_of=AT,
        windows={"1h": window(0), "24h": window(day, before), "7d": window(week)},
        figures={"deaths": deaths} if deaths else {},
        first_seen=AT,
        last_seen=AT,
    )


TALLIES = [
    tally("steady", day=20, before=20, week=90),
    tally("rising", day=9, before=1, week=10, deaths=2),
    tally("quiet", week=50, deaths=7),
    tally("gone"),
]


@pytest.mark.parametrize(
    ("by", "names"),
    [
        ("mentions", ["steady", "rising", "quiet"]),
        ("trend", ["rising", "steady"]),
        ("deaths", ["quiet", "rising"]),
    ],
)
def test_the_busiest_come_first_and_the_silent_not_at_all(by: str, names: list[str]) -> None:
    assert [tally.name for tally in busiest(TALLIES, order_by(by), top=10)] == names


def test_an_unknown_order_names_those_there_are() -> None:
    with pytest.raises(BadSetting, match="mentions, trend, or one of deaths"):
        order_by("weather")


def shown(*tallies: EntityTallied, width: int) -> str:
    console = Console(file=io.StringIO(), width=width)
    console.print(table_of(tallies, "mentions", width))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize("width", [80, 200])
def test_what_a_publisher_wrote_commands_no_terminal_and_is_no_markup(width: int) -> None:
    text = shown(tally("[/b]\x1b[2J[red]"), width=width)
    assert "\x1b" not in text
    assert "[/b]␛[2J[red]" in text


def test_a_name_can_be_read_in_eighty_columns_and_all_of_it_in_many() -> None:
    obama = tally("Barack Obama", day=3)
    assert "Barack Obama" in shown(obama, width=80)
    assert "origins" not in shown(obama, width=80)
    assert "origins 7 d" in shown(obama, width=160)
