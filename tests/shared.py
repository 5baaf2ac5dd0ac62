"""Where the shared gold and development data are: beside the project, or where COUNTERCLAIM_SHARED says; or absent."""

from __future__ import annotations

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("COUNTERCLAIM_SHARED", PROJECT.parent / "shared"))


def missing(*names: str) -> str:
    """Why a check on shared data cannot run, "" when all `names` are there."""
    absent = [name for name in names if not (SHARED / name).exists()]
    return f"no {', '.join(absent)} in {SHARED}: set COUNTERCLAIM_SHARED" if absent else ""
