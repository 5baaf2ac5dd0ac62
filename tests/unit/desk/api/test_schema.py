"""What the schema promises is what the API does: schemathesis asks whatever it can think of."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
import schemathesis
import uvicorn
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import APIOperation, BaseSchema, Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    allow_header_conformance,
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from services.desk.store.database import Database
from tests.unit.desk import dispute as d
from tests.unit.desk.api.serving import Desk, fill
from tests.unit.desk.store import world

CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
    response_schema_conformance, negative_data_rejection, unsupported_method, allow_header_conformance,
]  # fmt: skip

EXAMPLES = 5
"""Of each operation, right ones and as many wrong ones: 20 s."""

THINGS = {  # the first part of a path: the id of one of them
    "articles": d.MINISTRY.article_id,
    "claims": d.SAYS_UNION.id,
    "figures": d.SERIES,
    "conflicts": d.FINGERPRINT,
    "alerts": d.FINGERPRINT,
    "entities": "x-veldt",
    "held": world.review("released").id,
    "dead-letters": "dead-1",
    "explanations": d.CATTLE.id,
}


class _Serving:
    """A server in a thread of its own, since schemathesis asks one thing after the other and waits."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}/v1"
        self.schema: dict[str, Any] = {}
        self.up = threading.Event()

    async def run(self) -> None:
        database = Database("sqlite+aiosqlite://")
        await database.migrate()
        await fill(database, world.arrived(world.everything()))
        desk = Desk(database)
        self.schema = desk.api.openapi()
        self.server = uvicorn.Server(uvicorn.Config(desk.app, log_config=None, access_log=False))
        self.up.set()
        await self.server.serve([self.socket])
        await database.close()


@pytest.fixture(scope="module")
def server() -> Iterator[_Serving]:
    made = _Serving()
    thread = threading.Thread(target=lambda: asyncio.run(made.run()))
    thread.start()
    assert made.up.wait(30)
    yield made
    made.server.should_exit = True
    thread.join(30)


@pytest.fixture(scope="module")
def schema(server: _Serving) -> BaseSchema:
    return schemathesis.openapi.from_dict(server.schema).exclude(path="/alerts/stream")  # which never ends


def operations_of(schema: BaseSchema) -> list[APIOperation[Any, Any, Any, Any]]:
    return [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_no_request_breaks_a_promise_of_the_schema(schema: BaseSchema, server: _Serving, mode: GenerationMode) -> None:
    asked = 0
    for operation in operations_of(schema):

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(max_examples=EXAMPLES, derandomize=True, suppress_health_check=list(HealthCheck))
        def ask(case: Case[Any]) -> None:
            case.call_and_validate(base_url=server.url, checks=CHECKS)

        with suppress(Unsatisfiable):  # of an address without parameters nothing can be wrong
            ask()
            asked += 1
    assert asked == (47 if mode is GenerationMode.POSITIVE else 26)


def test_every_thing_of_the_flood_is_as_the_schema_says(schema: BaseSchema, server: _Serving) -> None:
    asked = 0
    for operation in operations_of(schema):
        if operation.method == "get" and "{id}" in operation.path:
            case = operation.Case(
                path_parameters={"id": THINGS[operation.path.strip("/").removeprefix("v1/").split("/")[0]]}
            )
            answer = case.call_and_validate(base_url=server.url, checks=CHECKS)
            assert answer.status_code == 200, operation.path
            asked += 1
    assert asked == 20


def test_the_schema_is_openapi_3_1_and_names_every_error(server: _Serving) -> None:
    assert server.schema["openapi"] == "3.1.0"
    for path, operations in server.schema["paths"].items():
        assert {"400", "401", "403", "404", "422"} <= set(operations["get"]["responses"]), path
