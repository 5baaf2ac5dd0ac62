"""What Prometheus finds of the desk, and where."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from schemas.errors import BadSetting
from services.desk.metrics_server import metrics_app, metrics_served
from services.platform.settings import Settings
from tests.unit.desk import dispute as d
from tests.unit.desk.opened import Opened, opened


async def scraped(desk: Opened) -> dict[tuple[str, ...], float]:
    """Series → value: the name, then the values of its labels."""
    app = metrics_app(desk.app.state.metrics, desk.database)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as client:
        text = (await client.get("/metrics")).text
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name.startswith("counterclaim_desk_")
    }


async def test_answers_are_counted_by_route_and_never_by_address() -> None:
    async with opened(*d.everything()) as desk:
        client = desk.client()
        for path in (
            "/",
            f"/alerts/{d.FINGERPRINT}",
            "/alerts/none",
            f"/v1/alerts/{d.FINGERPRINT}",
            "/v1/nothing",
            "/x",
        ):
            await client.get(path)
        found = await scraped(desk)
    name = "counterclaim_desk_requests_total"
    counted = {labels[1:]: value for labels, value in found.items() if labels[0] == name}
    assert counted == {
        ("/", "200"): 1, ("/alerts/{fingerprint}", "200"): 1, ("/alerts/{fingerprint}", "404"): 1,
        ("/v1/alerts/{id}", "200"): 1, ("/v1", "404"): 1, ("none", "404"): 1,
    }  # fmt: skip


async def test_the_store_tells_its_rows_and_how_far_it_came() -> None:
    async with opened(*d.everything()) as desk, desk.app.router.lifespan_context(desk.app):
        assert (await scraped(desk))["counterclaim_desk_newest_timestamp_seconds",] == 0
        heard = desk.app.state.changes.heard()
        await anext(heard)
        desk.topics.publish(d.dead_letter())
        await anext(heard)
        found = await scraped(desk)
        assert found["counterclaim_desk_rows", "articles"] == 3
        assert found["counterclaim_desk_messages_total",] == 1
        assert found["counterclaim_desk_following",] == 1
        assert found["counterclaim_desk_newest_timestamp_seconds",] == d.dead_letter().rejected.timestamp()
        assert found["counterclaim_desk_stored_timestamp_seconds",] > 0
        desk.topics.fail(ConnectionError("gone"))
        with suppress(StopAsyncIteration):
            await anext(heard)
        assert (await scraped(desk))["counterclaim_desk_following",] == 0


async def test_metrics_are_not_where_people_are() -> None:
    async with opened() as desk:
        assert (await desk.client().get("/metrics")).status_code == 404
        async with metrics_served(desk.app.state.metrics, desk.database, Settings()) as url:
            assert url.startswith("http://127.0.0.1:")
            async with httpx.AsyncClient() as client:
                assert (await client.get(url)).status_code == 200
                taken = Settings(desk_metrics_port=httpx.URL(url).port or 0)
                with pytest.raises(BadSetting, match="DESK_METRICS_PORT"):
                    async with metrics_served(desk.app.state.metrics, desk.database, taken):
                        await asyncio.Event().wait()
