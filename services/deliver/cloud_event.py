"""An alert as a CloudEvents 1.0 event in structured JSON: the body of a webhook."""

from __future__ import annotations

from datetime import datetime

import orjson

from schemas.alert import AlertRaised
from services.platform.envelope import outgoing

CONTENT_TYPE = "application/cloudevents+json; charset=utf-8"


def event(alert: AlertRaised) -> bytes:
    """The same bytes on every attempt. Its attributes are those of the alert's record on the topic."""
    record = outgoing(alert, sender="ledger", at=alert.raised)
    attributes = {name[3:]: value.decode() for name, value in record.headers if name.startswith("ce_")}
    return orjson.dumps(
        {
            **attributes,
            "subject": alert.fingerprint,
            "datacontenttype": "application/json",
            "data": orjson.Fragment(record.value),
        }
    )


def probe(id_: str, at: datetime) -> bytes:
    """An event that says nothing but that it arrived."""
    return orjson.dumps(
        {
            "specversion": "1.0",
            "id": id_,
            "type": "news.subscription.tested.v1",
            "source": "/counterclaim/notify",
            "time": at.isoformat(),
            "datacontenttype": "application/json",
            "data": {"text": "A test. If its signature is right, alerts will arrive like this."},
        }
    )
