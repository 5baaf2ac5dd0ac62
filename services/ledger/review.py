"""One series, and those that may be of its event, taking in the new claims of one article: compare, note disputes, keep
what lives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import product

from schemas.alert import AlertRaised, Side
from schemas.claim import Claim
from schemas.ids import alert_fingerprint, held_id
from schemas.review import Decision
from schemas.verdict import Verdict, VerdictGiven
from services.ledger.alerts import telling
from services.ledger.alerts.dispute import between_claims, joined, settled, updated
from services.ledger.event.apart import follows
from services.ledger.event.voices import heard, one_voice, sides_of
from services.ledger.partners import carrier, is_next, partners, same_figure, shortens, superseding, two_things
from services.ledger.rows.articles import Kept
from services.ledger.rows.entries import carried, entry, hedge
from services.ledger.rows.gathered import Gathered, home_of
from services.ledger.rows.held import Held, as_decided, load_held
from services.ledger.rows.record import MAX_ENTRIES, Dispute, Entry, Hedge, rank
from services.ledger.rows.room import kept
from services.ledger.rows.told import told_last
from services.ledger.ruled import corrected, ruled
from services.ledger.rules.collision import collides
from services.ledger.rules.compare import compare
from services.ledger.rules.moment import told_at
from services.ledger.rules.series import between
from services.ledger.rules.statement import Relation, of_claim
from services.ledger.rules.thresholds import thresholds
from services.ledger.silence import leaped, superseded
from services.ledger.spoken import by_voice, came_or_went, last_words, latest_first, may_change, within_reach

_LAST_WORDS = 6
"""Of each voice, looked through for two that can be compared, at each scope. Nearly always the first two can."""


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
    entries: list[Entry] = field(init=False)
    disputes: dict[str, Dispute] = field(init=False)
    verdicts: list[VerdictGiven] = field(default_factory=list)
    alerts: list[AlertRaised] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    gone: dict[str, str] = field(default_factory=dict)
    """Claims that were live when the message came, and why they are not any more."""
    followed: dict[str, str] = field(default_factory=dict)
    """Claims whose place another one of the same voice took."""
    doubled: set[str] = field(default_factory=set)
    hedges: dict[str, Hedge] = field(init=False)
    """By claim, how its text hedges its number elsewhere."""
    _doubled: set[str] = field(init=False)
    """The live claims among which it is unclear which of two of one text is which."""
    _judged: dict[tuple[str, str], Verdict] = field(default_factory=dict)
    _colliding: dict[str, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        entries, disputes = self.known.live(self.setting.at)
        self._keep(entries)
        self.disputes = {dispute.id: dispute for dispute in disputes}
        self.hedges = {known.claim.id: known.hedge for known in self.entries if known.hedge is not None}

    def prepare(self, claims: Iterable[Claim]) -> list[Claim]:
        """The claims of one article in order, looked at beside each other."""
        taken = sorted(claims, key=rank)
        if len(taken) > 1:
            self.doubled = {claim.id for claim in taken if any(two_things(claim, other) for other in taken)}
            self.hedges |= {claim.id: hedge(by) for claim, by in product(taken, taken) if shortens(claim, by)}
        return taken

    def release(self, held: Held) -> Gathered:
        """Tell what was held, as a person decided."""
        if held.pair is not None and held.verdict is not None and held.decided is not None:
            verdict = as_decided(held.verdict, held.decided)
            self.say(*held.pair, verdict, decision=held.decided.decision)
            if verdict.alert and not self._was_released(held.pair):
                self.note(*held.pair, verdict, forced="released")
        return self.close(set())

    def _was_released(self, pair: tuple[Claim, Claim]) -> bool:
        """Whether the series knows already, because a worker was killed before it wrote the decision down."""
        names = {claim.id for claim in pair}
        steps = (step for dispute in self.disputes.values() for step in dispute.steps)
        return any(step.cause == "released" and set(step.claims) == names for step in steps)

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
        known = self.entry_of(claim.id) or entry(claim, self.setting.at)
        return Side(
            voice=claim.voice_name,
            claim=claim.id,
            outlets=len(known.outlets),
            origins=len(known.origins),
            agencies=known.agencies,
        )

    def entry_of(self, claim_id: str) -> Entry | None:
        """The live entry that states a claim, perhaps by another text's words."""
        return next((e for e in self.entries if e.claim.id == claim_id or claim_id in e.earlier), None)

    def replace(self, old: Entry, *new: Entry) -> None:
        """Put `new`, or nothing, in the place of a live entry."""
        at = next(at for at, known in enumerate(self.entries) if known is old)
        self._keep([*self.entries[:at], *new, *self.entries[at + 1 :]])

    def _keep(self, entries: list[Entry]) -> None:
        self.entries = entries
        self._doubled = {known.claim.id for known in entries if known.doubled}

    def told_last(self, dispute: Dispute) -> AlertRaised | None:
        """The alert that was told last of a dispute."""
        return told_last(self.setting.rows, dispute.id, self.setting.partition)

    def add(self, claim: Claim) -> None:
        """Hold one claim against the series, and keep it."""
        limits = thresholds(claim.metric)
        if self.entry_of(claim.id) is not None:
            return
        near = within_reach(claim, self.entries, limits)
        original = carrier(claim, near)
        if original is not None:
            self.say(original.claim, claim, compare(of_claim(original.claim), of_claim(claim), Relation()))
            self.replace(original, carried(original, self._entry(claim), original.claim))
            return
        newer = superseding(claim, near, limits)
        if newer is not None:
            self.say(newer, claim, superseded(newer))
            return
        voice = claim.voice
        is_new = bool(self.disputes) and all(known.claim.voice != voice for known in self.entries)
        self._keep([*self.entries, self._entry(claim)])
        agreeing: set[str] = set()
        opposing: set[str] = set()
        for other in partners(claim, near, limits):
            verdict = self._decided(other, claim, self.judge(other, claim))
            if verdict.verdict == "conflict":
                opposing.add(other.id)
            elif verdict.verdict in ("same", "refinement"):
                agreeing.add(other.id)
            if is_next(other, claim, self.entries, verdict):
                self.say(other, claim, verdict)
                self.note(other, claim, verdict)
            elif limits.event:
                self.say(other, claim, leaped(verdict))
        if is_new:
            self._join(claim, agreeing, opposing)
        self._settle(claim, near)

    def _entry(self, claim: Claim) -> Entry:
        return entry(claim, self.setting.at, doubled=claim.id in self.doubled, hedged=self.hedges.get(claim.id))

    def _decided(self, one: Claim, other: Claim, verdict: Verdict) -> Verdict:
        """A verdict that is held as the person decided it, or kept for a person to look at."""
        if not verdict.hold:
            return verdict
        setting = self.setting
        known = load_held(setting.rows, one.id, other.id, setting.partition)
        if known is not None and known.decided is not None:
            return as_decided(verdict, known.decided)
        self.held.append(
            Held(
                id=held_id(one.id, other.id),
                partition=setting.partition,
                updated=setting.at,
                block=self.known.block,
                pair=(one, other),
                verdict=verdict,
            )
        )
        return verdict

    def _is_doubled(self, one: Claim, other: Claim) -> bool:
        if one.article_id == other.article_id:
            return False
        return one.id in self._doubled or other.id in self._doubled

    def _collides(self, one: Claim, other: Claim) -> bool:
        return any(self._collides_with(claim) for claim in (one, other))

    def _collides_with(self, claim: Claim) -> bool:
        known = self._colliding.get(claim.id)
        if known is None:
            known = self._colliding[claim.id] = collides(claim, self.setting.numbers)
        return known

    def _join(self, claim: Claim, agreeing: set[str], opposing: set[str]) -> None:
        """A voice's first word, on one side of what is in conflict already."""
        for name, dispute in self.disputes.items():
            sides = {dispute.one, dispute.other}
            if dispute.verdict == "conflict" and dispute.state == "open" and sides & agreeing and sides & opposing:
                self.disputes[name] = joined(dispute, claim, self.setting.at)

    def _settle(self, claim: Claim, near: Iterable[Entry]) -> None:
        """Of the claim's voice on one thing keep the last hour; one figure stands once, with all who carried it.
        `near`: the entries before it that can have to do with it."""
        hour = timedelta(hours=thresholds(claim.metric).later_hours)
        new, gone, voice = self.entries[-1], set[str](), claim.voice
        for known in near:
            if known.claim.voice != voice or not follows(known.claim, claim):
                continue
            if same_figure(known.claim, claim):
                new = carried(known, new, max(known.claim, new.claim, key=rank))
            elif told_at(claim) - told_at(known.claim) >= hour:
                self.followed[known.claim.id] = claim.id
            else:
                continue
            gone.add(known.claim.id)
        if gone:
            self._keep([*(known for known in self.entries[:-1] if known.claim.id not in gone), new])

    def close(self, voices: set[str]) -> Gathered:
        """The series as they are now: without what is stale by their own time, and within the bounds of a row."""
        by_series: defaultdict[str, list[Entry]] = defaultdict(list)
        by_time = sorted(self.entries, key=lambda known: rank(known.claim))
        for known in by_time:
            by_series[home_of(known)].append(known)
        live = {known.claim.id for own in by_series.values() for known in kept(self._fresh(own), MAX_ENTRIES)}
        self._keep([known for known in by_time if known.claim.id in live])
        self._settle_conflicts(voices)
        return self.known.after(
            self.entries, self.disputes.values(), at=self.setting.at, partition=self.setting.partition
        )

    def _fresh(self, own: list[Entry]) -> list[Entry]:
        """Of one series, by time."""
        newest = own[-1].claim
        oldest = told_at(newest) - timedelta(hours=thresholds(newest.metric).stale_hours)
        if told_at(own[0].claim) >= oldest:
            return own
        self.gone |= {known.claim.id: "stale" for known in own if told_at(known.claim) < oldest}
        return [known for known in own if known.claim.id not in self.gone]

    def _settle_conflicts(self, voices: set[str]) -> None:
        """Bring each conflict of these voices, and each that lost a side, up to the last words of its two sides.

        Of a conflict near which nothing came or went they are what they were: in a country at war 39 of 40 of a voice,
        and to look through its words for each took a third of a claim's time. A revision is judged anew.
        """
        if all(known.verdict != "conflict" for known in self.disputes.values()):
            return
        live = {name: entry for entry in self.entries for name in (*entry.earlier, entry.claim.id)}
        revised, moved = self.setting.revision is not None, came_or_went(self.known.records.values(), self.entries)
        words: dict[str, list[Claim]] = {}  # one claim is a side of many conflicts
        spoken: dict[str, list[Claim]] = {}
        for name, known in self.disputes.items():
            if known.verdict != "conflict":
                continue
            first, second = live.get(self._followed(known.one)), live.get(self._followed(known.other))
            if first is None or second is None:
                if not self.known.are_read(known):
                    continue
                names = (known.one, known.other, self._followed(known.one), self._followed(known.other))
                cause = next((self.gone[name] for name in names if name in self.gone), "crowded_out")
                one = known.one if first is None else first.claim.id
                other = known.other if second is None else second.claim.id
                self.disputes[name] = settled(between_claims(known, one, other), None, self.setting.at, cause)
                continue
            dispute = between_claims(known, first.claim.id, second.claim.id)
            sides = first.claim, second.claim
            if {first.claim.voice, second.claim.voice} & voices and (revised or may_change(sides, moved)):
                spoken = spoken or by_voice(one.claim for one in reversed(self.entries))
                for claim in sides:
                    if claim.id not in words:
                        words[claim.id] = last_words(claim, spoken[claim.voice], _LAST_WORDS)
                last = self._last_compared(words[first.claim.id], words[second.claim.id])
                if last is not None or {known.one, known.other} & self.followed.keys():
                    dispute = settled(dispute, last, self.setting.at, "moved_on")
            self.disputes[name] = dispute

    def _followed(self, claim_id: str) -> str:
        """The claim that took a claim's place, or itself."""
        while claim_id in self.followed:
            claim_id = self.followed[claim_id]
        return claim_id

    def _last_compared(self, one: list[Claim], other: list[Claim]) -> tuple[tuple[Claim, Claim], Verdict] | None:
        """The last two words of two voices that can be compared, and the verdict on them; of several pairs of scopes
        one that is in conflict. One voice that gives two numbers within the hour contradicts itself until it says
        another: nothing is to be compared anew."""
        if one_voice(one[0], other[0]):
            return None
        decided: dict[frozenset[tuple[str, str | None]], tuple[tuple[Claim, Claim], Verdict]] = {}
        for first, second in latest_first(one, other):
            scopes = frozenset({(heard(first), first.scope), (heard(second), second.scope)})
            verdict = None if scopes in decided else self.judge(first, second)
            if verdict is None or verdict.verdict == "not_comparable":
                continue
            decided[scopes] = shown_order(first, second, verdict), verdict
            if verdict.verdict == "conflict":
                return decided[scopes]
        return next(iter(decided.values()), None)


def shown_order(one: Claim, other: Claim, verdict: Verdict) -> tuple[Claim, Claim]:
    """The order of the attribution line: as one text has them, else by time, the lower number first."""
    if one.article_id == other.article_id and verdict.verdict == "conflict":
        return (one, other) if one.start <= other.start else (other, one)
    first, second = sorted((one, other), key=rank)
    return first, second
