"""The files of the data folder and their three forms: lists, tables and YAML."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import yaml


def words(file: str) -> frozenset[str]:
    """The entries of a plain list of the data folder: separated by spaces or lines, "#" starts a comment."""
    return frozenset(word for line in lines(file) for word in line.split())


def table(file: str) -> dict[str, str]:
    """The entries of a list of the data folder whose lines are word=value."""
    return {word: value for word, _, value in (line.partition("=") for line in lines(file))}


def lines(file: str) -> Iterator[str]:
    """The lines of a plain file of the data folder, without comments."""
    text = (files("services.read.entities") / "data" / f"{file}.txt").read_text(encoding="utf-8")
    for raw in text.splitlines():
        line = raw.split("#", 1)[0].strip()
        if line:
            yield line


def entries(file: str) -> dict[str, Any]:
    """A YAML file of the data folder: key -> facts."""
    text = (files("services.read.entities") / "data" / f"{file}.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  # safe, in C
    return loaded
