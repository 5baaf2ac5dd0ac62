"""Where a figure holds. Each text marks the number with [ ]."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.entity import Mention
from services.read.entities import find_mentions
from services.read.figures.figure import Setting
from services.read.text import read_text
from tests.unit.read.marking import quantity
from tests.unit.read.placing import found, place, settings

BELARUS, POLAND, SYRIA = "Q184", "Q36", "Q858"


def test_a_number_takes_the_place_of_its_own_clause() -> None:
    one, two = found("In Poland [20] people came to the border, and in Belarus [30] stayed in the camp.")
    assert one.scope == "border"
    assert two.scope == "camp"


def test_the_place_behind_a_number_is_nearer_than_the_one_before() -> None:
    assert place("On the Belarusian side, [20] people came to the border with Poland.")[1] == "border"


def test_a_border_has_both_its_countries() -> None:
    assert found("Belarus said [20] people were on its border with Poland.")[0].places == (BELARUS, POLAND)
    assert found("[20] people died on the Belarus-Poland border.")[0].places == (BELARUS, POLAND)
    text = "Trouble grew on the border between Belarus and Poland. Nobody helped. Now [20] people are at the border."
    assert found(text)[0].places == (BELARUS, POLAND)


def test_beside_a_country_at_a_border_stands_its_neighbour_and_not_who_speaks_of_it() -> None:
    text = "The United States says that Russia has [20] tanks at the border with Poland."
    assert found(text)[0].places == ("Q159", POLAND)
    alone = "Washington, the United States and Germany fear for the [20] people at the border with Belarus."
    assert found(alone)[0].places == (BELARUS,)


def test_a_camp_without_a_name_is_where_the_text_last_was() -> None:
    text = "People wait on the border of Belarus and Poland. According to Belarus, there are [20] in the camp."
    assert found(text)[0].places == (BELARUS, POLAND)
    assert found(text)[0].scope == "camp"
    assert found("[20] people live in a camp in northern Syria.")[0].places == (SYRIA,)


def test_a_number_without_place_takes_sentence_before_then_dateline_then_lead() -> None:
    assert found("Fighting went on in Syria. [20] people died.")[0].places == (SYRIA,)
    assert found("MINSK, Nov 12 (Agency) - Rain fell.\nIt was cold.\n[20] people died.")[0].place == "MINSK"
    assert found("Fighting went on in Syria.\nIt was cold.\n[20] people died.")[0].places == (SYRIA,)
    assert found("It was cold. [20] people died.")[0] == Setting()


def test_where_somebody_is_sent_or_who_speaks_is_no_place() -> None:
    assert found("[20] soldiers came to assist Poland.")[0].place is None
    assert found("According to Belarus, [20] people died.")[0].place is None
    assert found("[20] border guards were hurt.")[0].scope is None


WORDS = (
    "the in on at border camp of with between and Poland Belarus Polish , . - city state 20 Minsk to \n Thursday since"
)


@given(st.lists(st.sampled_from(WORDS.split(" ")), max_size=50).map(" ".join))
def test_no_order_of_places_raises(text: str) -> None:
    document = read_text(text)
    quantities = [quantity(text, token.start, token.end) for token in document.tokens]
    mentions: tuple[Mention, ...] = tuple(find_mentions(text))
    assert len(settings(document, quantities, mentions)) == len(quantities)
    assert len(settings(document, quantities, ())) == len(quantities)


@given(st.text(max_size=200))
def test_no_text_raises(text: str) -> None:
    document = read_text(text)
    quantities = [quantity(text, token.start, token.end) for token in document.tokens]
    assert len(settings(document, quantities, ())) == len(quantities)


def test_a_part_of_a_country_has_no_known_width() -> None:
    assert found("Some [12] people died in the north of the country.")[0].scope is None
    assert found("Some [12] people died across the country.")[0].scope == "country"


def test_the_village_is_the_one_named_last() -> None:
    text = "Mud reached Harnok Village. It buried [27] homes in the village, with [21] houses flooded."
    assert [setting.place for setting in found(text)] == ["Harnok Village"] * 2
    assert place("Shells hit Aleppo. Some [20] people died in the city.")[0] == "Aleppo"
    assert place("Troops died in Aleppo as fighting went on. They lost [20] men in the area.")[0] == "in Aleppo"


def test_each_item_of_a_list_has_its_own_place() -> None:
    one, two = found("Deaths rose in the provinces of Ha Tolva ([7]), Lai Merun ([6]) and others.")
    assert (one.place, two.place) == ("Ha Tolva", "Lai Merun")
    assert place("The camps are these.\nMangor care center: [4,000] refugees.")[0] == "Mangor care center"


def test_the_most_particular_place_comes_first() -> None:
    setting = found("Some [20] people died in Kharkiv in eastern Ukraine.")[0]
    assert setting.place == "in Kharkiv in eastern Ukraine"
    assert setting.places[0] == found("Some [20] people died in Kharkiv.")[0].places[0]
    assert found("In Kharkiv in eastern Ukraine [20] people died.")[0].places == setting.places


def test_a_place_is_carried_on_from_the_sentence_before_not_from_where_somebody_spoke() -> None:
    assert place("Hail fell in Kharkiv. The mayor told reporters in Geneva. Some [20] people died.")[0] == "in Kharkiv"
    assert place("Shells fell on Kharkiv, the mayor of Aleppo said. Some [20] people died.")[0] == "on Kharkiv"


def test_the_dead_of_a_war_are_of_the_country() -> None:
    text = "War goes on in Syria. Shells fell in Aleppo. More than [300,000] people have been killed since it began."
    document = read_text(text.replace("[", "").replace("]", ""))
    start = document.text.index("300,000")
    many = replace(quantity(document.text, start, start + 7), value=300_000)
    mentions = find_mentions(document.text)
    assert settings(document, [many], mentions)[0].places == (SYRIA,)


def test_the_figures_of_the_next_sentence_are_where_those_of_the_last_were() -> None:
    first, second = found("In Syria rebels met. Rebels from Homs killed [5] men in Hama. Later [20] more died.")
    assert (first.place, second.place) == ("in Hama", "in Hama")


def test_an_opening_without_a_place_looks_at_the_sentences_behind_it() -> None:
    assert place("Rebels killed [20] soldiers. Police said so. The army struck back in Homs.")[0] == "in Homs"


def test_a_toll_of_a_war_is_the_countrys_though_a_town_opens_the_sentence() -> None:
    text = "Once Syrias powerhouse Aleppo has been torn by the war that has killed [300,000] people."
    start = text.index("[")
    bare = text.replace("[", "").replace("]", "")
    toll = replace(quantity(bare, start, start + 7), value=300_000.0)
    told = "Syria is torn. " + bare
    moved = replace(quantity(told, start + 15, start + 22), value=toll.value)
    assert settings(read_text(told), [moved], find_mentions(told))[0].place == "Syrias"


@pytest.mark.parametrize(
    ("marked", "place"),
    [
        ("The flood reached Homs in Syria, and Turkey, where [40] people died.", "Turkey"),
        ("Jets hit Homs. Rebels (banned in Russia) killed [40] people there.", "Homs"),
        ("Rain fell in Homs. Judges spoke of it in Aleppo v. Moreno and [40] people came.", "in Homs"),
        ("The army in Syria freed [three] districts of the northern city of Aleppo.", "of the northern city of Aleppo"),
        ("Rain fell in Homs. The army killed [40] rebels in its Aleppo-8 operation.", "in Homs"),
        ("Rain fell in Homs. Troops killed [40] rebels in Operation Aleppo.", "in Homs"),
        ("Rain fell in Homs. It burned [six] times the size of Cyprus.", "in Homs"),
    ],
)
def test_places_of_clauses_brackets_lawsuits_and_offensives(marked: str, place: str) -> None:
    assert found(marked)[0].place == place


def test_an_experts_desk_and_a_photos_caption_are_not_where_the_news_is() -> None:
    desk = 'Rain fell in Homs. "Bad," said Ada Moreno, an economist at the Arno Fund in London. Then [40] fell ill.'
    assert found(desk)[0].place == "in Homs"
    caption = "Rain fell in Homs. A man eats in London, May 2, 2015. REUTERS/Ada Moreno\n\nThen [40] fell ill."
    assert found(caption)[0].place == "in Homs"
