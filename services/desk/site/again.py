"""The page of an act that was refused: what is wrong beside the form, and everything that was typed still in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from services.desk.access.refusals import Refused
from services.desk.acting.routes import Again
from services.desk.acting.wanted import ACTS
from services.desk.site import ops
from services.desk.site.asked import Asked
from services.desk.site.page import NotHere, Site


def again(site: Site) -> Again:
    """Answers a refused act with its form: a dead letter on its own page, any other act on a page of its own.

    It is given the request, the act, the fields as posted, where to go back to, and the refusal, which it raises where
    there is no such act.
    """

    async def answer(request: Request, act: str, fields: Mapping[str, str], back: str, refused: Refused) -> Response:
        rule = next((rule for name, rule in ACTS.items() if name == act), None)
        if rule is None:
            raise refused
        asked = Asked(site.clock(), site.zone, {"letter": fields.get("target", "")})
        if act == "replayed":
            try:
                async with site.database.reading() as db:
                    view = replace(await ops.letter(db, asked), refused=refused, typed=fields)
                page = site.renderer.page(ops.LETTER.template, request, view=view, asked=asked)
            except NotHere:
                raise refused from None
        else:
            page = site.renderer.page(
                "act_again.html", request, act=act, rule=rule, typed=fields, back=back, refused=refused
            )
        return HTMLResponse(page, refused.status_code, refused.headers)

    return answer
