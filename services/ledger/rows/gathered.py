"""The series that claims are compared with, read together, and each a row of its own again.

Read are the series the claims belong to, those that the index calls up (index.py), and what is linked with any of them:
a conflict of two series is kept in one of the two rows, and rows say which others a conflict of theirs, or a statement
that lived on under another place, has to do with.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from schemas.claim import Claim
from schemas.figure import FigureStated
from services.ledger.rows.entries import goes_stale
from services.ledger.rows.expiry import expired
from services.ledger.rows.index import KIND, Index
from services.ledger.rows.record import MAX_DISPUTES, MAX_LINKS, Dispute, Entry, SeriesRecord, load, rank, stated
from services.ledger.rules.series import series_of


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

    def live(self, now: datetime) -> tuple[list[Entry], list[Dispute]]:
        """Statements and disputes without what is stale by `now`."""
        return expired(self.entries, self.disputes, now)

    def are_read(self, dispute: Dispute) -> bool:
        """Whether both sides of a dispute would be here if they were live. Of a row that is only linked, what is linked
        with it in its turn was not read."""
        if dispute.series in self.own or dispute.series in self.near:
            return True
        read = {name for record in self.records.values() for e in record.entries for name in (e.claim.id, *e.earlier)}
        return {dispute.one, dispute.other} <= read

    def figures(self, names: Iterable[str]) -> list[FigureStated]:
        """The state of some of its series for everybody else; none of one that has no statement."""
        found = [self.records[name] for name in sorted(names) if name in self.records]
        quarrels = any(record.disputes for record in found)
        beside = {e.claim.id: e.claim for record in self.records.values() for e in record.entries} if quarrels else {}
        return [stated(record, beside) for record in found if record.entries]

    def after(self, entries: Sequence[Entry], disputes: Iterable[Dispute], *, at: datetime, partition: int) -> Gathered:
        """The same series with other statements and disputes, each put where it belongs.

        A row in which nothing changed stays as it is. So does what is stale in a row that is only linked: what rests on
        it may not have been read.
        """
        homes: dict[str, str] = {}
        statements, quarrels = defaultdict(list), defaultdict(list)
        for entry in entries:
            home = home_of(entry)
            statements[home].append(entry)
            homes |= dict.fromkeys((entry.claim.id, *entry.earlier), home)
        for name in self.records.keys() - self.own - self.near:
            stale = [entry for entry in self.records[name].entries if goes_stale(entry) <= at]
            statements[name] = sorted((*statements[name], *stale), key=lambda entry: rank(entry.claim))
        for dispute in disputes:
            quarrels[dispute.series].append(dispute)
        names = {*self.records, *statements, *quarrels}
        links = self._links(homes, quarrels) if len(names) > 1 else {}
        records = {}
        for name in names:
            known = self.records.get(name)
            before = () if known is None else known.links
            linked = (*before, *sorted(links.get(name, set()) - {*before}))[-MAX_LINKS:]
            now = tuple(statements[name]), tuple(quarrels[name]), linked
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

    def _links(self, homes: Mapping[str, str], quarrels: Mapping[str, Iterable[Dispute]]) -> dict[str, set[str]]:
        """By series, those that one of its disputes, or a statement that was in it, has to do with. `homes`: the series
        of each claim."""
        links: defaultdict[str, set[str]] = defaultdict(set)
        for name, disputes in quarrels.items():
            for home in {homes.get(side, name) for d in disputes for side in (d.one, d.other)} - {name}:
                links[home].add(name)
                links[name].add(home)
        for name, record in self.records.items():
            claims = (claim for entry in record.entries for claim in (entry.claim.id, *entry.earlier))
            links[name] |= {homes.get(claim, name) for claim in claims} - {name}
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


def home_of(entry: Entry) -> str:
    """The series a statement belongs to, by the words it has now."""
    return series_of(entry.claim) or ""


def _loaded(rows: Mapping[str, bytes], names: Iterable[str]) -> dict[str, SeriesRecord]:
    found = ((name, load(SeriesRecord, rows, name)) for name in sorted(names))
    return {name: record for name, record in found if record is not None}
