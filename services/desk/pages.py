"""Pages and fragments: the read store through the templates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from schemas.alert import AlertRaised
from schemas.article import ArticleTraced
from schemas.printable import printable
from services.desk.board import alert_card, board
from services.desk.follow import Following
from services.desk.marked_text import paragraphs, supported
from services.desk.read_store import ReadStore
from services.desk.wording import FILTERS

SECTIONS = ("alerts", "figures", "notes", "entities", "rejected")
"""The parts of the board that are swapped whole when they change; each is a template section_NAME.html."""

STATIC = files("services.desk").joinpath("static")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The board's sections as HTML at one version of the store. `id` names their content, whoever made it."""

    id: str
    sections: dict[str, str]


class Pages:
    """Makes HTML. Everything that comes from a message is escaped, and its control characters are made visible."""

    def __init__(self, store: ReadStore, following: Following, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._following = following
        self._clock = clock
        self._made: tuple[int, Snapshot] | None = None
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
        self._templates.globals["static"] = _static

    def snapshot(self) -> Snapshot:
        """The board's sections now; made once per version of the store."""
        version = self._store.version
        if self._made is None or self._made[0] != version:
            shown = board(self._store)
            dead = self._store.dead_letters()
            sections = {name: self._render(f"section_{name}.html", board=shown, dead=dead) for name in SECTIONS}
            content = blake2b("\0".join(sections.values()).encode("utf-8", "replace"), digest_size=8).hexdigest()
            self._made = (version, Snapshot(content, sections))
        return self._made[1]

    def pulse(self) -> str:
        """The line that says whether news still comes in, and how much is held. Differs from second to second."""
        return self._render(
            "pulse.html",
            now=self._clock(),
            last=self._store.last_article(),
            counts=self._store.counts(),
            following=self._following,
        )

    def board(self) -> str:
        return self._render("board.html", snapshot=self.snapshot(), pulse=self.pulse(), now=self._clock())

    def alert(self, alert: AlertRaised) -> str:
        return self._render("alert.html", card=alert_card(alert))

    def article(self, article: ArticleTraced) -> str:
        claims = supported(article.text, self._store.claims_of(article.article_id))
        return self._render(
            "article.html",
            article=article,
            claims=claims,
            paragraphs=paragraphs(article.text, claims, article.junk),
            same_words=self._store.same_words(article),
            revised_by=self._store.revised_by(article),
        )

    def error(self, status: int, problem: str, fix: str) -> str:
        return self._render("error.html", status=status, problem=problem, fix=fix)

    def _render(self, template: str, **values: Any) -> str:
        return self._templates.get_template(template).render(**values)


def _static(name: str) -> str:
    """The address of a static file, with its content's name in it, so that a browser may keep it for ever."""
    return f"/static/{name}?v={blake2b(STATIC.joinpath(name).read_bytes(), digest_size=6).hexdigest()}"
