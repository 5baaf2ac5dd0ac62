"""The index of a block's tolls of one kind: which series a new claim may have to be compared with, besides its own.

A toll of one event is told of a village, of its province and in two spellings, which are several series. The index has
a card for each series that is live: the days, the places and the texts it is told of. That is enough to leave out what
cannot be one event; the rules then judge what is left (event/). So a verdict needs this row and the series compared.

A card may call up a series that the rules then refuse, and never keeps one back that they would take:
`tests/unit/ledger/test_index.py` holds `may_meet` against them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

import orjson

from schemas.claim import Claim
from schemas.metrics import Metric
from services.ledger.event.evidence import evidence
from services.ledger.event.reach import NEXT_DAY, may_be_long
from services.ledger.event.when import span
from services.ledger.rows.decoded import Decoded
from services.ledger.rows.entries import goes_stale
from services.ledger.rows.record import ROW_BYTES, SeriesRecord
from services.ledger.rules.thresholds import thresholds

KIND = "idx-"
"""How the keys of these rows begin (series.py makes them)."""
MAX_TOGETHER = 32
"""Series that one claim may call up. A country at war has more in two days: first come those that share a place word,
then the nearest in time."""
_LONG = max(thresholds(metric.value).stale_hours for metric in Metric) / 24
"""Days for which a rare event, or one with many dead, is told of: while anything said of it is live."""
_PLACES = 24
"""Place words of one card: a sentence has three, a series seldom more than ten."""
_TEXTS = 16
"""Origins of one card, the latest. A later copy of an older text still has the words of its place."""
_SHORT = 6
"""Letters kept of an origin's id. Two of 16 million are taken for one, and cost a row that is read for nothing."""

_decoded = Decoded()


class Card(NamedTuple):
    """What must be known of a series to see that nothing in it is of a claim's event. Days are ordinals.

    `is_long`: whether a statement of it may be told for weeks. `until`: the day on which its last one goes stale.
    """

    series: str
    first: int
    last: int
    is_long: bool
    until: int
    places: tuple[str, ...]
    texts: tuple[str, ...]


class Index:
    """The row under `key`: cards by series, each with its line of the row."""

    def __init__(self, key: str, cards: Mapping[str, tuple[Card, bytes]]) -> None:
        self.key, self._cards = key, cards

    @classmethod
    def load(cls, rows: Mapping[str, bytes], key: str) -> Index:
        """The index as it stands, without any card where there is none."""
        body = rows.get(key)
        return cls(key, {}) if body is None else _decoded.read(cls, key, body, lambda body: cls(key, _cards(body)))

    def near(self, claims: Iterable[Claim]) -> set[str]:
        """The series in which there may be something of the event of one of the claims."""
        found: set[str] = set()
        for claim in claims:
            mine = _card("", [claim], [claim.lineage], 0)
            near = [card for card, _ in self._cards.values() if may_meet(mine, card)]
            if len(near) > MAX_TOGETHER:
                near.sort(
                    key=lambda card: (not _share(mine.places, card.places), _apart(mine, card), -card.last, card.series)
                )
            found.update(card.series for card in near[:MAX_TOGETHER])
        return found

    def with_series(self, records: Iterable[SeriesRecord], now: datetime) -> Index:
        """With the cards of these series as they are now: itself if they are in it. Where one changes, those go of
        which nothing is live by `now`.

        Of too many for a row what is told of for a day goes first, then the oldest. A series without a card is still
        compared with what is said of the very same count.
        """
        changed = {record.series: card_of(record) if record.entries else None for record in records}
        changed = {name: card for name, card in changed.items() if self._known(name) != card}
        if not changed:
            return self
        today = now.toordinal()
        cards = {name: kept for name, kept in self._cards.items() if kept[0].until >= today and name not in changed}
        cards |= {name: (card, orjson.dumps(tuple(card))) for name, card in changed.items() if card is not None}
        excess = sum(len(line) + 1 for _, line in cards.values()) + _HEAD - ROW_BYTES
        if excess > 0:
            for card, line in sorted(cards.values(), key=lambda kept: (kept[0].is_long, kept[0].last, kept[0].series)):
                if excess <= 0:
                    break
                del cards[card.series]
                excess -= len(line) + 1
        return Index(self.key, cards)

    def _known(self, series: str) -> Card | None:
        kept = self._cards.get(series)
        return None if kept is None else kept[0]

    def encode(self, partition: int) -> bytes:
        """The row, a line for each card after one that says when the last is stale."""
        last = max((card.until for card, _ in self._cards.values()), default=0)
        lines = [line for _, (_, line) in sorted(self._cards.items())]
        body = b"\n".join((orjson.dumps({"partition": partition, "until": last}), *lines))
        _decoded.keep(self.key, body, self)
        return body


_HEAD = 64
"""Bytes of the first line, which takes 36."""


def head(body: bytes) -> tuple[int, date]:
    """The partition of a row, and the last day on which something in it is live."""
    line = orjson.loads(body.partition(b"\n")[0])
    return line["partition"], date.fromordinal(max(1, line["until"]))


def card_of(record: SeriesRecord) -> Card:
    """The card of a series that has a live statement."""
    until = max(goes_stale(entry) for entry in record.entries).toordinal()
    texts = [text for entry in reversed(record.entries) for text in entry.origins]
    return _card(record.series, [entry.claim for entry in record.entries], texts, until)


def may_meet(one: Card, other: Card) -> bool:
    """Whether something in one series can be of an event in the other. Symmetric."""
    days = _LONG if one.is_long and other.is_long else NEXT_DAY
    if one.first - other.last <= days and other.first - one.last <= days:
        return True
    return not frozenset(one.texts).isdisjoint(other.texts)


def _card(series: str, claims: Sequence[Claim], texts: Iterable[str], until: int) -> Card:
    spans = [span(claim) for claim in claims]
    places = {key for claim in claims for key in evidence(claim).nearby}
    return Card(
        series=series,
        first=min(days.first for days in spans).toordinal(),
        last=max(days.last for days in spans).toordinal(),
        is_long=any(map(may_be_long, claims)),
        until=until,
        places=tuple(sorted(places)[:_PLACES]),
        texts=tuple(dict.fromkeys(text[-_SHORT:] for text in texts))[:_TEXTS],
    )


def _share(one: Sequence[str], other: Sequence[str]) -> bool:
    return not set(one).isdisjoint(other)


def _apart(one: Card, other: Card) -> int:
    return max(0, one.first - other.last, other.first - one.last)


def _cards(body: bytes) -> dict[str, tuple[Card, bytes]]:
    cards = {}
    for line in body.split(b"\n")[1:]:
        series, first, last, is_long, until, places, texts = orjson.loads(line)
        cards[series] = Card(series, first, last, is_long, until, tuple(places), tuple(texts)), line
    return cards
