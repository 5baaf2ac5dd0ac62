"""signs.yaml: what two tolls share, in points."""

from __future__ import annotations

from functools import cache

from pydantic import BaseModel, ConfigDict

from services.ledger.listed import listed


class Signs(BaseModel):
    """The points of signs.yaml, each explained there."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    needed: int
    all_three: int
    day: dict[str, int]
    kind: dict[str, int]
    far_kind: int
    place: dict[str, int]
    more_places: int
    one_land: int
    one_land_days: int
    other_towns: int
    target: dict[str, int]
    more_targets: int
    weapon: int
    lead: int
    lead_sentences: int
    named: int
    nationwide: int
    holder: int
    agent: int
    victims: int
    placeless: int
    kindless: int
    alike: dict[float, int]
    texts_alike: dict[float, int]
    number: int
    name: int
    most_names: int
    abroad: int
    close: int
    close_ratio: float
    close_from: int
    grown: int
    grown_times: float
    size: dict[int, int]
    daily_size: dict[int, int]
    wounded_per_dead: int
    known_to_all: int


@cache
def signs() -> Signs:
    """The table, read once."""
    return Signs.model_validate(listed("services.ledger.event", "signs.yaml"))


def from_steps(steps: dict[float, int] | dict[int, int], value: float) -> int:
    """The points of the highest step that `value` reaches; 0 below the first."""
    return max((points for least, points in steps.items() if value >= least), default=0)
