"""The door: one message per article revision, the same one again after a crash, and nothing for a repeat."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.article import ArticleAdmitted, ArticlePublished
from schemas.message import decode, encode
from schemas.outcomes import Arrival, Duplicate, Outcome, Processed, Rejected
from schemas.topics import TABLE_VALUE_BYTES
from services.admit.language import language
from services.admit.stage import step

NOW = datetime(2021, 11, 20, 12, 0, tzinfo=UTC)
STORY = "The river rose on Monday and forty people had to leave their houses, the mayor said."


class Door:
    """The stage with its table, as the platform runs it."""

    def __init__(self) -> None:
        self.tables: dict[str, dict[str, bytes]] = {"identities": {}}

    def publish(self, offset: int, *, stored: bool = True, **fields: Any) -> Outcome:
        article = ArticlePublished(**{"id": "7", "url": "https://example.org/flood", "text": STORY, **fields})
        outcome = step(article, self.tables, Arrival("published", 0, offset, NOW))
        if isinstance(outcome, Processed) and stored:
            for write in outcome.store:
                assert write.value is not None
                assert len(write.value) < TABLE_VALUE_BYTES
                self.tables[write.table][write.key] = write.value
        return outcome


def admitted(outcome: Outcome) -> ArticleAdmitted:
    assert isinstance(outcome, Processed)
    (message,) = outcome.emit
    assert isinstance(message, ArticleAdmitted)
    return message


def test_a_first_article_is_revision_one_with_its_text_untouched() -> None:
    message = admitted(Door().publish(0, text=f"  {STORY}\n\nAdvertisement\n"))
    assert message.text == f"  {STORY}\n\nAdvertisement\n"
    assert (message.revision, message.revises, message.language) == (1, None, "en")
    assert [span.reason for span in message.junk] == ["advertisement"]
    assert decode(ArticleAdmitted, encode(message)) == message


def test_the_record_id_of_what_is_published_names_what_is_admitted() -> None:
    article = ArticlePublished(id="7", url="https://www.example.org/flood/?utm_source=x", title="Flood", text=STORY)
    outcome = step(article, {"identities": {}}, Arrival("published", 0, 0, NOW))
    assert admitted(outcome).article_id == article.record_id()


def test_the_same_content_at_a_later_offset_is_a_duplicate_whatever_its_address() -> None:
    door = Door()
    first = admitted(door.publish(0))
    again = door.publish(1, url="http://m.example.org/flood?fbclid=1")
    assert again == Duplicate(of=first.article_id)


def test_another_text_under_the_same_identity_revises_the_first() -> None:
    door = Door()
    first = admitted(door.publish(0))
    second = admitted(door.publish(1, text=STORY + " Now it is fifty."))
    assert (second.revision, second.revises) == (2, first.article_id)
    assert second.identity == first.identity
    assert door.publish(2) == Duplicate(of=first.article_id)


def test_a_redelivered_record_gives_the_same_message_again_even_after_a_revision() -> None:
    door = Door()
    first = door.publish(0)
    second = door.publish(1, text=STORY + " Now it is fifty.")
    assert admitted(door.publish(0)) == admitted(first)
    assert admitted(door.publish(1, text=STORY + " Now it is fifty.")) == admitted(second)


def test_a_crash_before_storing_changes_nothing() -> None:
    door = Door()
    lost = door.publish(0, stored=False)
    assert admitted(door.publish(0)) == admitted(lost)


@pytest.mark.parametrize(
    ("fields", "reason", "field"),
    [
        ({"text": " \n\t"}, "empty_text", "text"),
        ({"id": " "}, "empty_id", "id"),
        ({"published": "2099-01-01"}, "date_ahead", "published"),
        ({"published": "soon"}, "bad_date", "published"),
    ],
)
def test_an_unusable_article_is_refused_with_field_and_fix(fields: dict[str, Any], reason: str, field: str) -> None:
    door = Door()
    outcome = door.publish(0, **fields)
    assert isinstance(outcome, Rejected)
    assert (outcome.reason, outcome.field) == (reason, field)
    assert outcome.fix
    assert door.tables == {"identities": {}}


def test_a_live_blog_of_a_thousand_revisions_fits_its_table_row() -> None:
    door = Door()
    last = [admitted(door.publish(offset, text=f"{STORY} Update {offset}.")) for offset in range(1000)][-1]
    assert last.revision == 1000


def test_language_is_told_from_words_and_not_from_scraps() -> None:
    assert language(STORY) == "en"
    assert language("La rivi\u00e8re est mont\u00e9e lundi et quarante personnes ont quitt\u00e9 leur maison.") == "fr"
    assert language("11.30") == language("\ud800" * 50) == language("") == "und"
    junk_span = (0, len(STORY))
    assert language(STORY + " 12", [junk_span]) == "und"


def test_the_seeds_are_english_articles_of_november_2021(seeds: dict[str, str]) -> None:
    found = {}
    for name, text in seeds.items():
        outcome = step(ArticlePublished(id=name, text=text), {"identities": {}}, Arrival("published", 0, 0, NOW))
        message = admitted(outcome)
        assert message.language == "en"
        found[name] = (message.published.isoformat()[:16], message.published_from)
    assert found == {
        "000": ("2021-11-12T00:00", "text"),
        "001": ("2021-11-20T12:00", "arrival"),
        "002": ("2021-11-10T10:27", "text"),
        "003": ("2021-11-14T00:00", "text"),
        "004": ("2021-11-14T00:00", "text"),
    }


OPTIONAL = st.none() | st.text(max_size=64)


@given(url=OPTIONAL, publisher=OPTIONAL, published=OPTIONAL, title=OPTIONAL, text=st.text(min_size=1))
def test_any_article_is_admitted_or_refused_and_never_breaks_the_door(
    url: str | None, publisher: str | None, published: str | None, title: str | None, text: str
) -> None:
    fields: dict[str, Any] = {"url": url, "publisher": publisher, "published": published, "title": title, "text": text}
    outcome = Door().publish(0, **fields)
    assert isinstance(outcome, Processed | Rejected)


@given(st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=12))
def test_every_content_is_sent_under_one_id_and_one_revision_however_often_it_comes(
    deliveries: list[tuple[int, bool]],
) -> None:
    door, sent = Door(), dict[str, int]()
    for offset, (version, redelivered) in enumerate(deliveries):
        text = f"{STORY} Version {version}."
        for _ in range(2 if redelivered else 1):
            outcome = door.publish(offset, text=text)
            if isinstance(outcome, Processed):
                message = admitted(outcome)
                assert sent.setdefault(message.article_id, message.revision) == message.revision
    assert sorted(sent.values()) == list(range(1, len(sent) + 1))
