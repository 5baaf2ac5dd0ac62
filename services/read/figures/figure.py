"""What the reader finds: figures, and numbers it refused, as spans of the text; no article, no publisher yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from schemas.claim import Bound, Kind, Role, Status
from schemas.metrics import Metric
from services.read.text import Document


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its hedge: words text[start:end] such as "approximately 2,000" or "between 3,000 and 4,000".

    `first` and `last` are token indexes [first, last) of the document. `value` is the headline number; `stated_low` and
    `stated_high` are the ends as the words give them (equal for a plain or hedged number; None: no such end), `low` and
    `high` the interval of rules.md R2.
    """

    start: int
    end: int
    first: int
    last: int
    value: float
    stated_low: float | None
    stated_high: float | None
    low: float
    high: float | None
    soft_low: bool
    soft_high: bool
    bound: Bound
    modifier: str | None
    currency: str | None = None  # ISO 4217 where the amount is money
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """What a quantity counts: the noun as written, its unit and metric, whose it is, and its part in the article.

    `state` is the word that stands where the noun is left out: the "missing" of "16 missing".
    """

    noun: str | None
    noun_start: int | None
    noun_end: int | None
    unit: str
    metric: Metric
    whose: str | None = None
    whose_id: str | None = None
    state: str | None = None
    role: Role = "total"
    status: Status = "asserted"
    kind: Kind = "stock"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who asserts a figure, as written in full; `name` None is the publisher's own voice."""

    name: str | None
    id: str | None = None
    cue: str | None = None
    via: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and when: place words, entity ids of the places, scope word, window, and the time the figure is of.

    `border`: both countries of the one border that the text has near its figures; () of none and of several."""

    place: str | None = None
    places: tuple[str, ...] = ()
    scope: str | None = None
    window: str | None = None
    as_of: datetime | None = None
    border: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a text: text[start:end] are its words (hedge, number and counted noun where it follows)."""

    start: int
    end: int
    sentence: int
    quantity: Quantity
    counted: Counted
    speaker: Speaker
    setting: Setting


@dataclass(frozen=True, slots=True)
class RejectedNumber:
    """A number that is no figure, and why: date, age, name, ordinal, score, …"""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything a text's numbers came to, and the text as it was cut."""

    document: Document
    figures: tuple[Figure, ...]
    rejected: tuple[RejectedNumber, ...]
