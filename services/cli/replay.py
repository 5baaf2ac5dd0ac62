"""The whole path without a broker: the same stages in the same order over plain dicts.

This is the reference that crash tests compare the running service with, and how rules are tried on old news.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from schemas.article import ArticlePublished
from schemas.message import Message
from schemas.outcomes import Arrival, Duplicate, Outcome, Processed, Rejected
from schemas.topics import BY_MODEL, PUBLISHED, ROUTES, TABLES, article_partition
from services.admit import stage as admit
from services.copies import stage as copies
from services.ledger import stage as ledger
from services.read import stage as read
from services.tally import stage as tally

Step = Callable[..., Outcome]


class PurePath:
    """Stages fed one article at a time. `tables` are theirs: stage, table, key."""

    def __init__(self, stages: Sequence[str] = ("admit", "copies", "read", "tally", "ledger")) -> None:
        steps: dict[str, Step] = {
            "admit": admit.Door().step,
            "copies": copies.Tracer().step,
            "read": read.step,
            "tally": tally.Tally(at_once=True).step,
            "ledger": ledger.step,
        }
        self._steps = {stage: steps[stage] for stage in stages}
        self._offsets: dict[str, int] = {}
        self.tables: dict[str, dict[str, dict[str, bytes]]] = {
            stage: {name: {} for name in TABLES[stage]} for stage in stages
        }

    def feed(self, article: ArticlePublished, at: datetime) -> Iterator[Message | Duplicate | Rejected]:
        """Everything the stages emit for one article, in order; `at` is its arrival.

        A refusal comes as Rejected, the same thing again as Duplicate.
        """
        waiting: deque[Message] = deque([article])
        while waiting:
            message = waiting.popleft()
            topic = BY_MODEL[type(message)]
            offset = self._offsets[topic.name] = self._offsets.get(topic.name, -1) + 1
            # All on one partition, but a published article on its own: elsewhere admit would send it on.
            partition = article_partition(topic.key(message)) if topic is PUBLISHED else 0
            arrival = Arrival(topic.name, partition, offset, at)
            for stage, step in self._steps.items():
                if topic in ROUTES[stage].sources:
                    outcome = self._run(stage, step, message, arrival)
                    if isinstance(outcome, Processed):
                        yield from outcome.emit
                        waiting.extend(outcome.emit)
                    else:
                        yield outcome

    def _run(self, stage: str, step: Step, message: Message, arrival: Arrival) -> Outcome:
        tables = self.tables[stage]
        outcome = step(message, tables, arrival)
        if not isinstance(outcome, Rejected):
            for write in outcome.store:
                write.into(tables[write.table])
        return outcome
