"""JSON lines in, JSON lines out. A bad line is named on stderr by its number and the rest goes on."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import orjson

from schemas.errors import BadMessage, BadSetting
from schemas.printable import printable

T = TypeVar("T")

MAX_LINE = 8 * 1024 * 1024
"""Bytes of one line of input: four times the largest article taken (schemas.topics.MAX_BODY), so that a file without a
line break is refused instead of filling the memory."""


class Lines:
    """The input of a pipe. Iterate over it with `read`; `failures` says which lines could not be used, and why."""

    def __init__(self, source: Path | None) -> None:
        """`source` None or `-` is standard input. Raises BadSetting where it is no file."""
        self.source = None if source is None or str(source) == "-" else source
        if self.source is not None and not is_input(self.source):
            raise BadSetting(f"{self.source}: there is no such file; give one, or - for standard input")
        self.number = 0
        self.failures: list[str] = []

    def read(self, parse: Callable[[bytes], T]) -> Iterator[T]:
        """Each line through `parse`; what raises BadMessage is reported and passed over. Empty lines do not count.

        Raises BadSetting where the file cannot be read.
        """
        with opened(self.source) if self.source else sys.stdin.buffer as stream:
            while line := stream.readline(MAX_LINE + 1):
                self.number += 1
                if len(line) > MAX_LINE:
                    self.report(f"is longer than {MAX_LINE} bytes; send one JSON object per line")
                    while line and not line.endswith(b"\n"):
                        line = stream.readline(MAX_LINE)
                    continue
                if not line.strip():
                    continue
                try:
                    yield parse(line)
                except BadMessage as error:
                    self.report(str(error))

    def report(self, problem: str) -> None:
        """Say on stderr what is wrong with the line that was read last, and remember it."""
        self.failures.append(f"line {self.number}: {problem}")
        sys.stderr.write(f"{printable(self.failures[-1])}\n")

    def tell(self, notes: Iterable[str]) -> None:
        """Say on stderr what was assumed about the line that was read last."""
        for note in notes:
            sys.stderr.write(f"line {self.number}: note: {printable(note)}\n")

    def close(self) -> None:
        """End the command with exit code 1 if any line could not be used."""
        sys.stdout.flush()
        if self.failures:
            raise SystemExit(1)


def is_input(path: Path) -> bool:
    """Whether there is something to read: a file, a pipe, the /dev/fd/63 of a shell's <(command)."""
    return path.exists() and not path.is_dir()


def opened(path: Path) -> BinaryIO:
    """A file of input. Raises BadSetting."""
    try:
        return path.open("rb")
    except OSError as error:
        raise BadSetting(f"{path}: {error.strerror}; give a file that this command may read") from None


def parse_object(line: bytes) -> dict[str, Any]:
    """One JSON object. Raises BadMessage."""
    try:
        value = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise BadMessage("bad_json", str(error), fix="send one JSON object per line") from None
    if not isinstance(value, dict):
        raise BadMessage("not_an_object", f"a JSON {type(value).__name__}", fix="send one JSON object per line")
    return value


def write_line(value: object) -> None:
    """One JSON line on standard output."""
    sys.stdout.buffer.write(orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE))


def write_bytes(body: bytes) -> None:
    """One line that is JSON already."""
    sys.stdout.buffer.write(body + b"\n")
