"""The word on a held verdict (rules.md R8)."""

from __future__ import annotations

from schemas.review import Decision, ReviewDecided
from services.desk.access.people import Person
from services.desk.acting.wanted import BadAct, Wanted
from services.desk.queries.held import HeldItem
from services.ledger.held import NEVER_LEAVES


def decided(who: Person, what: Wanted, word: Decision, item: HeldItem) -> ReviewDecided:
    """What the ledger is told of the held verdict `item`.

    Raises BadAct where somebody decided before, or where nobody may release.
    """
    if item.decision is not None:
        before = item.decision
        raise BadAct("target", f"was {before.decision} by {before.by} already", "leave it: the first word stands")
    if word == "released" and item.given.verdict.reason == NEVER_LEAVES:
        raise BadAct("target", "rests on words that are not in the text cited and never leaves", "dismiss it")
    return ReviewDecided(id=item.id, block=item.given.block, decision=word, by=who.name, why=what.why, at=what.at)
