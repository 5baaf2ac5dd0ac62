"""The pure ledger with 100,000 live series: claims per CPU second as the series grow, and in one country at war.

`python -m tests.bench.ledger`. Two thirds of the claims are camps and borders, compared within their series; a third
are tolls, which an index calls up. Messages are made before the clock runs.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterable, Iterator

from schemas.claim import ClaimsMade
from schemas.outcomes import Arrival, Processed
from schemas.topics import TABLES
from services.ledger import stage
from tests.bench.results import met, note, table
from tests.unit.ledger.making import claim, message, toll

SERIES = 100_000
BLOCKS = 10_000
BAR = 5_000
"""Claims a second and core, asked for."""
SAMPLE = 2_000
"""Claims measured at each size: 0.4 s at the bar."""
_BUSY = "harm/Q0"
_MONTH = 2_000


def made(number: int, block: str | None = None) -> ClaimsMade:
    """One claim of one article; the same number gives the same claim."""
    chosen = random.Random(number)  # noqa: S311  # no secret
    at, value, speaker = number % SERIES, str(chosen.randrange(20, 900)), f"voice {chosen.randrange(4)}"
    given = {"article": f"n{number}", "speaker": speaker, "hour": number / SERIES, "places": (f"x-{at}",)}
    if block is None and at % 3:
        return message(claim(value, block=f"people/Q{at % BLOCKS}", **given))
    town = f"Town{chosen.randrange(50)}"
    if block is not None:  # a country at war: 70 tolls a day, each place with its own
        given |= {"places": (f"x-{town}",), "hour": at / 3}
    before = f"An airstrike on the market in the town of {town} killed "
    return message(
        toll(value, block=block or f"harm/Q{at % BLOCKS}", before=before, place=f"in the town of {town}", **given)
    )


class Bench:
    """The stage with its tables, fed as fast as it goes."""

    def __init__(self) -> None:
        self.tables: dict[str, dict[str, bytes]] = {name: {} for name in TABLES["ledger"]}
        self.offset = 0

    def feed(self, records: Iterable[ClaimsMade]) -> float:
        """CPU seconds for `records`."""
        began = time.process_time()
        for record in records:
            at = record.claims[0].published  # so that what is stale goes, as it does in a running service
            outcome = stage.step(record, self.tables, Arrival("news.claim.made.v1", 0, self.offset, at))
            self.offset += 1
            assert isinstance(outcome, Processed)
            for write in outcome.store:
                write.into(self.tables[write.table])
        return time.process_time() - began


def measured(bench: Bench) -> Iterator[tuple[str, float]]:
    """Claims per CPU second, new ones and second voices, after each growth; last those of one war."""
    for size in (1_000, 10_000, SERIES):
        bench.feed(made(number) for number in range(bench.offset, size - SAMPLE if size > SAMPLE else 0))
        fresh = [made(number) for number in range(bench.offset, bench.offset + SAMPLE)]
        yield f"{size:,} series, new ones", SAMPLE / bench.feed(fresh)
    second = [made(SERIES + number * 37 % SERIES) for number in range(SAMPLE)]
    yield f"{SERIES:,} series, a second voice", SAMPLE / bench.feed(second)
    bench.feed([made(3 * SERIES + number, _BUSY) for number in range(_MONTH)])
    busy = [made(3 * SERIES + _MONTH + number, _BUSY) for number in range(SAMPLE // 4)]
    yield "tolls of one country, after a month of war", len(busy) / bench.feed(busy)


def main() -> None:
    bench = Bench()
    measured_rates = list(measured(bench))
    rows = [[what, f"{rate:,.0f}", f">= {BAR:,}", met(held=rate >= BAR)] for what, rate in measured_rates]
    sizes = [len(row) for row in bench.tables["series"].values()]
    method = (
        "The stage's step alone, JSON of rows and messages in it; two thirds of the claims are compared within their "
        f"series, a third are tolls that an index calls up. {len(sizes):,} rows at the end, the largest "
        f"{max(sizes):,} bytes."
    )
    head = ["claims", "a CPU second", "bar", ""]
    print(note("The ledger alone", "python -m tests.bench.ledger", method, [table(head, rows)]))


if __name__ == "__main__":
    main()
