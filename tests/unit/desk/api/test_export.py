"""`counterclaim export`: the files of the API without the API."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path
from threading import Thread

import pytest
from typer.testing import CliRunner

from schemas.errors import BadSetting
from services.cli.main import command
from services.desk.store.database import Database


@pytest.fixture
async def settings(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database of the flood is the desk's."""
    monkeypatch.setenv("COUNTERCLAIM_DESK_DATABASE", f"sqlite+aiosqlite:///{tmp_path / 'desk.db'}")


@pytest.mark.usefixtures("settings")
def test_a_list_is_written_to_a_file(tmp_path: Path) -> None:
    file = tmp_path / "claims.csv"
    said = ["export", "claims", "--filter", "metric=people_present", "--filter", "speaker=a driver", "-o", str(file)]
    answer = CliRunner().invoke(command(said), said, catch_exceptions=False)
    assert answer.exit_code == 0
    assert "1 rows" in answer.stderr
    assert [row["words"] for row in csv.DictReader(io.StringIO(file.read_text("utf-8")))] == ["Hundreds"]


@pytest.mark.usefixtures("settings")
def test_a_file_that_is_not_whole_takes_the_place_of_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "claims.csv"
    said = ["export", "claims", "-o", str(file)]
    file.write_text("yesterday's")
    (tmp_path / "desk.db").write_bytes(b"no database at all, but a thousand bytes of something else" * 20)
    with pytest.raises(BadSetting, match="COUNTERCLAIM_DESK_DATABASE"):
        CliRunner().invoke(command(said), said, catch_exceptions=False)
    assert file.read_text() == "yesterday's"
    assert sorted(each.name for each in tmp_path.glob("*claims*")) == ["claims.csv"]


@pytest.mark.usefixtures("settings")
def test_what_is_no_file_is_written_to_directly(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    read: list[str] = []
    reading = Thread(target=lambda: read.append(pipe.read_text("utf-8")), daemon=True)
    reading.start()
    said = ["export", "claims", "-o", str(pipe)]
    assert CliRunner().invoke(command(said), said, catch_exceptions=False).exit_code == 0
    reading.join(10)
    assert read[0].startswith("id,said,")


@pytest.mark.usefixtures("settings")
@pytest.mark.parametrize(
    ("said", "problem"),
    [
        (["claim"], "did you mean claims?"),
        (["claims", "--filter", "metrc=deaths"], "did you mean metric?"),
        (["claims", "--filter", "metric"], "write it NAME=VALUE"),
        (["claims", "--filter", "metric=deaths", "--filter", "metric=other"], "give it once"),
        (["claims", "--filter", "metric=death"], "Input should be 'deaths'"),
        (["claims", "--filter", "since=never"], "since: 'never' is no time"),
        (["sources", "--filter", "q=a"], "this list has none"),
        (["search/quotes"], "q: Field required"),
        (["claims", "-o", "claims.xlsx"], "say csv, jsonl or parquet"),
        (["claims", "-o", "no/folder/claims.csv"], "name a file in a folder that you may write"),
    ],
)
def test_what_is_asked_wrongly_is_told_with_its_fix(said: list[str], problem: str) -> None:
    with pytest.raises(BadSetting) as told:
        CliRunner().invoke(command(["export"]), ["export", *said], catch_exceptions=False)
    assert problem in str(told.value)


def test_a_database_that_is_not_there_is_told_and_not_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mistyped = tmp_path / "folder" / "dsek.db"
    monkeypatch.setenv("COUNTERCLAIM_DESK_DATABASE", f"sqlite+aiosqlite:///{mistyped}")
    with pytest.raises(BadSetting, match=f"there is no file {mistyped}"):
        CliRunner().invoke(command(["export"]), ["export", "claims"], catch_exceptions=False)
    assert not mistyped.parent.exists()
