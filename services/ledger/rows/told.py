"""The alert told last of each dispute, as it was sent: a cancel message repeats what it takes back, and by then the
claims may be gone. One row for each alert and partition; it goes when it is as old as any statement may become."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from schemas.alert import AlertRaised
from schemas.message import decode, encode
from schemas.outcomes import Write
from services.ledger.rows.record import ROW_BYTES, TABLE

KIND = "alr-"
"""How fingerprints, and so the keys of these rows, begin."""


def rows(alerts: Iterable[AlertRaised], partition: int) -> list[Write]:
    """The rows for `alerts`: of each fingerprint the last. One that is too long is not kept."""
    last = {alert.fingerprint: encode(alert) for alert in alerts}
    return [
        Write(TABLE, f"{fingerprint}@{partition}", body) for fingerprint, body in last.items() if len(body) <= ROW_BYTES
    ]


def told_last(table: Mapping[str, bytes], fingerprint: str, partition: int) -> AlertRaised | None:
    """The alert told last, None where it is not known any more."""
    body = table.get(f"{fingerprint}@{partition}")
    return None if body is None else decode(AlertRaised, body)
