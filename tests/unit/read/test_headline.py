"""The number of a headline is read where its text does not tell it, and says that it stands in the title."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.article import Junk
from schemas.article_read import ArticleRead
from schemas.claim import Claim, ClaimsMade
from schemas.entity import EntitiesMentioned
from schemas.ids import claim_id
from schemas.message import encode
from schemas.outcomes import Arrival, Processed
from services.read import headline, stage
from tests.unit.desk.dispute import article

NOON = datetime(2030, 3, 4, 12, tzinfo=UTC)
LEAD = "A bomb killed 45 people at a market in Lima on Monday, police said.\nIt was the worst attack in Peru this year."


def claims(title: str | None, text: str = LEAD) -> list[Claim]:
    return stage.read(article(text, title=title))[1]


def of_title(title: str | None, text: str = LEAD) -> list[str]:
    return [claim.words for claim in claims(title, text) if claim.part == "title"]


def test_a_number_that_only_the_headline_has_is_a_claim_of_the_title() -> None:
    title = "At least 60 killed in blast"
    told, found = claims(title)
    assert (told.part, found.part) == ("text", "title")
    assert title[found.start : found.end] == found.words == "At least 60 killed"
    assert title[found.sentence_start : found.sentence_end] == found.sentence == title
    assert (found.metric, found.low, found.high) == ("deaths", 60, None)


def test_what_a_headline_leaves_out_is_taken_from_its_lead() -> None:
    told, found = claims("60 dead in blast")
    assert (found.places, found.place_names, found.block) == (told.places, told.place_names, told.block)


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("60 dead in Lima blast", "60 dead"),
        ("Blast kills 60", "60"),
        ("Quake toll hits 1,200", "1,200"),
        ("Lima blast: 60 killed, police say", "60 killed"),
        ("60 Killed In Lima Blast", "60 Killed"),
        ("Toll from Lima blast at 61", "61"),
    ],
)
def test_headlines_drop_words_and_are_read_all_the_same(title: str, words: str) -> None:
    (found,) = [claim for claim in claims(title) if claim.part == "title"]
    assert (found.words, found.metric) == (words, "deaths")


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("45 dead in Lima blast", LEAD),
        ("Forty-five dead in Lima blast", LEAD),
        ("Dozens killed in Lima blast", LEAD),
        ("More than 40 killed in Lima blast", LEAD),
        ("60 dead in Lima blast", "A blast killed 45 soldiers and 15 civilians in Lima, police said."),
        ("60 dead in Lima blast", f"60 dead in Lima blast\n{LEAD}"),
        ("60 dead in Lima blast", f"{LEAD} The toll of 60 is still to be confirmed."),
    ],
)
def test_what_the_text_tells_in_whatever_words_is_no_claim_of_the_title(title: str, text: str) -> None:
    assert of_title(title, text) == []


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("60 dead in Lima blast", "A bomb killed 45 people in Lima and wounded 60, police said."),
        ("60 dead in Lima blast", "A bomb killed at least 45 people in Lima, police said."),
        ("30 dead in Lima blast", "A bomb killed 45 people in Lima on 30 March, police said."),
    ],
)
def test_wounded_a_floor_and_a_day_do_not_tell_of_the_dead(title: str, text: str) -> None:
    assert len(of_title(title, text)) == 1


@given(
    st.one_of(st.none(), st.text(max_size=80), st.from_regex(r"[0-9]{1,4} (dead|hurt) in (Lima|Peru)", fullmatch=True))
)
def test_whatever_the_title_says_the_claims_of_the_text_stay(title: str | None) -> None:
    source = article(LEAD, title=title)
    own = [claim for claim in stage.read(source)[1] if claim.part == "text"]
    assert [claim.id for claim in own] == [claim_id(source.article_id, claim.start, claim.end) for claim in own]
    assert [claim.words for claim in own] == ["45 people"]


def test_a_claim_of_the_title_has_another_id_than_the_same_span_of_the_text() -> None:
    source = article("60 died.", title="45 died.")
    assert len({claim.id for claim in stage.read(source)[1]}) == 2


def test_a_claim_of_the_text_is_written_as_before() -> None:
    (told, found) = claims("At least 60 killed in blast")
    assert '"part"' not in told.model_dump_json()
    assert Claim.model_validate_json(found.model_dump_json()) == found
    assert Claim.model_validate_json(told.model_dump_json()).part == "text"


def test_a_headline_counts_as_a_figure_read_and_for_none_of_its_entities() -> None:
    def emitted(title: str) -> tuple[ArticleRead, list[bytes], int]:
        source = article(LEAD, title=title).model_copy(
            update={"article_id": "art-1", "article": "a", "lineage": "art-1"}
        )
        outcome = stage.step(source, {}, Arrival("news.article.traced.v1", 0, 0, NOON))
        assert isinstance(outcome, Processed)
        (how,) = [message for message in outcome.emit if isinstance(message, ArticleRead)]
        named = [encode(message) for message in outcome.emit if isinstance(message, EntitiesMentioned)]
        return how, named, sum(len(m.claims) for m in outcome.emit if isinstance(m, ClaimsMade))

    how, named, made = emitted("At least 60 killed in blast")
    assert how.figures == made == 2
    assert named == emitted("A blast")[1]


def test_junk_below_the_title_gives_it_no_context() -> None:
    text = f"Readers Comments 14\n{LEAD}"
    junk = (Junk(start=0, end=19, reason="comment_counter"),)
    found = stage.read(article(text, title="14 dead in blast", junk=junk))[1]
    assert [claim.words for claim in found if claim.part == "title"] == ["14 dead"]


def test_a_title_full_of_numbers_gives_a_few() -> None:
    title = ", ".join(f"{number} killed" for number in range(100, 300))
    assert len(of_title(title)) == headline.MAX_FIGURES
