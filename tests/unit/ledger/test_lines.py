"""Lines of a block are stored in rows of a few: the same count as if one row held them all, whatever a kill left."""

from __future__ import annotations

from collections.abc import Sequence

import orjson
from hypothesis import example, given
from hypothesis import strategies as st

from schemas.outcomes import Processed, Write
from services.ledger.rows.block import MAX_APPLIED, MAX_NUMBERS, Applied, Block
from services.ledger.rows.lines import LINE_MOST
from services.ledger.rows.record import ROW_BYTES, TABLE
from tests.unit.ledger.making import Ledger, claim, hours, message

RECORDS = st.lists(
    st.tuples(st.integers(0, 40), st.sampled_from([10, 100, 900, 6_000]), st.integers(0, 30)), min_size=1, max_size=60
)
"""Numbers of each record, bytes of each number, and how many of its rows are stored before a kill."""


def lines(record: int, count: int, size: int) -> list[bytes]:
    return [b"\n" + orjson.dumps(f"{record}.{at}".ljust(size, "x")) for at in range(count)]


def told(table: dict[str, bytes], record: int, numbers: bytes) -> list[Write]:
    """What is stored of a record of block `b`."""
    block = Block.load(table, "b")
    return block.after("b", Applied(record, None, f"r{record}"), block.numbers + numbers, partition=0, at=hours(0))


def store(table: dict[str, bytes], writes: Sequence[Write]) -> None:
    for write in writes:
        assert len(write.value or b"") <= ROW_BYTES
        write.into(table)


@given(RECORDS)
@example([(40, 100, 0)] * 30)
@example([(16, 10, 1), (0, 10, 0), *[(33, 900, 2)] * 20])
def test_the_latest_lines_count_and_a_kill_changes_no_row(records: list[tuple[int, int, int]]) -> None:
    calm: dict[str, bytes] = {}
    killed: dict[str, bytes] = {}
    met: list[bytes] = []
    for at, (count, size, stored) in enumerate(records):
        added = lines(at, count, size)
        known = Block.load(killed, "b")
        writes = told(killed, at, b"".join(added))
        store(killed, writes[: min(stored, len(writes) - 1)])
        assert (Block.load(killed, "b").applied, Block.load(killed, "b").numbers) == (known.applied, known.numbers)
        for table in (calm, killed):
            store(table, told(table, at, b"".join(added)))
        met += added
        block = Block.load(calm, "b")
        assert block.applied.split() == [b'[%d,null,"r%d"]' % (n, n) for n in range(at + 1)][-MAX_APPLIED:]
        shown = [b"\n" + line for line in block.numbers.split()]
        assert shown == met[len(met) - len(shown) :]
        assert len(shown) == min(MAX_NUMBERS, len(met)) or sum(map(len, shown)) > 45_000
    assert killed == calm
    assert sum(map(len, calm.values())) < 3 * ROW_BYTES + 40 * max(size for _, size, _ in records)


def test_a_line_that_is_too_long_takes_no_other_with_it() -> None:
    table: dict[str, bytes] = {}
    store(table, told(table, 0, b"\n[1]"))
    store(table, told(table, 1, b"\n" + b"x" * (LINE_MOST + 1) + b"\n[2]"))
    assert Block.load(table, "b").numbers == b"\n[1]\n[2]"


def test_a_row_that_holds_all_its_lines_is_still_read() -> None:
    """As it was stored before there were rows beside it."""
    applied = b"".join(b'\n[%d,null,"r%d"]' % (n, n) for n in range(MAX_APPLIED))
    numbers = b"".join(lines(0, MAX_NUMBERS, 100))
    head = {"alerting": 7, "partition": 0, "updated": hours(0), "applied": len(applied)}
    table = {"b": orjson.dumps(head) + applied + numbers}
    block = Block.load(table, "b")
    assert (block.alerting, block.applied, block.numbers) == (7, applied, numbers)
    (new,) = lines(1, 1, 100)
    store(table, told(table, MAX_APPLIED, new))
    block = Block.load(table, "b")
    assert block.alerting == 7
    assert block.find("r0") is None
    assert block.find("r1") == (1, None, "r1")
    assert block.find(f"r{MAX_APPLIED}") == (MAX_APPLIED, None, f"r{MAX_APPLIED}")
    assert block.numbers == numbers[numbers.index(b"\n", 1) :] + new
    assert len(table["b"]) < 5_000


def test_a_record_of_a_busy_block_writes_little() -> None:
    table: dict[str, bytes] = {}
    sizes = []
    for at in range(400):
        writes = told(table, at, b"".join(lines(at, 1, 110)))
        store(table, writes)
        sizes.append(sum(len(write.key) + len(write.value or b"") for write in writes))
    assert sum(len(row) for row in table.values()) > 35_000
    assert sum(sizes[200:]) / 200 < 1_600
    assert max(sizes) < 6_000


def test_a_kill_where_lines_become_a_row_changes_no_alert_and_no_row() -> None:
    made = [
        message(
            *(
                claim(f"{1001 + 13 * (5 * at + n)}", article=f"n{at}", at=900 * n, speaker=f"voice {n}")
                for n in range(5)
            )
        )
        for at in range(20)
    ]
    calm = Ledger()
    for offset, record in enumerate(made):
        calm.apply(record, offset)
    assert {f"{made[0].block}#a.0", f"{made[0].block}#n.0", f"{made[0].block}#n.5"} <= calm.tables[TABLE].keys()
    for killed_at in (3, 15):  # the 16th number, the 16th record
        stored = 0
        while True:
            killed = Ledger()
            for offset, record in enumerate(made[:killed_at]):
                killed.apply(record, offset)
            outcome = killed.apply(made[killed_at], killed_at, stored=stored)
            for offset in range(killed_at, len(made)):
                killed.apply(made[offset], offset)
            assert killed.tables == calm.tables
            assert {alert.id: alert for alert in killed.alerts} == {alert.id: alert for alert in calm.alerts}
            assert isinstance(outcome, Processed)
            if stored >= len(outcome.store):
                break
            stored += 1


def test_the_rows_beside_a_block_go_with_it() -> None:
    book = Ledger()
    for at in range(20):
        book.tell(
            message(*(claim(f"{1001 + 13 * at + n}", article=f"n{at}", at=900 * n) for n in range(2))), at=at / 60
        )
    assert any("#n." in key for key in book.tables[TABLE])
    late = 24 * 900
    book.sweep(late)
    for at in range(9):  # a record writes what was noted
        book.tell(message(claim("40", article=f"late{at}", block="people/Q9")), at=late + 2 + at)
    assert not [key for key in book.tables[TABLE] if key.startswith("people/Q1+Q2")]
