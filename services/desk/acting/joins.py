"""Two entity ids made one, and taken apart again, from the desk and from the command line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from schemas.entity_join import EntityJoined
from services.desk.acting.wanted import BadAct, Wanted
from services.tally.joins import standing


def merged(by: str, what: Wanted, target_is: str, into_is: str) -> EntityJoined:
    """The target is given up for `into`. `target_is`, `into_is`: the id that stands for each now.

    Raises BadAct for ids that are one already, which is also what a circle would be.
    """
    if what.target == what.into:
        raise BadAct("into", "is the target itself", "name another id")
    if target_is == into_is:
        raise BadAct("into", f"is one with {what.target} already", "unmerge them first, if it is the wrong way round")
    return _said(by, what, "merge", what.into)


def unmerged(by: str, what: Wanted, said: Iterable[EntityJoined]) -> EntityJoined:
    """The merge of the target into `into` (the latest one, where `into` is not given) is taken back.

    `said`: every merge and unmerge of the target, either way round, in the order of their topic. Raises BadAct where
    none stands.
    """
    merges = [join.into for join in standing(said) if join.entity == what.target]
    if what.into and what.into not in merges:
        raise BadAct("into", f"{what.target} is not merged into it", "take the id from the entity's page")
    if not merges:
        raise BadAct("target", "is not merged into anything", "take the id that was given up from the entity's page")
    return _said(by, what, "unmerge", what.into or merges[-1])


def _said(by: str, what: Wanted, op: Literal["merge", "unmerge"], into: str) -> EntityJoined:
    if len(what.target) > 200:
        raise BadAct("target", f"has {len(what.target)} characters", "give an entity's id, at most 200")
    return EntityJoined(op=op, entity=what.target, into=into, by=by, why=what.why, at=what.at)
