"""The series when all claims of a message are in: what is stale or finds no room goes, and each conflict is brought up
to the last words of its two sides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from schemas.claim import Claim
from schemas.verdict import Verdict
from services.ledger.alerts.dispute import between_claims, settled
from services.ledger.event.voices import heard, one_voice
from services.ledger.review import Review, shown_order
from services.ledger.rows.gathered import Gathered, home_of
from services.ledger.rows.record import MAX_ENTRIES, Dispute, Entry, rank
from services.ledger.rows.room import kept
from services.ledger.rules.moment import told_at
from services.ledger.rules.thresholds import thresholds
from services.ledger.spoken import by_voice, came_or_went, last_words, latest_first, may_change

_LAST_WORDS = 6
"""Of each voice, looked through for two that can be compared, at each scope. Nearly always the first two can."""


def close(review: Review, voices: set[str]) -> Gathered:
    """The series as they are now: without what is stale by their own time, and within the bounds of a row.
    `voices`: those that the message made speak, in whose conflicts something may have moved."""
    by_series: defaultdict[str, list[Entry]] = defaultdict(list)
    by_time = sorted(review.entries, key=lambda known: rank(known.claim))
    for known in by_time:
        by_series[home_of(known)].append(known)
    live = {known.claim.id for own in by_series.values() for known in kept(_fresh(review, own), MAX_ENTRIES)}
    review.keep([known for known in by_time if known.claim.id in live])
    _settle_conflicts(review, voices)
    at, partition = review.setting.at, review.setting.partition
    return review.known.after(review.entries, review.disputes.values(), at=at, partition=partition)


def _fresh(review: Review, own: list[Entry]) -> list[Entry]:
    """Of one series, by time."""
    newest = own[-1].claim
    oldest = told_at(newest) - timedelta(hours=thresholds(newest.metric).stale_hours)
    if told_at(own[0].claim) >= oldest:
        return own
    review.gone |= {known.claim.id: "stale" for known in own if told_at(known.claim) < oldest}
    return [known for known in own if known.claim.id not in review.gone]


def _settle_conflicts(review: Review, voices: set[str]) -> None:
    """Bring each conflict of these voices, and each that lost a side, up to the last words of its two sides.

    Of a conflict near which nothing came or went they are what they were: in a country at war 39 of 40 of a voice,
    and to look through its words for each took a third of a claim's time. A revision is judged anew.
    """
    conflicts = {name: known for name, known in review.disputes.items() if known.verdict == "conflict"}
    if not conflicts:
        return
    live = {name: entry for entry in review.entries for name in (*entry.earlier, entry.claim.id)}
    revised, moved = review.setting.revision is not None, came_or_went(review.known.records.values(), review.entries)
    words = _LastWords(review.entries)
    for name, known in conflicts.items():
        first, second = live.get(_followed(review, known.one)), live.get(_followed(review, known.other))
        if first is None or second is None:
            if review.known.are_read(known):
                review.disputes[name] = _one_sided(review, known, first, second)
            continue
        one, other = first.claim, second.claim
        dispute = between_claims(known, one.id, other.id)
        if {one.voice, other.voice} & voices and (revised or may_change((one, other), moved)):
            last = _last_compared(review, words.of(one), words.of(other))
            if last is not None or {known.one, known.other} & review.followed.keys():
                dispute = settled(dispute, last, review.setting.at, "moved_on")
        review.disputes[name] = dispute


def _one_sided(review: Review, known: Dispute, first: Entry | None, second: Entry | None) -> Dispute:
    """A conflict of which one side at least is live no more, over for the reason why that is."""
    names = (known.one, known.other, _followed(review, known.one), _followed(review, known.other))
    cause = next((review.gone[name] for name in names if name in review.gone), "crowded_out")
    one = known.one if first is None else first.claim.id
    other = known.other if second is None else second.claim.id
    return settled(between_claims(known, one, other), None, review.setting.at, cause)


def _followed(review: Review, claim_id: str) -> str:
    """The claim that took a claim's place, or itself."""
    while claim_id in review.followed:
        claim_id = review.followed[claim_id]
    return claim_id


class _LastWords:
    """What each voice said last, looked up once and only where it is asked for: one claim is a side of many conflicts,
    and most messages move none."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        self._spoken: dict[str, list[Claim]] = {}
        self._found: dict[str, list[Claim]] = {}

    def of(self, claim: Claim) -> list[Claim]:
        """The last words of the claim's voice on its event, the latest first."""
        if claim.id not in self._found:
            self._spoken = self._spoken or by_voice(known.claim for known in reversed(self._entries))
            self._found[claim.id] = last_words(claim, self._spoken[claim.voice], _LAST_WORDS)
        return self._found[claim.id]


def _last_compared(review: Review, one: list[Claim], other: list[Claim]) -> tuple[tuple[Claim, Claim], Verdict] | None:
    """The last two words of two voices that can be compared, and the verdict on them; of several pairs of scopes
    one that is in conflict. One voice that gives two numbers within the hour contradicts itself until it says
    another: nothing is to be compared anew."""
    if one_voice(one[0], other[0]):
        return None
    decided: dict[frozenset[tuple[str, str | None]], tuple[tuple[Claim, Claim], Verdict]] = {}
    for first, second in latest_first(one, other):
        scopes = frozenset({(heard(first), first.scope), (heard(second), second.scope)})
        verdict = None if scopes in decided else review.judge(first, second)
        if verdict is None or verdict.verdict == "not_comparable":
            continue
        decided[scopes] = shown_order(first, second, verdict), verdict
        if verdict.verdict == "conflict":
            return decided[scopes]
    return next(iter(decided.values()), None)
