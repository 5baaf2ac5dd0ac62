"""What a person does on the command line, by the same rules as at the desk (services/desk/acting)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from schemas.desk_act import DeskAct
from schemas.errors import BadSetting
from services.desk.access.people import good_name
from services.desk.acting.wanted import BadAct, Wanted, wanted

_OPTIONS = {"target": "ID", "into": "INTO", "why": "--why"}


@contextmanager
def by_the_rules() -> Iterator[None]:
    """Raises BadSetting, with the option it is about, for what the desk would not take."""
    try:
        yield
    except BadAct as error:
        raise BadSetting(f"{_OPTIONS.get(error.field, error.field)}: {error.problem}; {error.fix}") from None


def asked(act: DeskAct, by: str, **fields: str) -> Wanted:
    """`act` as asked for now by `by`. Raises BadSetting for an empty or overlong part, and for bytes that are no
    UTF-8, which Python hands over as lone surrogates and no message can hold."""
    try:
        good_name(by)
    except ValueError as error:
        raise BadSetting(f"--by: {error}") from None
    for name, words in fields.items():
        if any("\ud800" <= char <= "\udfff" for char in words):
            raise BadSetting(f"{_OPTIONS.get(name, name)}: {words!r} is not UTF-8; write it in a UTF-8 terminal")
    with by_the_rules():
        return wanted(act, fields, datetime.now(UTC), ZoneInfo("UTC"))
