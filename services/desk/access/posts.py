"""Forms that only the desk's own pages can send, and addresses that lead nowhere else."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from starlette.requests import Request

from services.desk.access.people import person_of
from services.desk.access.refusals import NotAllowed, Refused

FORM = "application/x-www-form-urlencoded"

FIELDS = 20
"""More than any form of the desk has."""

SMALL = 16 * 1024
"""Bytes of a form with a name, a token or a reason in it; 1,000 characters of any script take 12 kB."""


def from_elsewhere(request: Request) -> bool:
    """Whether a browser says that another site makes this request.

    The desk's pages send no referrer, and with that browsers name the origin of their forms "null": it tells nothing.
    An old browser that sends neither header is left to the form's token.
    """
    origin = request.headers.get("origin", "null")
    if origin != "null" and urlsplit(origin).netloc.lower() != request.headers.get("host", "").lower():
        return True
    return request.headers.get("sec-fetch-site", "none") not in ("same-origin", "none")


async def form_of(request: Request, most: int = SMALL) -> dict[str, str]:
    """The fields of a posted form of at most `most` bytes; line ends as the page had them, not CRLF.

    Raises Refused: 413, 415, 400 for what is no form, or names a field twice.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        raise Refused(415, "This is not a form.", f"Send it as {FORM}.")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise Refused(413, f"The form is larger than {most:,} bytes.", "Send less.")
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=FIELDS)
    except ValueError as error:
        raise Refused(400, f"The form cannot be read: {error}.", "Send it in UTF-8, percent-encoded.") from None
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise Refused(400, "The form names a field twice.", "Send each field once.")
    return {name: value.replace("\r\n", "\n") for name, value in fields.items()}


async def own_form(request: Request, most: int = SMALL) -> dict[str, str]:
    """The fields of a form that a page of the desk made for this very person, without `csrf`.

    A request with a bearer token needs no proof: no other site can make a browser send one. Raises Refused as `form_of`
    does, and 403 where the proof is missing.
    """
    fields = await form_of(request, most)
    given = fields.pop("csrf", "")
    person = person_of(request)
    if person is None or person.by != "token":
        check(request, given)
    return fields


def check(request: Request, given: str) -> None:
    """Raises Refused (403) unless `given` proves that the form is one of this person's."""
    if from_elsewhere(request):
        raise NotAllowed("Another site sent this form.", "Do it from the desk's own page.")
    if not request.state.access.seal.csrf_fits(request.state.holder, given):
        raise NotAllowed("This form is from another sign-in.", "Load the page anew and send the form once more.")


def same_site(path: str | None) -> str:
    """`path` if it is a path of this desk, else "/".

    Browsers read "//host", "/\\host" and, since they drop tabs and line ends, "/<tab>/host" as another site.
    """
    if not path or not path.startswith("/") or len(path) > 2_000:
        return "/"
    if path[1:2] in ("/", "\\") or "\\" in path or any(char <= " " or char == "\x7f" for char in path):
        return "/"
    if path.partition("?")[0] in ("/sign-in", "/sign-out"):
        return "/"
    return path
