"""What a cue is: the words that hand a statement to somebody, and the side the statement stands on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from services.read.figures.speakers.sources import Span

Side = Literal["after", "before", "both"]


@dataclass(frozen=True, slots=True)
class Cue:
    """One attribution: tokens [first, last) are its cue words, `source` who speaks, `passed_on_by` who quotes them.

    `side`: whether the statement stands after the cue, before it, or on both sides ("20 people, he said, were killed").
    `backward`: whether it speaks for the sentences before, too ("The source for these figures is …").
    `partial`: whether it covers a few quoted words only, so that its source did not "speak last".
    `content`: the tokens it can cover, where its clause shows them ("the | 20 buses | that analysts expected").
    `source` None: no subject in this sentence ("Adding: …"); who spoke last goes on.
    """

    first: int
    last: int
    source: Span | None
    side: Side
    passed_on_by: Span | None = None
    backward: bool = False
    partial: bool = False
    content: Span | None = None

    @property
    def start(self) -> int:
        """First token of cue or source."""
        return min(self.first, self.source[0]) if self.source else self.first

    @property
    def end(self) -> int:
        """Token behind cue and source."""
        return max(self.last, self.source[1]) if self.source else self.last
