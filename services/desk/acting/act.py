"""From what a person wants to the messages that make it so."""

from __future__ import annotations

from typing import TypeVar

from schemas.message import Message
from services.desk.access.people import Person
from services.desk.acting.joins import merged, unmerged
from services.desk.acting.known import Known
from services.desk.acting.letters import replayed
from services.desk.acting.record import acted, on_its_partitions
from services.desk.acting.review import decided
from services.desk.acting.wanted import BadAct, Wanted

T = TypeVar("T")


async def messages(who: Person, what: Wanted, known: Known) -> tuple[Message, ...]:
    """What to send, in this order: the word to the stage first, the record of it last.

    Should only the first arrive, the act is done and says itself who did it and why, and doing it again does no harm;
    the other way round the record would tell of what never happened. Raises BadAct, also for a target nobody knows.
    """
    word = await _word(who, what, known)
    records = await _records(who, what, known)
    return records if word is None else (word, *records)


async def _word(who: Person, what: Wanted, known: Known) -> Message | None:
    match what.act:
        case "released" | "dismissed":
            item = _found(await known.held(what.target), "target", "nothing of this name is held")
            return decided(who.name, what, what.act, item.given, item.decision)
        case "merged":
            target = _found(await known.stands_for(what.target), "target", "there is no such entity")
            into = _found(await known.stands_for(what.into), "into", "there is no such entity")
            return merged(who.name, what, target, into)
        case "unmerged":
            return unmerged(who.name, what, await known.joins(what.target))
        case "replayed":
            return replayed(what, _found(await known.letter(what.target), "target", "there is no such dead letter"))
        case "silenced" | "unsilenced":
            await _check_known(what, known)
            before = await known.silence(what.target, what.at)
            if before is not None and before.by != who.name and not who.may("admin"):
                raise BadAct("target", f"was silenced by {before.by}", "ask them or an admin of this desk to change it")
            return None
        case _:
            await _check_known(what, known)
            return None


async def _check_known(what: Wanted, known: Known) -> None:
    if not await known.has(what.kind, what.target):
        raise _unknown("target", f"there is no such {what.kind}")


async def _records(who: Person, what: Wanted, known: Known) -> tuple[Message, ...]:
    if what.act not in ("silenced", "unsilenced"):
        return (acted(who, what),)
    return on_its_partitions(acted(who, what, await known.severity(what.kind, what.target)))


def _found(found: T | None, field: str, problem: str) -> T:
    if found is None:
        raise _unknown(field, problem)
    return found


def _unknown(field: str, problem: str) -> BadAct:
    return BadAct(field, problem, "take it from its page; the desk may still be reading the topics")
