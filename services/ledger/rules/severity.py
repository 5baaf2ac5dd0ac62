"""R7: how loud a conflict or a change is."""

from __future__ import annotations

import math

from schemas.verdict import Severity
from services.ledger.rules.thresholds import Thresholds

Graded = tuple[Severity, str]
"""A severity and why, in words."""


def of_conflict(ratio: float | None, soft: bool, limits: Thresholds) -> Graded:
    """Of disjoint intervals. `ratio` None is a ratio to zero, above every threshold."""
    if soft:
        return "info", "info: they meet if the vague word gives way"
    if ratio is None:
        return "critical", "critical: something against nothing"
    if ratio < limits.warning_ratio:
        return "info", f"info: the ratio is below {limits.warning_ratio:g}"
    if ratio < limits.critical_ratio:
        return "warning", f"warning: the ratio is from {limits.warning_ratio:g} and below {limits.critical_ratio:g}"
    return "critical", f"critical: the ratio is from {limits.critical_ratio:g}"


def of_change(earlier: float, later: float, soft: bool, limits: Thresholds) -> Graded:
    """Of a change between two headline numbers, before milestones and revisions lift it."""
    if soft:
        return "info", "info: the change rests on a vague word"
    if earlier == later:
        return "info", "info: the headline number stayed"
    small, large = sorted((earlier, later))
    if small <= 0 or large / small >= limits.critical_change:
        return "critical", f"critical: {limits.critical_change:g} times or more"
    if abs(later - earlier) / earlier < limits.warning_change:
        return "info", f"info: the change is below {limits.warning_change:.0%}"
    below = f"{limits.critical_change:g} times"
    return "warning", f"warning: the change is from {limits.warning_change:.0%} and below {below}"


def crosses_milestone(earlier: float, later: float, limits: Thresholds) -> bool:
    """Whether 100, 1,000, 10,000, … lies above the smaller and not above the larger number."""
    small, large = sorted((earlier, later))
    if large < limits.milestone_from:
        return False
    return small < 10.0 ** math.floor(math.log10(large))
