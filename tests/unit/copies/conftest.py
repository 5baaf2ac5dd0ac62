"""The five seed articles, where they are at hand."""

from __future__ import annotations

import pytest

from tests.shared import SHARED, missing


@pytest.fixture(scope="session")
def seeds() -> dict[str, str]:
    """Text by the first three characters of the file name. Skips where the shared folder is absent."""
    if reason := missing("seeds"):
        pytest.skip(reason)
    return {path.name[:3]: path.read_text(encoding="utf-8") for path in sorted((SHARED / "seeds").iterdir())}
