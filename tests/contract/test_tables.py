"""The word lists and tables of the services: what one says twice is dead, or quietly takes the first one's place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

SERVICES = Path(__file__).parents[2] / "services"
LISTS = [*sorted((SERVICES / "read/words").glob("*.txt")), SERVICES / "admit/agencies.txt"]
TABLES = sorted(SERVICES.rglob("*.yaml"))


def twice(entries: Iterator[str]) -> list[str]:
    return [entry for entry, times in Counter(entries).items() if times > 1]


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_a_word_list_has_no_entry_twice(path: Path) -> None:
    lines = (line.split("#", 1)[0] for line in path.read_text("utf-8").splitlines())
    assert twice(line.partition("=")[0].strip().lower() for line in lines if line.strip()) == []


def _place(node: yaml.Node) -> str:
    return f"line {node.start_mark.line + 1}, column {node.start_mark.column + 1}"


def keys_and_items(node: yaml.Node | None) -> Iterator[str]:
    """Each key of a table with the place of its table, each word of a list with that of the list."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield f"{_place(node)}: {key.value}"
            yield from keys_and_items(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            if isinstance(item, yaml.ScalarNode) and not item.tag.endswith((":int", ":float")):
                yield f"{_place(node)}: {item.value}"
            yield from keys_and_items(item)


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.name)
def test_a_table_has_no_key_and_no_word_of_a_list_twice(path: Path) -> None:
    """YAML keeps the last of two keys: the people of Tibet were lost with the first."""
    with path.open(encoding="utf-8") as text:
        assert twice(keys_and_items(yaml.compose(text, Loader=yaml.SafeLoader))) == []
