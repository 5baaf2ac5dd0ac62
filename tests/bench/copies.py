"""Tracing copies beside datasketch: documents per CPU second over the same texts in the same run.

The peer is MinHash LSH as newsrooms build it: 128 permutations over word 3-grams, threshold .5, every candidate
verified by its MinHash similarity. Texts: the shared copies_dev (18,465), or generated ones where it is absent.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import time
from datetime import UTC, datetime, timedelta

from schemas.ids import digest
from services.copies.containment import sketch
from services.copies.index import Entry, Index
from services.copies.packed import Packed
from tests.bench.results import note, table
from tests.shared import SHARED

AT = datetime(2024, 1, 1, tzinfo=UTC)
THRESHOLD = 0.5
PERMUTATIONS = 128


def texts() -> list[str]:
    path = SHARED / "data/copies_dev.jsonl.gz"
    if not path.exists():
        return [story(number) for number in range(5_000)]
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines]


def story(number: int, words: int = 300) -> str:
    """An invented text; every fifth repeats most of the one before."""
    chosen = random.Random(number - 1 if number % 5 == 4 else number)  # noqa: S311  # no secret
    return " ".join(f"{chosen.randrange(30_000):x}" for _ in range(words)) + (" and more" if number % 5 == 4 else "")


def ours(given: list[str]) -> tuple[float, int]:
    """CPU seconds and copies found."""
    began, index, found = time.process_time(), Index(), 0
    for number, text in enumerate(given):
        name, sketched = str(number), sketch(text)
        packed = Packed.of(sketched)
        match = index.find(sketched, packed, besides=name)
        found += match is not None
        if match is None or match.overlap.containment < 0.8:
            lineage = match.entry.lineage if match else name
            index.add(Entry(name, lineage, AT, packed), sketched)
    return time.process_time() - began, found


def datasketch(given: list[str]) -> tuple[float, int]:
    """CPU seconds and copies found by the peer."""
    from datasketch import MinHash, MinHashLSH  # noqa: PLC0415  # only in the environment of `make bench`

    began, index, found = time.process_time(), MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS), 0
    kept: dict[str, MinHash] = {}
    for number, text in enumerate(given):
        words = re.findall(r"\w+", text.lower())
        signature = MinHash(num_perm=PERMUTATIONS)
        signature.update_batch([" ".join(gram).encode() for gram in zip(words, words[1:], words[2:], strict=False)])
        repeats = any(signature.jaccard(kept[name]) >= THRESHOLD for name in index.query(signature))
        found += repeats
        if not repeats:
            name = str(number)
            index.insert(name, signature)
            kept[name] = signature
    return time.process_time() - began, found


def flat() -> list[tuple[str, float]]:
    """Milliseconds of CPU per article, first and last tenth, of two streams that must not slow down."""
    paragraph = story(1, 80)
    boilerplate = [f"{paragraph} {story(10_000 + 7 * number, 120)}" for number in range(10_000)]
    wire = story(3, 400)
    burst = [f"Outlet {number} {wire} {story(90_000 + 7 * number, number % 60)}" for number in range(5_000)]
    rows = []
    for what, given in (("10,000 articles sharing a paragraph", boilerplate), ("5,000 copies of one story", burst)):
        index, spent, tenth = Index(), [], len(given) // 10
        for number, text in enumerate(given):
            began, name = time.process_time(), digest("bench", str(number))
            sketched, at = sketch(text), AT + timedelta(seconds=number)
            packed = Packed.of(sketched)
            match = index.find(sketched, packed, besides=name)
            if match is None or match.overlap.containment < 0.8:
                lineage = match.entry.lineage if match else name
                index.add(Entry(name, lineage, at, packed), sketched)
            spent.append(time.process_time() - began)
        rows.append((f"{what}, first tenth", 1000 * sum(spent[:tenth]) / tenth))
        rows.append((f"{what}, last tenth", 1000 * sum(spent[-tenth:]) / tenth))
    return rows


def main() -> None:
    given = texts()
    mine, copies = ours(given)
    theirs, theirs_found = datasketch(given)
    rows = [
        ["counterclaim", f"{len(given) / mine:.0f}", f"{copies:,}", f"{theirs / mine:.1f}"],
        ["datasketch MinHashLSH", f"{len(given) / theirs:.0f}", f"{theirs_found:,}", "1"],
    ]
    beside = table(["who", "documents a CPU second", "called copies", "times the peer"], rows)
    even = table(["stream", "CPU ms an article"], [[what, f"{spent:.2f}"] for what, spent in flat()])
    method = (
        f"{len(given):,} texts in one run. The peer: {PERMUTATIONS} permutations over word 3-grams, threshold "
        f"{THRESHOLD}, every candidate verified. Below, two streams that must not slow down."
    )
    print(note("Copies beside MinHash", "python -m tests.bench.copies", method, [beside, even]))


if __name__ == "__main__":
    main()
