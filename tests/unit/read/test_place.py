"""Where a figure holds. Each text marks the number with [ ]."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.entity import Mention
from services.read.entities import find_mentions
from services.read.figures.figure import Quantity, Setting
from services.read.figures.settings.setting import settings
from services.read.text import read_text

PUBLISHED = datetime(2021, 11, 14, tzinfo=UTC)
BELARUS, POLAND, SYRIA = "Q184", "Q36", "Q858"


def quantity(text: str, start: int, end: int) -> Quantity:
    """A bare number over text[start:end]."""
    tokens = read_text(text).tokens
    covered = [i for i, token in enumerate(tokens) if token.start < end and start < token.end]
    first, last = covered[0], covered[-1] + 1
    return Quantity(start, end, first, last, 1, 1, 1, 1, 1, False, False, "exact", None)


def found(marked: str) -> list[Setting]:
    """The setting of each [number]."""
    text, spans = "", []
    for i, part in enumerate(marked.replace("]", "[").split("[")):
        if i % 2:
            spans.append((len(text), len(text) + len(part)))
        text += part
    mentions = find_mentions(text)
    return settings(read_text(text), [quantity(text, *span) for span in spans], mentions, PUBLISHED)


def place(marked: str) -> tuple[str | None, str | None]:
    """Place words and scope of the first [number]."""
    first = found(marked)[0]
    return first.place, first.scope


@pytest.mark.parametrize(
    ("text", "words", "scope"),
    [
        ("There are [20] people in the camp.", "in the camp", "camp"),
        ("There are [20] people on the border with Poland.", "on the border with Poland", "border"),
        ("[20] people tried to cross the Polish-Belarusian border.", "the Polish-Belarusian border", "border"),
        ("[20] people died in the northern city of Hasaka.", "in the northern city of Hasaka", "city"),
        ("[20] people were treated at a hospital in Minsk.", "at a hospital in Minsk", "hospital"),
        ("[20] people died in Syria.", "in Syria", "country"),
    ],
)
def test_the_place_is_kept_as_written_with_its_scope(text: str, words: str, scope: str) -> None:
    assert place(text) == (words, scope)


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


def test_time_comes_from_the_figures_own_clause() -> None:
    one, two = found("On Monday [20] people died, and on Thursday [30] died.")
    assert one.as_of == datetime(2021, 11, 8, 12, tzinfo=UTC)
    assert two.as_of == datetime(2021, 11, 11, 12, tzinfo=UTC)
    one, two = found(
        "The guard said that since August it recorded [33] attempts, which is [9] times more than in 2020."
    )
    assert one.window == two.window == "since 2021-08"
    assert one.as_of is None


WORDS = (
    "the in on at border camp of with between and Poland Belarus Polish , . - city state 20 Minsk to \n Thursday since"
)


@given(st.lists(st.sampled_from(WORDS.split(" ")), max_size=50).map(" ".join))
def test_no_order_of_places_raises(text: str) -> None:
    document = read_text(text)
    quantities = [quantity(text, token.start, token.end) for token in document.tokens]
    mentions: tuple[Mention, ...] = tuple(find_mentions(text))
    assert len(settings(document, quantities, mentions, PUBLISHED)) == len(quantities)
    assert len(settings(document, quantities, (), PUBLISHED)) == len(quantities)


@given(st.text(max_size=200))
def test_no_text_raises(text: str) -> None:
    document = read_text(text)
    quantities = [quantity(text, token.start, token.end) for token in document.tokens]
    assert len(settings(document, quantities, (), PUBLISHED)) == len(quantities)


def test_a_part_of_a_country_has_no_known_width() -> None:
    assert found("Some [12] people died in the north of the country.")[0].scope is None
    assert found("Some [12] people died across the country.")[0].scope == "country"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A mine fire in Tolvane left [20] dead.", "in Tolvane"),  # a name nobody knows
        ("Floods hit the village of Harnok. Some [20] people left Harnok.", "Harnok"),
        ("The east China landslide killed [20] people.", "east China"),
        ("Bombers struck Kharkiv, killing [20] people.", "Kharkiv"),
        ("There were [20] raids by warplanes on Kharkiv.", "on Kharkiv"),
        ("Some [20] militants died west of Tolvane.", "west of Tolvane"),
        ("Floods drove [20] people from homes in Syria's Aleppo province.", "in Syria's Aleppo province"),
        ("Some [20] people drowned in Soma, Turkey, on Monday.", "in Soma, Turkey"),
        ("Some [20] people were hurt in 17 prefectures.", "in 17 prefectures"),
        ("A total of [20] clinics are investigated nationwide.", "nationwide"),
        ("Rescuers evacuated [20] villagers to Aleppo.", "to Aleppo"),
        ("The [20] tourists had been evacuated from Kharkiv.", "from Kharkiv"),
        ("In Kharkiv, where a fire at a coal mine broke out, [20] people died.", "at a coal mine, Kharkiv"),
        ("Police in the Tarnel district said [20] homes burned in the coal mine.", "in the Tarnel district"),
        ("Some [20] died in the capital, Honiara.", "in the capital, Honiara"),
        ("Shells hit John Smith neighborhood, killing [20] people.", "John Smith neighborhood"),
        ("The hail damaged [20] houses in La Tolvana.", "in La Tolvana"),
    ],
)
def test_the_place_holds_the_name(text: str, words: str) -> None:
    assert place(text)[0] == words


@pytest.mark.parametrize(
    "text",
    [
        "A suspected US airstrike killed [20] fighters.",
        "The London-based Observatory said [20] people died.",
        "Moscow said [20] soldiers died.",
        "Washington blames rebels for the deaths of [20] people.",
        "The Senate of India's Liberal party has [20] members.",
        "Vermont Senator Jane Doe has [20] supporters.",
        "He spoke in English to [20] people.",
        "The number of villages rose to [20].",
    ],
)
def test_who_acts_speaks_or_is_named_after_it_is_no_place(text: str) -> None:
    assert place(text)[0] is None


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
    assert settings(document, [many], mentions, PUBLISHED)[0].places == (SYRIA,)


def test_a_header_tells_the_day_the_text_was_written() -> None:
    old = found("Raids kill many Monitor AFP Wednesday 17 Sep 2014 Some [20] people died on Tuesday.")[0]
    assert old.as_of == datetime(2014, 9, 16, 12, tzinfo=UTC)
    assert found("Published February 18 2015 Rain fell. Some [20] people died.")[0].as_of == datetime(
        2015, 2, 18, 12, tzinfo=UTC
    )
    assert found("On March 11, 2011, a wave came. Some [20] people died.")[0].as_of is None
    assert found("MINSK, Nov 12 (Agency) - Some [20] people died.")[0].as_of == datetime(2021, 11, 12, 12, tzinfo=UTC)


def test_a_figure_is_not_of_the_time_it_is_compared_to_or_was_said() -> None:
    assert found("There were [20] attacks, compared to 9 over the previous nine months.")[0].window is None
    assert found("It was the second raid this month after [17] people were killed on November 2.")[0].window is None
    assert found("The ministry said in a statement on Monday that [20] people had died.")[0].as_of is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Rain fell in Homs. More than [200] families across five villages were hit.", "across five villages, Homs"),
        ("A raid hit Homs. At least [7] people were killed at the hospital in Syria.", "at the hospital in Syria"),
        ("In Damascus a shell hit the Zoravia square killing [1] man.", "In Damascus"),
        ("[20] died north of Homs.", "north of Homs"),
        ("The troops shot [9] people from the Caucasus in Homs.", "in Homs"),
        ("A leader said in Turkey the raid had killed [20]. ", "in Turkey"),
        ("Fighting went on in Homs. [11] troops were killed in Mondays fighting.", "in Homs"),
        ("Homs was quiet. The raids hit 40 sites and [5] refugee camps in Syria.", "in Syria"),
    ],
)
def test_a_kind_of_place_carries_the_name_it_lies_in(text: str, words: str) -> None:
    assert place(text)[0] == words


def test_the_capital_is_named_where_the_article_names_it() -> None:
    assert place("Syria said Damascus was quiet. Syria said [20] died in the capital.")[0] == "in the capital, Damascus"


def test_a_town_of_so_many_people_is_the_place_of_them() -> None:
    assert place("The fire in Homs neared Kiwa, a town of [3,000] people.")[0] == "Kiwa"


def test_many_countries_are_no_place() -> None:
    assert place("It is one of the most exposed countries and many of its [20] people left.")[0] is None


def test_what_began_with_something_in_a_year_is_counted_since() -> None:
    war = found("The war which began with the repression of protests in 2011 has killed [20] people.")[0]
    assert (war.window, war.as_of) == ("since 2011", None)
    assert found("The raid, which began at dawn, killed [20] people in 2011.")[0].window is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # "of" behind those who live there is where they are; behind an office or a person's name it is whose they are
        ("Some [20] residents of southern Japan were told to leave.", "of southern Japan"),
        ("Shells hit the center of Homs while [20] others were hurt.", "of Homs"),
        ("Rain fell in Kharkiv. The mayor of Homs said [20] died.", "in Kharkiv"),
        ("Sen. Jane Doe of Vermont won [20] votes.", None),
        ("Raids went on in Homs. The [20] dead were natives of Kazakhstan.", "in Homs"),
        # what falls somewhere fell there
        ("The jet crashed into the Black Sea, killing [20] people.", "into the Black Sea"),
        ("Shells fell on civilian areas to the west of Homs, killing [20] people.", "to the west of Homs"),
        ("A bomb tore a jet apart after it took off from Kharkiv, killing [20] people.", "from Kharkiv"),
        ("She wrote of Indonesia's Aceh province, where [20] women were jailed.", "of Indonesia's Aceh province"),
        # a country as the subject or as the whole of something
        ("China grew. Vietnam holds about [100] political prisoners.", "Vietnam"),
        ("China grew. Turkey hosts more than [20] camps.", "Turkey"),
        ("China grew. Overall, the U.S. economy lost [20] jobs.", "U.S."),
        ("In China [20] people fell ill; Iran has sent [30] troops to Syria.", "In China"),
        # what only says where a name lies is not another place
        ("Rain hit Tolvane, a northern province on the border with Greece, and drove [20] people out.", "Tolvane"),
        ("A blast in Harnok 40 km (25 miles) south of Homs killed [20] people.", "in Harnok"),
        ("A shooting in Tolvane Hill Park in Harnok, Texas, left [20] dead.", "in Tolvane Hill Park in Harnok, Texas"),
        ("The group seized the Harnok oilfield east of Homs. The toll is [20].", "the Harnok oilfield east of Homs"),
        # so many countries are where it was; the country keeps its own words
        ("Rain fell in Paris. The gang stole [20] dollars from banks across 30 countries.", "across 30 countries"),
        ("Rain hit Japan. Some [20] people left homes across the country.", "across the country, Japan"),
        ("India votes. He is accused of ignoring the country's [20] farmers.", "India"),
        (
            "They fought in Iraq. There are [20] troops in Syria and they are said to train many others in Homs.",
            "in Syria",
        ),
        # headlines and datelines that run into the text
        (
            "Blast kills many in central Syria AFP Thursday 6 Mar 2014 At least [20] people died near a base in Homs.",
            "near a base in Homs",
        ),
        ("DEV-7 (ABC) KHARKIV, 8 FEB 89 -- [TEXT] [20] vehicles were burned.", "KHARKIV"),
        ("At least [20] people died across Europe, including in Prague.", "across Europe"),
        ("Near a Syrian village raids killed [20] people.", "Near a Syrian village"),
    ],
)
def test_the_words_around_a_place_tell_whether_it_happened_there(text: str, words: str | None) -> None:
    assert place(text)[0] == words


def test_who_has_something_to_do_is_no_place() -> None:
    assert place("Russia has created a zone and brought in [20] officers.")[0] is None
    assert place("According to Belarus, [20] people died.")[0] is None


def test_one_tweet_in_small_letters_takes_no_name_from_a_place() -> None:
    text = (
        "Gunfire in Tolvane. Tolvane mourns. Tolvane waits. i love tolvane so. Some [20] people died in Tolvane, Texas."
    )
    assert place(text)[0] == "in Tolvane, Texas"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A bomb near a bakery killed [20] people in Homs.", "near a bakery, Homs"),
        ("In Homs shells fell on a market killing [20] people.", "on a market, Homs"),
        ("Cross-border fire hurt [20] men in the border town of Kiwa south of the lake.", "in the border town of Kiwa"),
        ("Gangs displaced [20] families from Kiwa.", "from Kiwa"),
        ("The London Based Observatory said gunmen killed [20] people in Homs.", "in Homs"),
        ("A new US-formed group lost [20] men in Homs.", "in Homs"),
        ("In Arno Atoll there were [20] homes damaged.", "In Arno Atoll"),
        ("Rebels took Homs. In the northern countryside [20] men died.", "In the northern countryside, Homs"),
        ("Aleppo Province  6 dead  [20] people evacuated  Homs Province  5 dead", "Aleppo Province"),
        ("[20] members of the Democratic Forces south of the city of Homs died.", "south of the city of Homs"),
        ("THE ARMY FOUGHT IN HOMS. [20] MEN DIED IN PEACE.", "IN HOMS"),
    ],
)
def test_a_place_has_the_words_a_reader_would_give(text: str, words: str) -> None:
    assert (place(text)[0] or "").startswith(words)


def test_the_figures_of_the_next_sentence_are_where_those_of_the_last_were() -> None:
    first, second = found("In Syria rebels met. Rebels from Homs killed [5] men in Hama. Later [20] more died.")
    assert (first.place, second.place) == ("in Hama", "in Hama")


def test_an_opening_without_a_place_looks_at_the_sentences_behind_it() -> None:
    assert place("Rebels killed [20] soldiers. Police said so. The army struck back in Homs.")[0] == "in Homs"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # what is only described does not become the place of the next sentence's figures
        ("Floods hit Homs on Monday. The town of Kiwa was worst affected. Police said [7] people died.", "Homs"),
        ("Raids hit Homs. Harnok was once a hub for smugglers. Police said [9] people died.", "Homs"),
        # the stronghold is the place
        ("Jets hit the rebel stronghold of Raqqa in eastern Syria. [Ten] people died.", "of Raqqa in eastern Syria"),
        ("They fired rockets from Kharkiv into the bastion of Homs killing [1] man.", "into the bastion of Homs"),
        ("Gunmen lobbed mortars into Damascus, wounding [6] people.", "into Damascus"),
        # whose a base is tells no place: the country behind it does
        ("Iran fired [12] missiles at two U.S. bases in Iraq.", "at two U.S. bases in Iraq"),
        # areas that something befell keep their words, with the name they stand for
        ("A quake hit Homs. [60] cranes are in the affected areas.", "in the affected areas, Homs"),
        ("Syria votes. Some [60] live in besieged areas of the country.", "in besieged areas of the country, Syria"),
        # lists of names, known or not
        ("[3] people died in the villages of Themi, Simba and Bwawani.", "in the villages of Themi, Simba and Bwawani"),
        ("Chile burns. [58] fires in the regions of Talca, Kiwa, Aru.", "in the regions of Talca, Kiwa, Aru, Chile"),
        ("The army struck near Homs and Abu Kiwa dam in Syria. [5] men died.", "near Homs and Abu Kiwa dam in Syria"),
        ("Homs was quiet. The floods killed many in Europe including [17] in Austria alone.", "in Austria"),
        # a war is a country's
        ("He said [180] people have been killed in the Syrian conflict.", "in the Syrian conflict"),
        ("More than [100] people were killed in the Yemeni civil war.", "in the Yemeni civil war"),
        # all that something is the most of
        ("New York state has the highest toll in the US, with [27] deaths.", "New York state"),
        ("[30] people are affected. Coastal districts of Homs face floods.", "Coastal districts of Homs"),
        ("Shells fell on Raqqa. One strike killed [12] men in the city center.", "in the city center, Raqqa"),
        ("The Kiwa River burst its banks near Homs and drove [20] people out.", "near Homs"),
    ],
)
def test_a_careful_labeller_gives_this_place(text: str, words: str) -> None:
    assert place(text)[0] == words


def test_a_toll_of_a_war_is_the_countrys_though_a_town_opens_the_sentence() -> None:
    text = "Once Syrias powerhouse Aleppo has been torn by the war that has killed [300,000] people."
    start = text.index("[")
    bare = text.replace("[", "").replace("]", "")
    toll = replace(quantity(bare, start, start + 7), value=300_000.0)
    told = "Syria is torn. " + bare
    moved = replace(quantity(told, start + 15, start + 22), value=toll.value)
    assert settings(read_text(told), [moved], find_mentions(told), PUBLISHED)[0].place == "Syrias"


@pytest.mark.parametrize(
    ("marked", "place"),
    [
        ("The flood reached Homs in Syria, and Turkey, where [40] people died.", "Turkey"),
        ("Jets hit Homs. Rebels (banned in Russia) killed [40] people there.", "Homs"),
        ("Rain fell in Homs. Judges spoke of it in Aleppo v. Moreno and [40] people came.", "in Homs"),
        ("The army in Syria freed [three] districts of the northern city of Aleppo.", "of the northern city of Aleppo"),
        ("Rain fell in Homs. It burned [six] times the size of Cyprus.", "in Homs"),
    ],
)
def test_places_of_clauses_brackets_and_lawsuits(marked: str, place: str) -> None:
    assert found(marked)[0].place == place


def test_an_experts_desk_and_a_photos_caption_are_not_where_the_news_is() -> None:
    desk = 'Rain fell in Homs. "Bad," said Ada Moreno, an economist at the Arno Fund in London. Then [40] fell ill.'
    assert found(desk)[0].place == "in Homs"
    caption = "Rain fell in Homs. A man eats in London, May 2, 2015. REUTERS/Ada Moreno\n\nThen [40] fell ill."
    assert found(caption)[0].place == "in Homs"
