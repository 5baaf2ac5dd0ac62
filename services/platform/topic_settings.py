"""Kafka's settings of a topic: what we want, what a broker says, and the command that mends a difference.

A topic made by hand, or before an upgrade, takes the cluster's own: a changelog that is deleted by age, a topic that
keeps a day, a clock that is the sender's. Nothing fails then, until what was lost is missed.
"""

from __future__ import annotations

from collections.abc import Mapping

_AT_LEAST = ("max.message.bytes", "retention.ms", "min.compaction.lag.ms", "min.insync.replicas")
"""Of these more is right, too: whoever keeps records longer loses none."""

FOR_EVER = -1
"""What Kafka says for a retention without end."""


def replicated(config: Mapping[str, str], replication: int) -> dict[str, str]:
    """`config` of a topic with that many replicas, 1 or more.

    Of three replicas two must have a record before it counts as sent (acks=all waits only for those in step, which may
    be the leader alone): else nothing is lost only while no broker is.
    """
    return {**config, "min.insync.replicas": str(min(2, replication))}


def differences(wanted: Mapping[str, str], found: Mapping[str, str]) -> dict[str, str]:
    """The settings of `wanted` that `found` does not fulfil, with what they are to be.

    A setting that the broker does not tell is no difference: Tansu tells only what a topic was made with.
    """
    return {name: value for name, value in wanted.items() if name in found and not _holds(name, value, found[name])}


def _holds(name: str, wanted: str, found: str) -> bool:
    if name in _AT_LEAST:
        return int(found) == FOR_EVER or (int(wanted) != FOR_EVER and int(found) >= int(wanted))
    return set(wanted.split(",")) == {each.strip() for each in found.split(",")}


def complaint(topic: str, wrong: Mapping[str, str], found: Mapping[str, str], server: str) -> str:
    """What is wrong with a topic, and the command of Kafka's own that mends it."""
    said = ", ".join(f"{name} is {found[name]} and must be {value}" for name, value in wrong.items())
    config = ",".join(f"{name}=[{value}]" if "," in value else f"{name}={value}" for name, value in wrong.items())
    return (
        f"{topic}: {said}; run `kafka-configs.sh --bootstrap-server {server} --alter --entity-type topics "
        f"--entity-name {topic} --add-config '{config}'`"
    )
