"""What the ledger says of two claims (rules.md R3 to R8)."""

from __future__ import annotations

from typing import ClassVar, Literal, get_args

from pydantic import AwareDatetime, Field

from schemas.message import Message, Word

VerdictName = Literal["same", "refinement", "increase", "decrease", "conflict", "not_comparable"]
Severity = Literal["none", "info", "warning", "critical"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
"""From the least."""


class Verdict(Word):
    """One comparison. `reason` is a stable code, `because` the chain of rules in words."""

    verdict: VerdictName
    flags: tuple[str, ...] = Field(description="Sorted: scope_differs, soft_bound, intra_article, …")
    severity: Severity
    alert: bool = Field(description="Severity is warning or critical and nothing holds it.")
    hold: bool = Field(description="A person must look first (rules.md R8).")
    reason: str = Field(description="Stable code: disjoint, gate_scope, superseded, …")
    because: tuple[str, ...] = Field(description="The chain: each rule that was decisive, in words.")
    ratio: float | None = Field(
        default=None, description="Low end of the higher over high end of the lower, for disjoint pairs."
    )

    def noting(self, flag: str, *because: str) -> Verdict:
        """The same verdict with one flag more, and its reasons at the end of the chain."""
        flags = tuple(sorted({*self.flags, flag}))
        return self.model_copy(update={"flags": flags, "because": (*self.because, *because)})


class VerdictGiven(Message):
    """A verdict and the two claims it is about; every comparison and every silence is one."""

    TYPE: ClassVar[str] = "news.verdict.given"

    series: str
    block: str
    one: str = Field(description="Claim id.")
    other: str = Field(description="Claim id.")
    verdict: Verdict
    at: AwareDatetime
    decision: Literal["released", "dismissed"] | None = Field(
        default=None, description="What a person decided of it, where it was held (rules.md R8)."
    )

    def record_id(self) -> str:
        name = f"{self.series}:{self.one}:{self.other}"
        return name if self.decision is None else f"{name}:{self.decision}"
