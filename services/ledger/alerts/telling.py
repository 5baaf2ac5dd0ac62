"""An alert as subscribers get it: told, told again, taken back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from schemas.alert import AlertRaised, Correction, Links, Side, TextQuote
from schemas.claim import Claim
from schemas.verdict import Verdict
from services.ledger.alerts.attribution import attribution, taken_back
from services.ledger.relation import is_verified
from services.ledger.rows.record import Dispute
from services.ledger.rules.series import between, label_of

_REFERENCES = 10
"""Earlier alerts an update names: enough to join a thread that lost some. All of them, 1,682 ids, overran a row."""


@dataclass(frozen=True, slots=True)
class Amends:
    """What an alert puts right: the claims that no longer hold, and the alerts that were sent with them."""

    claims: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    wrong: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        """corrected, or withdrawn where the new text has nothing in their place."""
        return "withdrawn" if all(each.now is None for each in self.corrections) else "corrected"

    def because(self) -> tuple[str, ...]:
        """One line for each claim, in words."""
        return tuple(
            f"{each.was!r} was {'corrected' if each.noted else 'revised'} to {each.now!r} by its publisher"
            if each.now is not None
            else f"{each.was!r} was withdrawn by its publisher"
            for each in self.corrections
        )


def alert(
    dispute: Dispute, pair: tuple[Claim, Claim], verdict: Verdict, sides: tuple[Side, Side], at: datetime
) -> AlertRaised:
    """The alert that `dispute`, just moved, is told with."""
    sequence, first = dispute.sequence, dispute.first
    return AlertRaised(
        id=f"{dispute.id}:{sequence}",
        fingerprint=dispute.id,
        sequence=sequence,
        message_type="alert" if sequence == first and "correction" not in verdict.flags else "update",
        references=_references(dispute, ()),
        severity=verdict.severity,
        verdict=verdict.verdict,
        flags=verdict.flags,
        reason=verdict.reason,
        because=verdict.because,
        ratio=verdict.ratio,
        series=between(*pair),
        label=label_of(pair[0]),
        metric=pair[0].metric,
        attribution=attribution(*pair, corrected="correction" in verdict.flags),
        sides=sides,
        claims=pair,
        raised=at,
        quotes=(quote(pair[0]), quote(pair[1])),
        links=Links(figure=f"/figures/{between(*pair)}", explanation=f"/alerts/{dispute.id}"),
    )


def amended(told: AlertRaised, dispute: Dispute, amends: Amends) -> AlertRaised:
    """The update `told`, as one that also says which earlier alerts were wrong."""
    noted = {"correction"} if any(each.noted for each in amends.corrections) else {"revision"}
    return told.model_copy(
        update={
            "message_type": "update",
            "references": _references(dispute, amends.wrong),
            "flags": tuple(sorted({*told.flags, *noted})),
            "because": (*told.because, *amends.because()),
            "corrections": (*told.corrections, *amends.corrections),
            "wrong": (*told.wrong, *amends.wrong),
        }
    )


def cancelled(last: AlertRaised, dispute: Dispute, amends: Amends, at: datetime) -> AlertRaised:
    """The message that takes the alert `last` back: nothing stands in its place."""
    cancel = last.model_copy(
        update={
            "id": f"{dispute.id}:{dispute.sequence}",
            "sequence": dispute.sequence,
            "reason": amends.reason,
            "because": (),
            "attribution": taken_back(last.attribution),
            "raised": at,
            "corrections": (),
            "wrong": (),
        }
    )
    return amended(cancel, dispute, amends).model_copy(update={"message_type": "cancel"})


def quote(claim: Claim) -> TextQuote:
    """Where a claim's figure stands, as a W3C text-quote selector and by offsets."""
    at, found = claim.start - claim.sentence_start, is_verified(claim)
    return TextQuote(
        claim=claim.id,
        article=claim.article,
        article_id=claim.article_id,
        publisher=claim.publisher,
        start=claim.start,
        end=claim.end,
        exact=claim.words,
        prefix=claim.sentence[:at] if found else "",
        suffix=claim.sentence[at + len(claim.words) :] if found else "",
    )


def _references(dispute: Dispute, wrong: Iterable[str]) -> tuple[str, ...]:
    """The alerts before this one: the last ten, and any that was wrong."""
    last = range(max(dispute.first, dispute.sequence - _REFERENCES), dispute.sequence)
    numbers = set(last) | {int(name.rpartition(":")[2]) for name in wrong}
    return tuple(f"{dispute.id}:{number}" for number in sorted(numbers))
