"""The thresholds of rules.md: read from thresholds.yaml, checked at load, looked up by metric."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import yaml
from pydantic import Field, ValidationError

from schemas.errors import BadSetting
from schemas.message import Word
from schemas.metrics import Metric
from services.ledger.listed import parsed

FILE = "thresholds.yaml"


class Thresholds(Word):
    """The numbers the rules use for one metric; each is explained in the file."""

    later_hours: float = Field(gt=0)
    together_hours: float = Field(gt=0)
    same_overlap: float = Field(gt=0, le=1)
    wide_gap: float = Field(gt=1)
    warning_ratio: float = Field(ge=1)
    critical_ratio: float = Field(gt=1)
    warning_change: float = Field(ge=0, lt=1)
    critical_change: float = Field(gt=1)
    milestone_from: int = Field(ge=1)
    slip_factor: float = Field(gt=1)
    collision_digits: int = Field(ge=1)
    ratio_moved: float = Field(gt=0)
    stale_hours: float = Field(gt=0)
    wide: bool
    event: bool


def load(text: str) -> dict[str, Thresholds]:
    """Thresholds by metric, with the defaults under "default". Raises BadSetting with the name that is wrong."""
    try:
        given: Any = parsed(text)
        default: dict[str, Any] = given["default"]
        others: dict[str, dict[str, Any]] = given["metrics"] or {}
        unknown = set(others) - set(Metric)
        if unknown:
            raise BadSetting(f"{FILE}: {sorted(unknown)[0]!r} is no metric; see schemas/metrics.py")
        found = {"default": Thresholds.model_validate(_floats(default))}
        for metric, changed in others.items():
            found[metric] = Thresholds.model_validate(_floats(default | changed))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise BadSetting(f"{FILE}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from None
    except (yaml.YAMLError, KeyError, TypeError) as error:
        raise BadSetting(f"{FILE}: needs the two tables 'default' and 'metrics' ({error!r})") from None
    return found


def thresholds(metric: str) -> Thresholds:
    """Thresholds of a metric by its name; the defaults for a name the file does not know."""
    table = _table()
    return table.get(metric, table["default"])


@cache
def _table() -> dict[str, Thresholds]:
    return load(resources.files("services.ledger.rules").joinpath(FILE).read_text("utf-8"))


def _floats(values: dict[str, Any]) -> dict[str, Any]:
    """YAML writes 3 where the rules mean 3.0; strict models take neither for the other."""
    whole = {"milestone_from", "collision_digits"}
    return {name: float(value) if type(value) is int and name not in whole else value for name, value in values.items()}
