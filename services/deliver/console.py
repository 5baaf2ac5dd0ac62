"""The console channel: an alert as plain text for a person: what is said, by whom, where it stands, why it alerts."""

from __future__ import annotations

import sys
import textwrap

from schemas.alert import AlertRaised, Side
from schemas.claim import Claim
from schemas.interval import in_digits, roughly
from schemas.printable import printable
from schemas.subscription import ChannelName
from services.deliver.channel import Answer

_WIDTH = 100
"""Columns. Wide enough for a sentence in three lines, narrow enough for half a screen."""

_FLAGS: dict[str, str] = {
    "soft_bound": "disjoint only through the soft end of a vague plural",
    "cross_source": "said by different speakers",
    "same_speaker": "one speaker gives both numbers",
    "intra_article": "both stand in one article",
    "milestone": "passes a round number",
    "correction": "the speaker corrects an earlier number",
    "revised_down": "a running total fell",
    "wide_gap": "the headline numbers differ threefold",
    "subset_exceeds": "a part exceeds the whole",
    "opposite_bounds": "one says at least, the other at most",
}
"""Flags in words. A flag that is not here is shown by its name."""


class Console:
    """The worker's standard output."""

    name: ChannelName = "console"

    async def send(self, alert: AlertRaised) -> Answer:
        """Writes the alert, whole and at once."""
        return _write(render(alert))

    async def test(self, id_: str) -> Answer:
        """Writes a line that says it is a test."""
        return _write(f"TEST {id_}: alerts are shown here")


def render(alert: AlertRaised) -> str:
    """The alert as text, no trailing newline."""
    kind = {"alert": "ALERT", "update": "UPDATE", "cancel": "CANCELLED"}[alert.message_type]
    ratio = f", {roughly(alert.ratio)} times apart" if alert.ratio is not None else ""
    lines = [
        f"{kind} [{alert.severity}] {alert.verdict}{ratio}: {_line(alert.label)}",
        *_wrap(alert.attribution, "  "),
    ]
    if alert.flags:
        lines.append("  flags:")
        for flag in alert.flags:
            lines += _wrap(f"{flag}: {_explained(flag, alert)}", "    ")
    for claim, side in zip(alert.claims, _sides(alert), strict=True):
        lines += ["", *_quote(claim, side)]
    lines += ["", f"  why ({alert.reason}):"]
    for number, rule in enumerate(alert.because, start=1):
        lines += _wrap(f"{number}. {rule}", "    ")
    lines.append(f"  id {alert.id}, series {alert.series}, raised {alert.raised:%Y-%m-%d %H:%M} UTC")
    return printable("\n".join(lines))


def _write(text: str) -> Answer:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
    return Answer("accepted", "shown")


def _quote(claim: Claim, side: Side | None) -> list[str]:
    voice = side.voice if side is not None else claim.voice_name
    carried = (
        f" ({side.outlets} outlets, {_count(side.origins, 'origin')})" if side is not None and side.outlets > 1 else ""
    )
    place = f" {claim.place}" if claim.place else ""
    counted = f" {claim.counted}" if claim.counted and claim.counted not in claim.words else ""
    lines = ["  " + _line(f"{voice}{carried}: {claim.words}{counted}{place}, that is {_interval(claim)}")]
    lines += _wrap(f"“{_marked(claim)}”", "    ")
    publisher = claim.publisher or "unknown publisher"
    lines += _wrap(
        f"article {claim.article}, {publisher}, {claim.published:%Y-%m-%d}, characters {claim.start} to {claim.end}",
        "    ",
    )
    return lines


def _interval(claim: Claim) -> str:
    low = in_digits(claim.low) + (" (soft)" if claim.soft_low else "")
    if claim.high is None:
        return f"{low} or more"
    high = in_digits(claim.high) + (" (soft)" if claim.soft_high else "")
    return low if claim.low == claim.high else f"{low} to {high}"


def _marked(claim: Claim) -> str:
    """The sentence with the figure in brackets, so that the eye finds it."""
    start, end = claim.start - claim.sentence_start, claim.end - claim.sentence_start
    sentence = claim.sentence
    if sentence[start:end] == claim.words:
        sentence = f"{sentence[:start]}[{claim.words}]{sentence[end:]}"
    return _line(sentence)


def _explained(flag: str, alert: AlertRaised) -> str:
    if flag == "scope_differs":
        one, other = (claim.scope or "no scope stated" for claim in alert.claims)
        return f"one number is of the {one}, the other of the {other}: not the same count"
    return _FLAGS.get(flag, "see why")


def _sides(alert: AlertRaised) -> tuple[Side | None, Side | None]:
    """The side of each claim, by claim id."""
    by_claim = {side.claim: side for side in alert.sides}
    one, other = alert.claims
    return by_claim.get(one.id), by_claim.get(other.id)


def _line(text: str) -> str:
    """Foreign text on one line: its own break would begin one that looks like the service's word."""
    return " ".join(text.split())


def _wrap(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent + "  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" + ("" if number == 1 else "s")
