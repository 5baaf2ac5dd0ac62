"""What the rules compare: a statement, and how two of them stand to each other.

A statement is the part of a claim that rules.md looks at. It can be made from a claim, or from anything else that has
these fields, so that the rules can be tried without an article.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from schemas.claim import Bound, Claim, Kind, Role, Status
from schemas.interval import Interval
from services.ledger.rules.moment import told_at
from services.ledger.rules.ranges import interval_of

ScopeRelation = Literal["equal", "one_in_other", "other_in_one", "disjoint", "unknown"]
Order = Literal["by_time", "one_first", "other_first"]


@dataclass(frozen=True, slots=True)
class Statement:
    """One side of a comparison (R1). `value` is the headline number, `entity` whose or which event it is about."""

    words: str
    value: float
    interval: Interval
    bound: Bound
    metric: str
    unit: str
    speaker: str
    article: str
    as_of: datetime
    entity: str | None = None
    scope: str | None = None
    window: str | None = None
    status: Status = "asserted"
    kind: Kind = "stock"
    role: Role = "total"
    lineage: str | None = None

    @property
    def headline(self) -> float | None:
        """The number a reader would repeat; a range or a vague plural has none."""
        return None if self.bound in ("range", "vague") else self.value


@dataclass(frozen=True, slots=True)
class Relation:
    """What two statements are to each other beyond their own fields.

    `order` overrides the dates where it is known otherwise: a revision comes after what it revises.
    `unfit` is the reason code why the two may be about different things although all fields agree, or None.
    `shared` says in words what makes two tolls one event, or leaves it open. `at_home`: each counts the people of the
    one country they are told of, or does not say whose. `part_exceeds`: one counts some of the people, or one of the
    places, of the other, and more. `strangers`: the speakers are two outlets' "residents", and no one voice.
    `one_window`: the windows are one, though not in the same words. `risen`: the higher one is told as what a toll has
    risen to, and so as the later count.
    """

    scope: ScopeRelation = "equal"
    juxtaposed: bool = False
    verified: bool = True
    collides: bool = False
    order: Order = "by_time"
    unfit: str | None = None
    shared: str | None = None
    at_home: bool = False
    part_exceeds: bool = False
    strangers: bool = False
    one_window: bool = False
    risen: bool = False


def of_claim(claim: Claim) -> Statement:
    """The statement a claim makes."""
    return Statement(
        words=claim.words,
        value=claim.value,
        interval=interval_of(claim),
        bound=claim.bound,
        metric=claim.metric.value,
        unit=claim.unit,
        speaker=claim.voice,
        article=claim.article_id,
        as_of=told_at(claim),
        entity=claim.belongs_to,
        scope=claim.scope,
        window=claim.window,
        status=claim.status,
        kind=claim.kind,
        role=claim.role,
        lineage=claim.lineage,
    )
