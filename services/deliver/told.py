"""What operators learn of deliveries: a line and a count for each entry of the delivery log."""

from __future__ import annotations

import structlog

from schemas.delivery import DeliveryLogged
from schemas.subscription import CONSOLE
from services.deliver.channel import fix
from services.platform import metrics

log = structlog.get_logger(__name__)


def tell(entry: DeliveryLogged) -> None:
    """Said and counted when the entry is read, so that what the stage itself gave up is, too."""
    if entry.state == "due":
        return
    metrics.delivery(entry.state)
    said = {
        "subscription": entry.subscription,
        "alert": entry.alert_id,
        "attempt": entry.attempt,
        "reason": entry.reason,
        "detail": entry.detail,
    }
    if entry.state == "delivered" and entry.subscription == CONSOLE.id:
        return  # the alert itself stands there
    if entry.state == "delivered":
        log.info("delivered", **said)
    elif entry.state == "silenced":
        log.info("kept back by a silence set at the desk", **said)
    elif entry.state == "failed":
        log.warning("not delivered; tried again", **said, again=entry.next_at, fix=fix(entry.reason))
    else:
        log.error("delivery given up", **said, fix=fix(entry.reason))
