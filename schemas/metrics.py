"""What is counted. A metric says what two numbers must have in common before anybody compares them (rules.md R3)."""

from __future__ import annotations

from enum import StrEnum


class Metric(StrEnum):
    """The counted things the service tells apart; `other` is kept and shown, never compared."""

    DEATHS = "deaths"
    INJURED = "injured"
    CASUALTIES = "casualties"  # dead with injured, missing or captured in one number
    MISSING = "missing"
    RESCUED = "rescued"
    PEOPLE_PRESENT = "people_present"  # in a camp, at a border, trapped, besieged
    CROWD = "crowd"  # at a protest, a rally
    DISPLACED = "displaced"
    REFUGEES = "refugees"  # arrivals and totals abroad
    RETURNED = "returned"  # displaced people who went home: never compared with who is still away
    DETAINED = "detained"
    HOSTAGES = "hostages"
    CROSSING_ATTEMPTS = "crossing_attempts"
    TROOPS = "troops"
    CASES = "cases"  # of a disease
    HOMES_DAMAGED = "homes_damaged"
    MONEY = "money"
    RATIO = "ratio"  # "370 times more": never compared with a count
    OTHER = "other"


FAMILY: dict[Metric, str] = {
    Metric.DEATHS: "harm",
    Metric.INJURED: "harm",
    Metric.CASUALTIES: "harm",
    Metric.MISSING: "harm",
    Metric.RESCUED: "harm",
    Metric.HOSTAGES: "harm",
    Metric.CASES: "harm",
    Metric.PEOPLE_PRESENT: "people",
    Metric.CROWD: "people",
    Metric.DISPLACED: "people",
    Metric.REFUGEES: "people",
    Metric.RETURNED: "people",
    Metric.DETAINED: "people",
    Metric.CROSSING_ATTEMPTS: "people",
    Metric.TROOPS: "forces",
    Metric.HOMES_DAMAGED: "damage",
    Metric.MONEY: "money",
    Metric.RATIO: "other",
    Metric.OTHER: "other",
}
"""Metric families: one block of the ledger holds one family of one country or country pair, so that a number that
appears under two metrics of one event (rules.md R8, AP and Haiyan) is seen in one place."""
