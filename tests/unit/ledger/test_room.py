"""What goes first where a row is full, and rows that are decoded once."""

from __future__ import annotations

from schemas.claim import Claim
from services.ledger.rows.decoded import LEAST_BYTES, Decoded
from services.ledger.rows.entries import entry
from services.ledger.rows.record import MAX_ENTRIES, TABLE, Entry, SeriesRecord, load
from services.ledger.rows.room import kept
from tests.unit.ledger.making import claim, hours, ledger, toll

RAID = "The airstrike on the grain market of Lower Torvia killed "
GAS = "The chemical attack on Lower Torvia killed "


def entries(*claims: Claim) -> list[Entry]:
    return [entry(each, hours(0)) for each in claims]


def test_air_raids_go_before_the_gas_attack_of_the_days_before() -> None:
    gas = toll("200", before=GAS, article="gas", hour=0.0)
    raids = [toll("20", before=RAID, article=f"n{at}", hour=float(at)) for at in range(1, 4)]
    assert [each.claim for each in kept(entries(gas, *raids), 2)] == [gas, raids[-1]]


def test_where_no_event_is_counted_the_oldest_go() -> None:
    crowds = [claim("20", article=f"n{at}", hour=float(at)) for at in range(4)]
    assert [each.claim for each in kept(entries(*reversed(crowds)), 2)] == [crowds[3], crowds[2]]
    assert [each.claim for each in kept(entries(*crowds), 9)] == crowds


def test_a_month_of_raids_does_not_crowd_out_the_one_event_that_is_told_for_weeks() -> None:
    gas = toll("200", before=GAS, article="gas", speaker="the mayor")
    raids = [[toll("20", before=RAID, article=f"n{at}", hour=6.0 * at)] for at in range(1, 2 * MAX_ENTRIES)]
    later = toll("260", before=GAS, article="later", hour=14 * MAX_ENTRIES, speaker="the army")
    (alert,) = ledger([[gas], *raids, [later]]).alerts
    assert {side.words for side in alert.claims} == {"200", "260"}


def test_a_row_kept_decoded_is_the_row_that_its_bytes_are() -> None:
    made = ledger([[toll("20", before=RAID, article=f"n{at}", speaker=f"voice {at}")] for at in range(12)])
    rows = {key: body for key, body in made.tables[TABLE].items() if key.startswith("ser-")}
    assert any(len(body) >= LEAST_BYTES for body in rows.values())
    for key, body in rows.items():
        assert load(SeriesRecord, rows, key) == SeriesRecord.model_validate_json(body)


def test_rows_kept_decoded_stay_within_their_bytes() -> None:
    rows = [
        SeriesRecord(
            series=f"ser-{at}", block="b", partition=0, updated=hours(at), entries=tuple(entries(*[toll("20")] * 8))
        ).encode()
        for at in range(6)
    ]
    store = Decoded(most_bytes=2 * len(rows[0]))
    parse = SeriesRecord.model_validate_json
    first = store.read(SeriesRecord, "0", rows[0], parse)
    assert store.read(SeriesRecord, "0", rows[0], parse) is first
    for at, body in enumerate(rows[1:], start=1):
        store.read(SeriesRecord, str(at), body, parse)
    assert store.read(SeriesRecord, "0", rows[0], parse) is not first


def test_of_a_row_the_last_is_kept_and_takes_no_other_rows_room() -> None:
    one, other, *later = [
        SeriesRecord(
            series="ser-1", block="b", partition=0, updated=hours(at), entries=tuple(entries(*[toll("20")] * 8))
        )
        for at in range(9)
    ]
    bodies = [record.encode() for record in (one, other, *later)]
    store, parse = Decoded(most_bytes=2 * len(bodies[0])), SeriesRecord.model_validate_json
    beside = store.read(SeriesRecord, "ser-2", bodies[1], parse)
    for body in bodies:
        assert store.read(SeriesRecord, "ser-1", body, parse) == parse(body)
    assert store.read(SeriesRecord, "ser-2", bodies[1], parse) is beside
    store.keep("ser-1", b"short", one)
    assert store.read(SeriesRecord, "ser-1", bodies[0], parse) is not one
