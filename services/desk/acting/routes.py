"""POST /acts/{act}: a form of the desk becomes messages, and the browser goes back to where it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

import structlog
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from schemas.errors import BadSetting, BrokerUnavailable
from schemas.message import Message, encode
from schemas.topics import MAX_BODY
from services.desk.access.people import Person, require
from services.desk.access.posts import SMALL, own_form, same_site
from services.desk.access.refusals import Refused, wants_json
from services.desk.acting.act import messages
from services.desk.acting.known import Known
from services.desk.acting.sender import Sender
from services.desk.acting.wanted import BadAct, role_for, wanted

LARGE = 3 * MAX_BODY + SMALL
"""Bytes of the form that replays a dead letter: percent-encoding makes three of each byte that is no ASCII letter."""

log = structlog.get_logger(__name__)


class Again(Protocol):
    """Answers a refused act with its form, what was typed still in it (services/desk/site/again.py)."""

    async def __call__(
        self, request: Request, act: str, fields: Mapping[str, str], back: str, refused: Refused
    ) -> Response: ...


def act_routes(
    known: Known, sender: Sender, clock: Callable[[], datetime], zone: ZoneInfo, again: Again
) -> list[Route]:
    """POST /acts/{act} for editors, some for admins; fields as `wanted` reads them, and `back`: the path to return to.

    A person is sent back with 303 once the broker has the messages (the pages show it when it comes in again, within a
    second); a program gets 202 and the record. 422 names the field that is wrong, 503 says that no broker answers: a
    person finds both beside the form, by `again`.
    """

    async def act(request: Request) -> Response:
        act_name = request.path_params["act"]
        who = require(request, role_for(act_name))
        fields = await own_form(request, LARGE if act_name == "replayed" else SMALL)
        back = same_site(fields.pop("back", None))
        try:
            sent = await done(who, act_name, fields)
        except Refused as refused:
            if wants_json(request):
                raise
            return await again(request, act_name, fields, back, refused)
        if wants_json(request):
            return Response(encode(sent[-1]), 202, media_type="application/json")
        return RedirectResponse(back, 303)

    async def done(who: Person, act_name: str, fields: Mapping[str, str]) -> Sequence[Message]:
        try:
            sent = await messages(who, wanted(act_name, fields, clock(), zone), known)
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
        return sent

    return [Route("/acts/{act}", act, methods=["POST"])]
