"""How the desk writes numbers, times, intervals and links. The words for codes stand in phrases.yaml."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

import yaml

from schemas.claim import Claim
from schemas.entity import Window
from schemas.interval import in_digits
from schemas.metrics import Metric
from schemas.printable import printable

PHRASES: dict[str, dict[str, str]] = yaml.safe_load(
    files("services.desk").joinpath("phrases.yaml").read_text(encoding="utf-8")
)

MANY = ((1e12, "tn"), (1e9, "bn"), (1e6, "m"))
"""From a million the desk writes 1.5m, 2bn, 3tn as newspapers do, where two decimals hold every digit; else all digits:
an interval says exactly what it means, and 1,234,567 is not 1.23m."""


def phrase(code: str, kind: str) -> str:
    """The words for a code of `kind` (flags, verdicts, severities, …); an unknown code in its own letters."""
    return PHRASES.get(kind, {}).get(code) or code.replace("_", " ")


def number(n: float) -> str:
    """33200.0 → 33,200; 1.5 → 1.5; 2500000 → 2.5m; 1234567 → 1,234,567."""
    size, name = next(((size, name) for size, name in MANY if abs(n) >= size), (1.0, ""))
    return in_digits(n / size) + name if name and n % (size / 100) == 0 else in_digits(n)


def interval(claim: Claim) -> str:
    """A claim's interval in words: "1,800 to 2,200", "at least 50", "up to 300", "100 to about 999"."""
    low, high = number(claim.low), None if claim.high is None else number(claim.high)
    if high is None:
        return f"at least {low}"
    if claim.low == claim.high:
        return f"exactly {low}"
    if claim.low == 0 and claim.bound == "upper":
        return f"up to {high}"
    return f"{'about ' * claim.soft_low}{low} to {'about ' * claim.soft_high}{high}"


def short_number(n: float) -> str:
    """For an axis: 500, 2k, 1.25k, 10k, 1.5m."""
    return in_digits(n / 1000) + "k" if 1000 <= n < 1_000_000 and n % 10 == 0 else number(n)


def times(ratio: float) -> str:
    """1.3636 → ×1.36."""
    return f"×{ratio:,.2f}".rstrip("0").rstrip(".")


def apart(ratio: float, *, first: bool = False) -> str:
    """1.3636 → "×1.36 apart"; where the digits would say ×1, "hardly apart". `first`: it begins a sentence."""
    words = f"{times(ratio)} apart" if ratio >= 1.005 else "hardly apart"
    return words.capitalize() if first else words


def count(n: int, one: str, many: str | None = None) -> str:
    """1 origin, 2 origins."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def moment(at: datetime) -> str:
    """14 Nov 2021, 13:20 UTC."""
    at = at.astimezone(UTC)
    return f"{at.day} {at:%b %Y, %H:%M} UTC"


def clock(at: datetime) -> str:
    """13:20:05 UTC."""
    return f"{at.astimezone(UTC):%H:%M:%S} UTC"


def day(at: datetime) -> str:
    """14 Nov 2021."""
    at = at.astimezone(UTC)
    return f"{at.day} {at:%b %Y}"


def since(at: datetime, now: datetime) -> str:
    """How long ago: "12 s ago", "5 min ago", "3 h ago", "2 d ago". A time ahead of the clock is "just now"."""
    seconds = int((now - at).total_seconds())
    for size, name in ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")):
        if seconds >= size:
            return f"{seconds // size} {name} ago"
    return "just now"


def lasting(span: timedelta) -> str:
    """A length of time: "under 1 s", "40 s", "12 min", "5 h", "3 d", whole units, the largest that fits twice."""
    seconds = int(span.total_seconds())
    for size, name in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds >= 2 * size:
            return f"{seconds // size} {name}"
    return f"{seconds} s" if seconds else "under 1 s"


def trend(window: Window) -> str:
    """ " ▲" where the window has at least twice the articles of the one before and three more, " ▼" the other way."""
    if window.articles >= 2 * window.before and window.articles >= window.before + 3:
        return " ▲"
    return " ▼" if window.before >= 2 * window.articles and window.before >= window.articles + 3 else ""


def most_told(figures: Mapping[str, int]) -> list[tuple[str, int]]:
    """Metrics with the number of claims of each, the most first; `other`, which says nothing, last."""
    return sorted(figures.items(), key=lambda each: (each[0] == Metric.OTHER, -each[1], each[0]))


def speaker(claim: Claim) -> str:
    """Who asserts it, as shown: the speaker, else the publisher, else the article's own id."""
    return claim.voice_name


def scopes(claims: Sequence[Claim]) -> str:
    """The scopes of claims in their order: "camp / border"."""
    return " / ".join(claim.scope or "no place named" for claim in claims)


def web_address(url: str | None) -> str | None:
    """`url` if a browser may be sent there: http or https with a host. Never javascript:, data:, file:."""
    if url is None or any(unicodedata.category(c) in {"Cc", "Cf", "Zs", "Zl", "Zp"} for c in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.hostname else None


def clip(text: str, longest: int) -> str:
    """At most `longest` characters, with an ellipsis where some were left out."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def json_source(text: str) -> str:
    """JSON that is edited in a field: what pages show by a sign (schemas/printable.py) stands as its \\u escape, which
    means the same. The sign itself would be sent back in its place."""
    return text.translate({ord(char): f"\\u{ord(char):04x}" for char in set(text) if printable(char) != char})


FILTERS: dict[str, Any] = {
    "phrase": phrase, "number": number, "interval": interval, "times": times, "count": count, "moment": moment,
    "clock": clock, "day": day, "since": since, "speaker": speaker, "web_address": web_address, "clip": clip,
    "lasting": lasting, "trend": trend, "apart": apart, "json_source": json_source,
    "most_told": most_told,
}  # fmt: skip
"""What the templates may call, by name."""
