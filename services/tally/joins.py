"""Which entity ids are one, by the log of merges and unmerges, and the rolling table of several ids as one.

No row is ever rewritten: an id keeps its own row, what is shown is made of the rows of all ids that are one now. So an
unmerge loses nothing, and a merge counts what came before it, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from schemas.entity import EntityTallied
from schemas.entity_join import EntityJoined
from services.tally.rolling import Rolling
from services.tally.stored import states


def standing(events: Iterable[EntityJoined]) -> list[EntityJoined]:
    """The merges that nobody has taken back, in order. The same event told again changes nothing.

    An unmerge takes back the latest merge of its two ids, as if it had never been said; without one it means nothing.
    """
    said: set[str] = set()
    merges: list[EntityJoined] = []
    for event in events:
        if event.record_id() in said:
            continue
        said.add(event.record_id())
        if event.op == "merge":
            merges.append(event)
            continue
        pair = (event.entity, event.into)
        latest = next((i for i in reversed(range(len(merges))) if (merges[i].entity, merges[i].into) == pair), None)
        if latest is not None:
            del merges[latest]
    return merges


def parents(events: Iterable[EntityJoined]) -> dict[str, str]:
    """The id each merged id was merged into; of two merges of one id the later counts.

    A merge that would close a circle is passed over, until what it contradicts is taken back.
    """
    into: dict[str, str] = {}
    for merge in standing(events):
        if merge.entity not in (merge.into, *_up(merge.into, into)):
            into[merge.entity] = merge.into
    return into


def joins(events: Iterable[EntityJoined]) -> dict[str, str]:
    """The id that stands for each merged id: chains are followed to their end, which stands for itself."""
    into = parents(events)
    return {entity: list(_up(entity, into))[-1] for entity in into}


def _up(entity: str, into: Mapping[str, str]) -> Iterator[str]:
    """The ids above an id, nearest first. Ends, because no circle is ever closed."""
    while entity in into:
        entity = into[entity]
        yield entity


def joined(entity: str, members: Iterable[Rolling], at: datetime) -> EntityTallied:
    """The table of `entity` over the states (at least one) of the ids that are one, as of `at` or the latest arrival.

    Articles, mentions, origins and publishers are those of the union, so what names two of the ids counts once: exact
    while every state is (stage.py), and as good an estimate as the states beyond. First and last seen and the latest
    figures are exact. Counts of figures and of companions are sums: an article that tells the same figure of two of the
    ids, or names both beside somebody, counts twice there (companions: as far as there are articles). The tables of
    those companions go on naming the ids one by one.
    """
    found = sorted(members, key=lambda state: (state.entity != entity, -state.last.timestamp()))
    whole = found[0]
    for other in found[1:]:
        whole.unite(other)
    whole.company.leave_out({entity, *(state.entity for state in found)})
    whole.entity = entity
    table = whole.tallied(max(at, whole.last))
    most = table.windows["7d"].articles
    capped = tuple(met.model_copy(update={"articles": min(met.articles, most)}) for met in table.companions)
    return table.model_copy(update={"companions": capped if most else ()})


def as_joined(
    tallies: Mapping[str, EntityTallied], into: Mapping[str, str], rows: Mapping[str, bytes], at: datetime
) -> dict[str, EntityTallied]:
    """The tables with those of joined ids as one.

    `into` is what `joins` gives, `rows` has the stored rows (stored.py: keys) of its ids and of those that stand for
    them; an id without a row has been silent for two weeks and counts nothing.
    """
    shown = {entity: tally for entity, tally in tallies.items() if entity not in into}
    kept = states(rows, {*into, *into.values()})
    for whole in set(into.values()):
        members = [whole, *sorted(entity for entity, standing_for in into.items() if standing_for == whole)]
        found = [kept[member] for member in members if member in kept]
        if found:
            shown[whole] = joined(whole, found, at)
    return shown
