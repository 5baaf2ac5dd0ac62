"""What a person does on the command line."""

from __future__ import annotations

import pytest

from schemas.errors import BadSetting
from services.cli.acting import asked


@pytest.mark.parametrize(
    ("field", "option"), [("target", "ID"), ("into", "INTO"), ("why", "--why")]
)  # as Python hands over the byte E9
def test_words_that_are_not_utf_8_are_told(field: str, option: str) -> None:
    given = {"target": "one", "into": "two", "why": "they are one"} | {field: "caf\udce9"}
    with pytest.raises(BadSetting, match=rf"^{option}: 'caf\\udce9' is not UTF-8"):
        asked("merged", "ana", **given)
