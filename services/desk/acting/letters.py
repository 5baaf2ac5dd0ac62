"""A dead letter, edited and played again."""

from __future__ import annotations

from schemas.article import ArticlePublished
from schemas.dead_letter import ArticleRejected
from schemas.errors import BadMessage
from schemas.outcomes import Rejected
from schemas.topics import PUBLISHED
from services.admit.published import published
from services.desk.acting.wanted import BadAct, Wanted
from services.intake.article import from_line


def replayed(what: Wanted, letter: ArticleRejected) -> ArticlePublished:
    """The article in the edited record, fit to be published. Raises BadAct with the article's field and the fix.

    It is checked as intake and admit will: an editor shall not mend a letter only to find the next one.
    """
    if letter.origin.topic != PUBLISHED.name:
        raise BadAct(
            "target",
            f"is a record of {letter.origin.topic}, made by a stage and not to be edited",
            f"put it back as it came: counterclaim dead-letters replay {letter.id}",
        )
    try:
        taken = from_line(what.body)
    except BadMessage as error:
        raise BadAct(error.field or "body", error.problem, error.fix) from None
    article = taken.article
    if article.published is None and taken.notes:  # intake leaves out a date it cannot read; an editor shall know
        raise BadAct("published", taken.notes[0].removeprefix("published: "), "or null")
    when = published(article.published, article.text, what.at)
    if isinstance(when, Rejected):
        raise BadAct(when.field or "body", when.problem, when.fix)
    return article
