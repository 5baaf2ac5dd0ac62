"""What holds of any two statements: a verdict does not depend on the side that comes first, and is sound."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from schemas.claim import Bound
from schemas.interval import Interval
from schemas.verdict import Verdict
from services.ledger.rules.compare import compare
from services.ledger.rules.statement import Order, Relation, ScopeRelation, Statement


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    bounds: list[Bound] = ["exact", "approx", "lower", "upper", "range", "vague"]
    bound = draw(st.sampled_from(bounds))
    low = draw(st.sampled_from([0, 1, 2, 9, 10, 99, 100, 180, 200, 1000, 2000, 10**6]) | st.integers(0, 10**9))
    width = draw(st.none() | st.integers(0, 3000))
    high = None if width is None else float(low + width)
    moment = draw(st.sampled_from([0, 0.5, 1, 5, 48, 49, 500]))
    return Statement(
        words="some words",
        value=float(draw(st.sampled_from([low, low + (width or 0)]))),
        interval=Interval(float(low), high, draw(st.booleans()), draw(st.booleans())),
        bound=bound,
        metric=draw(st.sampled_from(["deaths", "deaths", "crowd", "other"])),
        unit="people",
        speaker=draw(st.sampled_from(["mayor", "harbour office"])),
        article=draw(st.sampled_from(["n1", "n2"])),
        as_of=datetime(2030, 1, 1, tzinfo=UTC) + timedelta(hours=moment),
        scope=draw(st.sampled_from([None, "hall"])),
        status=draw(st.sampled_from(["asserted", "confirmed", "estimated", "feared", "planned", "correction"])),
        kind=draw(st.sampled_from(["stock", "cumulative", "flow"])),
        lineage=draw(st.sampled_from([None, "l1", "l2"])),
    )


relations = st.builds(
    Relation,
    scope=st.sampled_from(["equal", "one_in_other", "other_in_one", "disjoint", "unknown"]),
    juxtaposed=st.booleans(),
    verified=st.sampled_from([True, True, True, False]),
    collides=st.booleans(),
    order=st.sampled_from(["by_time", "by_time", "one_first", "other_first"]),
    unfit=st.sampled_from([None, None, "other_day"]),
    risen=st.booleans(),
)


def swapped(how: Relation) -> Relation:
    """The same relation seen from the other side."""
    scopes: dict[ScopeRelation, ScopeRelation] = {"one_in_other": "other_in_one", "other_in_one": "one_in_other"}
    orders: dict[Order, Order] = {"one_first": "other_first", "other_first": "one_first"}
    return replace(how, scope=scopes.get(how.scope, how.scope), order=orders.get(how.order, how.order))


@given(statements(), statements(), relations)
def test_a_verdict_does_not_depend_on_which_side_comes_first(one: Statement, other: Statement, how: Relation) -> None:
    forth, back = compare(one, other, how), compare(other, one, swapped(how))
    assert forth == back
    assert forth == compare(one, other, how), "and not on how often one asks"
    _is_sound(forth)


@given(statements())
def test_a_statement_never_disagrees_with_itself(one: Statement) -> None:
    found = compare(one, one)
    assert found.verdict in ("same", "not_comparable")
    assert not found.alert


def _is_sound(found: Verdict) -> None:
    assert found.because
    assert found.alert == (found.severity in ("warning", "critical") and not found.hold)
    if found.verdict in ("same", "refinement", "not_comparable"):
        assert found.severity == "none"
    if "soft_bound" in found.flags:
        assert not found.alert
