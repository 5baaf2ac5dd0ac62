"""One tree of errors. Two facts stand on every class: may the same input succeed later, and whose fault it is."""

from __future__ import annotations

from typing import ClassVar, Literal

Fault = Literal["publisher", "operator", "service", "broker", "reader"]


class CounterclaimError(Exception):
    """Root of every error this service raises on purpose.

    `retriable`: the same input may succeed later without anybody changing it.
    `fault`: who has to act when it is not.
    """

    retriable: ClassVar[bool] = False
    fault: ClassVar[Fault] = "service"


class BadMessage(CounterclaimError):
    """The bytes of one record are not the message its topic promises. Goes to the dead letter, never retried.

    `reason` is a stable code (`bad_json`, `missing_field`, …) to count and filter by, `field` the dotted path of the
    offending field or None, `fix` one sentence that says what to send instead.
    """

    fault: ClassVar[Fault] = "publisher"

    def __init__(self, reason: str, problem: str, *, fix: str, field: str | None = None) -> None:
        self.reason, self.problem, self.fix, self.field = reason, problem, fix, field
        super().__init__(f"{field or 'message'}: {problem}; {fix}")


class BadSetting(CounterclaimError):
    """A setting, a topic or a file that the operator controls is wrong. The start stops and says the fix."""

    fault: ClassVar[Fault] = "operator"


class BrokerUnavailable(CounterclaimError):
    """The broker did not answer in time."""

    retriable: ClassVar[bool] = True
    fault: ClassVar[Fault] = "broker"


class BadCursor(CounterclaimError):
    """The cursor of a list is not one that this list gave. `field` and `fix` as in BadMessage."""

    fault: ClassVar[Fault] = "reader"
    field: ClassVar[str] = "cursor"

    def __init__(self, problem: str) -> None:
        self.problem, self.fix = problem, "take it from the list's own `next`, or leave it out to begin at the top"
        super().__init__(f"{self.field}: {problem}; {self.fix}")
