"""R0 and R3: may these two statements be compared at all? When in doubt, no: an alert about two different things is
the worst this service can do."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.claim import Status
from schemas.interval import in_digits
from services.ledger.rules.collision import significant_digits
from services.ledger.rules.statement import Relation, Statement
from services.ledger.rules.thresholds import thresholds

UNCOMPARED_METRICS = frozenset({"other", "ratio"})
"""Kept and shown: nobody knows what "other" counts, and "370 times more" is no count."""
UNCOMPARED_ROLES = frozenset({"previous", "change", "subset"})
"""A former number, a difference, and "30 of them children": each belongs to a total, and is none."""
DOUBTED: tuple[Status, ...] = ("denied", "unverified")
"""Nobody vouches for it: "the army denied that 400 died" is no count of 400, and none of any other number."""
ESTIMATES: frozenset[Status] = frozenset({"estimated", "feared"})


@dataclass(frozen=True, slots=True)
class Barrier:
    """Why two statements are not comparable: a stable code, its flags, and the words for it."""

    reason: str
    flags: frozenset[str]
    because: str
    hold: bool = False


def barrier(one: Statement, other: Statement, relation: Relation) -> Barrier | None:
    """The first thing that keeps two statements apart, or None. Scope is `scope_barrier`'s, once the mode is known."""
    if not relation.verified:
        return Barrier("unsupported", frozenset({"unsupported"}), "the words are not in the text cited", hold=True)
    if one.metric != other.metric and _collide(one, other):
        metrics = ", ".join(sorted((one.metric, other.metric)))
        because = f"held: {in_digits(one.value)} under two metrics of one event: {metrics}"
        return Barrier("gate_metric", frozenset({"metric", "metric_collision"}), because, hold=True)
    for name, left, right in (
        ("metric", one.metric, other.metric),
        ("unit", one.unit, other.unit),
        ("entity", *_entities(one, other, relation)),
        ("window", *((None, None) if relation.one_window else (one.window, other.window))),
    ):
        if left != right:
            first, second = sorted((left or "none stated", right or "none stated"))
            return _barrier(name, f"{name} differs: {first}, {second}")
    return _manner(one, other) or _setting(one, other, relation)


def _collide(one: Statement, other: Statement) -> bool:
    """R8: whether two statements of one event give one number, too telling for chance, under their two metrics: as of
    Haiyan 4,460 dead and 4,460 shelters."""
    if one.headline is None or one.headline != other.headline or one.entity is None or one.entity != other.entity:
        return False
    return significant_digits(one.value) >= thresholds(one.metric).collision_digits


def _entities(one: Statement, other: Statement, relation: Relation) -> tuple[str | None, str | None]:
    """Whose the two are. A toll of the country's own people may say so or not: "62 Syrian soldiers", "60 soldiers"."""
    if relation.at_home:
        return None, None
    return one.entity, other.entity


def _manner(one: Statement, other: Statement) -> Barrier | None:
    """What kind of figures they are: metric, status, role and kind."""
    if one.metric in UNCOMPARED_METRICS:
        return _barrier("metric", f"a figure of metric {one.metric!r} is shown, never compared")
    for doubt in DOUBTED:
        if doubt in (one.status, other.status):
            return Barrier(f"gate_{doubt}", frozenset({"status"}), f"a figure that is {doubt} is nobody's count")
    if (one.status == "planned") != (other.status == "planned"):
        return _barrier("status", "what is planned is not what is")
    roles = sorted({one.role, other.role} & UNCOMPARED_ROLES)
    if roles:
        return _barrier("role", f"a {roles[0]} figure is no total")
    if (one.kind == "flow") != (other.kind == "flow"):
        return _barrier("kind", f"kinds differ: {' and '.join(sorted((one.kind, other.kind)))}")
    return None


def _setting(one: Statement, other: Statement, relation: Relation) -> Barrier | None:
    """Where they belong, as far as the relation knows better than the fields."""
    if relation.scope in ("disjoint", "unknown"):
        return _barrier("scope", f"the places are {relation.scope}: {_scopes(one, other)}")
    if relation.unfit is not None:
        because = f"may be about different things: {relation.unfit.replace('_', ' ')}"
        return _barrier(relation.unfit, because if relation.shared is None else f"{because}; {relation.shared}")
    return None


@dataclass(frozen=True, slots=True)
class PartAndWhole:
    """The scopes differ and the statements may still be compared, for the reason given."""

    flags: frozenset[str]
    because: str


def scope_barrier(one: Statement, other: Statement, relation: Relation, *, one_moment: bool) -> Barrier | PartAndWhole:
    """R3 for a part and its whole. Call it only for such a pair.

    `one_moment` is false for two times: a part of today may exceed the whole of last week without contradiction.
    """
    part, whole = (one, other) if relation.scope == "one_in_other" else (other, one)
    scopes = f"{part.scope or 'a part'} lies within {whole.scope or 'the whole'}"
    if one_moment and relation.juxtaposed:
        return PartAndWhole(frozenset({"scope_differs"}), f"{scopes}, but the text sets the two side by side")
    high = whole.interval.high
    if one_moment and high is not None and part.interval.low > high:
        return PartAndWhole(frozenset({"scope_differs", "subset_exceeds"}), f"{scopes}, and the part exceeds the whole")
    return Barrier("gate_scope", frozenset({"scope", "scope_differs"}), f"{scopes}, and the part fits the whole")


def is_floor(one: Statement, other: Statement) -> bool:
    """R3: whether `one` is a confirmed count and `other` an estimate, so that `one` says "at least"."""
    return one.status == "confirmed" and other.status in ESTIMATES


def _barrier(name: str, because: str) -> Barrier:
    return Barrier(f"gate_{name}", frozenset({name}), because)


def _scopes(one: Statement, other: Statement) -> str:
    return ", ".join(sorted(statement.scope or "none stated" for statement in (one, other)))
