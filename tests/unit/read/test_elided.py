"""Nouns left out because the figure before has said them, and the words that say more than one thing happened."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.read.figures.figure import Figure
from services.read.figures.flat import flat_line
from services.read.figures.reader import read_figures

PUBLISHED = datetime(2021, 11, 14, tzinfo=UTC)


def figures(text: str) -> list[Figure]:
    return list(read_figures(text, PUBLISHED).figures)


def counted(text: str) -> list[str | None]:
    return [flat_line("a", text, figure)["counted"] for figure in figures(text)]


@pytest.mark.parametrize(
    ("text", "nouns"),
    [
        ("Ten soldiers died and 30 others were hurt.", ["soldiers", "soldiers"]),
        ("Ten soldiers died. Two more were wounded.", ["soldiers", "soldiers wounded"]),
        ("The raid killed 12 villagers and wounded 40.", ["villagers", "villagers wounded"]),
        (
            "It killed 38 villagers, including 14 children, and wounded 250.",
            ["villagers", "children", "villagers wounded"],
        ),
        ("Three raids hit the port and five more were called off.", ["raids", "raids"]),
        ("The plant made 7,000 pumps, and 6,132 from a rival are expected.", ["pumps", "pumps"]),
        ("Some 900 people fled; that figure has since fallen to 300.", ["people", "people"]),
        ("Storms cut power to 200 homes, 140 of them in the port.", ["homes", "homes"]),
        ("About 1,000 were left homeless.", ["people homeless"]),
        ("Most evacuees slept in tents. Some 300 were relocated.", ["evacuees relocated"]),
        ("At least 104,000 returned last spring.", ["people returned"]),
        ("Nearly 2.2 million who showed up voted late.", ["people"]),
        ("No one was hurt.", ["people"]),
        ("The army freed 800 rebels, the police at least 27.", ["rebels", "rebels"]),
        ("They fired 14 shells; four hit homes and the other 10 fell outside.", ["shells", "shells"]),
        ("It shielded patients some 900 of whom remain.", ["patients"]),
        ("The raid was led by attackers two of them masked.", ["attackers"]),
        ("All women members of the senate, 20 of them, signed.", ["members"]),
        ("It wounded nine clerks; the condition of two is serious.", ["clerks", "clerks"]),
        ("It disrupts the lives of thousands.", ["people"]),
        ("Millions still live there.", ["people"]),
        ("Some 3,000 people are leaving the north and nearly 300 leaving the east.", ["people", "people"]),
        ("The ebb allowed almost 2,000 to return.", ["people"]),
        ("There are 21 million of us.", ["people"]),
        ("Ten people were moved. The quake toppled 60 huts and damaged 90 more.", ["people", "huts", "huts"]),
        ("Floods claimed 30 lives in Oru, as well as 22 in Wem.", ["lives", "lives"]),
        ("They cost 20 million pesos.", ["pesos"]),
        ("They cost K230,000.", ["kwacha"]),
        ("There were 32 raids in May. In June, there were 42. In July there was one.", ["raids", "raids", "raids"]),
        ("There were 12 fires; in 2013 there were only three.", ["fires", "fires"]),
        ("There were 12 fires in May. In June there were none.", ["fires", "fires"]),
        ("Three hikers landed. They slept. The three had earlier been lost.", ["hikers", "hikers"]),
        ("She leads by 739 delegates to 466 for her rival and 145 for Ila.", ["delegates", "delegates", "delegates"]),
        ("There were 15 dead among the rebels and 23 among the guards.", ["people dead", "people dead"]),
        ("Some 47,000 families or 174,000 were affected.", ["families", "people affected"]),
        ("It feared for the Walungas in Oru after nine of them were killed.", ["Walungas killed"]),
        ("Around 3,000 Walungas left and some 600 are still in the camps.", ["Walungas", "Walungas"]),
        ("Of those shot, five stayed in hospital.", ["people"]),
        ("By night more than 500 will have to sleep outside.", ["people"]),
        ("The country's population (now just over half a million) has grown.", ["people"]),
        ("Households had no water and over a million experienced outages.", ["people"]),
        ("The war displaced 11 million half of all who lived there.", ["people displaced"]),
        ("They invested thousands of their own money.", ["money"]),
        ("They lost $A29 billion and US $15,000.", ["dollars", "dollars"]),
    ],
)
def test_a_noun_left_out_is_the_one_meant(text: str, nouns: list[str]) -> None:
    assert counted(text) == nouns


@pytest.mark.parametrize(
    "text",
    ["It is the worst since at least 1969.", "Of adults over 80, few fell ill."],
)
def test_a_number_alone_is_not_always_a_count_of_people(text: str) -> None:
    assert figures(text) == []


@pytest.mark.parametrize(
    ("text", "high"), [("Scores died.", None), ("Several dozen died.", None), ("Dozens died.", 99)]
)
def test_the_flat_form_keeps_a_vague_figure_within_a_power_of_ten(text: str, high: float | None) -> None:
    (figure,) = figures(text)
    assert flat_line("a", text, figure)["value_high"] == high
    assert figure.quantity.high is not None


def test_a_number_set_against_another_counts_the_same() -> None:
    now, then, before = figures("Some 900 people were displaced. This compares to 1,400; 2,600 a year ago.")
    assert {now.counted.metric, then.counted.metric, before.counted.metric} == {"displaced"}
    assert (then.counted.role, before.counted.role) == ("previous", "previous")


def test_numbers_in_brackets_behind_places_are_counts_and_no_ages() -> None:
    found = figures("The deaths were in the districts of Ila (7), Oru (3) and Wem (2).")
    assert [(f.quantity.value, f.counted.metric) for f in found] == [(7, "deaths"), (3, "deaths"), (2, "deaths")]
    assert figures("The dead were named as Ann Ila (7) and Bo Oru (3).") == []


def test_a_list_needs_no_comma() -> None:
    found = figures("In all 21 people died 8 in Ila 5 in Oru.")
    assert [(f.quantity.value, f.counted.metric) for f in found] == [(21, "deaths"), (8, "deaths"), (5, "deaths")]


def test_the_other_two_are_a_part() -> None:
    _, others = figures("Three sailors were swept away. The other two are missing.")
    assert (others.counted.role, others.counted.metric) == ("subset", "missing")


def test_nine_of_those_killed_are_a_part_and_thousands_of_its_people_are_none() -> None:
    (nine,) = figures("Nine of those killed were nurses.")
    assert (nine.counted.role, nine.counted.metric) == ("subset", "deaths")
    (thousands,) = figures("The regime murdered thousands of its own people.")
    assert (thousands.counted.role, thousands.counted.metric) == ("total", "deaths")


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("Three people driving on Route 2, which links Ila and Oru, were killed.", "deaths"),
        ("Four people — believed to be brothers — died late on Sunday.", "deaths"),
        ("One person, believed to be a diver, was killed.", "deaths"),
        ("He was killed along with three guards.", "deaths"),
        ("She was killed along with her son and 15 guards.", "deaths"),
        ("Twelve protesters were shot and wounded.", "injured"),
        ("Police shot dead six gunmen.", "deaths"),
        ("Six farmers were hacked to death.", "deaths"),
        ("The army lost at least 28 fighters.", "deaths"),
        ("Thirty villagers were swept away.", "missing"),
        ("Two men went missing in the storm.", "missing"),
        ("Forty workers were admitted to hospital.", "injured"),
        ("Some 16 were taken to a nearby hospital.", "injured"),
        ("Four guests sustained minor injuries.", "injured"),
        ("The flood forced 300 out of their houses.", "displaced"),
        ("The flood displaced a total of 13.7 million people.", "displaced"),
        ("Another 300 people, displaced in September, live in tents.", "displaced"),
        ("Mud buried 27 homes.", "homes_damaged"),
        ("The fate of 200 soldiers is unknown.", "missing"),
        ("They killed and mutilated five farmers.", "deaths"),
        ("Among the dead were three children.", "deaths"),
        ("Three nurses and more than 100 patients died.", "deaths"),
        ("It led to the injury of 89 people.", "injured"),
        ("It drew a crowd of 4,000 supporters.", "crowd"),
        ("It claimed the life of one person.", "deaths"),
        ("Jets have taken out seven field commanders.", "deaths"),
        ("Twelve clerks suffered symptoms of choking.", "injured"),
    ],
)
def test_what_happened_is_read_over_asides_and_idioms(text: str, metric: str) -> None:
    assert figures(text)[0].counted.metric == metric


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("They sent 11 million N95 masks.", "masks"),
        ("They seized 40 AK-47 rifles.", "rifles"),
        ("They dropped six 500-pound bombs.", "bombs"),
        ("AT LEAST SIX [AS HEARD] BOMBS EXPLODED.", "BOMBS"),
        ("They killed two senior Red Dawn (RD) leaders.", "leaders"),
        ("They lost 180 army and police troops.", "troops"),
        ("They sank 75 rocket and grenade launchers.", "launchers"),
        ("They reported 17 kidnap cases.", "cases"),
    ],
)
def test_the_head_is_found_behind_models_remarks_and_joined_words(text: str, noun: str) -> None:
    assert figures(text)[0].counted.noun == noun


def test_several_and_a_few_count_what_newsrooms_count() -> None:
    (killed,) = figures("The blast killed several soldiers.")
    assert (killed.quantity.low, killed.quantity.high) == (2, 9)
    (cars,) = figures("A few cars were burned.")
    assert (cars.quantity.low, cars.quantity.high) == (2, 5)
    assert figures("There are several reasons to stay for a few days.") == []


@pytest.mark.parametrize(
    "text",
    ["The attack on Division 17 comes late.", "It is for people younger than 30 who study.", "Only one thing is left."],
)
def test_a_unit_an_age_and_one_thing_are_no_counts(text: str) -> None:
    assert figures(text) == []


def test_only_one_person_is_a_count() -> None:
    (one,) = figures("Only one person has been rescued.")
    assert (one.quantity.value, one.counted.metric) == (1, "rescued")


def test_a_heading_that_lost_its_stop_makes_no_name() -> None:
    _, ten = figures("Raid kills at least ten civilians in Oru Ten Ruritanian civilians were killed on Monday.")
    assert (ten.counted.noun, ten.counted.metric) == ("civilians", "deaths")


def test_damage_estimated_at_a_sum_is_approximate() -> None:
    (sum_,) = figures("Damage was estimated at $25,000.")
    assert (sum_.quantity.bound, sum_.quantity.modifier) == ("approx", "estimated at")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Veronia said 20 of its soldiers died in the clash; Osmia said it lost four.", ["deaths", "deaths"]),
        (
            "Osmia denied that 3,000 of its soldiers had been killed and said it had lost fewer than 200.",
            ["deaths"] * 2,
        ),
        ("The army said 30 of its soldiers had been killed. The rebels said they had lost nine.", ["deaths"] * 2),
        ("The army said 30 of its soldiers had been killed. It had lost nine villages.", ["deaths", "other"]),
        ("The army said 30 soldiers came. They had lost nine.", ["troops"]),
        ("The mayor said 20,000 people had died; the Red Crescent put it at 11,300.", ["deaths"] * 2),
    ],
)
def test_a_side_tells_how_many_it_has_lost_itself(text: str, found: list[str]) -> None:
    assert [figure.counted.metric.value for figure in read_figures(text, PUBLISHED).figures] == found
