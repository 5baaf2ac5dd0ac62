"""/healthz of the desk, for whoever restarts it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from services.desk.store.projector import Projector
from services.desk.tasks import Tasks
from services.desk.twins import JSON


def health_route(projector: Projector, tasks: Tasks) -> Route:
    """503 while what the desk shows is not current. Anybody may ask, so it gives the kind of an error and not its text,
    which stands in the log."""

    async def health(_: Request) -> Response:
        problem = projector.problem or next((f"{name} ended" for name in tasks.ended), None)
        state = {"feed": projector.state, "messages": projector.messages}
        if problem is None:
            return JSON({"status": "ok", **state})
        return JSON({"status": "failed", **state, "problem": problem}, 503)

    return Route("/healthz", health)
