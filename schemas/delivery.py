"""Deliveries: which alert goes to whom, and what came of each attempt. Their topic is the delivery log."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import AwareDatetime, Field

from schemas.alert import AlertRaised
from schemas.message import Message

DeliveryState = Literal["due", "silenced", "failed", "delivered", "given_up"]


class DeliveryLogged(Message):
    """One step in the life of one delivery: due, then after each attempt failed, delivered or given up. Or silenced:
    somebody at the desk keeps the alert back."""

    TYPE: ClassVar[str] = "news.delivery.logged"

    subscription: str = Field(description="Id of the subscription.")
    alert_id: str = Field(description="The alert's id, which is the `webhook-id` of every attempt.")
    state: DeliveryState
    attempt: int = Field(ge=0, description="Attempts made so far.")
    at: AwareDatetime = Field(description="When this came to be; for due, when the alert's article arrived.")
    next_at: AwareDatetime | None = Field(default=None, description="Not before: of due and failed.")
    reason: str = Field(description="Stable code: matched, accepted, answered_503, timeout, gone, queue_full, …")
    detail: str | None = Field(default=None, description="The same for people.")
    alert: AlertRaised | None = Field(default=None, description="What is delivered: of due only.")

    def record_id(self) -> str:
        return f"{self.subscription}:{self.alert_id}:{self.attempt}:{self.state}"
