"""/healthz and /readyz of the desk, as a worker has them: for whoever restarts it, and for whoever sends people to it.

Whether workers live is no matter of the desk's: it shows what there is. They have their own, and Prometheus its alerts
(deploy/prometheus/rules.yaml).
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from services.desk.store.projector import Projector
from services.desk.tasks import Tasks
from services.desk.twins import JSON

LATE = 60.0
"""Seconds by which what the desk takes in may be late. A new one that fills its store from the topics, and one that
comes back after an outage, are not ready until then."""


def health_routes(projector: Projector, tasks: Tasks) -> list[Route]:
    """503 of /healthz: a part of the desk stands still. Of /readyz: that, or what it shows is of more than LATE ago.

    Anybody may ask, so they give the kind of an error and not its text, which stands in the log."""

    def ill() -> str | None:
        return projector.problem or next((f"{name} ended" for name in tasks.ended), None)

    def behind() -> str | None:
        if projector.state == "none":
            return "not begun"
        late = projector.late()
        return f"{late:.0f} s behind" if late > LATE else None

    def answer(problem: str | None) -> Response:
        state = {"feed": projector.state, "messages": projector.messages}
        if problem is None:
            return JSON({"status": "ok", **state})
        return JSON({"status": "failed", **state, "problem": problem}, 503)

    async def health(_: Request) -> Response:
        return answer(ill())

    async def ready(_: Request) -> Response:
        return answer(ill() or behind())

    return [Route("/healthz", health), Route("/readyz", ready)]
