"""The JSON twin of each page: the messages themselves, in the words of schemas/, with addresses to follow."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import quote

import orjson
from pydantic import BaseModel
from starlette.responses import Response

from schemas.alert import AlertRaised
from schemas.article import ArticleTraced
from schemas.claim import Claim
from services.desk.read_store import ReadStore


class JSON(Response):
    """JSON by orjson; messages as their own fields."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        return orjson.dumps(content, default=_fields, option=orjson.OPT_INDENT_2)


def _fields(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    raise TypeError(f"{type(value).__name__} has no JSON form")


def board_twin(store: ReadStore, now: datetime) -> dict[str, Any]:
    """Everything the board shows and everything it had to leave out, in the same order."""
    return {
        "now": now,
        "last_article": _article_link(last) if (last := store.last_article()) else None,
        "counts": store.counts(),
        "alerts": [alert_twin(alert) for alert in store.alerts()],
        "figures": store.figures(),
        "notes": store.notes(),
        "entities": store.entities(),
        "rejected": store.dead_letters(),
    }


def alert_twin(alert: AlertRaised) -> dict[str, Any]:
    """The alert as it was raised, its own address, and where its two sentences stand."""
    return {
        "page": f"/alerts/{quote(alert.fingerprint, safe='')}",
        "evidence": [claim_address(claim) for claim in alert.claims],
        "alert": alert,
    }


def article_twin(store: ReadStore, article: ArticleTraced) -> dict[str, Any]:
    """The article as traced, and the claims read in it in the order of its text."""
    return {
        "page": f"/articles/{quote(article.article_id, safe='')}",
        "article": article,
        "claims": store.claims_of(article.article_id),
        "same_words": [_article_link(other) for other in store.same_words(article)],
    }


def claim_address(claim: Claim) -> str:
    """Where a claim's sentence stands on this desk."""
    return f"/articles/{quote(claim.article_id, safe='')}#{quote(claim.id, safe='')}"


def _article_link(article: ArticleTraced) -> dict[str, Any]:
    return {
        "page": f"/articles/{quote(article.article_id, safe='')}",
        "title": article.title,
        "publisher": article.publisher,
        "arrived": article.arrived,
    }
