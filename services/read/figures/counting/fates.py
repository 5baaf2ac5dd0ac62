"""One number for several fates: "2,000 troops were killed, wounded or captured" is no count of the dead."""

from __future__ import annotations

from schemas.metrics import Metric
from services.read.figures.counting.verbs import verbs
from services.read.figures.line import Line
from services.read.figures.numbers import numeral_at

_LOSSES = frozenset({Metric.DEATHS, Metric.INJURED, Metric.CASUALTIES, Metric.MISSING})
"""What an army, or a town after a flood, has lost; with the captured only behind "or": "killed and captured" may be two
clauses."""
_TAKEN = frozenset({Metric.DETAINED, Metric.HOSTAGES})
_LINKS = frozenset({",", "and", "or", "/", "gone"})
"""What may stand between two fates: "killed, wounded *or gone* missing"."""
_CONJUNCTIONS = frozenset({"and", "or", "/"})
_MOST = 5
"""Fates in one list; chosen."""


def all_fates(line: Line, at: int, metric: Metric) -> Metric:
    """The metric of a number whose verb stands at `at` in a list of verbs: the dead with the injured, the missing or
    the captured are casualties, with the displaced they are nothing that is compared; else `metric`."""
    found, links = {metric}, set[str]()
    for step in (1, -1):
        more, linked = _listed(line, at, step)
        found |= more
        links |= linked
    if not links & _CONJUNCTIONS or Metric.DEATHS not in found or len(found) == 1:
        return metric
    if found <= _LOSSES or ("or" in links and found <= _LOSSES | _TAKEN):
        return Metric.CASUALTIES
    driven_out = Metric.DISPLACED in found and found <= _LOSSES | {Metric.DISPLACED}
    return Metric.OTHER if "or" in links and driven_out else metric


def _listed(line: Line, at: int, step: int) -> tuple[set[Metric], set[str]]:
    """The metrics of the verbs listed on one side of the one at `at`, and what links them. A list without "and" or
    "or" in it ends where its commas begin, and one that ends before a number, "21 killed and wounded 40", is two."""
    found, links = set[Metric](), set[str]()
    k = at
    for _ in range(_MOST):
        nxt, between = k + step, set[str]()
        while line.lower(nxt) in _LINKS and line.first <= nxt < line.last:
            between.add(line.lower(nxt))
            nxt += step
        use = verbs().get(line.lower(nxt)) if between and line.first <= nxt < line.last else None
        if use is None or (numeral_at(line, nxt + 1) is not None if step > 0 else "object" not in use.uses):
            break
        found.add(use.metric)
        links |= between
        k = nxt
    return found, links
