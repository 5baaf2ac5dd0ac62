"""How a record nobody could use becomes a dead letter: enough to see why, and to play it again."""

from __future__ import annotations

import base64
import hashlib

from schemas.dead_letter import KEPT_BYTES, ArticleRejected, Origin
from schemas.ids import dead_letter_id
from schemas.outcomes import Rejected
from schemas.printable import visible
from schemas.topics import MAX_BODY
from services.platform.clients import Record


def dead_letter(stage: str, record: Record, refusal: Rejected) -> ArticleRejected:
    """The same record at the same stage always gives the same letter, to the byte.

    What a stage or an exception says may quote the publisher: it is made visible, or it might not be encodable. A body
    above MAX_BODY keeps its first KEPT_BYTES; so does a key, or a hostile key would make the letter unsendable.
    """
    arrival, body = record.arrival, record.value
    complete = body is None or len(body) <= MAX_BODY
    kept = body if complete or body is None else body[:KEPT_BYTES]
    return ArticleRejected(
        id=dead_letter_id(arrival.topic, arrival.partition, arrival.offset, stage),
        stage=stage,
        reason=refusal.reason,
        field=None if refusal.field is None else visible(refusal.field),
        problem=visible(refusal.problem),
        fix=visible(refusal.fix),
        origin=Origin(topic=arrival.topic, partition=arrival.partition, offset=arrival.offset),
        key=None if record.key is None else base64.b64encode(record.key[:KEPT_BYTES]),
        body=None if kept is None else base64.b64encode(kept),
        body_size=0 if body is None else len(body),
        body_sha256=None if body is None else hashlib.sha256(body).hexdigest(),
        complete=complete,
        rejected=arrival.at,
    )
