"""axe-core, fetched into var/ by npm, pinned and checked; never part of the project. `python -m tests.browser.axe`."""

from __future__ import annotations

import base64
import hashlib
import subprocess
import sys
import tarfile
from pathlib import Path

VERSION = "4.10.3"
SHA512 = "Xm7bpRXnDSX2YE2YFfBk2FnF0ep6tmG7xPh8iHee8MIcrgq762Nkce856dYtJYLkuIoYZvGfTs/PbZhideTcEg=="
"""As the registry gives it; to go on to another version, take both from `npm view axe-core@VERSION dist.integrity`."""

FOLDER = Path(__file__).resolve().parents[2] / "var"
ARCHIVE = FOLDER / f"axe-core-{VERSION}.tgz"
ABSENT = "" if ARCHIVE.exists() else f"no {ARCHIVE.name} in var/: make test-browser fetches it"


def source() -> str:
    """The script. Raises ValueError if the archive is not the one that was pinned."""
    found = base64.b64encode(hashlib.sha512(ARCHIVE.read_bytes()).digest()).decode()
    if found != SHA512:
        raise ValueError(f"{ARCHIVE} is not what was pinned: sha512 {found}; remove it and fetch it again")
    with tarfile.open(ARCHIVE) as archive:
        script = archive.extractfile("package/axe.min.js")
        assert script is not None
        return script.read().decode()


if __name__ == "__main__":
    if ABSENT:
        FOLDER.mkdir(exist_ok=True)
        command = ["npm", "pack", f"axe-core@{VERSION}", "--silent", "--pack-destination", str(FOLDER)]
        subprocess.run(command, check=True, stdout=sys.stderr)  # nothing in it comes from outside
    source()
