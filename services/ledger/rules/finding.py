"""What a rule found before anybody asks whether to hold it (the step between R5 or R6 and R8)."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.verdict import Severity, VerdictName


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict in the making. `because` is in the order in which the rules spoke."""

    verdict: VerdictName
    reason: str
    because: tuple[str, ...]
    flags: frozenset[str] = frozenset()
    severity: Severity = "none"
    ratio: float | None = None
