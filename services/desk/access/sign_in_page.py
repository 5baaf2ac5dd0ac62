"""The sign-in page. What somebody typed into a form while their sign-in ended is carried through it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from services.desk.access.access import Access
from services.desk.access.cookies import keep_visit, visit_name
from services.desk.access.posts import form_of, from_elsewhere, same_site
from services.desk.access.refusals import Refused, Render, wants_json

KEPT = 64 * 1024
"""Bytes of a form that are carried: the longest reason three times over, and most dead letters. Who sends it is not
known yet, so a thousand of them must not fill the memory."""

ACTS = "/acts/"

_FIELDS = ("kind", "target", "why", "until", "into", "body")


def sign_in_page(
    access: Access,
    render: Render,
    request: Request,
    *,
    to: str,
    refused: Refused | None = None,
    kept: Mapping[str, str] | None = None,
) -> Response:
    """The page that asks for a token and then leads on to `to`. `kept`: as `kept_of` gives it."""
    visit = request.cookies.get(visit_name(access, request)) or secrets.token_urlsafe(16)
    request.state.csrf = access.seal.csrf(visitor(visit))
    shown = render(
        "sign_in.html",
        request,
        to=to,
        refused=refused,
        kept=kept or {},
        takes_tokens=access.takes_tokens,
        plain_http=access.over_plain_http(request),
    )
    headers = refused.headers if refused is not None else None
    answer = HTMLResponse(shown, refused.status_code if refused is not None else 200, headers)
    answer.headers.append("set-cookie", keep_visit(access, request, visit))
    return answer


async def sign_in_over_form(access: Access, render: Render, request: Request, refused: Refused) -> Response | None:
    """The sign-in page over the form of an act that nobody known sent; None for any other request.

    What another site sends is not carried: its words would stand in a form of ours.
    """
    path = request.url.path
    if request.method != "POST" or not path.startswith(ACTS) or wants_json(request) or from_elsewhere(request):
        return None
    try:
        fields = await form_of(request, KEPT)
    except Refused:
        return None
    kept = kept_of({**fields, "act": path.removeprefix(ACTS)})
    if not kept or not access.takes_tokens:
        return None
    told = Refused(
        401, "You are signed in no more.", "Sign in: what you typed is kept, and sent once you say so.",
        headers=refused.headers,
    )  # fmt: skip
    return sign_in_page(access, render, request, to=same_site(fields.get("back")), refused=told, kept=kept)


def kept_of(fields: Mapping[str, str]) -> dict[str, str]:
    """The act among posted fields and what was typed for it; empty where there is none."""
    act = fields.get("act", "")
    return {"act": act} | {name: fields[name] for name in _FIELDS if name in fields} if act.isidentifier() else {}


def visitor(visit: str) -> str:
    """Holder of the sign-in form that a browser was given."""
    return f"visit {visit}"
