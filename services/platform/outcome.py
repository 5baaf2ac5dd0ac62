"""The single place where an agent decodes, asks a pure stage, sends, stores and dead-letters.

The order, and why:

1. **Hold the record.** `incref` before anything else, `decref` as the last act. Faust acknowledges an event when its
   agent raises or is cancelled (measured: such a record is lost); while we hold a reference it cannot be.
2. **Decode** (`decode_untrusted` where strangers write; there a body above MAX_BODY is refused unparsed).
3. **Ask the stage**: a pure function of message, tables and arrival. Long work is done in slices, between which other
   stages have their turn; this one has one record in hand, and its tables stay as they are.
4. **Check everything it answered** (sizes, topics, tables) before the first send: no answer is half carried out.
5. **Send** each message. That means: into the producer's batch. Awaiting each answer of the broker would cost 43 % more
   CPU; instead no offset is committed while any send is open or after one has failed (`faust_mends`).
6. **Deliver** (the stage deliver only): the side effect on the world, at least once.
7. **Store** the rows, and send them to the changelog when what was sent is at the broker. Last, so that after a crash
   the same input finds its old rows and sends the same ids again (design decision 11); the other order loses an alert.

What goes wrong, and what then happens:

| what | then |
|---|---|
| BadMessage, Rejected | one dead letter with the original bytes; the next record |
| the stage raises, or answers what cannot be done | dead letter `stage_failed`, traceback logged; the next record |
| an error with `retriable = True` | again after 1, 2, 4, 8 s; then the process ends without acknowledging |
| a send or a dead letter cannot be sent, anything else | the process ends without acknowledging, exit code 1 |

A record is never dropped: it is processed, in the dead letters, or read again after a restart.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from typing import Any

import structlog

from schemas.dead_letter import ArticleRejected
from schemas.errors import BadMessage, CounterclaimError
from schemas.message import Message, decode_untrusted
from schemas.outcomes import Duplicate, Rejected, Write
from schemas.parts import Parts, whole
from schemas.topics import BY_MODEL, MAX_BODY, Topic
from services.platform import metrics, rows
from services.platform.clients import Record
from services.platform.dead_letters import dead_letter
from services.platform.envelope import Outgoing, outgoing
from services.platform.spec import StageSpec
from services.platform.turns import Slices, in_turns

_RETRY_PAUSES = (1.0, 2.0, 4.0, 8.0)
"""Seconds. 15 in all: longer than a broker's change of leader, shorter than /healthz's limit of 60."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Shell:
    """What surrounds one running stage.

    `send` returns when the producer holds the record, and raises if it will not take it. `keep` sends a row to its
    table's changelog on that partition when all that was sent before is at the broker. `fail` ends the process.
    """

    spec: StageSpec[Any]
    tables: Mapping[str, rows.Rows]
    send: Callable[[Outgoing], Any]
    keep: Callable[[Write, int], Any]
    fail: Callable[[BaseException], None]
    finished: Callable[[Record], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done for one record: checked, encoded, ready."""

    name: str
    sends: tuple[tuple[Message, Outgoing], ...] = ()
    stores: tuple[Write, ...] = ()
    deliver: Message | None = None
    refusal: Rejected | None = None


async def outcome(event: Any, record: Record, shell: Shell) -> None:
    """Carries one record through, in the order above. Never raises: it returns when all is done, or not at all."""
    event.message.incref()
    started = time.perf_counter()
    stage = shell.spec.name
    try:
        plan = await _again_if_retriable(shell, record)
        if plan.refusal is not None:
            metrics.dead_letter(stage, plan.refusal.reason)
        metrics.finished(stage, plan.name, seconds=time.perf_counter() - started, now=time.time())
    except Exception as error:  # whatever it is: the record must not be acknowledged
        log.exception("the record cannot be finished; this process ends", stage=stage, arrival=record.arrival)
        shell.fail(error)
        await asyncio.Event().wait()  # until the host cancels us: returning would acknowledge the record
    shell.finished(record)
    event.message.decref()


async def _again_if_retriable(shell: Shell, record: Record) -> Plan:
    for pause in (*_RETRY_PAUSES, None):
        try:
            plan = await in_turns(_deciding(shell.spec, shell.tables, record), Slices())
            return await _carry_out(shell, record, plan)
        except CounterclaimError as error:
            if not error.retriable or pause is None:
                raise
            log.warning("tried again", stage=shell.spec.name, seconds=pause, error=str(error), arrival=record.arrival)
            metrics.RETRIES.labels(shell.spec.name).inc()
            await asyncio.sleep(pause)
    raise AssertionError("unreachable")


def decide(spec: StageSpec[Any], tables: Mapping[str, rows.Rows], record: Record) -> Plan:
    """Steps 2 to 4: what is to be done for this record. Nothing is done yet. Raises only retriable errors."""
    return whole(_deciding(spec, tables, record))


def _deciding(spec: StageSpec[Any], tables: Mapping[str, rows.Rows], record: Record) -> Parts[Plan]:
    try:
        message = _decode(spec.sources[record.arrival.topic], record)
        answer = spec.step(message, tables, record.arrival)
        if isinstance(answer, Generator):
            answer = yield from answer
        if isinstance(answer, Rejected):
            return _refuse(spec, record, answer)
        for write in answer.store:
            rows.check(write, tables)
        if isinstance(answer, Duplicate):
            return Plan("duplicate", stores=answer.store)
        sends = []
        for emitted in answer.emit:
            sends.append((emitted, _allowed(spec, emitted, record)))
            yield
        return Plan(
            "processed",
            sends=tuple(sends),
            stores=answer.store,
            deliver=message if spec.deliver is not None else None,
        )
    except BadMessage as error:
        return _refuse(spec, record, Rejected(error.reason, error.problem, error.fix, error.field))
    except Exception as error:
        if isinstance(error, CounterclaimError) and error.retriable:
            raise
        log.exception("the stage failed on a record; it goes to the dead letters", stage=spec.name, **_where(record))
        return _refuse(spec, record, _failure("stage_failed", error))


async def _carry_out(shell: Shell, record: Record, plan: Plan) -> Plan:
    """Steps 5 to 7."""
    for message, out in plan.sends:
        await shell.send(out)
        metrics.sent(shell.spec.name, message)
    if plan.deliver is not None and shell.spec.deliver is not None:
        try:
            shell.spec.deliver(plan.deliver)
        except Exception as error:
            if isinstance(error, CounterclaimError) and error.retriable:
                raise
            log.exception("delivery failed; the record goes to the dead letters", **_where(record))
            return await _carry_out(shell, record, _refuse(shell.spec, record, _failure("delivery_failed", error)))
    for write in plan.stores:
        shell.tables[write.table].write(write.key, write.value, record.arrival.partition)
        shell.keep(write, record.arrival.partition)
    return plan


def _decode(source: Topic[Any], record: Record) -> Message:
    if record.fault is not None:
        raise record.fault
    body = record.value
    if not source.untrusted:
        trusted: Message = source.decode(body)
        return trusted
    if body is not None and len(body) > MAX_BODY:
        raise BadMessage(
            "too_large", f"{len(body)} bytes", fix=f"send at most {MAX_BODY} bytes; split live blogs by entry"
        )
    message: Message = decode_untrusted(source.model, body)
    return message


def _allowed(spec: StageSpec[Any], message: Message, record: Record) -> Outgoing:
    if BY_MODEL[type(message)] not in spec.emits:
        raise ValueError(f"{spec.name} sent a {message.TYPE}, which its agent does not declare")
    return outgoing(message, sender=spec.name, at=record.arrival.at)


def _refuse(spec: StageSpec[Any], record: Record, refusal: Rejected) -> Plan:
    """The plan to send the dead letter. Never fails: what cannot be said as it stands is said in short and in ASCII."""
    try:
        letter, out = _letter(spec, record, refusal)
    except Exception:
        log.exception("the refusal cannot be sent as it stands; it is cut", stage=spec.name, **_where(record))
        refusal = Rejected(refusal.reason, _cut(refusal.problem), _cut(refusal.fix))
        letter, out = _letter(spec, record, refusal)
    sends = ((letter, out),)
    log.info("refused", stage=spec.name, reason=refusal.reason, field=refusal.field, id=letter.id, **_where(record))
    return Plan("rejected", sends=sends, refusal=refusal)


def _letter(spec: StageSpec[Any], record: Record, refusal: Rejected) -> tuple[ArticleRejected, Outgoing]:
    letter = dead_letter(spec.name, record, refusal)
    return letter, outgoing(letter, sender=spec.name, at=record.arrival.at)


def _cut(said: object) -> str:
    """500 characters tell what was wrong; a stage that quotes a whole body would make the letter too large to send."""
    return ascii(said)[:500]


def _failure(reason: str, error: Exception) -> Rejected:
    return Rejected(
        reason,
        f"{type(error).__name__}: {error}"[:500],
        "a fault of the service, not of the record: mend it, then `counterclaim dead-letters replay` this one",
    )


def _where(record: Record) -> dict[str, Any]:
    return {
        "topic": record.arrival.topic,
        "partition": record.arrival.partition,
        "offset": record.arrival.offset,
    }
