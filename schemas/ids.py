"""Deterministic ids (design decision 3): the same input has the same name on every run, so repeating is harmless."""

from __future__ import annotations

import hashlib

_DIGEST_BYTES = 12
"""96 bits: a million articles a day for ten years collide with probability 1e-10. Cryptographic (BLAKE2b), because
publishers choose the text and a made collision would hide an article."""


def digest(*parts: str) -> str:
    """24 hexadecimal characters that name `parts`. Parts are length-prefixed: ("ab", "c") differs from ("a", "bc")."""
    encoded = [part.encode("utf-8", "surrogatepass") for part in parts]
    # One call: an update for each part takes twice as long, and a claim needs five names.
    whole = b"".join([len(part).to_bytes(8, "big") + part for part in encoded])
    return hashlib.blake2b(whole, digest_size=_DIGEST_BYTES).hexdigest()


def content_hash(title: str | None, text: str) -> str:
    """Names the exact words of an article."""
    return digest("content", title or "", text)


def article_id(identity: str, content: str) -> str:
    """One revision of one article: `identity` as `identity.identity` gives it, `content` its content hash."""
    return f"art-{digest('article', identity, content)}"


def claim_id(article: str, start: int, end: int) -> str:
    """A claim is a span of an article's text (its `art-…` id)."""
    return f"clm-{digest('claim', article, str(start), str(end))}"


def title_claim_id(article: str, start: int, end: int) -> str:
    """A claim of the headline is a span of the article's title."""
    return f"clm-{digest('claim', article, 'title', str(start), str(end))}"


def series_id(*parts: str) -> str:
    """A series is a counted thing at a place in a window: the parts that make two numbers comparable."""
    return f"ser-{digest('series', *parts)}"


def alert_fingerprint(series: str, one: str, other: str) -> str:
    """A series and an unordered pair of speakers; one speaker twice is that speaker changing."""
    return f"alr-{digest('alert', series, *sorted((one, other)))}"


def held_id(one: str, other: str) -> str:
    """A held verdict is a pair of claims."""
    return f"hld-{digest('held', *sorted((one, other)))}"


def dead_letter_id(topic: str, partition: int, offset: int, stage: str) -> str:
    """One refused record at one stage has one dead letter, however often it is read."""
    return f"dead-{digest('dead', topic, str(partition), str(offset), stage)}"
