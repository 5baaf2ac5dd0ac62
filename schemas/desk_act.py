"""What a person did at the desk: who, when and why. The topic is the only place it is kept, so a rebuild loses none."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import AwareDatetime, Field

from schemas.message import Message

DeskAct = Literal[
    "silenced", "unsilenced", "flagged", "unflagged", "used",
    "released", "dismissed", "merged", "unmerged", "replayed",
]  # fmt: skip
TargetKind = Literal["alert", "claim", "figure", "held", "entity", "dead_letter"]


class DeskActed(Message):
    """One action of one person. It changes what the desk shows; what the stages must do of it is told them by their own
    messages (a release by `news.review.decided`, a merge by `news.entity.joined`, a replay by the article itself)."""

    TYPE: ClassVar[str] = "news.desk.acted"

    act: DeskAct
    kind: TargetKind = Field(description="What `target` names.")
    target: str = Field(min_length=1, max_length=512)
    by: str = Field(min_length=1, max_length=200, description="Who did it, as signed in.")
    role: Literal["editor", "admin"]
    why: str = Field(default="", max_length=1000, description="Empty only where none is asked for: used.")
    at: AwareDatetime
    until: AwareDatetime | None = Field(default=None, description="Of a silence: when it ends; None: when taken back.")

    def record_id(self) -> str:
        return f"{self.act}:{self.target}:{self.by}:{self.at.isoformat()}"
