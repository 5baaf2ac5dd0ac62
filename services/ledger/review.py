"""One series, and those that may be of its event, while one message is applied: what lives, and what is to be said.

Claims are added to it (adding.py), those of a revised text taken out (revision.py), and at the end it is closed
(closing.py); a person's decision speaks through it, too (decision.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from schemas.alert import AlertRaised, Side
from schemas.claim import Claim
from schemas.ids import alert_fingerprint
from schemas.review import Decision
from schemas.verdict import Verdict, VerdictGiven
from services.ledger.alerts import telling
from services.ledger.alerts.dispute import updated
from services.ledger.event.voices import sides_of
from services.ledger.rows.articles import Kept
from services.ledger.rows.entries import entry
from services.ledger.rows.gathered import Gathered
from services.ledger.rows.held import Held
from services.ledger.rows.live import Live
from services.ledger.rows.record import Dispute, Hedge, rank
from services.ledger.rows.told import told_last
from services.ledger.ruled import corrected, ruled
from services.ledger.rules.collision import collides
from services.ledger.rules.series import between
from services.ledger.rules.thresholds import thresholds


@dataclass(frozen=True, slots=True)
class Revision:
    """`article_id` takes the place of `revises`, of which `kept` are the claims that ever were in the table; `noted`
    where its publisher says that the earlier text was wrong."""

    article_id: str
    revises: str
    noted: bool
    kept: tuple[Kept, ...] = ()


@dataclass(frozen=True, slots=True)
class Setting:
    """What a review knows besides its series: the table, the numbers of the block (R8), the revision that came."""

    rows: Mapping[str, bytes]
    partition: int
    at: datetime
    numbers: bytes = b""
    revision: Revision | None = None


@dataclass(slots=True)
class Review:
    """Series while one message is applied. `verdicts`, `alerts` and `held` are what they have to say."""

    known: Gathered
    setting: Setting
    live: Live = field(init=False)
    disputes: dict[str, Dispute] = field(init=False)
    verdicts: list[VerdictGiven] = field(default_factory=list)
    alerts: list[AlertRaised] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    gone: dict[str, str] = field(default_factory=dict)
    """Claims that were live when the message came, and why they are not any more."""
    followed: dict[str, str] = field(default_factory=dict)
    """Claims whose place another one of the same voice took."""
    doubled: set[str] = field(default_factory=set)
    """The message's own claims that stand beside another number of their voice, unclear which is which."""
    hedges: dict[str, Hedge] = field(init=False)
    """By claim, how its text hedges its number elsewhere."""
    _judged: dict[tuple[str, str], Verdict] = field(default_factory=dict)
    _colliding: dict[str, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.live, disputes = self.known.live(self.setting.at)
        self.disputes = {dispute.id: dispute for dispute in disputes}
        self.hedges = self.live.hedges()

    def judge(self, one: Claim, other: Claim) -> Verdict:
        """The verdict of the rules on two claims, the earlier text first."""
        known = self._judged.get((one.id, other.id))
        if known is not None:
            return known
        came = self.setting.revision
        is_revised = came is not None and one.article_id == came.revises
        verdict = ruled(
            one,
            other,
            (self.hedges.get(one.id), self.hedges.get(other.id)),
            collides=self._collides(one, other),
            revised=is_revised,
            doubled=self._is_doubled(one, other),
        )
        if came is not None and came.noted and (one.article_id, other.article_id) == (came.revises, came.article_id):
            verdict = corrected(verdict)
        self._judged[one.id, other.id] = verdict
        return verdict

    def say(self, one: Claim, other: Claim, verdict: Verdict, decision: Decision | None = None) -> None:
        """Put a verdict into the log."""
        self.verdicts.append(
            VerdictGiven(
                series=between(one, other),
                block=self.known.block,
                one=one.id,
                other=other.id,
                verdict=verdict,
                at=self.setting.at,
                decision=decision,
            )
        )

    def note(
        self,
        one: Claim,
        other: Claim,
        verdict: Verdict,
        *,
        forced: str | None = None,
        known: Dispute | None = None,
        amends: tuple[str, ...] = (),
    ) -> None:
        """Bring the dispute of two voices up to the verdict, and tell it if it moved. `known`: the dispute, where the
        claims themselves would now be told under another series."""
        series = between(one, other) if known is None else known.series
        fingerprint = known.id if known is not None else alert_fingerprint(series, *sides_of(one, other))
        pair = shown_order(one, other, verdict)
        move = updated(
            self.disputes.get(fingerprint),
            fingerprint,
            series,
            pair,
            verdict,
            at=self.setting.at,
            limits=thresholds(one.metric),
            forgotten=self.known.forgotten(series),
            forced=forced,
            amends=amends,
        )
        if move.dispute is None:
            return
        dispute = self.disputes[fingerprint] = move.dispute
        if move.told is not None:
            sides = (self.side(pair[0]), self.side(pair[1]))
            self.alerts.append(telling.alert(dispute, pair, move.told, sides, self.setting.at))

    def side(self, claim: Claim) -> Side:
        """The claim as one side of an alert, with all who carried it."""
        known = self.live.find(claim.id) or entry(claim, self.setting.at)
        return Side(
            voice=claim.voice_name,
            claim=claim.id,
            outlets=len(known.outlets),
            origins=len(known.origins),
            agencies=known.agencies,
        )

    def told_last(self, dispute: Dispute) -> AlertRaised | None:
        """The alert that was told last of a dispute."""
        return told_last(self.setting.rows, dispute.id, self.setting.partition)

    def _is_doubled(self, one: Claim, other: Claim) -> bool:
        if one.article_id == other.article_id:
            return False
        known = self.live.find(one.id), self.live.find(other.id)
        return any(e is not None and e.doubled and e.claim.id == c.id for e, c in zip(known, (one, other), strict=True))

    def _collides(self, one: Claim, other: Claim) -> bool:
        return any(self._collides_with(claim) for claim in (one, other))

    def _collides_with(self, claim: Claim) -> bool:
        known = self._colliding.get(claim.id)
        if known is None:
            known = self._colliding[claim.id] = collides(claim, self.setting.numbers)
        return known


def shown_order(one: Claim, other: Claim, verdict: Verdict) -> tuple[Claim, Claim]:
    """The order of the attribution line: as one text has them, else by time, the lower number first."""
    if one.article_id == other.article_id and verdict.verdict == "conflict":
        return (one, other) if one.start <= other.start else (other, one)
    first, second = sorted((one, other), key=rank)
    return first, second
