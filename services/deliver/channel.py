"""What a way to reach a subscriber is, and how it answers. Another (email, chat) is one more class of this kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from schemas.alert import AlertRaised
from schemas.delivery import DeliveryState
from schemas.subscription import ChannelName

FIXES: dict[str, str] = {
    "redirected": "redirects are not followed: write the address it points to into the subscriptions file",
    "gone": "the subscription gets nothing any more; if that is wrong, let the receiver answer 2xx and give the "
    "subscription a new id",
    "disabled": "it answered 410 before; remove the subscription, or give it a new id to start afresh",
    "timeout": "answer 2xx at once and do the work afterwards",
    "no_address": "correct the host name, or the name service of this machine",
    "private_address": "use an address that the Internet can reach; only for development set "
    "COUNTERCLAIM_WEBHOOK_DEVELOPMENT=true",
    "no_connection": "start the receiver, or open the way to it from this machine",
    "tls": "give the receiver a certificate for this host name that this machine trusts (SSL_CERT_FILE names an "
    "authority of your own)",
    "bad_answer": "see the receiver's log: it broke off, or what it answered is not HTTP/1.1",
    "queue_full": "mend the receiver, or narrow the subscription's match",
    "unknown_subscription": "restart the workers with a subscriptions file that has it, or let its deliveries run out",
    "fault": "a fault of the service; see the log",
}
"""What to do, by reason. An answer with another status has the text below."""

_FIX_STATUS = "see the receiver's log: it must answer 2xx (401 and 403: does it verify with the same secret?)"


def fix(reason: str) -> str:
    """What an operator does about an attempt that ended so."""
    return FIXES.get(reason, _FIX_STATUS)


@dataclass(frozen=True, slots=True)
class Answer:
    """How one attempt ended. `reason`: accepted, a key of FIXES, or answered_STATUS."""

    reason: str
    detail: str | None = None
    retry_after: timedelta | None = None

    @property
    def state(self) -> DeliveryState:
        """What it means for the delivery, attempts left provided."""
        match self.reason:
            case "accepted":
                return "delivered"
            case "gone" | "disabled":
                return "given_up"
            case _:
                return "failed"


class Channel(Protocol):
    """One subscription's channel. Failures are answers: neither method raises for what the other end does."""

    name: ChannelName

    async def send(self, alert: AlertRaised) -> Answer:
        """One attempt to deliver an alert."""

    async def test(self, id_: str) -> Answer:
        """One attempt to deliver a test event of this id."""
