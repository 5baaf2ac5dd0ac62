"""Whether a subscription wants an alert."""

from __future__ import annotations

from schemas.alert import AlertRaised
from schemas.subscription import Match
from schemas.verdict import SEVERITIES


def wants(match: Match, alert: AlertRaised, *, told: bool) -> bool:
    """`told`: the subscription was sent an earlier message of this alert.

    Whoever was told of it also gets its updates and its cancellation, although those may be of a lower severity or of
    another verdict than it asked for: a correction that does not reach the one who has the wrong number is none.
    To a subscription that takes alerts and was told nothing yet (it was too mild, or kept back by a silence), an update
    is the alert, and a cancellation nothing.
    """
    kind = alert.message_type
    if not told and "alert" in match.message_type:
        if kind == "cancel":
            return False
        kind = "alert"
    if kind not in match.message_type:
        return False
    if told and alert.message_type != "alert":
        return True
    return (
        SEVERITIES.index(alert.severity) >= SEVERITIES.index(match.minimum_severity)
        and (not match.verdict or alert.verdict in match.verdict)
        and (not match.metric or alert.metric in match.metric)
        and _names_one(match.entity, _entities(alert))
        and _names_one(match.speaker, _speakers(alert))
    )


def _names_one(wanted: tuple[str, ...], present: set[str]) -> bool:
    return not wanted or not present.isdisjoint(name.casefold() for name in wanted)


def _entities(alert: AlertRaised) -> set[str]:
    """Whose number it is and where, of both claims: ids and names."""
    found: set[str] = set()
    for claim in alert.claims:
        found |= {*claim.places, *claim.place_names}
        found |= {name for name in (claim.whose, claim.whose_id) if name}
    return {name.casefold() for name in found}


def _speakers(alert: AlertRaised) -> set[str]:
    """Who asserts the two numbers: ids and names, of a publisher where nobody else is named."""
    voices = {claim.voice for claim in alert.claims} | {claim.voice_name for claim in alert.claims}
    return {name.casefold() for name in voices | {side.voice for side in alert.sides}}
