"""Java, and Apache Kafka's jars: fetched once from Maven Central by the pom beside this file."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
VAR = HERE.parents[1] / "var" / "kafka"

OLDEST_JAVA = 17  # Kafka 4's brokers are compiled for it


class KafkaError(Exception):
    """Kafka does not run. Says what it said, or what to do."""


class NotInstalled(KafkaError):
    """Java or Maven is not here, or Maven reaches no repository. Says what to install."""


def java() -> str:
    """The program. Raises NotInstalled where there is none, or an older one than Kafka takes."""
    home = os.environ.get("JAVA_HOME")
    found = shutil.which("java", path=str(Path(home) / "bin") if home else None)
    if found is None:
        where = f"in JAVA_HOME ({home})" if home else "on PATH"
        raise NotInstalled(f"no java {where}: install Java {OLDEST_JAVA} (Debian: apt install default-jre-headless)")
    said = subprocess.run([found, "-version"], capture_output=True, text=True, check=False).stderr
    version = re.search(r'version "(\d+)', said)
    if version is None or int(version[1]) < OLDEST_JAVA:
        raise NotInstalled(f"{found} is no Java {OLDEST_JAVA} or later ({said[:80]!r}): install one and set JAVA_HOME")
    return found


def jars(var: Path = VAR) -> Path:
    """The folder of the jars below `var`, fetched by Maven if it is not there yet: 55 MB, 6 s. Raises NotInstalled."""
    pom = HERE / "pom.xml"
    folder = var / f"lib-{hashlib.sha256(pom.read_bytes()).hexdigest()[:12]}"
    if folder.is_dir():
        return folder
    maven = shutil.which("mvn")
    if maven is None:
        raise NotInstalled("no mvn on PATH to fetch Apache Kafka with: install Maven (Debian: apt install maven)")
    part = folder.with_suffix(f".{os.getpid()}")  # a fetch that is broken off leaves no folder that looks whole
    done = subprocess.run(
        [maven, "-q", "-B", "-C", "-f", pom, "dependency:copy-dependencies", f"-DoutputDirectory={part}",
         "-DincludeScope=runtime"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        shutil.rmtree(part, ignore_errors=True)
        raise NotInstalled(f"Maven could not fetch Apache Kafka: {(done.stdout + done.stderr).strip()[-800:]}")
    try:
        part.rename(folder)
    except OSError:  # another process was faster
        shutil.rmtree(part, ignore_errors=True)
    return folder
