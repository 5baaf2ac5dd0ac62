"""The series that claims are compared with, read together, and each a row of its own again.

Read are the series the claims belong to, those that the index calls up (index.py), and what is linked with any of them:
a conflict of two series is kept in one of the two rows, and rows say which others a conflict of theirs, or a statement
that lived on under another place, has to do with.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from schemas.claim import Claim
from schemas.figure import FigureStated
from services.ledger.rows.entries import goes_stale
from services.ledger.rows.expiry import expired
from services.ledger.rows.index import KIND, Index
from services.ledger.rows.live import Live, home_of
from services.ledger.rows.record import MAX_DISPUTES, MAX_LINKS, Dispute, Entry, SeriesRecord, load, rank, stated
from services.ledger.rows.shelf import shelf_of


@dataclass(frozen=True, slots=True)
class Gathered:
    """Series of one block as they are stored. `own`: those the claims belong to; `near`: those the index called up.
    Any others are linked with these."""

    block: str
    index: str | None
    records: Mapping[str, SeriesRecord]
    own: frozenset[str]
    near: frozenset[str] = frozenset()

    @property
    def entries(self) -> list[Entry]:
        """All live statements, by time."""
        return sorted((e for record in self.records.values() for e in record.entries), key=lambda e: rank(e.claim))

    @property
    def disputes(self) -> list[Dispute]:
        """All disputes, the one that moved last last."""
        found = (dispute for record in self.records.values() for dispute in record.disputes)
        return sorted(found, key=lambda d: (d.updated, d.id))

    def forgotten(self, series: str) -> int:
        """The highest sequence of a dispute that was dropped of a series."""
        return self.records[series].forgotten if series in self.records else 0

    def live(self, now: datetime) -> tuple[Live, list[Dispute]]:
        """Statements and disputes without what is stale by `now`."""
        live, disputes = Live(self.records), [found for record in self.records.values() for found in record.disputes]
        if any(_is_stale(record, now) for record in self.records.values()):
            entries, disputes = expired(self.entries, disputes, now)
            left = {id(entry) for entry in entries}
            for entry in self.entries:
                if id(entry) not in left:
                    live.replace(entry)
        return live, disputes

    def are_read(self, dispute: Dispute) -> bool:
        """Whether both sides of a dispute would be here if they were live. Of a row that is only linked, what is linked
        with it in its turn was not read."""
        if dispute.series in self.own or dispute.series in self.near:
            return True
        sides, rows = (dispute.one, dispute.other), [shelf_of(record).names for record in self.records.values()]
        return all(any(side in names for names in rows) for side in sides)

    def figures(self, names: Iterable[str]) -> list[FigureStated]:
        """The state of some of its series for everybody else; none of one that has no statement."""
        found = [self.records[name] for name in sorted(names) if name in self.records]
        sides = {side for record in found for dispute in record.disputes for side in (dispute.one, dispute.other)}
        rows = [shelf_of(record).names for record in self.records.values()] if sides else []
        beside = {
            name: names[name].claim for names in rows for name in sides & names.keys() if names[name].claim.id == name
        }
        return [stated(record, beside) for record in found if record.entries]

    def after(self, live: Live, disputes: Iterable[Dispute], *, at: datetime, partition: int) -> Gathered:
        """The same series with the statements that are live and these disputes, each put where it belongs.

        A row in which nothing changed stays as it is. So does what is stale in a row that is only linked: what rests on
        it may not have been read.
        """
        quarrels: defaultdict[str, list[Dispute]] = defaultdict(list)
        for dispute in disputes:
            quarrels[dispute.series].append(dispute)
        statements = {name: live.of(name) for name in live.touched}
        for name in self.records.keys() - self.own - self.near:
            if _is_stale(self.records[name], at):
                stale = [entry for entry in self.records[name].entries if goes_stale(entry) <= at]
                statements[name] = sorted((*statements[name], *stale), key=lambda entry: rank(entry.claim))
        names = {*self.records, *quarrels, *(name for name, found in statements.items() if found)}
        links = self._links(live, quarrels) if len(names) > 1 else {}
        records = {}
        for name in names:
            known = self.records.get(name)
            said = tuple(statements[name]) if known is None or name in statements else known.entries
            before = () if known is None else known.links
            linked = (*before, *sorted(links.get(name, set()) - {*before}))[-MAX_LINKS:]
            now = said, tuple(quarrels.get(name, ())), linked
            if known is None or (known.entries, known.disputes, known.links) != now:
                known = SeriesRecord(
                    series=name,
                    block=self.block,
                    index=self.index,
                    entries=now[0],
                    disputes=now[1],
                    forgotten=self.forgotten(name),
                    links=linked,
                    partition=partition,
                    updated=at,
                ).keeping(MAX_DISPUTES)
            records[name] = known
        return Gathered(self.block, self.index, records, self.own, self.near)

    def _links(self, live: Live, quarrels: Mapping[str, Sequence[Dispute]]) -> dict[str, set[str]]:
        """By series, those that one of its disputes, or a statement that was in it, has to do with."""
        links: defaultdict[str, set[str]] = defaultdict(set)
        names = live.names()

        def homes(claims: Iterable[str], own: str) -> set[str]:
            return {home_of(names[claim]) for claim in claims if claim in names} - {own}

        for name, disputes in quarrels.items():
            record = self.records.get(name)
            if record is not None and name not in live.touched and record.disputes == tuple(disputes):
                sides: Collection[str] = shelf_of(record).elsewhere
            else:
                sides = {side for dispute in disputes for side in (dispute.one, dispute.other)}
            for home in homes(sides, name):
                links[home].add(name)
                links[name].add(home)
        for name in self.records.keys() & live.touched:
            links[name] |= homes(shelf_of(self.records[name]).names, name)
        return links

    def changed(self, before: Gathered) -> list[str]:
        """The series that are not as they were, in the order of their names."""
        return sorted(name for name, record in self.records.items() if before.records.get(name) is not record)


def gather(
    rows: Mapping[str, bytes], own: Iterable[str], claims: Iterable[Claim] = (), *, block: str = "", index: str = ""
) -> Gathered:
    """The series in `own`, those that the index calls up for `claims`, as far as there are any, and what is linked with
    them. `index`: key of the index, or of the series if there is none. It and `block` are as the rows have them where
    there is a row."""
    own, key = frozenset(own), index if index.startswith(KIND) else None
    near = Index.load(rows, key).near(claims) - own if key is not None else set()
    records = _loaded(rows, own | near)
    linked = {link for record in records.values() for link in record.links}
    records |= _loaded(rows, linked - records.keys())
    for record in records.values():
        block, key = record.block, record.index
    return Gathered(block, key, records, own, frozenset(near))


def _is_stale(record: SeriesRecord, now: datetime) -> bool:
    """Whether anything in a row is stale by `now`."""
    first = shelf_of(record).first_stale
    return first is not None and first <= now


def _loaded(rows: Mapping[str, bytes], names: Iterable[str]) -> dict[str, SeriesRecord]:
    found = ((name, load(SeriesRecord, rows, name)) for name in sorted(names))
    return {name: record for name, record in found if record is not None}
