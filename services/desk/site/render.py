"""Templates to HTML. Everything that comes from a message is escaped, and its control characters are made visible."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request

from schemas.metrics import Metric
from schemas.printable import printable
from services.desk.wording import FILTERS, since

STATIC = files("services.desk").joinpath("static")

NAVIGATION = (
    ("/", "Board"),
    ("/alerts", "Alerts"),
    ("/figures", "Figures"),
    ("/entities", "Names"),
    ("/search", "Search"),
    ("/review", "Review"),
    ("/sources", "Sources"),
    ("/ops", "Ops"),
)
"""What stands on top of every page, in this order."""

METRICS = tuple(metric.value for metric in Metric)

THEMES = ("light", "dark")


class Renderer:
    """The desk's templates. `about` gives, for a request, what every page shows of who asks: person, csrf, notice."""

    def __init__(
        self, zone: ZoneInfo, clock: Callable[[], datetime], about: Callable[[Request], dict[str, Any]]
    ) -> None:
        self._clock = clock
        self._about = about
        self._templates = Environment(
            loader=PackageLoader("services.desk"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            # Markup is a kind of str: what a macro made is left alone, what a message brought is not.
            finalize=lambda value: printable(value) if type(value) is str else value,
        )
        self._templates.filters.update(FILTERS)
        self._templates.filters.update(_times(zone, clock))
        self._templates.globals.update(static=static, navigation=NAVIGATION, zone=zone.key, metric_names=METRICS)

    def page(self, template: str, request: Request, **values: Any) -> str:
        """A whole page for `request`."""
        theme = request.query_params.get("theme")
        return self.fragment(
            template,
            here=request.url.path,
            query=request.url.query,
            theme=theme if theme in THEMES else None,
            kiosk=request.query_params.get("kiosk") == "1",
            **self._about(request),
            **values,
        )

    def fragment(self, template: str, **values: Any) -> str:
        """A part of a page, the same for whoever looks."""
        return self._templates.get_template(template).render(now=self._clock(), **values)


def _times(zone: ZoneInfo, clock: Callable[[], datetime]) -> dict[str, Callable[[datetime], Markup]]:
    """Times as `<time>` in the desk's zone, with UTC to hover over: `day`, `at` (with the hour), `hour`, `ago`."""

    def element(when: datetime, words: str) -> Markup:
        utc = when.astimezone(UTC)
        return Markup('<time datetime="{}" title="{}">{}</time>').format(
            f"{utc:%Y-%m-%dT%H:%M:%SZ}", f"{utc:%d %b %Y, %H:%M:%S} UTC".lstrip("0"), words
        )

    def at(when: datetime) -> Markup:
        local = when.astimezone(zone)
        return element(when, f"{local.day} {local:%b %Y, %H:%M} {'UTC' if zone.key == 'UTC' else local.tzname()}")

    def day(when: datetime) -> Markup:
        local = when.astimezone(zone)
        return element(when, f"{local.day} {local:%b %Y}")

    def hour(when: datetime) -> Markup:
        return element(when, f"{when.astimezone(zone):%H:%M}")

    def ago(when: datetime) -> Markup:
        return element(when, since(when, clock()))

    return {"time_at": at, "time_day": day, "time_hour": hour, "time_ago": ago}


@cache
def static(name: str) -> str:
    """The address of a static file, with its content's name in it, so that a browser may keep it for ever."""
    return f"/static/{name}?v={blake2b(STATIC.joinpath(name).read_bytes(), digest_size=6).hexdigest()}"
