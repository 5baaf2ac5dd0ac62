"""Which articles are the same article: the canonical URL.

Two addresses of one article must meet (a reader's phone, a newsletter, an AMP cache), two articles must stay apart:
whatever may choose the article (path, unknown query parameters) is kept, only what is known to say how the reader came
is dropped.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from urllib.parse import SplitResult, quote, urlsplit

_DEVICE_LABELS = frozenset({"www", "www1", "www2", "www3", "m", "mobile", "mobil", "mobi", "amp", "touch", "wap"})
"""First labels of hosts that serve the same articles to another device or by another server."""

_DEFAULT_PORTS = frozenset({80, 443})
_AMP_QUERY = frozenset({("amp", None), ("amp", ""), ("amp", "1"), ("amp", "true"), ("outputtype", "amp")})
_IDLE_ENDS = ("/", "/amp", "/amp.html", ".amp", ".amp.html", "/index.html", "/index.htm")
"""Path ends that say nothing about which article it is."""

_MAX_STEPS = 20
"""Steps to the canonical form. Each can uncover work for the next; real addresses need two, only made ones more."""

_AMP_CACHE = re.compile(r"^/(?:amp|[cvw])/(?:s/)?([^/.]+\.[^/]+)(/.*)?$")
"""Path of an AMP cache: what follows `/c/s/`, `/v/s/` or Google's `/amp/s/` is the article's own host and path."""

_SCHEME = re.compile(r"^https?:/*", re.IGNORECASE)
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_PATH_SAFE = "/%:@!$&'()*+,;=-._~"
_QUERY_SAFE = _PATH_SAFE + "?"


def canonical_url(url: str) -> str:
    """The one form of an article's web address; anything else comes back trimmed but unchanged. Never raises.

    https, host in lower case without device labels (`www.`, `m.`, `amp.`), user or default port; no AMP marks, no
    tracking parameters, no fragment (but `#!…`, which chooses a page), no trailing slash or `index.html`;
    percent-encoding in one form (RFC 3986, section 6.2.2); the query sorted.
    """
    current = url.strip()
    for _ in range(_MAX_STEPS):
        previous, current = current, _canonical_once(current).strip()  # behind "#" a space may have stood
        if current == previous:
            break
    return current


def identity(url: str | None, publisher: str | None, id_: str) -> str:
    """What stays the same over an article's revisions: its canonical URL, or a name made of publisher and id.

    An address without path and query is the front page, not an article: with it every article of a site would be a
    revision of one.
    """
    canonical = canonical_url(url) if url else ""
    if canonical.startswith("https://") and re.search(r"[/?#]", canonical[len("https://") :]):
        return canonical
    return f"urn:counterclaim:{_name(publisher or '')}:{_name(id_)}"


def _name(part: str) -> str:
    """A part of a URN: colons are escaped, so that two pairs of publisher and id never meet."""
    return quote(part.strip(), safe=" ", errors="surrogatepass")


def _canonical_once(url: str) -> str:
    parts = _split(url)
    if parts is None:
        return url
    host = _host(parts)
    if not host:
        return url
    if cached := _AMP_CACHE.match(parts.path) if _is_amp_cache(host) else None:
        return f"https://{cached[1]}{cached[2] or ''}{'?' + parts.query if parts.query else ''}"
    path = _escaped(parts.path, _PATH_SAFE)
    if path.lower().startswith("/amp/") and len(path) > len("/amp/"):
        path = path[len("/amp") :]
    path = _without_idle_end(path)
    query = _query(parts.query)
    fragment = f"#{_escaped(parts.fragment, _QUERY_SAFE)}" if parts.fragment.startswith("!") else ""
    return f"https://{host}{path}{'?' + query if query else ''}{fragment}"


def _without_idle_end(path: str) -> str:
    lowered = path.lower()
    while end := next((end for end in _IDLE_ENDS if lowered.endswith(end)), ""):
        lowered = lowered[: -len(end)]
    return path[: len(lowered)]


def _split(url: str) -> SplitResult | None:
    """The parts of a web address, None for anything else."""
    if url.startswith("//"):
        url = f"https:{url}"
    if not _SCHEME.match(url):
        return None
    try:
        parts = urlsplit(_SCHEME.sub("https://", url, count=1))
        parts.port  # noqa: B018  # raises on a port that is no number
    except ValueError:  # "[" without "]", a port of letters, a host that NFKC turns into another
        return None
    return parts


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").strip(". ")
    try:
        host = host.encode("idna").decode("ascii").lower()
    except UnicodeError:  # an empty or overlong label, a lone surrogate: keep it as it is written
        host = quote(host, safe=":[]%", errors="surrogatepass").lower()
    labels = host.split(".")
    while len(labels) > 2 and labels[0] in _DEVICE_LABELS:
        labels = labels[1:]
    if len(labels) > 3 and labels[1] == "m":  # en.m.wikipedia.org
        del labels[1]
    host = ".".join(labels)
    if ":" in host:
        host = f"[{host}]"
    port = parts.port
    return host if port is None or port in _DEFAULT_PORTS else f"{host}:{port}"


def _is_amp_cache(host: str) -> bool:
    return host.endswith(".ampproject.org") or host in {"google.com", "ampproject.org"}


def _query(query: str) -> str:
    kept = []
    for piece in query.split("&"):
        name, equals, value = piece.partition("=")
        lowered = name.lower()
        if not piece or _is_tracking(lowered) or (lowered, value.lower() if equals else None) in _AMP_QUERY:
            continue
        kept.append(_escaped(piece, _QUERY_SAFE))
    return "&".join(sorted(kept))


def _escaped(part: str, safe: str) -> str:
    """`part` with unreserved characters plain, everything else that needs it escaped, hexadecimal in upper case."""
    part = _ESCAPE.sub(_unescape_unreserved, part)
    return quote(part, safe=safe, errors="surrogatepass")


def _unescape_unreserved(match: re.Match[str]) -> str:
    char = chr(int(match[1], 16))
    return char if char in _UNRESERVED else f"%{match[1].upper()}"


def _is_tracking(name: str) -> bool:
    names, prefixes = _tracking_parameters()
    return name in names or name.startswith(prefixes)


@cache
def _tracking_parameters() -> tuple[frozenset[str], tuple[str, ...]]:
    """Whole names and name prefixes of `tracking_parameters.txt`, lower case."""
    text = (files("schemas") / "tracking_parameters.txt").read_text(encoding="utf-8")
    entries = [line.split("#", 1)[0].strip() for line in text.splitlines()]
    return (
        frozenset(entry for entry in entries if entry and not entry.endswith("*")),
        tuple(entry[:-1] for entry in entries if entry.endswith("*")),
    )
