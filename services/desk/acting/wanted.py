"""What a person wants done: the fields of a posted form, checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from typing import ClassVar, get_args
from zoneinfo import ZoneInfo

from schemas.desk_act import DeskAct, TargetKind
from schemas.errors import CounterclaimError, Fault
from services.desk.access.people import Role

LONGEST = {"target": 512, "into": 200, "why": 1000}
"""Characters; what the messages take (schemas/desk_act.py, entity_join.py, review.py)."""

FURTHEST = timedelta(days=90)
"""Of a silence with an end. Longer is "until taken back", which stands on the page and does not end by surprise."""


class BadAct(CounterclaimError):
    """What was asked for cannot be done: the form's `field`, the `problem`, and the `fix`."""

    fault: ClassVar[Fault] = "operator"

    def __init__(self, field: str, problem: str, fix: str) -> None:
        self.field, self.problem, self.fix = field, problem, fix
        super().__init__(f"{field}: {problem}; {fix}")


@dataclass(frozen=True, slots=True)
class Rule:
    """What an act can be done to, what it asks for beside target and why, and who may do it."""

    kinds: tuple[TargetKind, ...]
    also: tuple[str, ...] = ()
    why: bool = True
    role: Role = "editor"


ACTS: Mapping[DeskAct, Rule] = {
    "silenced": Rule(("alert", "figure"), ("until",)),
    "unsilenced": Rule(("alert", "figure")),
    "flagged": Rule(("claim",)),
    "unflagged": Rule(("claim",)),
    "used": Rule(("alert", "figure", "claim"), why=False),
    "released": Rule(("held",)),
    "dismissed": Rule(("held",)),
    "merged": Rule(("entity",), ("into",)),
    "unmerged": Rule(("entity",), ("into",)),
    "replayed": Rule(("dead_letter",), ("body",)),
    "signed_out": Rule(("person",), role="admin"),
}
"""Every act of schemas/desk_act.py."""


def role_for(act: str) -> Role:
    """Who may do `act`; of what is no act an editor may hear that it is none."""
    return next((rule.role for name, rule in ACTS.items() if name == act), "editor")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One act as asked for. `until` is aware, None: until taken back. `body`: a dead letter's record, edited."""

    act: DeskAct
    kind: TargetKind
    target: str
    why: str
    at: datetime
    until: datetime | None = None
    into: str = ""
    body: str = ""


def wanted(act: str, fields: Mapping[str, str], at: datetime, zone: ZoneInfo) -> Wanted:
    """What the form asks for at `at` (aware). A time without a zone is one of the desk's `zone`. Raises BadAct."""
    for name in get_args(DeskAct):
        if name == act:
            return _checked(name, ACTS[name], fields, at, zone)
    raise BadAct("act", f"{act[:40]!r} is none", f"post to /acts/ and one of {', '.join(ACTS)}")


def _checked(act: DeskAct, rule: Rule, fields: Mapping[str, str], at: datetime, zone: ZoneInfo) -> Wanted:
    known = ("kind", "target", "why", *rule.also)
    for field in fields:
        if field not in known:  # a mistyped `until` would silence for ever
            near = get_close_matches(field, known, n=1)
            meant = f" (is {near[0]} meant?)" if near else ""
            raise BadAct(field[:40], f"is no field of {act!r}{meant}", f"send {', '.join(known)}")
    given = {name: fields.get(name, "").strip() for name in known}
    kind = next((kind for kind in rule.kinds if kind == (given["kind"] or rule.kinds[0])), None)
    if kind is None or (not given["kind"] and len(rule.kinds) > 1):
        raise BadAct("kind", f"{given['kind'][:40]!r} cannot be {act}", f"send {' or '.join(rule.kinds)}")
    _length("target", given["target"], needed=True)
    _length("why", given["why"], needed=rule.why)
    _length("into", given.get("into", ""), needed=act == "merged")
    return Wanted(
        act=act,
        kind=kind,
        target=given["target"],
        why=given["why"],
        at=at,
        until=_until(given.get("until", ""), at, zone),
        into=given.get("into", ""),
        body=given.get("body", ""),
    )


def _length(field: str, given: str, *, needed: bool) -> None:
    most = LONGEST[field]
    if needed and not given:
        raise BadAct(field, "is empty", f"give 1 to {most:,} characters, not only spaces")
    if len(given) > most:
        raise BadAct(field, f"has {len(given):,} characters", f"give at most {most:,}")
    if "\x00" in given:
        raise BadAct(field, "holds a NUL character", "leave it out")


def _until(given: str, at: datetime, zone: ZoneInfo) -> datetime | None:
    if not given:
        return None
    try:
        until = datetime.fromisoformat(given)
        until = (until if until.tzinfo is not None else until.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadAct(
            "until", f"{given[:40]!r} is no time", "send ISO 8601, like 2021-11-14T09:30Z, or nothing"
        ) from None
    if until <= at:
        raise BadAct("until", f"{given[:40]} is over", "give a time ahead, or nothing: until it is taken back")
    if until > at + FURTHEST:
        raise BadAct(
            "until", f"{given[:40]} is more than {FURTHEST.days} days ahead", "give nothing: until it is taken back"
        )
    return until
