"""The door: one message per article revision, the same one again after a crash, and nothing for a repeat."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.article import MAX_LINES, ArticleAdmitted, ArticlePublished
from schemas.identity import identity
from schemas.message import decode, encode
from schemas.outcomes import Arrival, Duplicate, Outcome, Processed, Rejected
from schemas.topics import ADMITTED, PARTITIONS, PUBLISHED, TABLE_VALUE_BYTES, article_partition
from services.admit.expiry import KEPT, SWEPT_AT_ONCE
from services.admit.language import language
from services.admit.record import Known
from services.admit.stage import Door as Stage
from services.platform.envelope import Outgoing, outgoing
from tests.chaos.fuzz import LINES, judged

NOW = datetime(2021, 11, 20, 12, 0, tzinfo=UTC)
STORY = "The river rose on Monday and forty people had to leave their houses, the mayor said."


class Door:
    """The stage with its table, as the platform runs it."""

    def __init__(self) -> None:
        self.tables: dict[str, dict[str, bytes]] = {"identities": {}}
        self.stage = Stage()

    def restart(self) -> None:
        self.stage = Stage()
        self.stage.restore(self.tables)

    def publish(
        self, offset: int, *, stored: bool = True, at: datetime = NOW, partition: int | None = None, **fields: Any
    ) -> Outcome:
        """On the partition that the article belongs to, or on another."""
        article = ArticlePublished(**{"id": "7", "url": "https://example.org/flood", "text": STORY, **fields})
        if partition is None:
            partition = article_partition(PUBLISHED.key(article))
        outcome = self.stage.step(article, self.tables, Arrival("published", partition, offset, at))
        if not isinstance(outcome, Rejected) and stored:
            for write in outcome.store:
                if write.value is None:
                    del self.tables[write.table][write.key]
                else:
                    assert len(write.value) < TABLE_VALUE_BYTES
                    self.tables[write.table][write.key] = write.value
        return outcome

    @property
    def names(self) -> set[str]:
        return set(self.tables["identities"])


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
    outcome = Door().publish(0, url=article.url, title=article.title)
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
        ({"text": "news\n" * (MAX_LINES + 1)}, "too_many_lines", "text"),
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


def test_an_article_on_another_partition_is_sent_to_its_own_and_admitted_once() -> None:
    door = Door()
    own = article_partition(identity("https://example.org/flood", None, "7"))
    sent = []
    for partition in set(range(PARTITIONS)) - {own}:  # a publisher without a key
        outcome = door.publish(0, partition=partition)
        assert isinstance(outcome, Processed)
        sent += [outgoing(message, sender="admit", at=NOW) for message in outcome.emit]
        assert not outcome.store
    assert {(out.topic, out.partition) for out in sent} == {(PUBLISHED.name, own)}
    assert len({out.headers for out in sent}) == 1
    first = admitted(door.publish(1, **_fields(sent[0])))
    assert first.revision == 1
    assert [door.publish(2 + n, **_fields(out)) for n, out in enumerate(sent)] == [Duplicate(first.article_id)] * 3


def _fields(out: Outgoing) -> dict[str, Any]:
    return {"partition": out.partition, **dict(decode(ArticlePublished, out.value))}


@pytest.mark.parametrize("restarted", [False, True])
def test_an_article_that_nothing_was_heard_of_for_long_is_forgotten_a_few_at_a_time(*, restarted: bool) -> None:
    door = Door()
    for number in range(3 * SWEPT_AT_ONCE):
        door.publish(number, id=str(number), url=None)
    if restarted:
        door.restart()
    later, number = NOW + KEPT + timedelta(seconds=1), 1000
    before = len(door.names)
    while before > number - 1000:
        door.publish(number, id=str(number), url=None, at=later)
        number += 1
        assert before - SWEPT_AT_ONCE < len(door.names)
        before = len(door.names)
        assert number < 1100
    assert all(Known.from_bytes(row).heard == later for row in door.tables["identities"].values())


def test_a_forgotten_article_begins_anew_whether_its_row_is_gone_already_or_not() -> None:
    later = NOW + KEPT + timedelta(seconds=1)
    for swept in (False, True):
        door = Door()
        door.publish(0)
        if swept:
            door.tables["identities"].clear()
        again = admitted(door.publish(1, at=later, text=STORY + " Now it is fifty."))
        assert (again.revision, again.revises) == (1, None)


def test_a_repeat_keeps_an_article_known_and_is_noted_once_a_day() -> None:
    door, written = Door(), 0
    for hour in range(0, 60 * 24, 6):
        outcome = door.publish(hour, at=NOW + timedelta(hours=hour))
        assert hour == 0 or isinstance(outcome, Duplicate)
        written += len(outcome.store) if not isinstance(outcome, Rejected) else 0
    assert written == 1 + 47  # 60 days, each time after a day has passed


def test_a_record_that_kafka_hands_out_again_finds_its_row_however_late() -> None:
    assert PUBLISHED.retention is not None
    assert PUBLISHED.retention < KEPT


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 40), st.booleans()), max_size=25))
def test_a_restart_at_any_moment_changes_no_answer(steps: list[tuple[int, int, bool]]) -> None:
    steady, restarted, day = Door(), Door(), 0
    for offset, (name, days, restart) in enumerate(steps):
        day += days
        if restart:
            restarted.restart()
        fields: dict[str, Any] = {"id": str(name), "url": None, "text": f"{STORY} Of day {day // 10}."}
        at = NOW + timedelta(days=day)
        one, other = (each.publish(offset, at=at, **fields) for each in (steady, restarted))
        assert type(one) is type(other)
        assert not isinstance(one, Processed) or not isinstance(other, Processed) or one.emit == other.emit


@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=4), st.sampled_from(["\n", "\n\n", " \r\n"]))
@settings(max_examples=10)
def test_an_article_of_as_many_lines_as_are_taken_stays_far_below_what_its_topic_takes(
    kinds: list[str], apart: str
) -> None:
    text = (apart.join(kinds) + apart) * (MAX_LINES // len(kinds))
    message = admitted(Door().publish(0, text=text))
    assert len(message.junk) <= MAX_LINES
    assert len(encode(message)) < len(text.encode()) + 70 * MAX_LINES < ADMITTED.max_bytes


@pytest.mark.parametrize(("ends", "code"), [({"processed": 9}, 0), ({"slow": 1}, 1), ({"failed": 1}, 1)])
def test_make_fuzz_fails_on_what_is_slow_as_on_what_fails(ends: dict[str, int], code: int) -> None:
    assert judged(Counter(ends)) == code


def test_language_is_told_from_words_and_not_from_scraps() -> None:
    assert language(STORY) == "en"
    assert language("La rivi\u00e8re est mont\u00e9e lundi et quarante personnes ont quitt\u00e9 leur maison.") == "fr"
    assert language("11.30") == language("\ud800" * 50) == language("") == "und"
    junk_span = (0, len(STORY))
    assert language(STORY + " 12", [junk_span]) == "und"


def test_the_seeds_are_english_articles_of_november_2021(seeds: dict[str, str]) -> None:
    found = {}
    for name, text in seeds.items():
        message = admitted(Door().publish(0, id=name, url=None, text=text))
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
