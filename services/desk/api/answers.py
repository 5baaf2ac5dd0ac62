"""Rows as JSON: serialised by their models, checked once, where they came in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter
from starlette.requests import Request
from starlette.responses import Response

from services.desk.queries.paging import Page
from services.desk.site.page import tagged
from services.desk.store.database import Database

T = TypeVar("T")


class Listed(BaseModel, Generic[T]):
    """Rows in order, and the cursor of the page behind them."""

    model_config = ConfigDict(frozen=True)

    items: tuple[T, ...]
    next: str | None = Field(default=None, description="`cursor` of the next page; null at the end.")


@dataclass(frozen=True, slots=True)
class Reading:
    """What the API needs of the desk. `clock` gives aware times; times asked for without a zone are of `zone`."""

    database: Database
    clock: Callable[[], datetime]
    zone: ZoneInfo


@cache
def adapter(kind: Any) -> TypeAdapter[Any]:
    """The serialiser of a type; making one takes milliseconds."""
    return TypeAdapter(kind)


def as_json(kind: Any, value: object) -> bytes:
    """The JSON of a value of `kind`, which is not checked again: the store's rows were."""
    return adapter(kind).dump_json(value)


def answer(request: Request, kind: Any, value: object) -> Response:
    """`value` with its ETag, or 304."""
    return tagged(request, Response(as_json(kind, value), media_type="application/json"))


def page(request: Request, item: Any, rows: Page[Any]) -> Response:
    """A page of a list."""
    return answer(request, Listed[item], Listed[item].model_construct(items=rows.items, next=rows.next))


def several(request: Request, item: Any, rows: Sequence[Any]) -> Response:
    """A list that is told whole."""
    return page(request, item, Page(tuple(rows), None))
