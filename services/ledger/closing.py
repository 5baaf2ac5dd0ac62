"""The series when all claims of a message are in: what is stale or finds no room goes, and each conflict is brought up
to the last words of its two sides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from schemas.claim import Claim
from schemas.verdict import Verdict
from services.ledger.alerts.dispute import between_claims, settled
from services.ledger.event.voices import heard, one_voice
from services.ledger.review import Review, shown_order
from services.ledger.rows.entries import fresh_from
from services.ledger.rows.gathered import Gathered
from services.ledger.rows.live import Live
from services.ledger.rows.record import MAX_ENTRIES, Dispute, Entry
from services.ledger.rows.room import kept
from services.ledger.rules.moment import told_at
from services.ledger.spoken import by_voice, last_words, latest_first, may_change

_LAST_WORDS = 6
"""Of each voice, looked through for two that can be compared, at each scope. Nearly always the first two can."""


def close(review: Review, voices: set[str]) -> Gathered:
    """The series as they are now: without what is stale by their own time, and within the bounds of a row.
    `voices`: those that the message made speak, in whose conflicts something may have moved."""
    review.live.order_by_time()
    for series in sorted(review.live.touched):
        own = review.live.of(series)
        left = {id(known) for known in kept(_fresh(review, own), MAX_ENTRIES)}
        for known in own:
            if id(known) not in left:
                review.live.replace(known)
    _settle_conflicts(review, voices)
    at, partition = review.setting.at, review.setting.partition
    return review.known.after(review.live, review.disputes.values(), at=at, partition=partition)


def _fresh(review: Review, own: list[Entry]) -> list[Entry]:
    """Of one series, by time."""
    if not own or told_at(own[0].claim) >= (oldest := fresh_from(own[-1].claim)):
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
    live, moved = review.live.names(), by_voice(review.live.moved())
    words, changes = _LastWords(review.live), _Changes(moved, revised=review.setting.revision is not None)
    for name, known in conflicts.items():
        first, second = live.get(_followed(review, known.one)), live.get(_followed(review, known.other))
        if first is None or second is None:
            if review.known.are_read(known):
                review.disputes[name] = _one_sided(review, known, first, second)
            continue
        one, other = first.claim, second.claim
        dispute = between_claims(known, one.id, other.id)
        is_theirs = one.voice in voices or other.voice in voices
        if is_theirs and (changes.of(one) or changes.of(other)):
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


class _Changes:
    """Whether the last words of a claim's voice may be others now; asked once, for it is a side of many conflicts."""

    def __init__(self, moved: Mapping[str, Sequence[Claim]], *, revised: bool) -> None:
        self._moved, self._revised = moved, revised
        self._found: dict[str, bool] = {}

    def of(self, claim: Claim) -> bool:
        """A revision is judged anew."""
        if claim.id not in self._found:
            self._found[claim.id] = self._revised or may_change(claim, self._moved)
        return self._found[claim.id]


class _LastWords:
    """What each voice said last, looked up once and only where it is asked for: one claim is a side of many conflicts,
    and most messages move none."""

    def __init__(self, live: Live) -> None:
        self._live = live
        self._found: dict[str, list[Claim]] = {}

    def of(self, claim: Claim) -> list[Claim]:
        """The last words of the claim's voice on its event, the latest first."""
        if claim.id not in self._found:
            near = reversed(self._live.near(claim))
            said = [known.claim for known in near if known.claim.voice == claim.voice]
            self._found[claim.id] = last_words(claim, said, _LAST_WORDS)
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
