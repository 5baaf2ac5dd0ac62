"""POST /acts/{act}: a form of the desk becomes messages, and the browser goes back to where it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import structlog
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from schemas.errors import BadSetting, BrokerUnavailable
from schemas.message import encode
from schemas.topics import MAX_BODY
from services.desk.access.people import require
from services.desk.access.posts import SMALL, own_form, same_site
from services.desk.access.refusals import Refused, wants_json
from services.desk.acting.act import messages
from services.desk.acting.known import Known
from services.desk.acting.sender import Sender
from services.desk.acting.wanted import BadAct, wanted

LARGE = 3 * MAX_BODY + SMALL
"""Bytes of the form that replays a dead letter: percent-encoding makes three of each byte that is no ASCII letter."""

log = structlog.get_logger(__name__)


def act_routes(known: Known, sender: Sender, clock: Callable[[], datetime], zone: ZoneInfo) -> list[Route]:
    """POST /acts/{act} for editors; fields as `wanted` reads them, and `back`: the path to return to.

    A person is sent back with 303 once the broker has the messages (the pages show it when it comes in again, within a
    second); a program gets 202 and the record. 422 names the field that is wrong; 503 while no broker answers.
    """

    async def act(request: Request) -> Response:
        who = require(request, "editor")
        fields = await own_form(request, LARGE if request.path_params["act"] == "replayed" else SMALL)
        back = same_site(fields.pop("back", None))
        try:
            sent = await messages(who, wanted(request.path_params["act"], fields, clock(), zone), known)
            await sender.send(sent)
        except BadAct as error:
            raise Refused(422, f"{error.problem}.", f"{error.fix}.", field=error.field) from None
        except (BrokerUnavailable, BadSetting) as error:
            log.warning("an act was not sent", problem=str(error), by=who.name)
            raise Refused(
                503,
                "What you did could not be passed on, or not all of it.",
                "Do it again in a moment: twice does no harm.",
            ) from None
        if wants_json(request):
            return Response(encode(sent[-1]), 202, media_type="application/json")
        return RedirectResponse(back, 303)

    return [Route("/acts/{act}", act, methods=["POST"])]
