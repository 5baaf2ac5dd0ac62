"""Junk that is known by its shape: copyright lines, picture credits, time stamps, link lines."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_COPYRIGHT = re.compile(r"(?:\u00a9|\bcopyright (?:\u00a9|\(c\)|(?:19|20)\d\d)|^\(c\) ?(?:19|20)\d\d)")
_COPYRIGHT_WORDS = 25
"""Lines of copyright in 3,000 articles are shorter; a longer one tells of something else before it."""

_STAMP = re.compile(
    r"(?:this (?:developing |breaking )?(?:story|report|article|post|page) (?:was|has been) )?"
    r"(?:last |first |originally )?(?:updated?|modified|published|posted|edited)\b"
    r"(?:[ ,.|:/\u2013-]+(?:at|on|by|of|the|edt|est|et|pt|pdt|pst|ct|gmt|utc|bst|cet|cest|ist|a\.?+m\.?+|p\.?+m\.?+|ago"
    r"|\d{1,4}(?:st|nd|rd|th|am|pm)?|minutes?|hours?|days?|years?"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
    r"|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?))*[ ,.|)\]]*"
)
"""Nothing but a time: "LAST UPDATE | 3rd May 2021, 10:27 AM". With words behind it, it is a sentence and stays."""
_AGE = re.compile(
    r"\d{1,2} (?:minutes?|hours?|days?|weeks?|months?|years?) ago|this article is more than \d+ years? old"
)
_SLIDES = re.compile(r"slideshow \(\d+ images?|(?:prev |next )?image \d+ of \d+|\d+ of \d+ photos?")

_LINK = re.compile(r"(?:watch|photos?|video|gallery|related|read|also on [a-z ]{1,30}|more from [a-z ]{1,30}): ?\S")
_LINK_WORDS = 16
"""A linked headline; from here it may be a sentence with a colon."""

_CREDIT = re.compile(
    r"(?:(?:file|ap|reuters|afp|getty|courtesy|handout) )?"
    r"(?:photo(?:s|graph|graphs|graphy)?|images?|pictures?|credits?)(?: credits?| copyright| courtesy)?"
    r"(?: by| of| via)?\s?[:/]\s?\S"
)
_CREDIT_WORDS = 10
"""More words are a caption behind a credit. Of 3,873 spans of junk in 3,461 articles 5 words lose 52 and cut 48 short,
20 add 8."""
_LEAD = re.compile(
    r"(?:facebook twitter pinterest|hide caption|media playback is (?:un)?supported on (?:this|your) device"
    r" media caption"
    r"|image (?:copyright|source) [^.\n]{1,60} image caption)\b",
    re.IGNORECASE,
)
"""Buttons and credit in front of a caption. The caption itself is the newsroom's words and may hold a figure."""
_FOLLOW = re.compile(
    r"(?:you can )?follow (?:him|her|them|me|us|\S+(?: \S+){0,3}) on (?:twitter|facebook|instagram|x)\b"
)
_FOLLOW_WORDS = 20
"""From here it may be a sentence. In 3,461 articles 10 words lose 6 such lines, 40 find no more."""

_TAG = re.compile(r"[a-z]{4,20}")
"""A section or topic tag alone on its line. Three letters and fewer are transcript ("yes", "no") more often."""

_BULLET = re.compile(r"^[\u2022\u00b7\u25cf\u25aa*]\s*")
_BULLET_WORDS = 14
_BULLET_RUN = 5
"""Words of a line and lines of a caption with its credits; longer ones are a list of the story. Chosen: 7 and 28 words,
2 and 10 lines mark the same in 3,461 articles."""


def reason(raw: str, plain: str) -> str | None:
    """Why this line is junk, or None. `plain` is `raw` in lower case without edges."""
    words = plain.count(" ") + 1
    if words > _COPYRIGHT_WORDS:
        return None
    checks = (
        ("copyright", _COPYRIGHT.search(raw.lower())),
        ("time_stamp", _STAMP.fullmatch(plain) or _AGE.fullmatch(plain)),
        ("photo_credit", _SLIDES.fullmatch(plain)),
        ("photo_credit", words <= _CREDIT_WORDS and (_CREDIT.match(plain) or _is_signature(plain))),
        ("related_link", words <= _LINK_WORDS and _LINK.match(plain)),
        ("share_widget", words <= _FOLLOW_WORDS and _FOLLOW.match(plain)),
        ("section_tag", _TAG.fullmatch(raw)),
    )
    return next((name for name, matched in checks if matched), None)


def caption_lead(raw: str) -> int:
    """How many characters in front of a caption are buttons and credits, 0 for any other line."""
    match = _LEAD.match(raw)
    return match.end() if match else 0


def mark_credit_bullets(lines: list[str], reasons: list[str | None]) -> None:
    """Mark runs of short bulleted lines of which one is a copyright or an agency: a picture's caption and credits."""
    number = 0
    while number < len(lines):
        run = number
        while run < len(lines) and _is_short_bullet(lines[run]):
            run += 1
        if 0 < run - number <= _BULLET_RUN and any(_is_credit(line) for line in lines[number:run]):
            reasons[number:run] = ["photo_credit"] * (run - number)
        number = max(run, number + 1)


def _is_short_bullet(line: str) -> bool:
    return bool(_BULLET.match(line)) and line.count(" ") < _BULLET_WORDS


def _is_credit(line: str) -> bool:
    words = _BULLET.sub("", line).strip(" .").lower()
    return words.startswith("\u00a9") or words in _agencies()


def _is_signature(plain: str) -> bool:
    """A photographer and an agency, "A. Name/AFP", or nothing but agencies: the signature of a picture."""
    parts = [part.strip() for part in plain.split("/")]
    if len(parts) == 1:
        return False
    return parts[-1] in _agencies() and parts[0].count(" ") <= 4


@cache
def _agencies() -> frozenset[str]:
    text = (files("services.admit") / "agencies.txt").read_text(encoding="utf-8")
    return frozenset(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))
