"""Foreign text made safe to look at: what moves a cursor, rings a bell or turns the order of digits is shown."""

from __future__ import annotations

import re

BIDI_CONTROLS = {
    "\u202a": "LRE", "\u202b": "RLE", "\u202c": "PDF", "\u202d": "LRO", "\u202e": "RLO",
    "\u2066": "LRI", "\u2067": "RLI", "\u2068": "FSI", "\u2069": "PDI",
}  # fmt: skip
"""Marks that turn the order of what follows. With an RLO in front "000,2" is seen as "2,000": where numbers are shown
they are named, not obeyed. LRM and RLM stay: Arabic and Hebrew newsrooms need them, and they turn no digits."""

_SHOWN = (
    {ord(mark): f"⟦{name}⟧" for mark, name in BIDI_CONTROLS.items()}
    | {n: chr(0x2400 + n) for n in range(0x20) if chr(n) not in "\t\n\r"}  # ESC begins a terminal's commands
    | dict.fromkeys(range(0x7F, 0xA0), "\N{REPLACEMENT CHARACTER}")  # C1: 0x9B alone begins one
)


_RETURN = re.compile(r"\r(?!\n)")
"""Goes back to the start of the line, over what stands there."""


def printable(text: str) -> str:
    """`text` with control characters made visible; tabs and line breaks stay."""
    return _RETURN.sub("␍", text.translate(_SHOWN))


def visible(text: str) -> str:
    """Foreign text for a message to people: what cannot be seen stands as its escape, "\\x1b" or "\\ud800".

    A lone surrogate, which JSON's \\ud800 makes, cannot be encoded: it would keep the dead letter from being sent.
    Control and direction characters would act on the terminal that lists the dead letters.
    """
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)
