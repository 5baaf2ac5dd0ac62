"""What is counted, its metric, and its part in the text."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from schemas.entity import Mention
from services.read.figures.figure import Figure
from services.read.figures.reader import read_figures

PUBLISHED = datetime(2021, 11, 14, tzinfo=UTC)


def figures(text: str) -> list[Figure]:
    return list(read_figures(text, PUBLISHED).figures)


@pytest.mark.parametrize(
    ("text", "noun", "metric"),
    [
        ("Ten people were killed.", "people", "deaths"),
        ("The blast killed at least ten people.", "people", "deaths"),
        ("The blast left ten people dead.", "people", "deaths"),
        ("The death toll rose to 86.", "death toll", "deaths"),
        ("The toll stands at 86 people.", "people", "deaths"),
        ("It led to the deaths of 40 villagers.", "villagers", "deaths"),
        ("It claimed the lives of 40 villagers.", "villagers", "deaths"),
        ("Twelve people lost their lives.", "people", "deaths"),
        ("Another 888 were injured.", "injured", "injured"),
        ("Dozens more wounded were taken away.", "wounded", "injured"),
        ("Fifty soldiers were killed or wounded.", "soldiers", "casualties"),
        ("Some 300 are still missing.", "missing", "missing"),
        ("Rescuers pulled out and rescued 12 miners.", "miners", "rescued"),
        ("About 13,000 people have been evacuated.", "people", "displaced"),
        ("Floods drove 150,000 from their homes.", "homes", "displaced"),
        ("Police arrested 40 protesters.", "protesters", "detained"),
        ("Thousands of protesters filled the square.", "protesters", "crowd"),
        ("Gunmen kidnapped 12 students.", "students", "hostages"),
        ("There are 2,000 people in the camp.", "people", "people_present"),
        ("Hundreds of migrants are on the border.", "migrants", "people_present"),
        ("They raised the number of soldiers in the north to 15 thousand.", "soldiers", "troops"),
        ("They recorded 33 attempts to cross the border.", "attempts", "crossing_attempts"),
        ("That is 40 times more than last year.", "times more", "ratio"),
        ("The storm destroyed 170 houses.", "houses", "homes_damaged"),
        ("The storm destroyed 170 bridges.", "bridges", "other"),
        ("There were 433 new cases of cholera.", "cases", "cases"),
        ("Ten gunmen killed 5 soldiers.", "gunmen", "troops"),
        ("Twenty sheep were killed.", "sheep", "other"),
        ("It improved the lives of 300 people.", "people", "other"),
        ("Forty residents of the valley died.", "residents", "deaths"),
        ("They destroyed nine off-road vehicles.", "vehicles", "other"),
        ("Twelve people (five of them children) were hurt.", "people", "injured"),
        ("The tally stood at 1,023 confirmed cases of measles.", "cases", "cases"),
        ("ONE CIVILIAN AND ONE SOLDIER WERE KILLED.", "CIVILIAN", "deaths"),
    ],
)
def test_the_first_figure_counts(text: str, noun: str, metric: str) -> None:
    counted = figures(text)[0].counted
    assert (counted.noun, counted.metric) == (noun, metric)


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("Thousands of Hindus marched.", "Hindus"),
        ("Two Nepalese army doctors left.", "doctors"),
        ("Nine Bodis were killed.", "Bodis"),
        ("Some 160 mostly masked gunmen stayed.", "gunmen"),
        ("They helped 11,600 of the most vulnerable evacuees.", "evacuees"),
        ('Police said "dozens" of rebels fled.', "rebels"),
        ("They make up 14 percent of its 1.3 billion population.", "population"),
        ("A 60-man patrol appeared.", "patrol"),
        ("They flew two Boeing 737 jets.", "jets"),
        ("Two F-16 and three A-10 jets took off.", "jets"),
        ("They seized four .38 calibre pistols.", "pistols"),
        ("They found 500 rounds of ammunition.", "rounds"),
        ("They shot down at least one army helicopter.", "helicopter"),
        ("Nearly 20,000 out of 60,000 households left.", "households"),
        ("The rebels number some 200.", "rebels"),
        ("It lacks policemen, who now only number 100.", "policemen"),
        ("Enrolment barely crested at 100,000.", "Enrolment"),
        ("The number of raids exceeded 730.", "raids"),
        ("It raised the number of pardons to a total of 1,324.", "pardons"),
        ("Five of his groups members were killed.", "members"),
        ("At least five of those killed were nurses.", "nurses"),
    ],
)
def test_the_noun_is_found_however_it_is_put(text: str, noun: str) -> None:
    found = figures(text)
    assert noun in [figure.counted.noun for figure in found if not figure.quantity.percent]


def test_each_item_of_a_list_has_what_happened_to_it() -> None:
    text = "The blast killed five soldiers and two policemen, and left 30 wounded and 4 missing."
    assert [f.counted.metric for f in figures(text)] == ["deaths", "deaths", "injured", "missing"]


def test_more_of_the_same_is_counted_without_its_noun() -> None:
    _, more = figures("In all 60 houses collapsed and 500 were badly damaged.")
    assert (more.counted.noun, more.counted.metric) == ("houses", "homes_damaged")
    _, elsewhere = figures("In all 28 people died in the north and five in the capital.")
    assert (elsewhere.counted.noun, elsewhere.counted.metric) == ("people", "deaths")


def test_a_part_of_the_killed_is_killed_and_a_subset() -> None:
    whole, part, other = figures("It killed 56 people including 19 children and three women.")
    assert (whole.counted.role, part.counted.role, other.counted.role) == ("total", "subset", "subset")
    assert part.counted.metric == "deaths"


def test_thirty_of_them_children_is_a_subset_of_children() -> None:
    _, part = figures("A hundred people died, 30 of them children.")
    assert (part.counted.noun, part.counted.role) == ("children", "subset")


def test_so_are_nine_of_those() -> None:
    _, part = figures("The minister said 15 people were wounded, and nine of those were Torvian.")
    assert part.counted.role == "subset"


def test_a_rise_from_and_to_is_an_old_and_a_new_number() -> None:
    old, new = figures("The death toll rose from 19 to 37.")
    assert (old.quantity.value, old.counted.role) == (19, "previous")
    assert (new.quantity.value, new.counted.role) == (37, "total")


def test_a_change_is_told_from_a_count() -> None:
    (change,) = figures("The number of soldiers increased by 1,200.")
    assert (change.counted.noun, change.counted.role) == ("soldiers", "change")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Forty people are feared dead.", "feared"),
        ("Officials confirmed 40 deaths.", "confirmed"),
        ("An estimated 400 people died.", "estimated"),
        ("They will send 400 soldiers.", "planned"),
        ("They sent 400 soldiers.", "asserted"),
    ],
)
def test_the_status_is_as_sure_as_the_words(text: str, status: str) -> None:
    assert figures(text)[0].counted.status == status


@pytest.mark.parametrize(
    "text",
    [
        "No one was killed.",
        "There were no casualties.",
        "Nobody was hurt in the fire.",
        "None of them was injured.",
        "No one has survived the crash.",
        "The blast caused no deaths.",
    ],
)
def test_zero_is_a_count(text: str) -> None:
    (zero,) = figures(text)
    assert (zero.quantity.low, zero.quantity.high, zero.quantity.soft_high) == (0, 0, False)


@pytest.mark.parametrize(
    "text",
    [
        "No casualties were reported.",
        "No deaths or serious injuries have been reported so far.",
        "No on the ground casualties were reported.",
        "The guard reported no deaths in the raid.",
        "There were no reported injuries.",
        "There were no casualties reported in the raid.",
    ],
)
def test_a_zero_known_so_far_contradicts_nothing_that_comes_later(text: str) -> None:
    (zero,) = figures(text)
    assert (zero.quantity.low, zero.quantity.high, zero.quantity.soft_high) == (0, 0, True)


@pytest.mark.parametrize(
    "text",
    ["There were no reports of casualties.", "No details of casualties were given.", "No word of deaths was received."],
)
def test_silence_is_not_zero(text: str) -> None:
    assert figures(text) == []


def test_missing_or_killed_is_told_by_the_worse() -> None:
    (zero,) = figures("No one was missing or killed.")
    assert zero.counted.metric == "deaths"


@pytest.mark.parametrize(
    ("text", "nouns"),
    [
        ("Payrolls climbed by 263,000 after a revised 189,000 advance.", ["Payrolls", "Payrolls"]),
        ("Enrolment fell by 400 to 3,000.", ["Enrolment", "Enrolment"]),
        ("Jobless claims fell 12,000 to 210,000.", ["Jobless claims", "Jobless claims"]),
        ("Private employment rose by 236,000 after increasing 179,000.", ["Private employment", "employment"]),
        ("Army recruitment dropped by 4,500, the most in years, to 20,000.", ["Army recruitment", "Army recruitment"]),
        ("The plan added 16,000 jobs, while the three-month average fell to 9,000.", ["jobs", "jobs"]),
        ("Attendance rose sharply to 12,000.", ["Attendance"]),
    ],
)
def test_the_number_of_a_change_counts_its_subject(text: str, nouns: list[str]) -> None:
    assert [figure.counted.noun for figure in figures(text)] == nouns


@pytest.mark.parametrize("text", ["Unemployment rose to 6.5.", "The index fell by 300.", "He rose to 12."])
def test_a_level_of_nothing_counted_is_none(text: str) -> None:
    assert figures(text) == []


@pytest.mark.parametrize(
    ("text", "nouns"),
    [
        ("The army destroyed one tank, two vans and three guns.", ["tank", "vans", "guns"]),
        ("Three huts one factory and a well were burned.", ["huts", "factory"]),
        ("Police seized one rifle and two pistols.", ["rifle", "pistols"]),
        ("One car was burned.", ["car"]),
        ("All were freed, except one woman and three men.", ["woman", "men"]),
    ],
)
def test_one_of_a_list_or_of_what_was_destroyed_is_a_count(text: str, nouns: list[str]) -> None:
    assert [figure.counted.noun for figure in figures(text)] == nouns


@pytest.mark.parametrize("text", ["He bought one car.", "One manager joked.", "There is one choice."])
def test_one_alone_counts_nothing(text: str) -> None:
    assert figures(text) == []


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("The two bombs went off minutes apart.", "bombs"),
        ("The monitor reported the two attacks.", "attacks"),
        ("The five presidents met.", "presidents"),
        ("Several 2020 senate candidates spoke.", "candidates"),
        ("It hit two 2018 campaign offices.", "offices"),
        ("In March two blasts shook the port.", "blasts"),
        ("Raids hit 20 rebel positions.", "positions"),
        ("Fires killed several of the guards.", "guards"),
        ("At least 14 of the dead were rebels.", "rebels"),
        ("Three seventh-grade pupils fell.", "pupils"),
    ],
)
def test_things_and_events_counted_again_count(text: str, noun: str) -> None:
    assert figures(text)[0].counted.noun == noun


def test_whose_soldiers_they_are_is_read_from_the_adjective() -> None:
    text = "About ten British soldiers arrived in Poland."
    british = Mention(start=10, end=17, text="British", type="NORP", entity="Q145", name="United Kingdom", tier="fast")
    poland = Mention(start=38, end=44, text="Poland", type="GPE", entity="Q36", name="Poland", tier="fast")
    (figure,) = read_figures(text, PUBLISHED, [british, poland]).figures
    assert (figure.counted.whose, figure.counted.whose_id) == ("United Kingdom", "Q145")


def test_whose_soldiers_they_are_is_read_from_its() -> None:
    text = "Britain said 498 of its soldiers had been killed in Poland."
    britain = Mention(start=0, end=7, text="Britain", type="GPE", entity="Q145", name="United Kingdom", tier="fast")
    (figure,) = read_figures(text, PUBLISHED, [britain]).figures
    assert figure.counted.whose_id == "Q145"


def test_whose_soldiers_they_are_is_read_from_the_sender() -> None:
    text = "Britain sent a team of ten soldiers to Poland."
    britain = Mention(start=0, end=7, text="Britain", type="GPE", entity="Q145", name="United Kingdom", tier="fast")
    (figure,) = read_figures(text, PUBLISHED, [britain]).figures
    assert figure.counted.whose_id == "Q145"


@pytest.mark.parametrize(
    ("text", "value", "noun"),
    [
        ("No homes had burned by Friday, the mayor said.", 0, "homes"),
        ("She said no houses have been damaged.", 0, "houses"),
        ("A pair of gunmen shot at the mayor.", 2, "gunmen"),
        ("Crews held back a pair of fires in the hills.", 2, "fires"),
        ("They fired dozens of mortar rounds at the port.", 12, "rounds"),
        ("The army found 300 live rounds.", 300, "rounds"),
        ("It may touch nearly 5 million — or most — pensioners.", 5e6, "pensioners"),
        ("A few, -- less than 100 -- smugglers are left.", 100, "smugglers"),
        ("In the south: 6 death and 2 injured.", 6, "death"),
        ("Some 5,000 were moved to safer ground while 900 from villages were relocated.", 5000, "moved"),
        ("The Daily: Army Kills 30 Azure terrorist in raid.", 30, "terrorist"),
        ("The minister and his 11-member team left.", 11, "member"),
        ("As many as 35,000 Brus took shelter there.", 35000, "Brus"),
        ("They came with 22 four-wheel cars.", 22, "cars"),
        ("The slide buried three work camps.", 3, "camps"),
        ("It left 90 military personnel dead.", 90, "personnel"),
    ],
)
def test_what_is_counted_is_found_behind_a_remark_a_compound_or_careless_words(
    text: str, value: float, noun: str
) -> None:
    first = figures(text)[0]
    assert (first.quantity.value, first.counted.noun) == (value, noun)


@pytest.mark.parametrize(
    "text",
    [
        "The bodies had no signs of injuries.",
        "There is no risk of casualties.",
        "She bought a pair of black shoes.",
        "Get short URL 1199 Ruritania's ministry spoke.",
    ],
)
def test_signs_pairs_worn_and_page_ids_count_nothing(text: str) -> None:
    assert figures(text) == []


def test_a_town_of_so_many_has_people_and_a_second_number_keeps_its_own_predicate() -> None:
    assert figures("Kiwa, a town of about 14,000, was cut off.")[0].counted.unit == "people"
    moved = figures("Some 5,000 were moved to safer ground while 900 from villages were relocated.")
    assert [figure.counted.metric.value for figure in moved] == ["displaced", "displaced"]


def test_people_pointed_at_are_counted_and_sides_are_not() -> None:
    assert [figure.quantity.value for figure in figures("These three persons are being sought.")] == [3]
    assert [figure.quantity.value for figure in figures("The two policemen stood guard.")] == [2]
    assert figures("The three sides met.") == []
