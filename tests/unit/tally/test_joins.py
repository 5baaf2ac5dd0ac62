"""Ids made one and taken apart again, and the table of several ids as one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Literal

from hypothesis import given
from hypothesis import strategies as st

from schemas.entity import EntitiesMentioned, EntityInArticle, EntityTallied
from schemas.entity_join import EntityJoined
from schemas.outcomes import Arrival, Processed
from schemas.topics import JOINED, entity_partition
from services.platform.envelope import outgoing
from services.tally.joins import as_joined, joined, joins, parents, standing
from services.tally.rolling import Rolling
from services.tally.stage import Tally
from services.tally.stored import TABLE
from services.tally.stored import states as stored

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
NAMES = ("a", "b", "c", "d")


def said(op: Literal["merge", "unmerge"], entity: str, into: str, minute: int = 0) -> EntityJoined:
    at = START + timedelta(minutes=minute)
    return EntityJoined(op=op, entity=entity, into=into, by="an editor", why="one person", at=at)


@st.composite
def logs(draw: st.DrawFn, size: int = 12) -> list[EntityJoined]:
    """A log in order: no two events have the same time."""
    ops: tuple[Literal["merge", "unmerge"], ...] = ("merge", "merge", "unmerge")
    names = st.sampled_from(NAMES)
    drawn = draw(st.lists(st.tuples(st.sampled_from(ops), names, names), max_size=size))
    return [said(op, entity, into, minute) for minute, (op, entity, into) in enumerate(drawn)]


@given(logs(), st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_a_merge_followed_by_its_unmerge_leaves_everything_as_before(
    log: list[EntityJoined], entity: str, into: str
) -> None:
    after = [*log, said("merge", entity, into, 100), said("unmerge", entity, into, 101)]
    assert joins(after) == joins(log)
    assert standing(after) == standing(log)


@given(logs(), st.data())
def test_an_event_told_again_at_any_later_place_changes_nothing(log: list[EntityJoined], data: st.DataObject) -> None:
    again = list(log)
    for i in sorted(data.draw(st.sets(st.integers(0, len(log) - 1), max_size=4) if log else st.just(set[int]()))):
        place = data.draw(st.integers(again.index(log[i]) + 1, len(again)))
        again.insert(place, log[i])
    assert joins(again) == joins(log)


@given(logs())
def test_every_chain_ends_at_an_id_that_stands_for_itself(log: list[EntityJoined]) -> None:
    into = joins(log)
    assert not into.keys() & set(into.values())
    assert into.keys() == parents(log).keys()


@given(logs())
def test_taking_back_every_merge_that_stands_leaves_every_id_alone(log: list[EntityJoined]) -> None:
    undone = [said("unmerge", merge.entity, merge.into, 100 + i) for i, merge in enumerate(standing(log))]
    assert joins([*log, *undone]) == {}


def test_the_order_of_events_decides() -> None:
    merge, unmerge = said("merge", "a", "b"), said("unmerge", "a", "b", 1)
    assert joins([merge, unmerge]) == {}
    assert joins([unmerge, merge]) == {"a": "b"}
    assert joins([said("merge", "a", "b"), said("merge", "a", "c", 1)]) == {"a": "c"}
    assert joins([said("merge", "a", "c", 1), said("merge", "a", "b")]) == {"a": "b"}


def test_chains_are_followed_and_a_circle_is_never_closed() -> None:
    chain = [said("merge", "a", "b"), said("merge", "b", "c", 1)]
    assert joins(chain) == {"a": "c", "b": "c"}
    assert joins([*chain, said("merge", "c", "a", 2)]) == joins(chain)
    assert joins([*chain, said("merge", "a", "a", 2)]) == joins(chain)


def test_an_unmerge_restores_the_merge_it_had_replaced() -> None:
    log = [said("merge", "a", "b"), said("merge", "a", "c", 1)]
    assert joins([*log, said("unmerge", "a", "c", 2)]) == {"a": "b"}


def test_all_events_go_to_one_partition_and_are_kept_for_ever() -> None:
    assert {outgoing(said("merge", name, "z"), sender="cli", at=START).partition for name in NAMES} == {0}
    assert (JOINED.config["cleanup.policy"], JOINED.config["retention.ms"]) == ("delete", "-1")


Mentions = dict[str, int]
"""How often an article names each id."""


def table(articles: list[Mentions], spelled: dict[str, str] | None = None) -> dict[str, bytes]:
    """The stored rows after these articles, one a minute; `spelled`: the id that is written for another."""
    rows: dict[str, dict[str, bytes]] = {TABLE: {}}
    tally = Tally(fold_after=20)  # so that a longer story is partly in rows of its own
    for number, mentions in enumerate(articles):
        named: Mentions = {}
        for entity, times in mentions.items():
            written = (spelled or {}).get(entity, entity)
            named[written] = named.get(written, 0) + times
        for entity, times in named.items():
            message = EntitiesMentioned(
                article_id=f"art-{number}",
                article=str(number),
                publisher=("one", "two", None)[number % 3],
                lineage=f"art-{number // 2}",
                arrived=START + timedelta(minutes=number),
                partition=entity_partition(entity),
                entities=(
                    EntityInArticle(
                        entity=entity, name=entity, type="PER", spans=tuple((2 * i, 2 * i + 1) for i in range(times))
                    ),
                ),
            )
            outcome = tally.step(message, rows, Arrival("news.entity.mentioned.v1", 0, number, message.arrived))
            assert isinstance(outcome, Processed)
            rows[TABLE] |= {write.key: write.value for write in outcome.store if write.value is not None}
    return rows[TABLE]


def states(rows: dict[str, bytes]) -> list[Rolling]:
    return list(stored(rows).values())


NOW = START + timedelta(hours=1)


@given(st.lists(st.dictionaries(st.sampled_from(NAMES[:3]), st.integers(1, 3), min_size=1), min_size=1, max_size=30))
def test_joined_ids_count_as_if_every_article_had_used_one_of_them(articles: list[Mentions]) -> None:
    kept, at_once = table(articles), table(articles, {"a": "c", "b": "c"})
    one, other = joined("c", states(kept), NOW), joined("c", states(at_once), NOW)
    assert one.windows == other.windows
    assert (one.first_seen, one.last_seen) == (other.first_seen, other.last_seen)


def test_an_article_that_names_both_ids_counts_once_and_its_mentions_all() -> None:
    rows = table([{"a": 2, "b": 1}, {"a": 1}, {"b": 1}])
    day = joined("b", states(rows), NOW).windows["24h"]
    assert (day.articles, day.mentions) == (3, 5)


def test_beyond_the_room_of_a_row_the_union_is_an_estimate_as_good_as_its_rows() -> None:
    rows = table([{"a": 1, "b": 1} if number % 2 else {"a": 1} for number in range(800)])
    week = joined("a", states(rows), START + timedelta(days=2)).windows["7d"]
    assert abs(week.articles - 800) < 170  # three standard errors of 7 %, sample.py


def test_the_joined_table_takes_the_place_of_its_members_and_unmerging_brings_them_back() -> None:
    rows = table([{"a": 1, "c": 1}, {"b": 1}])
    tallies = {state.entity: joined(state.entity, [state], NOW) for state in states(rows)}
    merge, unmerge = said("merge", "a", "b"), said("unmerge", "a", "b", 1)

    def shown(*log: EntityJoined) -> dict[str, EntityTallied]:
        return as_joined(tallies, joins(log), rows, NOW)

    assert shown(merge).keys() == {"b", "c"}
    assert shown(merge)["b"].windows["24h"].articles == 2
    assert shown(merge)["c"] == tallies["c"]
    assert shown(merge, unmerge) == tallies


def test_an_id_that_was_never_in_the_news_may_stand_for_one_that_was() -> None:
    rows = table([{"a": 1}])
    shown = as_joined({"a": joined("a", states(rows), NOW)}, {"a": "z"}, rows, NOW)
    assert shown.keys() == {"z"}
    assert (shown["z"].entity, shown["z"].name) == ("z", "a")
