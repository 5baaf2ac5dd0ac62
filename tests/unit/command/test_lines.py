"""What the pipes and `publish` read from: files, pipes, and what is neither."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from threading import Thread

import pytest

from schemas.errors import BadSetting
from services.cli.figure import moment
from services.cli.lines import Lines
from services.cli.publish import articles_in


@pytest.mark.parametrize("name", ["fifo.jsonl", "fifo.txt"])
def test_a_named_pipe_is_read_as_a_file(tmp_path: Path, name: str) -> None:
    """As `counterclaim read <(zcat articles.gz)`."""
    fifo = tmp_path / name
    os.mkfifo(fifo)
    Thread(target=fifo.write_text, args=('{"id": "one", "text": "Twelve were hurt."}\n',), daemon=True).start()
    failures: list[str] = []
    (article,) = articles_in([fifo], failures)
    assert "Twelve were hurt." in article.text
    assert failures == []


@pytest.mark.parametrize("name", ["it.jsonl", "it.txt"])
def test_what_cannot_be_opened_is_named(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's name may have 100 characters
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(name)
        with pytest.raises(BadSetting, match=f"{name}: .*; give a file that this command may read"):
            list(articles_in([Path(name)], []))


def test_a_folder_is_no_input(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="there is no such file"):
        Lines(tmp_path)


@pytest.mark.parametrize("text", ["soon", "0001-01-01T00:00+14:00"])
def test_a_time_that_cannot_be_is_named(text: str) -> None:
    with pytest.raises(BadSetting, match=r"--as-known-at: .* is no time"):
        moment(text)
