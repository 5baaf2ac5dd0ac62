"""One series taking in the new claims of one article: compare, note disputes, keep what lives."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from schemas.alert import AlertRaised, Side
from schemas.claim import Claim
from schemas.ids import alert_fingerprint
from schemas.verdict import Verdict, VerdictGiven
from services.ledger.attribution import attribution
from services.ledger.collision import collides
from services.ledger.compare import compare
from services.ledger.dispute import gone_stale, updated
from services.ledger.partners import carrier, is_next, partners, same_figure, superseding, two_things
from services.ledger.record import MAX_CARRIERS, MAX_DISPUTES, MAX_ENTRIES, Dispute, Entry, Number, SeriesRecord, rank
from services.ledger.relation import relate
from services.ledger.series import label_of
from services.ledger.statement import Relation, of_claim
from services.ledger.thresholds import thresholds

_REFERENCES = 10
"""Earlier alerts an update names: enough to join a thread that lost some. All of them, 1,682 ids, overran a row."""


class Review:
    """A series while one message is applied. `verdicts` and `alerts` are what it has to say."""

    def __init__(self, record: SeriesRecord, numbers: tuple[Number, ...], revises: str | None, at: datetime) -> None:
        self._record, self._numbers, self._revises, self._at = record, numbers, revises, at
        self._entries: list[Entry] = list(record.entries)
        self._disputes: dict[str, Dispute] = {dispute.id: dispute for dispute in record.disputes}
        self._doubled: set[str] = set()
        self.verdicts: list[VerdictGiven] = []
        self.alerts: list[AlertRaised] = []

    def take(self, claims: Iterable[Claim]) -> SeriesRecord:
        """Apply the claims of one article and answer the series as it is now."""
        taken = sorted(claims, key=rank)
        self._doubled = {claim.id for claim in taken if any(two_things(claim, other) for other in taken)}
        for claim in taken:
            self._take(claim)
        if self._revises is not None:
            self._entries = [entry for entry in self._entries if entry.claim.article_id != self._revises]
        return self._kept()

    def _take(self, claim: Claim) -> None:
        limits = thresholds(claim.metric.value)
        if any(entry.claim.id == claim.id for entry in self._entries):
            return
        original = carrier(claim, self._entries)
        if original is not None:
            self._say(original.claim, claim, compare(of_claim(original.claim), of_claim(claim), Relation()))
            self._replace(original, _carried(original, claim, original.claim))
            return
        newer = superseding(claim, self._entries, limits)
        if newer is not None:
            self._say(newer, claim, _superseded(newer))
            return
        self._entries.append(_entry(claim, doubled=claim.id in self._doubled))
        for other in partners(claim, self._entries[:-1], limits):
            relation = self._relation(other, claim)
            verdict = compare(of_claim(other), of_claim(claim), relation)
            if is_next(other, claim, self._entries, verdict):
                self._say(other, claim, verdict)
                self._note(other, claim, verdict)
        self._settle(claim)

    def _relation(self, other: Claim, claim: Claim) -> Relation:
        revised = other.article_id == self._revises
        relation = relate(other, claim, collides=self._collides(other, claim), revised=revised)
        doubled = any(entry.doubled for entry in self._entries if entry.claim.id in (other.id, claim.id))
        if doubled and relation.unfit is None and other.article_id != claim.article_id:
            return replace(relation, unfit="one_voice_twice")
        return relation

    def _collides(self, one: Claim, other: Claim) -> bool:
        return collides(one, self._numbers) or collides(other, self._numbers)

    def _say(self, one: Claim, other: Claim, verdict: Verdict) -> None:
        self.verdicts.append(
            VerdictGiven(
                series=self._record.series,
                block=self._record.block,
                one=one.id,
                other=other.id,
                verdict=verdict,
                at=self._at,
            )
        )

    def _note(self, one: Claim, other: Claim, verdict: Verdict) -> None:
        fingerprint = alert_fingerprint(self._record.series, one.voice, other.voice)
        pair = shown_order(one, other, verdict)
        known = self._disputes.get(fingerprint)
        dispute, told = updated(
            known,
            fingerprint,
            pair,
            verdict,
            at=self._at,
            limits=thresholds(one.metric.value),
            forgotten=self._record.forgotten,
        )
        if dispute is not None:
            self._disputes[fingerprint] = dispute
            if told:
                self.alerts.append(self._alert(dispute, pair, verdict))

    def _alert(self, dispute: Dispute, pair: tuple[Claim, Claim], verdict: Verdict) -> AlertRaised:
        sequence, first = dispute.sequence, dispute.first
        referenced = range(max(first, sequence - _REFERENCES), sequence)
        return AlertRaised(
            id=f"{dispute.id}:{sequence}",
            fingerprint=dispute.id,
            sequence=sequence,
            message_type="alert" if sequence == first and "correction" not in verdict.flags else "update",
            references=tuple(f"{dispute.id}:{earlier}" for earlier in referenced),
            severity=verdict.severity,
            verdict=verdict.verdict,
            flags=verdict.flags,
            reason=verdict.reason,
            because=verdict.because,
            ratio=verdict.ratio,
            series=self._record.series,
            label=label_of(pair[0]),
            metric=pair[0].metric,
            attribution=attribution(*pair),
            sides=(self._side(pair[0]), self._side(pair[1])),
            claims=pair,
            raised=self._at,
        )

    def _side(self, claim: Claim) -> Side:
        entry = next(entry for entry in self._entries if entry.claim.id == claim.id)
        return Side(
            voice=claim.voice_name,
            claim=claim.id,
            outlets=len(entry.outlets),
            origins=len(entry.origins),
            agencies=entry.agencies,
        )

    def _settle(self, claim: Claim) -> None:
        """Of the claim's voice and scope keep the last hour; one figure stands once, with all who carried it."""
        hour = timedelta(hours=thresholds(claim.metric.value).later_hours)
        entry = self._entries.pop()
        for known in list(self._entries):
            if known.claim.voice != claim.voice or known.claim.scope != claim.scope:
                continue
            if same_figure(known.claim, claim):
                body = max(known.claim, entry.claim, key=rank)
                entry = _carried(known, claim, body, also=entry)
                self._entries.remove(known)
            elif claim.as_of - known.claim.as_of >= hour:
                self._entries.remove(known)
        self._entries.append(entry)

    def _replace(self, old: Entry, new: Entry) -> None:
        self._entries[self._entries.index(old)] = new

    def _kept(self) -> SeriesRecord:
        """Without what is stale by the series' own time, and within the bounds of a row."""
        entries = sorted(self._entries, key=lambda entry: rank(entry.claim))
        if entries:
            newest = entries[-1].claim
            oldest = newest.as_of - timedelta(hours=thresholds(newest.metric.value).stale_hours)
            stale = {entry.claim.id for entry in entries if entry.claim.as_of < oldest}
            entries = [entry for entry in entries if entry.claim.id not in stale][-MAX_ENTRIES:]
            self._disputes = {key: gone_stale(dispute, stale, self._at) for key, dispute in self._disputes.items()}
        record = SeriesRecord(
            series=self._record.series,
            block=self._record.block,
            entries=tuple(entries),
            disputes=tuple(self._disputes.values()),
            forgotten=self._record.forgotten,
            updated=self._at,
        )
        return record.keeping(MAX_DISPUTES)


def shown_order(one: Claim, other: Claim, verdict: Verdict) -> tuple[Claim, Claim]:
    """The order of the attribution line: as one text has them, else by time, the lower number first."""
    if one.article_id == other.article_id and verdict.verdict == "conflict":
        return (one, other) if one.start <= other.start else (other, one)
    first, second = sorted((one, other), key=rank)
    return first, second


def _entry(claim: Claim, *, doubled: bool = False) -> Entry:
    return Entry(
        claim=claim,
        doubled=doubled,
        outlets=(claim.publisher or claim.article,),
        origins=(claim.lineage,),
        agencies=claim.agencies[:MAX_CARRIERS],
    )


def _carried(known: Entry, claim: Claim, body: Claim, also: Entry | None = None) -> Entry:
    """`body` with everybody who carried `known`, `also`, or `claim`."""
    extra = also or _entry(claim)
    return Entry(
        claim=body,
        doubled=known.doubled or extra.doubled,
        outlets=_union(known.outlets, extra.outlets),
        origins=_union(known.origins, extra.origins),
        agencies=_union(known.agencies, extra.agencies),
    )


def _union(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({*one, *other}))[:MAX_CARRIERS]


def _superseded(newer: Claim) -> Verdict:
    return Verdict(
        verdict="not_comparable",
        flags=("superseded",),
        severity="none",
        alert=False,
        hold=False,
        reason="superseded",
        because=(f"the same voice has a later word, of {newer.as_of:%Y-%m-%d %H:%M} UTC",),
    )
