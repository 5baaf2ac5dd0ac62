"""notify: AlertRaised -> DeliveryLogged `due`, one for each subscription that wants the alert; `silenced` instead while
somebody at the desk keeps it back.

Each fingerprint keeps the sequence told last, who was told, and what was answered to its last records, by their
offsets. A lower or equal sequence at an offset that is not among them was told before. At one that is, it is a
redelivery after a crash, of which nobody knows whether the deliveries went out: the same ones are sent again, under the
same ids, and deliver drops those it knows. Nothing is asked anew then: a silence may have come or gone, and a later
message of the alert may have been told already (its row can survive a crash that an earlier message's deliveries do
not, since they lie on other partitions).

What a silence keeps back does not go out when the silence ends; the next message of the alert does. It never keeps back
what puts right an alert that went out.

A row goes 100 days after its alert was told last (forgetting.py).

What becomes of a delivery is not this stage's business (services/deliver). Grouping, when it comes, is decided here: a
delivery may be due later than now (`next_at`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pydantic import AwareDatetime, ConfigDict

from schemas.alert import AlertRaised
from schemas.delivery import DeliveryLogged
from schemas.desk_act import DeskActed
from schemas.message import Word
from schemas.outcomes import Arrival, Duplicate, Outcome, Processed, Tables, Write
from schemas.subscription import Subscription
from services.notify import forgetting, silences
from services.notify.forgetting import TABLE
from services.notify.matching import wants

MAX_ANSWERED = 8
"""Records of one alert whose answers are kept: what may be done again after a crash is the work of 1 to 2 s."""


class Answer(Word):
    """What was answered to the record at `offset`: to whom it was due, from whom kept back, and by which silence."""

    offset: int
    due: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    silence: str | None = None


class Told(Word):
    """A row: the sequence told last, who was told of the alert, the last answers, its partition, and the latest arrival
    of its messages (None: a row of before these were kept)."""

    model_config = ConfigDict(extra="ignore")  # rows of before kept one offset and no answers

    sequence: int = 0
    told: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()
    partition: int = -1
    last: AwareDatetime | None = None


def step(
    message: AlertRaised | DeskActed, tables: Tables, arrival: Arrival, subscriptions: Sequence[Subscription]
) -> Outcome:
    """Processed: an entry for each subscription that wants the alert, or what the desk did is kept. Duplicate: this or
    a later message of the alert was told."""
    if isinstance(message, DeskActed):
        return silences.heard(message, tables, arrival)
    return _alerted(message, tables, arrival, subscriptions)


def _alerted(alert: AlertRaised, tables: Tables, arrival: Arrival, subscriptions: Sequence[Subscription]) -> Outcome:
    stored = tables[TABLE].get(alert.fingerprint)
    known = Told() if stored is None else Told.model_validate_json(stored)
    answer = next((each for each in known.answers if each.offset == arrival.offset), None)
    if answer is None:
        if alert.sequence <= known.sequence or (stored is None and forgetting.is_of_long_ago(tables[TABLE], arrival)):
            return Duplicate(of=alert.id)
        answer = _answer(alert, tables, arrival, subscriptions, known.told)
        known = Told(
            sequence=alert.sequence,
            told=tuple(sorted({*known.told, *answer.due})),
            answers=(*known.answers, answer)[-MAX_ANSWERED:],
            partition=arrival.partition,
            last=arrival.at if known.last is None else max(known.last, arrival.at),
        )
    return Processed(
        emit=(
            *(_due(each, alert, arrival) for each in answer.due),
            *(_kept(each, alert, arrival, answer.silence) for each in answer.kept),
        ),
        store=(
            Write(TABLE, alert.fingerprint, known.model_dump_json().encode()),
            *forgetting.noted(tables[TABLE], alert.fingerprint, arrival),
        ),
    )


def _answer(
    alert: AlertRaised, tables: Tables, arrival: Arrival, subscriptions: Sequence[Subscription], told: Collection[str]
) -> Answer:
    """Who gets it now, and from whom it is kept back."""
    wanted = [each.id for each in subscriptions if wants(each.match, alert, told=each.id in told)]
    silence = silences.standing(alert, tables, arrival)
    if silence is None:
        return Answer(offset=arrival.offset, due=tuple(wanted))
    puts_right = alert.message_type == "cancel" or bool(alert.corrections)
    due = tuple(each for each in wanted if puts_right and each in told)
    kept = tuple(each for each in wanted if each not in due)
    return Answer(offset=arrival.offset, due=due, kept=kept, silence=silence)


def _due(subscription: str, alert: AlertRaised, arrival: Arrival) -> DeliveryLogged:
    return DeliveryLogged(
        subscription=subscription,
        alert_id=alert.id,
        state="due",
        attempt=0,
        at=arrival.at,
        next_at=arrival.at,
        reason="matched",
        alert=alert,
    )


def _kept(subscription: str, alert: AlertRaised, arrival: Arrival, silence: str | None) -> DeliveryLogged:
    return DeliveryLogged(
        subscription=subscription,
        alert_id=alert.id,
        state="silenced",
        attempt=0,
        at=arrival.at,
        reason="silenced",
        detail=silence,
    )
