"""What is a name, what type it has, and who it is."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from schemas.entity import Mention
from services.read.entities import countries_of, find_mentions, name_of


def named(text: str) -> dict[str, Mention]:
    """Mentions by their words; the last one where words repeat."""
    return {m.text: m for m in find_mentions(text)}


def entity(text: str, words: str) -> str:
    return named(text)[words].entity


def check_spans(text: str) -> None:
    end = 0
    for mention in find_mentions(text):
        assert mention.start >= end
        assert text[mention.start : mention.end] == mention.text != ""
        end = mention.end


@given(st.text(max_size=300))
@example("President of the")
@example("Ministry of and for A. B. al-")
@example("Institute of Institute of Institute")
@example("eastern Europe Council of Europe (COE) of Poland")
def test_mentions_stand_in_any_text_in_order_without_overlap(text: str) -> None:
    check_spans(text)


NEWS = """The President of Poland Vladimir Petrov said Ministry Defence and for Minsk - Council UN ( ) . , al- van der
West in Anna K. Institute EU Lukashenka eastern Europe MINSK US Paris Jordan Peterson Nice Street River Mr. Bill de"""


@given(st.lists(st.sampled_from(NEWS.split()), max_size=40).map(" ".join))
def test_the_words_of_news_in_any_order_keep_the_spans_apart(text: str) -> None:
    check_spans(text)


def test_a_country_its_long_name_and_its_people_are_one_entity() -> None:
    found = named("Belarus, the Republic of Belarus, said Belarusian guards and two Belarusians were held.")
    assert {m.entity for m in found.values()} == {"Q184"}
    assert found["Belarus"].type == "GPE"
    assert found["Belarusian"].type == found["Belarusians"].type == "NORP"
    assert found["Belarusian"].name == "Belarus"


@pytest.mark.parametrize(("words", "entity"), [("Tibetan", "Q17252"), ("Northern Irish", "Q26")])
def test_the_people_of_a_part_of_a_country_are_that_parts(words: str, entity: str) -> None:
    assert [(m.text, m.type, m.entity) for m in find_mentions(f"Two {words} officers were held.")] == [
        (words, "NORP", entity)
    ]


def test_both_countries_of_a_hyphenated_border_are_found() -> None:
    assert [m.entity for m in find_mentions("on the Belarus-Poland border and the Polish-Lithuanian one")] == [
        "Q184",
        "Q36",
        "Q36",
        "Q37",
    ]


@pytest.mark.parametrize(
    ("text", "words", "countries"),
    [
        ("Minsk refused.", "Minsk", ("Q184",)),
        ("the Kremlin refused.", "Kremlin", ("Q159",)),
        ("in Belarus itself", "Belarus", ("Q184",)),
        ("Hrodna is close to Poland.", "Hrodna", ("Q184",)),
        ("the Belarusian Foreign Ministry said", "Belarusian Foreign Ministry", ("Q184",)),
        ("near Kashmir", "Kashmir", ("Q668", "Q843")),
        ("across Europe", "Europe", ()),
    ],
)
def test_places_governments_and_ministries_know_their_country(
    text: str, words: str, countries: tuple[str, ...]
) -> None:
    assert countries_of(entity(text, words)) == countries


def test_the_gazetteer_names_its_ids_and_no_others() -> None:
    assert name_of("Q184") == "Belarus"
    assert name_of("x-nobody-at-all") is None


def test_us_is_no_country_and_capitals_are() -> None:
    assert not find_mentions("They told us to wait. He said it is for us all.")
    assert entity("a US delegation", "US") == entity("the U.S. delegation", "U.S.") == "Q30"
    assert not find_mentions("WHY THEY SENT US HOME WITH NOTHING")


def test_datelines_in_capitals_are_read() -> None:
    assert [m.entity for m in find_mentions("MINSK, November 14. /TASS/. The situation is calm.")] == ["Q2280", "x-tas"]


def test_days_months_and_words_at_the_head_of_a_sentence_are_no_names() -> None:
    assert not find_mentions("On Monday it rained. However, March was dry. Thousands left. Police said nothing.")


@pytest.mark.parametrize(
    "text",
    [
        "the spokesman Arvo Kuznets said on Friday",
        "Foreign Minister Arvo Kuznets arrived",
        "said Arvo Kuznets, a farmer",
        "Arvo Kuznets, 34, was hurt",
        "Mr. Arvo Kuznets was hurt",
    ],
)
def test_titles_given_names_verbs_and_ages_make_a_person(text: str) -> None:
    assert named(text)["Arvo Kuznets"].type == "PER"


def test_a_surname_means_the_person_the_text_introduced() -> None:
    text = "Deputy mayor Anna Zborowska spoke first. Later Zborowska left. Zborowska's car was gone."
    found = [m for m in find_mentions(text) if m.type == "PER"]
    assert [m.text for m in found] == ["Anna Zborowska", "Zborowska", "Zborowska"]
    assert len({m.entity for m in found}) == 1
    assert {m.name for m in found} == {"Anna Zborowska"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Vladimir Makei", "Uladzimir Makey"),
        ("Alexander Lukashenko", "Alyaksandr Lukashenka"),
        ("Svetlana Tikhanovskaya", "Sviatlana Tsikhanouskaya"),
        ("Volodymyr Zelensky", "Volodymyr Zelenskiy"),
    ],
)
def test_spellings_of_one_leader_are_one_entity(one: str, other: str) -> None:
    assert entity(f"he met {one} again", one) == entity(f"he met {other} again", other)


def test_a_leaders_surname_in_another_spelling_is_the_leader() -> None:
    assert entity("a call to Lukashenka on Friday", "Lukashenka") == "Q2866"


def test_names_that_only_look_alike_stay_apart() -> None:
    text = "Josep Borrell met Mark Burrell, Tom Johnson met Tim Johnston. Burrell left, Borrell and Johnston stayed."
    found = [m for m in find_mentions(text) if m.type == "PER"]
    names = [m.name for m in found]
    assert names == [
        "Josep Borrell",
        "Mark Burrell",
        "Tom Johnson",
        "Tim Johnston",
        "Mark Burrell",
        "Josep Borrell",
        "Tim Johnston",
    ]
    assert entity("in Niger", "Niger") != entity("in Nigeria", "Nigeria")
    assert entity("George W. Bush said", "George W. Bush") != entity("George H.W. Bush said", "George H.W. Bush")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("of the Institute of Trade and Customs of the Riga State University.", "Institute of Trade and Customs"),
        ("of the Institute of Trade and Customs of the Riga State University.", "Riga State University"),
        ("the Polish Border Guard said", "Polish Border Guard"),
        ("the Centre for Migration Studies found", "Centre for Migration Studies"),
        ("the Seimas of Lithuania approved", "Seimas of Lithuania"),
        ("he told RVK TV on Friday", "RVK"),
    ],
)
def test_head_words_make_organisations(text: str, words: str) -> None:
    assert named(text)[words].type == "ORG"


def test_an_abbreviation_behind_a_name_means_that_organisation() -> None:
    found = named("the Baltic Fisheries Council (BFC) met. The BFC adjourned.")
    assert found["BFC"].entity == found["Baltic Fisheries Council"].entity


def test_people_named_like_places_are_people() -> None:
    found = named("Jordan Peterson and Jack London met Paris Hilton in Jordan.")
    assert [found[name].type for name in ("Jordan Peterson", "Jack London", "Paris Hilton")] == ["PER"] * 3
    assert found["Jordan"].entity == "Q810"


def test_towns_that_are_also_words_need_a_place_word() -> None:
    assert not find_mentions("Reading was a joy. Nice work.")
    assert named("He lives in Reading now.")["Reading"].type == "GPE"


def test_a_place_word_names_an_unknown_place() -> None:
    assert named("They closed the Tverske checkpoint today.")["Tverske"].type == "LOC"
    assert named("They left the village of Tverske today.")["Tverske"].type == "GPE"


def test_junk_is_not_read() -> None:
    text = "Poland closed. Subscribe to The Guardian now. Minsk spoke."
    start = text.index("Subscribe")
    assert [m.text for m in find_mentions(text, skip=[(start, start + 31)])] == ["Poland", "Minsk"]


def test_a_word_of_any_length_makes_no_name_of_that_length() -> None:
    names = [m.name for m in find_mentions(f"President {'A' + 'b' * 5000} said. Anna {'C' + 'd' * 5000} left.")]
    assert max(map(len, names), default=0) <= 200


def test_an_initial_is_no_article_and_a_dotted_state_is_a_place() -> None:
    found = named("Said John A. Millerby (R-Ariz.) of Hempstead, N.Y., on the GOP plan.")
    assert found["John A. Millerby"].type == "PER"
    assert found["Ariz."].name == "Arizona"
    assert found["N.Y."].name == "New York"
    assert found["GOP"].type == "ORG"


def test_rulers_of_one_name_are_told_apart_by_their_numbers() -> None:
    found = named("King Abdullah II met Abdullah III. Alexander II and Queen Elizabeth II were there.")
    ids = [m.entity for m in found.values()]
    assert list(found) == ["King Abdullah II", "Abdullah III", "Alexander II", "Queen Elizabeth II"]
    assert len(set(ids)) == len(ids)


def test_a_ruler_is_named_again_without_the_number() -> None:
    text = "Pope Leo XIV said the war must end. Leo spoke in Rome."
    assert entity(text, "Leo") == entity(text, "Leo XIV")


def test_a_number_behind_a_full_name_or_a_word_is_no_part_of_it() -> None:
    assert list(named("Robert Griffin III threw it. World War II and Type II came before.")) == ["Robert Griffin"]
