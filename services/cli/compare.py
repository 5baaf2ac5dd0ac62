"""The pure part of `counterclaim compare`: a pair of statements as JSON, a verdict as JSON.

A pair is `{"id", "a", "b", "relation"}`. A side needs `value` (the figure as written, or a number), `speaker`, `as_of`
(ISO 8601, UTC without a zone), `article`, `metric` and `unit`; `entity scope window status kind interval` are optional.
Without `speaker` it is the `publisher`'s own voice, without `as_of` it counts as of `published`, and the dead, a crowd
and the like without `unit` are people (R1). Names are one in any case and spacing.
An `interval` [low, high or null] replaces the ends that rules.md R2 gives; which ends are soft comes from the words.
Where the words are no figure the interval stands for them; without one, `value` null or "no mention" is a side without
a number.
`origin_cluster` (or `origin`, `cluster`, `lineage`) names the text a side was copied from; `relation` may hold `scope`
(a_in_b, b_in_a, disjoint), `juxtaposed`, `span_verified`, `collides_with_other_metric`, `same_origin` (or
`same_origin_cluster`, `same_cluster`, `duplicate`).
"""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeVar, get_args

from schemas.claim import Kind, Status
from schemas.errors import BadMessage
from schemas.interval import Interval
from schemas.metrics import Metric
from schemas.verdict import Verdict
from services.cli.written import Written, is_silence, read_value
from services.ledger.event.weighing import HURT
from services.ledger.rules.compare import compare
from services.ledger.rules.statement import Relation, ScopeRelation, Statement
from services.ledger.rules.windows import beginning, is_one_beginning
from services.read.wordlists import word_table

T = TypeVar("T")

_NAMES = ("unit", "speaker", "entity", "scope", "window")
_ORIGIN = ("origin_cluster", "origin", "cluster", "lineage")
_SAME_ORIGIN = ("same_origin", "same_origin_cluster", "same_cluster", "duplicate")

_STATUSES: tuple[Status, ...] = get_args(Status)
_KINDS: tuple[Kind, ...] = get_args(Kind)
_SCOPES: dict[str | None, ScopeRelation] = {
    None: "equal",
    "equal": "equal",
    "unknown": "unknown",
    "a_in_b": "one_in_other",
    "b_in_a": "other_in_one",
    "disjoint": "disjoint",
}


def judge_pair(pair: dict[str, Any]) -> dict[str, Any]:
    """The verdict on one pair: id verdict flags severity alert hold reason because ratio.

    Raises BadMessage naming the field where the pair cannot be understood.
    """
    sides = [_side(pair, name) for name in ("a", "b")]
    stated = [side for side in sides if side is not None]
    if len(stated) < len(sides):
        verdict = _SILENCE
    else:
        one, other = stated[0], _spelled_as(*stated)
        verdict = compare(one, other, _relation(pair, [one, other]))
    return {"id": _text(pair, "id", ""), **verdict.model_dump(mode="json")}


_SILENCE = Verdict(
    verdict="not_comparable",
    flags=("silence",),
    severity="none",
    alert=False,
    hold=False,
    reason="no_claim",
    because=("who makes no mention of a number does not say that it is zero",),
)
"""R2, R3: only "none" is a claim of zero."""


def _relation(pair: dict[str, Any], sides: list[Statement]) -> Relation:
    given = pair.get("relation") or {}
    if not isinstance(given, dict):
        raise _bad("relation", "is not an object", "send {} or leave it out")
    wanted = given.get("scope")
    if not isinstance(wanted, str | None) or wanted not in _SCOPES:
        raise _bad("relation.scope", f"is {str(wanted)[:40]!r}", "send a_in_b, b_in_a, disjoint or nothing")
    scope = _SCOPES[wanted]
    if wanted is None and sides[0].scope != sides[1].scope:
        scope = "unknown"  # nobody said how the two places lie to each other: in doubt they are not compared
    return Relation(
        scope=scope,
        juxtaposed=_flag(given, "juxtaposed", usual=False),
        verified=_flag(given, "span_verified", usual=True),
        collides=_flag(given, "collides_with_other_metric", usual=False),
        one_window=_is_one_window(*sides),
    )


def _flag(relation: dict[str, Any], name: str, *, usual: bool) -> bool:
    """A yes or no of the relation; null is as good as not given."""
    value = relation.get(name)
    if value is None:
        return usual
    if not isinstance(value, bool):
        raise _bad(f"relation.{name}", f"is {str(value)[:40]!r}", "send true, false or leave it out")
    return value


def _is_one_window(one: Statement, other: Statement) -> bool:
    """Whether one side only says less closely since when ("since 2011", "since 2011-03")."""
    first, second = beginning(one.window), beginning(other.window)
    year = min(one.as_of.year, other.as_of.year)
    return first is not None and second is not None and is_one_beginning(first, second, year)


def _spelled_as(one: Statement, other: Statement) -> Statement:
    """`other` with those of `one`'s names that differ in nothing but case and spaces: TASS is Tass."""
    spelled = {name: getattr(one, name) for name in _NAMES if _folded(one, name) == _folded(other, name)}
    return replace(other, **spelled)


def _folded(side: Statement, name: str) -> str | None:
    value: str | None = getattr(side, name)
    return None if value is None else " ".join(value.split()).casefold()


def _side(pair: dict[str, Any], name: str) -> Statement | None:
    """The statement of one side; None where it states no number."""
    side = pair.get(name)
    if not isinstance(side, dict):
        raise _bad(
            name, "is missing or not an object", "send a statement with value, speaker, as_of, article, metric, unit"
        )
    value = side.get("value")
    if "value" in side and isinstance(value, str | None) and side.get("interval") is None and is_silence(value):
        return None
    number = isinstance(value, int | float) and not isinstance(value, bool)
    unworded = value is None and side.get("interval") is not None
    words = str(value) if number or unworded else _text(side, "value", f"{name}.")
    metric = _text(side, "metric", f"{name}.").strip().lower()
    unit = "people" if side.get("unit") is None and metric in _OF_PEOPLE else _text(side, "unit", f"{name}.")
    ends = _ends(side.get("interval"), f"{name}.interval")
    try:
        written = _written(words, ends, counted=not number and unit not in _MEASURES)
    except ValueError as error:
        raise _bad(f"{name}.value", str(error), "send the figure as a text writes it, e.g. 'at least 40'") from None
    return Statement(
        words=words,
        value=written.value,
        interval=written.interval,
        bound=written.bound,
        metric=metric,
        unit=unit,
        speaker=_text(side, _first(side, ("speaker", "publisher")), f"{name}."),
        article=_text(side, "article", f"{name}."),
        as_of=_time(_text(side, _first(side, ("as_of", "published")), f"{name}."), f"{name}.as_of"),
        entity=_optional(side, "entity", f"{name}."),
        scope=_optional(side, "scope", f"{name}."),
        window=_optional(side, "window", f"{name}."),
        status=_one_of(side, "status", _STATUSES, f"{name}."),
        kind=_usual_kind(metric) if side.get("kind") is None else _one_of(side, "kind", _KINDS, f"{name}."),
        lineage=_origin(side, pair.get("relation"), f"{name}."),
    )


def _usual_kind(metric: str) -> Kind:
    """What a count is that does not say so: the dead and hurt of an event are those so far, the rest are there now."""
    return "cumulative" if metric in HURT else "stock"


def _origin(side: dict[str, Any], relation: object, where: str) -> str | None:
    """What a side was copied from (R1's origin cluster), or a name for the one origin that the relation tells of."""
    if isinstance(relation, dict) and any(map(relation.get, _SAME_ORIGIN)):
        return "one origin"
    name = _first(side, _ORIGIN)
    return str(side[name]) if isinstance(side.get(name), int) else _optional(side, name, where)


def _first(side: dict[str, Any], names: tuple[str, ...]) -> str:
    """The first of `names` that the side has; without any, the one an error is to name."""
    return next((name for name in names if side.get(name) is not None), names[0])


_MEASURES = word_table("measures").keys() | {"percent", "%", "tonnes", "tons", "barrels", "acres", "hectares", "litres"}
"""Units with decimals: 6.125 of them is no 6,125."""


_OF_PEOPLE = HURT | {
    Metric.MISSING,
    Metric.RESCUED,
    Metric.HOSTAGES,
    Metric.DETAINED,
    Metric.PEOPLE_PRESENT,
    Metric.CROWD,
}
"""What counts people where no unit is given; the displaced may be families, and money may be anybody's."""


def _written(words: str, ends: tuple[float, float | None] | None, *, counted: bool) -> Written:
    """The figure, with `ends` for its own where given; the ends alone of words that are no figure."""
    if ends is None:
        return read_value(words, counted=counted)
    low, high = ends
    try:
        read = read_value(words, counted=counted)
    except ValueError:
        return Written(low, "lower" if high is None else "range", Interval(low, high))
    return replace(read, interval=Interval(low, high, read.interval.soft_low, read.interval.soft_high))


def _ends(interval: object, field: str) -> tuple[float, float | None] | None:
    """The ends of an interval as given; None where none is."""
    if interval is None:
        return None
    if isinstance(interval, list) and len(interval) == 2:
        low, high = _end(interval[0]), _end(interval[1])
        if low is not None and (interval[1] is None or (high is not None and low <= high)):
            return low, high
    raise _bad(field, f"is {str(interval)[:40]!r}", "send [low, high], two numbers from 0, low first, or [low, null]")


def _end(value: object) -> float | None:
    """A finite number from 0, or None: true is none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        end = float(value)
    except OverflowError:
        return None
    return end if math.isfinite(end) and end >= 0 else None


def _text(source: dict[str, Any], name: str, where: str) -> str:
    value = source.get(name)
    if not isinstance(value, str) or not value.strip():
        raise _bad(where + name, "is missing or not a text", f"add {name!r}")
    return value


def _optional(source: dict[str, Any], name: str, where: str) -> str | None:
    return None if source.get(name) is None else _text(source, name, where)


def _one_of(source: dict[str, Any], name: str, known: tuple[T, ...], where: str) -> T:
    """The value of `name` among `known`; the first of them where it is missing."""
    value = source.get(name)
    if value is None:
        return known[0]
    for choice in known:
        if value == choice or (isinstance(value, str) and value.strip().lower() == choice):
            return choice
    raise _bad(where + name, f"is {str(value)[:40]!r}", f"send one of {', '.join(map(str, known))}")


def _time(text: str, field: str) -> datetime:
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        raise _bad(field, f"is {text[:40]!r}", "send ISO 8601, e.g. 2021-11-14T12:00Z") from None
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def _bad(field: str, problem: str, fix: str) -> BadMessage:
    return BadMessage("bad_pair", problem, fix=fix, field=field)
