"""Structured logs on standard error: JSON lines, or plain text on a terminal; Faust's and aiokafka's lines, too."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, MutableMapping
from typing import Any

import structlog

from services.platform.metrics import LOG_LINES_DROPPED
from services.platform.settings import Settings

_LIBRARIES = (
    "faust",
    "mode",
    "aiokafka",
    "asyncio",
    "uvicorn",
    "services.platform.faust_mends",
    "services.platform.faust_recovery",
)
"""Loggers of libraries (Faust names the loggers of subclasses by their module): warnings and up. `debug` opens all.
Faust alone writes 60 lines at info per stage and start."""

_SILENCED = ("Topic creation disabled",)
"""Faust warns at every start that it will not create topics, which is what it was told (see topic_admin)."""

_BURST = 5
_PERIOD = 10.0
"""Of one message of a library, 5 lines in 10 s. While a broker is away aiokafka writes 1,400 lines a second."""


def configure(settings: Settings) -> None:
    """Sets up structlog and the standard library's logging for this process. Call once, before anything logs."""
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    plain = settings.log_format == "console" or (settings.log_format == "auto" and sys.stderr.isatty())
    shared: list[Callable[..., Any]] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    render: list[Callable[..., Any]] = (
        [structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback)]
        if plain
        else [structlog.processors.format_exc_info, _one_line, structlog.processors.JSONRenderer(ensure_ascii=False)]
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(RepeatLimit())
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *render],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    for name in _LIBRARIES:
        library = logging.getLogger(name)
        library.setLevel(level if level == logging.DEBUG else max(level, logging.WARNING))
        library.handlers = []
        library.propagate = True
    logging.captureWarnings(True)


class RepeatLimit(logging.Filter):
    """Lets through `_BURST` lines of one library message in `_PERIOD`, and says then how many it held back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._seen: dict[tuple[str, str], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """True to write the line."""
        if not record.name.startswith(_LIBRARIES):
            return True
        template = str(record.msg)
        if template.startswith(_SILENCED):
            return False
        key = (record.name, template)
        now = self._clock()
        since, count = self._seen.get(key, (now, 0))
        if now - since >= _PERIOD:
            if count > _BURST:
                record.msg = f"{template} (and {count - _BURST} such lines held back)"
            since, count = now, 0
        if len(self._seen) > 1000:  # messages with the text formatted in: a bound on what is remembered
            self._seen.clear()
        self._seen[key] = (since, count + 1)
        if count < _BURST:
            return True
        LOG_LINES_DROPPED.inc()
        return False


def _one_line(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Faust formats tables into its messages; a log line is one line."""
    event["event"] = str(event.get("event", "")).strip()
    return event
