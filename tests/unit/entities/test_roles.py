"""The office a text gives somebody beside the one that is known: both are kept, and neither is corrected."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.article import ArticleTraced
from schemas.entity import EntitiesMentioned, RoleDoubt
from services.read.entities import countries_of, find_mentions
from services.read.entities.data_files import entries
from services.read.entities.gazetteer import gazetteer
from services.read.entities.name_keys import minted
from services.read.mentioned import mention_messages


def doubts(text: str) -> list[RoleDoubt]:
    return [mention.doubt for mention in find_mentions(text) if mention.doubt is not None]


def test_a_doubt_says_what_the_text_says_and_what_is_known_and_changes_neither() -> None:
    text = "The Foreign Secretary of the US, Liz Truss, spoke first."
    (doubt,) = doubts(text)
    assert text[doubt.start : doubt.end] == doubt.words == "Foreign Secretary of the US"
    assert (doubt.office, doubt.says.name) == ("foreign minister", "United States")
    assert [country.name for country in doubt.known] == ["United Kingdom"]
    assert [mention.name for mention in find_mentions(text)] == ["United States", "Liz Truss"]


@pytest.mark.parametrize(
    "text",
    [
        "US Foreign Secretary Liz Truss spoke.",
        "According to U.S. foreign secretary Liz Truss it was late.",
        "He told the Polish President Alexander Lukashenko so.",
        "Poland's former President Alexander Lukashenko left.",
        "They wrote to President of Poland Alexander Lukashenko.",
        "“No,” said the president of Poland, Alexander Lukashenko.",
        "The plan of Alexander Lukashenko, the Polish president, failed.",
        "Alexander Lukashenko, president of Poland, left.",
        "Liz Truss, the former US secretary of state, was there.",
        "Ex-president of Poland Alexander Lukashenko left.",
        "German Defence Secretary Lloyd Austin came.",
    ],
)
def test_an_office_of_another_country_is_noted_in_every_usual_form(text: str) -> None:
    assert len(doubts(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "UK Foreign Secretary Liz Truss spoke.",
        "The president of Belarus, Alexander Lukashenko, spoke.",
        "The former French President Emmanuel Macron spoke.",
        "US Secretary of State John Kerry spoke.",
    ],
)
def test_an_office_of_the_known_country_is_not_noted(text: str) -> None:
    assert doubts(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "After meeting the president of Russia, Emmanuel Macron said no.",
        "The president of Russia, Emmanuel Macron and Olaf Scholz met.",
        "The president of Russia, Emmanuel Macron said, must go.",
        "He met the president of Russia, Emmanuel Macron, and Olaf Scholz.",
        "In the US President Volodymyr Zelensky will speak.",
        "In Ukraine President Joe Biden will speak.",
        "Back from the U.S. President Volodymyr Zelensky spoke.",
        "With Emmanuel Macron, the Russian president, who came late, he agreed.",
        "Emmanuel Macron, the Russian president and others met.",
        "He met Emmanuel Macron, the Russian president, and others.",
        "He met Emmanuel Macron, US President Joe Biden and others.",
        "The US-Russian President Volodymyr Zelensky joke fell flat.",
    ],
)
def test_an_office_that_may_be_somebody_elses_is_not_noted(text: str) -> None:
    assert doubts(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "US ambassador Liz Truss spoke.",
        "US Vice President Volodymyr Zelensky spoke.",
        "Deputy prime minister of Poland Boris Johnson spoke.",
        "European Council President Donald Tusk spoke.",
        "Polish Foreign Minister Ursula von der Leyen spoke.",
        "Chechen President Vladimir Putin spoke.",
        "US President Truss spoke.",
        "Polish Prime Minister Angela Lukashenko spoke.",
    ],
)
def test_another_kind_of_office_no_country_of_its_own_or_half_a_name_is_not_noted(text: str) -> None:
    assert doubts(text) == []


def test_everybody_whose_office_is_listed_is_in_the_gazetteer_with_a_country() -> None:
    people = entries("people")
    for facts in entries("offices").values():
        assert len(facts["held"]) == len(set(facts["held"]))
        for name in facts["held"]:
            entity = people[name].get("id", minted(name))
            assert gazetteer().names[entity] == name
            assert countries_of(entity)


WORDS = """The the President of former US U.S. Polish Poland Poland's , . and said Liz Truss Alexander Lukashenko
Foreign Secretary foreign minister prime in with -""".split()


@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))
def test_the_words_of_a_doubt_stand_where_it_says_beside_a_person_known_elsewhere(text: str) -> None:
    for mention in find_mentions(text):
        if mention.doubt is not None:
            assert text[mention.doubt.start : mention.doubt.end] == mention.doubt.words
            assert mention.type == "PER"
            assert mention.doubt.says not in mention.doubt.known


def test_the_message_to_the_tally_carries_the_doubts() -> None:
    text = "US Foreign Secretary Liz Truss spoke. Liz Truss left."
    at = datetime(2026, 3, 1, tzinfo=UTC)
    article = ArticleTraced(
        article_id="a" * 16, article="a", identity="a", url=None, publisher=None, published=at, published_from="text",
        title=None, text=text, language="en", content_hash="c", revision=1, revises=None, junk=(), arrived=at,
        trace="new", copy_of=None, lineage="a", containment=0.0,
    )  # fmt: skip
    messages = mention_messages(article, find_mentions(text), [])
    told = [found for m in messages if isinstance(m, EntitiesMentioned) for found in m.entities if found.doubts]
    assert [(found.name, len(found.spans), len(found.doubts)) for found in told] == [("Liz Truss", 2, 1)]
