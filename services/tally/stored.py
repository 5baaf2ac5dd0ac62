"""How an entity's state stands in the table: small, as one row that is written anew for each article; large, as a row
that is left standing and a second one with what was heard since.

A hot entity's state has 30 kB, and an article names twelve: written whole, the first 3,000 articles took 110 kB of
changelog each and the last of them 16 ms. What was heard since takes 360 bytes an article; once it has LONGEST, the
state is written anew.

A process may die between the two rows of a state written anew. So the second row begins with the checksum of the state
it goes on from: where that stands no more, all of the row is in the state, and the next record that names the entity
(the one that was in hand comes again) empties it as the other process would have done.
"""

from __future__ import annotations

from collections.abc import Mapping
from zlib import crc32

import orjson

from schemas.entity import EntityInArticle
from schemas.outcomes import Write
from services.tally.heard import Heard, Source
from services.tally.rolling import Rolling

TABLE = "entities"

SMALL = 1_000
"""Bytes of a state that is written anew each time: a handful of articles."""

LONGEST = 6_000
"""Bytes of what was heard since: 35 kB of changelog for each of 3,000 articles. With 12,000 it were 59 kB, and the
state, 0.4 ms to encode, would be written half as often."""

_SINCE = "\x1fsince"
"""Stands behind an entity's id in the key of the second row; no id has a control character."""

_NOTHING = b"[]"


def keys(entity: str) -> tuple[str, str]:
    """The keys of an entity's two rows. Both are on the partition of the entity's id."""
    return entity, entity + _SINCE


def is_state(key: str) -> bool:
    """Whether the key is of a state, not of what was heard since."""
    return not key.endswith(_SINCE)


class Stored:
    """An entity's state, and the two rows it is made of."""

    def __init__(self, state: Rolling, row: bytes, since: bytes = _NOTHING, *, over: bool = False) -> None:
        """`over`: `since` goes on from a state before `row`."""
        self.state = state
        self._row = row
        self._since = since
        self._over = over

    @classmethod
    def read(cls, entity: str, table: Mapping[str, bytes]) -> Stored | None:
        """What a table has of an entity; None: nothing."""
        state_key, since_key = keys(entity)
        row = table.get(state_key)
        if row is None:
            return None
        since = table.get(since_key, _NOTHING)
        state = Rolling.decode(row)
        checksum, *news = orjson.loads(since) or [crc32(row)]
        over = checksum != crc32(row)
        if not over:
            for heard in news:
                state.enter(Heard.unpack(heard))
        return cls(state, row, since, over=over)

    def stands_in(self, table: Mapping[str, bytes]) -> bool:
        """Whether the table still has the rows this was read from or has written."""
        state_key, since_key = keys(self.state.entity)
        return table.get(state_key) == self._row and table.get(since_key, _NOTHING) == self._since

    @property
    def size(self) -> int:
        """Bytes of the two rows."""
        return len(self._row) + len(self._since)

    def add(self, found: EntityInArticle, source: Source) -> list[Write]:
        """Enter what one article says of the entity; the rows to write, none if that changes nothing."""
        state_key, since_key = keys(self.state.entity)
        heard = self.state.heard(found, source)
        if not self.state.enter(heard) and self._row:
            return [self._emptied(since_key)] if self._over else []
        if len(self._row) > SMALL:
            since = _NOTHING if self._over else self._since
            news = heard.pack()
            if len(since) + len(news) < LONGEST:
                before = since[:-1] if since != _NOTHING else b"[%d" % crc32(self._row)
                self._since, self._over = b"".join((before, b",", news, b"]")), False
                return [Write(TABLE, since_key, self._since)]
        self._row = self.state.encode()
        writes = [Write(TABLE, state_key, self._row)]
        if self._since != _NOTHING:
            writes.append(self._emptied(since_key))
        return writes

    def _emptied(self, since_key: str) -> Write:
        self._since, self._over = _NOTHING, False
        return Write(TABLE, since_key, _NOTHING)
