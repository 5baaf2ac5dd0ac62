"""What a person did at the desk: who, when and why. The topic is the only place it is kept, so a rebuild loses none."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar, Literal

from pydantic import AwareDatetime, Field

from schemas.message import Message
from schemas.verdict import SEVERITIES, Severity

DeskAct = Literal[
    "silenced", "unsilenced", "flagged", "unflagged", "used",
    "released", "dismissed", "merged", "unmerged", "replayed", "signed_out",
]  # fmt: skip
TargetKind = Literal["alert", "claim", "figure", "held", "entity", "dead_letter", "person"]


class DeskActed(Message):
    """One action of one person. It changes what the desk shows, and a silence what notify sends. What other stages must
    do is told them by their own messages (a release by `news.review.decided`, a merge by `news.entity.joined`, a replay
    by the article itself)."""

    TYPE: ClassVar[str] = "news.desk.acted"

    act: DeskAct
    kind: TargetKind = Field(description="What `target` names.")
    target: str = Field(min_length=1, max_length=512, description="Its id; a person's name, * for everybody.")
    by: str = Field(min_length=1, max_length=200, description="Who did it, as signed in.")
    role: Literal["editor", "admin"]
    why: str = Field(default="", max_length=1000, description="Empty only where none is asked for: used.")
    at: AwareDatetime
    until: AwareDatetime | None = Field(default=None, description="Of a silence: when it ends; None: when taken back.")
    severity: Severity = Field(
        default="warning", description="Of a silence: how severe what is silenced was; what becomes worse is told."
    )
    partition: int | None = Field(
        default=None, ge=0, description="Of a figure's silence: each partition gets it; its alerts are on all of them."
    )

    def keeps_back(self, severity: Severity, now: datetime) -> bool:
        """Whether this act is a silence that at `now` holds for an alert of `severity`."""
        worse = SEVERITIES.index(severity) > SEVERITIES.index(self.severity)
        return self.act == "silenced" and not worse and (self.until is None or self.until > now)

    def record_id(self) -> str:
        return f"{self.act}:{self.target}:{self.by}:{self.at.isoformat()}"
