"""An output that takes nothing more."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="no /dev/full: Linux only")
def test_a_full_disk_is_one_line() -> None:
    line = b'{"id": "a", "text": "The mayor said 12 people died in Kelm."}\n'
    with FULL.open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "services.cli", "read"], input=line, stdout=full, stderr=subprocess.PIPE, check=False
        )
    said = done.stderr.decode()
    assert (done.returncode, said.count("\n")) == (2, 1)
    assert said.startswith("error: the output cannot be written: No space left on device")
