"""Which articles are the same article: the canonical URL."""

from __future__ import annotations


def canonical_url(url: str) -> str:
    """PLACEHOLDER, the admit helper writes it."""
    return url


def identity(url: str | None, publisher: str | None, id_: str) -> str:
    """What stays the same over an article's revisions: its canonical URL, or a name made of publisher and id."""
    return canonical_url(url) if url else f"urn:counterclaim:{publisher or ''}:{id_}"
