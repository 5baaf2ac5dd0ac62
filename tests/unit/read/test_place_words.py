"""Which words are the place of a figure, and which only look like one. Each text marks the number with [ ]."""

from __future__ import annotations

import pytest

from tests.unit.read.placing import place


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


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # "of" behind those who live there is where they are; behind an office or a person's name it is whose they are
        ("Some [20] residents of southern Japan were told to leave.", "of southern Japan"),
        ("Shells hit the center of Homs while [20] others were hurt.", "of Homs"),
        ("Rain fell in Kharkiv. The mayor of Homs said [20] died.", "in Kharkiv"),
        ("Sen. Jane Doe of Vermont won [20] votes.", None),
        # a mayor, a governor and a police chief speak of their own town where nothing else says a place
        ("[Eight] people were killed in a strike, the mayor of Homs said.", "of Homs"),
        ("Homs governor Jane Doe said [12] people had been wounded.", "Homs"),
        ("[Ten] people died in the fire, said Jane Doe, police chief of Homs.", "of Homs"),
        ("[Ten] people died in the fire, said Jane Doe, editor of Homs Today.", None),
        ("[Ten] people died in Kharkiv, the mayor of Homs said.", "in Kharkiv"),
        # who is in a country is there, whoever counts them; "there" is the place named before
        ("Turkey's army said [12,000] Vietnamese troops were in Greece.", "in Greece"),
        ("Turkey's army said [1,500] soldiers were stationed in Greece.", "in Greece"),
        ("Turkey will leave Greece. It has about [650] soldiers there.", "Greece"),
        ("Rain fell in Homs. The mayor said [12] people had been killed there.", "in Homs"),
        ("Rain fell in Homs. They have [12] people over there.", "in Homs"),
        ("Floods hit Homs. He said there were 40 and there are [12] left.", "Homs"),
        ("Vietnam has [900] dead, a toll surpassing the one in Greece, and [20] towns shut.", "Vietnam"),
        ("A Greek official said Vietnam may have killed [1,000] demonstrators.", "Vietnam"),
        ("A Greek official said Vietnam may have killed [1,000] soldiers of Laos.", None),
        ("More than [27,000] people have crossed into Sudan since fighting broke out in Homs.", "into Sudan"),
        ("China grew. Vietnam is hosting [12,000] migrants.", "Vietnam"),
        ("China grew. [12,000] Russian troops entered Vietnam.", "Vietnam"),
        ("Vietnam has recorded [12,000] deaths from the virus.", "Vietnam"),
        ("The virus killed [12,000] people, and Vietnam has", None),  # cut off behind "has"
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


def test_the_capital_is_named_where_the_article_names_it() -> None:
    assert place("Syria said Damascus was quiet. Syria said [20] died in the capital.")[0] == "in the capital, Damascus"


def test_a_town_of_so_many_people_is_the_place_of_them() -> None:
    assert place("The fire in Homs neared Kiwa, a town of [3,000] people.")[0] == "Kiwa"


def test_many_countries_are_no_place() -> None:
    assert place("It is one of the most exposed countries and many of its [20] people left.")[0] is None


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
        ("Voters met in Homs. Ada Moreno (D-Calif.) and [12] members went home.", "in Homs"),
        ("Voters met in Homs. Ada Moreno, R-Texas, named [12] members.", "in Homs"),
        ("A blast killed many in Homs. The [12] dead are Ada Moreno, 47, of Austin, Texas, and her son.", "in Homs"),
        ("Rockets fell on Homs. Shells fired by rebels positioned in Aleppo killed [12] people.", "on Homs"),
        ("The army will withdraw [50] soldiers from northern Syria.", "from northern Syria"),
        ("Jets targeted the city of Homs. Some [12] people died.", "the city of Homs"),
    ],
)
def test_where_somebody_is_of_or_shoots_from_is_not_where_it_happened(text: str, words: str) -> None:
    assert place(text)[0] == words
