"""Two texts side by side: lines that stayed, were rewritten, came or went.

Publishers choose the texts, and difflib's time grows with the cube of what is repeated in them. So each step has a
limit, and beyond it the comparison is rougher instead of longer.
"""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

LINES_COMPARED = 2_000
"""Lines of a text that are set side by side with its other revision. The longest article in 23,000 has 358
(`schemas/article.py`); the steps below are counted for so many."""

LOOKED_AHEAD = 20
"""Old lines in which the one that was rewritten is looked for. Chosen: an editor cuts a few paragraphs, not twenty."""

ALIKE = 0.4
"""Of 2 * common / all words. An updated sentence of 20 words with 8 new ones has 0.6; two sentences by chance 0.2."""

ALIKE_IN_ANY_ORDER = 0.6
"""The same where the order of the words is not looked at: of 3,000 chance pairs of reports with 150 words or more the
median is 0.26, the highest 0.52."""

STEPS_OF_LINES = 4_000_000
"""Of lining up all lines, at most: 2,000 lines of which none is repeated. 0.4 s."""

STEPS_OF_WORDS = 100_000
"""Of lining up the words of two lines: 100 words each and a few repeated have 20,000. 10 ms."""

STEPS_OF_TEXT = 3_000_000
"""Of lining up words in all: 60 paragraphs of 50 words that were all rewritten take 260,000. 0.5 s."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of both texts (`same`), one that was `changed`, or one that stands only in the old or only in the new."""

    kind: Literal["same", "changed", "old", "new"]
    old: str
    new: str


def side_by_side(before: Sequence[str], after: Sequence[str]) -> list[Line]:
    """The first LINES_COMPARED lines of both texts, in their order. About 1 s at worst, so not for an event loop."""
    return list(_lined_up(before[:LINES_COMPARED], after[:LINES_COMPARED]))


def _lined_up(before: Sequence[str], after: Sequence[str]) -> Iterator[Line]:
    likeness = _Likeness()
    for what, a, b, c, d in _matcher(before, after, STEPS_OF_LINES).get_opcodes():
        if what == "equal":
            yield from (Line("same", line, line) for line in before[a:b])
        else:
            old = [x for x in before[a:b] if x.strip()]
            yield from _rewritten(old, [x for x in after[c:d] if x.strip()], likeness)


def _matcher(a: Sequence[str], b: Sequence[str], most: int) -> difflib.SequenceMatcher[str]:
    """Lines as difflib lines them up; where that would take more than `most` steps, by those that no text repeats."""
    counts, others = Counter(a), Counter(b)
    if _steps(counts, others) <= most:
        return difflib.SequenceMatcher(None, a, b, autojunk=False)
    return difflib.SequenceMatcher(lambda x: counts[x] > 1 or others[x] > 1, a, b, autojunk=False)


def _steps(counts: Counter[str], others: Counter[str]) -> int:
    """What difflib may take: it goes over all pairs of equal items once for each stretch that it finds."""
    pairs = sum(n * others[item] for item, n in counts.items())
    return pairs * min(counts.total(), others.total())


def _rewritten(old: Sequence[str], new: Sequence[str], likeness: _Likeness) -> Iterable[Line]:
    """Lines that changed beside what they became; what came or went alone stands alone."""
    words = [line.split() for line in old]
    at = 0
    for line in new:
        own = line.split()
        ahead = range(at, min(len(old), at + LOOKED_AHEAD))
        like = next((n for n in ahead if old[n] == line or likeness.alike(words[n], own)), None)
        if like is None:
            yield Line("new", "", line)
            continue
        yield from (Line("old", gone, "") for gone in old[at:like])
        yield Line("same" if old[like] == line else "changed", old[like], line)
        at = like + 1
    yield from (Line("old", gone, "") for gone in old[at:])


class _Likeness:
    """Whether one line is the other rewritten, of two texts."""

    def __init__(self) -> None:
        self._left = STEPS_OF_TEXT

    def alike(self, words: Sequence[str], others: Sequence[str]) -> bool:
        """More than ALIKE of their words are the same; once the steps are used up, whether they begin alike."""
        if self._left < 0:
            return words[:1] == others[:1]
        self._left -= len(words) + len(others)
        counts, other_counts = Counter(words), Counter(others)
        share = 2 * (counts & other_counts).total() / (len(words) + len(others))
        if share <= ALIKE:  # in order there are not more
            return False
        steps = _steps(counts, other_counts)
        if steps > STEPS_OF_WORDS:
            return share > ALIKE_IN_ANY_ORDER
        self._left -= steps
        return difflib.SequenceMatcher(None, words, others, autojunk=False).ratio() > ALIKE
