"""What read says of an article itself: how it was read, and the numbers that are no figures."""

from __future__ import annotations

from datetime import UTC, datetime

from schemas.article_read import ArticleRead
from schemas.outcomes import Arrival, Processed
from services.read import stage
from services.read.stage import REJECTED_KEPT
from tests.unit.desk.dispute import article

NOON = datetime(2030, 3, 4, 12, tzinfo=UTC)


def read(text: str, language: str = "en") -> ArticleRead:
    outcome = stage.step(article(text, language=language), {}, Arrival("news.article.traced.v1", 0, 0, NOON))
    assert isinstance(outcome, Processed)
    (how,) = [message for message in outcome.emit if isinstance(message, ArticleRead)]
    return how


def test_a_number_that_is_no_figure_is_kept_with_its_reason_and_place() -> None:
    text = "On 3 March police said 12 people aged 30 were hurt."
    how = read(text)
    assert (how.figures_read, how.figures, how.tier) == (True, 1, "fast")
    assert [(text[n.start : n.end], n.reason) for n in how.rejected] == [("3 March", "date"), ("30", "age")]


def test_of_a_language_without_rules_no_figure_is_claimed_and_the_record_says_so() -> None:
    how = read("Polizia: 12 morti.", language="it")
    assert (how.language, how.figures_read, how.figures, how.rejected) == ("it", False, 0, ())


def test_a_data_dump_keeps_the_first_and_counts_the_rest() -> None:
    how = read("\n".join(f"On {day % 28 + 1} March nothing." for day in range(REJECTED_KEPT + 7)))
    assert (len(how.rejected), how.rejected_left_out) == (REJECTED_KEPT, 7)
