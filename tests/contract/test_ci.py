"""`.ci/run` fails loudly where something is missing that tests would skip without."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.shared import PROJECT


@pytest.mark.parametrize(("allowed", "code", "made"), [("", 1, []), ("1", 0, ["test", "demo"])])
def test_a_missing_maven_ends_the_run_unless_skips_are_allowed(
    allowed: str, code: int, made: list[str], tmp_path: Path
) -> None:
    for name in ("bash", "dirname", "tr", "id"):  # no apt-get, no mvn, no chromium
        (tmp_path / name).symlink_to(str(shutil.which(name)))
    called = tmp_path / "called"
    (tmp_path / "make").write_text(f'#!{tmp_path}/bash\necho "$1" >> {called}\n')
    (tmp_path / "make").chmod(0o755)
    environment = {**os.environ, "PATH": str(tmp_path), "ALLOW_SKIPS": allowed}
    done = subprocess.run(
        [tmp_path / "bash", PROJECT / ".ci/run"], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == code, done.stderr
    assert "MISSING: maven chromium prometheus" in done.stderr
    assert (called.read_text().split() if called.exists() else []) == made
