"""One name in one text is one voice, also where no mention was found at one of its places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from services.read.figures.figure import Speaker


def with_ids(speakers: Sequence[Speaker]) -> list[Speaker]:
    """A speaker without an id gets that of the same name in any case and spacing, where the text has one such id: else
    "the Home Office" contradicts itself, in 6 of 800 articles."""
    ids: dict[str, set[str]] = {}
    for speaker in speakers:
        if speaker.name is not None and speaker.id is not None:
            ids.setdefault(_folded(speaker.name), set()).add(speaker.id)
    return [_with(speaker, ids) for speaker in speakers]


def _with(speaker: Speaker, ids: dict[str, set[str]]) -> Speaker:
    if speaker.name is None or speaker.id is not None:
        return speaker
    found = ids.get(_folded(speaker.name), set())
    return replace(speaker, id=next(iter(found))) if len(found) == 1 else speaker


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
