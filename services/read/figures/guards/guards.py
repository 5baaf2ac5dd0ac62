"""The guards: numbers that are no figures, told before anything is counted.

Each rule looks at one numeral and answers the tokens it claims and a reason, or nothing. They are tried in order: what
is sure by its form (dates, clock times, models) before what leans on the words beside it (names, scores). A guarded
number is kept as rejected with its reason, for the page that explains a reading.
"""

from __future__ import annotations

from services.read.figures.dates import date_at
from services.read.figures.guards import ages, forms, names, scores
from services.read.figures.guards.guarded import Guarded, Rule
from services.read.figures.line import Line
from services.read.figures.numbers import Numeral


def guard(line: Line, numeral: Numeral) -> Guarded | None:
    """The first guard that claims the numeral; None where it may be a figure."""
    for rule in _DIGITS if line.is_number(numeral.first) else _WORDS:
        found = rule(line, numeral)
        if found is not None:
            return found
    return None


def _date(line: Line, numeral: Numeral) -> Guarded | None:
    span = date_at(line, numeral)
    return Guarded(*span, "date") if span else None


_DIGITS: tuple[Rule, ...] = (
    forms.address,
    forms.clock,
    _date,
    ages.by_unit,
    ages.by_word,
    ages.by_name,
    forms.chain,
    scores.dashed,
    scores.to,
    forms.glued_before,
    forms.glued_behind,
    forms.list_number,
    names.street,
    names.furniture,
    names.shared,
    names.emergency,
    names.related,
    names.quake,
    scores.fraction,
    names.numbered,
)
_WORDS: tuple[Rule, ...] = (  # days and years are never spelled: "in March two blasts"
    forms.clock,
    ages.by_unit,
    ages.by_word,
    scores.rank,
    scores.fraction,
    names.one,
    names.related,
    names.street,
    names.spelled,
    forms.list_number,
)
