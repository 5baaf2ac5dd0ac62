"""What a stage is to the platform: a name, what it reads, what it may send, and pure functions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any, Generic, TypeVar, cast

from schemas.errors import BadSetting
from schemas.message import Message
from schemas.outcomes import Arrival, Outcome, Tables
from schemas.parts import Parts
from schemas.topics import TABLES, Topic, app_id

M = TypeVar("M", bound=Message)

Step = Callable[[M, Tables, Arrival], Outcome | Parts[Outcome]]
Sweep = Callable[[Tables, datetime], Iterable[Message | None]]


@dataclass(frozen=True, slots=True)
class StageSpec(Generic[M]):
    """One stage as the host runs it. Each `services/<stage>/agent.py` has one function `spec()` that makes it.

    also: further topics it reads. Like `source` they have PARTITIONS partitions, and one worker has the same partition
        of each, so records with one key meet in one table; nothing orders the topics among each other.
    step: the pure stage; its answer may emit only messages of `emits` and store only in the stage's `tables`. Where it
        may take longer than 10 ms it works in parts, between which other stages have their turn.
    restore: called with the tables after every recovery, also after a rebalance: rebuild from nothing what is kept in
        memory. No record is processed meanwhile.
    sweep: called every `sweep_every` seconds with the tables and the time (UTC); what it answers is sent, None is
        only a place where others may have their turn. It cannot write tables: Faust allows that only while a record is
        processed.
    heed_lag: called before each record with the records that wait for this process (the metric lag of all its stages),
        for a stage that may work less thoroughly when it falls behind.
    deliver: a side effect on the world with the decoded message. Called after the step answered Processed and
        everything was sent, before anything is stored: at least once, again after a crash in between. May raise
        a retriable error to be called again; any other error makes a dead letter.
    """

    name: str
    source: Topic[M]
    step: Step[M]
    emits: tuple[Topic[Any], ...] = ()
    also: tuple[Topic[Any], ...] = ()
    restore: Callable[[Tables], None] | None = None
    sweep: Sweep | None = None
    sweep_every: float = 60
    heed_lag: Callable[[int], None] | None = None
    deliver: Callable[[M], None] | None = None

    @property
    def app_id(self) -> str:
        """Its consumer group, and the first part of its changelogs' names."""
        return app_id(self.name)

    @property
    def sources(self) -> dict[str, Topic[Any]]:
        """All it reads, by name."""
        return {topic.name: topic for topic in (self.source, *self.also)}

    @property
    def tables(self) -> tuple[str, ...]:
        """Names of its tables."""
        return TABLES.get(self.name, ())


def load(name: str) -> StageSpec[Any]:
    """The stage of that name, imported only now: a worker of one stage does not carry the others' word lists.

    Raises BadSetting for a name that is no stage.
    """
    if name not in TABLES:
        raise BadSetting(f"{name!r} is not a stage; stages are {', '.join(TABLES)}")
    return cast(StageSpec[Any], import_module(f"services.{name}.agent").spec())
