"""What happened to the counted, and whether a figure is a total, a part, an earlier number or a change."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from schemas.entity import EntityType, Mention
from services.read.entities import find_mentions
from services.read.figures.figure import Figure
from services.read.figures.reader import read_figures

PUBLISHED = datetime(2021, 11, 14, tzinfo=UTC)


def figures(text: str) -> list[Figure]:
    return list(read_figures(text, PUBLISHED).figures)


def metrics(text: str) -> list[str]:
    return [figure.counted.metric.value for figure in figures(text)]


def roles(text: str) -> list[str]:
    return [figure.counted.role for figure in figures(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ten gunmen killed at least 5 soldiers.", ["troops", "deaths"]),
        ("Around 15 rebels from the camp killed up to 12 guards.", ["troops", "deaths"]),
        ("40 Civilians 25 Ruritanian Fighters Killed 110 Injured Near Oru", ["deaths", "deaths", "injured"]),
        (
            "Two dead, 500 evacuated, almost 600 houses flooded 30 bridges lost",
            ["deaths", "displaced", "homes_damaged", "other"],
        ),
        ("The bomb killed 120 evacuees.", ["deaths"]),
        ("Twelve hostages were killed.", ["deaths"]),
        ("Jets killed at least 60 villagers trying to flee the fighting in Oru.", ["deaths"]),
        ("The two women spoke to us of what they left, as they would never return home.", ["other"]),
        ("Soldiers rescued 19 villagers abducted by rebels.", ["rescued"]),
        ("IS killed 270 guards.", ["deaths"]),
        ("At least 40 soldiers had been killed as well as 41 civilians.", ["deaths", "deaths"]),
        ("Nine people, including three guards and a cook, died in Oru.", ["deaths", "deaths"]),
        ("In all 36 people have been reported as injured.", ["injured"]),
        ("Three men were said to be killed in Oru.", ["deaths"]),
        ("At least 15 people in the U.S. were killed on Monday.", ["deaths"]),
        ("Four miners were in a serious condition.", ["injured"]),
        ("Ten people received other, non-life threatening injuries.", ["injured"]),
        ("The gunman gunned down 20 pupils and six teachers.", ["deaths", "deaths"]),
        ("The search for the bodies of 12 hikers goes on.", ["missing"]),
        ("The bodies of 10 victims arrived at the hospital.", ["deaths"]),
        ("One flood victim spoke, as did 20,000 flood victims elsewhere.", ["other"]),
    ],
)
def test_the_harm_done_is_told_from_who_did_it_and_from_who_they_are(text: str, found: list[str]) -> None:
    assert metrics(text)[: len(found)] == found


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("Among the martyrs were a child and two women.", "deaths"),
        ("Those killed included six women.", "deaths"),
        ("Among the wounded in Oru city were four members of a family.", "injured"),
        ("At least 11 children were among the dead the group said.", "deaths"),
        ("Tens of civilians were also among the casualties of the raid.", "casualties"),
    ],
)
def test_who_is_among_the_dead_is_dead_and_a_part_of_them(text: str, metric: str) -> None:
    (figure,) = figures(text)
    assert (figure.counted.metric, figure.counted.role) == (metric, "subset")


def test_children_among_eighteen_dead_are_the_part_and_eighteen_the_whole() -> None:
    text = "11 children among 18 dead in bombings"
    assert (metrics(text), roles(text)) == (["deaths", "deaths"], ["subset", "total"])


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("At least 104,000 returned in 2014.", "returned"),
        ("Nearly 400 families returned to their villages.", "returned"),
        ("It let almost 2,000 people return to their homes.", "returned"),
        ("Some 5,000 workers returned to work on Monday.", "other"),
        ("About 900 returnees came by bus.", "returned"),
        ("Some 4,000 people had to evacuate.", "displaced"),
        ("Some 30,000 evacuees were told to return home.", "returned"),
        ("About 30,000 evacuated villagers began returning home.", "returned"),
        ("About 2.7 million people were advised to evacuate.", "displaced"),
        ("More than 1,000 residents were ordered to leave their homes.", "displaced"),
        ("The order told 600 residents to move away from the river.", "displaced"),
        ("Over 4,000 people were urged by the police to flee.", "displaced"),
        ("About 200 people were also moved from the path of the fire.", "displaced"),
        ("Hundreds of residents of Siau, Sitaro district, North Ila, have fled.", "displaced"),
        ("Some 900 people arrived at the border camp.", "refugees"),
        ("Ten senators arrived in the capital.", "other"),
        ("Some 250,000 people live under siege.", "people_present"),
    ],
)
def test_leaving_returning_and_arriving_are_three_counts(text: str, metric: str) -> None:
    assert metrics(text) == [metric]


@pytest.mark.parametrize(
    "text",
    [
        "About 2.7 million people were advised to evacuate.",
        "Some 1,000 residents were ordered to leave their homes.",
        "The order told 600 residents to move away from the river.",
    ],
)
def test_people_told_to_leave_have_not_left_yet(text: str) -> None:
    assert figures(text)[0].counted.status == "planned"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It killed one soldier who was receiving medical treatment.", ["deaths"]),
        ("A fire killed two people and another was missing.", ["deaths"]),
        ("A further nine among them eight women and children were killed.", ["deaths", "deaths"]),
        ("The flood killed three people and forced 900 to be relocated.", ["deaths", "displaced"]),
        ("It hit the town, killing three people and forcing hundreds to be relocated.", ["deaths", "displaced"]),
        ("The victims included 25 traders who were displaced from Oru.", ["deaths"]),
        ("At least 56 dead including 11 children and dozens more wounded.", ["deaths", "deaths", "injured"]),
        ("Some 300 people, in the east of the country, were relocated.", ["displaced"]),
        ("An additional 11,966 families or 46,142 people displaced.", ["displaced", "displaced"]),
        ("Some 6,000 people fled, including more than 900 staying in shelters.", ["displaced", "displaced"]),
        ("Most evacuees left but 100,000 remained in relief camps.", ["displaced"]),
        ("Two suicide bombers died in the base.", ["deaths"]),
        ("Two suicide bombers stood in the base.", ["troops"]),
        ("Rescue crews were searching for four more hikers.", ["missing"]),
        ("Police were searching for four suspects.", ["other"]),
    ],
)
def test_a_clause_of_its_own_does_not_tell_of_the_counted(text: str, found: list[str]) -> None:
    assert metrics(text)[: len(found)] == found


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("A rally drew 10,000 people on Sunday.", "crowd"),
        ("The firm drew 40 investors.", "other"),
        ("Protests saw tens of thousands of people out on the streets.", "crowd"),
        ("Some 300 people took part in the march.", "crowd"),
        ("Nine people were taken into custody.", "detained"),
        ("Two officers were confined to barracks.", "detained"),
        ("The state released 800 prisoners.", "other"),
        ("It pardoned 70 detainees.", "other"),
        ("The group has 600 to 800 fighters.", "troops"),
        ("Some 800 armed men left the town.", "troops"),
        ("About 5,000 members of the National Guard were sent.", "troops"),
        ("About 5,000 members of the choir were sent.", "other"),
    ],
)
def test_crowds_the_held_and_forces(text: str, metric: str) -> None:
    assert metrics(text) == [metric]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("The quake toppled 6,988 buildings and damaged 13,842 more.", ["buildings", "buildings"]),
        ("The storm damaged 80 houses, destroyed 20 others and hurt nine people.", ["homes", "homes", "people"]),
        ("It wiped out 413 homes in Ila, 227 houses in Oru and 50 huts in Wem.", ["homes", "homes", "homes"]),
        ("Nine detached homes, two villas and two cottages have been inundated.", ["homes", "homes", "homes"]),
        ("Rains caused the collapse of 60 homes.", ["homes"]),
        ("At least 53 stores which were also used as houses had been burnt.", ["stores"]),
    ],
)
def test_damaged_homes_are_told_from_other_buildings_by_their_unit(text: str, units: list[str]) -> None:
    found = figures(text)
    assert [figure.counted.unit for figure in found] == units
    assert found[0].counted.metric == "homes_damaged"


def test_homes_without_power_are_not_damaged() -> None:
    assert metrics("The storm cut power to 9,500 homes.") == ["other"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It killed 18 people including children and two nurses.", ["total", "subset"]),
        ("Three civilians two women and a man were killed.", ["total", "subset"]),
        ("Ten sailors died, five of them officers.", ["total", "subset"]),
        ("Ten rebels were killed, two of them in Ila.", ["total", "subset"]),
        ("He said 15 tourists were wounded, and that nine of those were German.", ["total", "subset"]),
        ("Of the 86 killed, nine were nurses.", ["total", "subset"]),
        ("The deaths were in the districts of Ila (7), Oru (3).", ["subset", "subset"]),
        ("It killed 38 people including 14 children and wounded another 250.", ["total", "subset", "total"]),
        ("The army said four of its soldiers were killed.", ["total"]),
        ("They ambushed the rebels killing scores of them.", ["total"]),
        ("Two women and five men are missing.", ["total", "total"]),
    ],
)
def test_a_part_is_told_from_a_total(text: str, found: list[str]) -> None:
    assert roles(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ten people were killed in Ila. Another five were killed in Oru.", ["total", "change"]),
        ("Fifty soldiers were killed and 19 more died in Oru.", ["total", "change"]),
        ("Another 888 were injured.", ["total"]),
        ("It killed six people and wounded 30 others.", ["total", "total"]),
        ("The toll rose by 12.", ["change"]),
        ("It follows concerns raised by several doctors.", ["total"]),
        ("The toll rose to 37, up from 19.", ["total", "previous"]),
        ("At one point 20,000 people were displaced.", ["previous"]),
        ("The number of displaced peaked at 3 million.", ["previous"]),
        ("Officials reported earlier this year that 40 people died.", ["total"]),
        ("Officials earlier put the toll at 19.", ["previous"]),
        ("Initial reports said 19 people were killed.", ["total"]),
        ("Initial reports said 19 people were killed, but the toll rose.", ["previous"]),
        ("The initial estimate put the toll at 19.", ["previous"]),
    ],
)
def test_a_change_and_an_earlier_number_are_no_totals(text: str, found: list[str]) -> None:
    assert roles(text) == found


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("A rally will draw 10,000 people on Sunday.", "planned"),
        ("The mafia has vowed to kill ten judges.", "planned"),
        ("The number of evacuees could rise to 16,000.", "planned"),
        ("In May 300 people were killed.", "asserted"),
        ("He will resign after 12 people died.", "asserted"),
        ("Forty people may have died.", "feared"),
        ("Hundreds of lives could be lost.", "feared"),
    ],
)
def test_what_may_come_is_not_asserted(text: str, status: str) -> None:
    assert figures(text)[0].counted.status == status


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("In the past week 40 people were killed.", "flow"),
        ("Last month 1,200 people were killed.", "flow"),
        ("Last week a storm killed 25 people.", "cumulative"),
        ("Some 40 people are killed every year.", "flow"),
        ("The group has 600 fighters.", "stock"),
    ],
)
def test_a_day_on_which_it_happened_is_no_window(text: str, kind: str) -> None:
    assert figures(text)[0].counted.kind == kind


def _name(text: str, name: str, entity: str, kind: EntityType = "NORP") -> Mention:
    start = text.index(name)
    return Mention(start=start, end=start + len(name), text=name, type=kind, entity=entity, name=name, tier="fast")


@pytest.mark.parametrize(
    ("text", "name", "whose"),
    [
        ("Ten Ruritanian soldiers died.", "Ruritanian", "Ruritanian"),
        ("Ten Ruritanian rebels died.", "Ruritanian", "Ruritanian"),
        ("Ten Ruritanian opposition fighters died.", "Ruritanian", None),
        ("Ten Ruritanian-backed fighters died.", "Ruritanian", None),
        ("Ten pro-Ruritanian militants died.", "Ruritanian", None),
    ],
)
def test_a_name_in_a_compound_or_before_its_foes_is_no_owner(text: str, name: str, whose: str | None) -> None:
    (figure,) = read_figures(text, PUBLISHED, [_name(text, name, "Q1")]).figures
    assert figure.counted.whose == whose


def test_a_storm_named_after_a_city_sends_no_troops_and_nobody_sends_rebels() -> None:
    storm = "A Strelsau Storm hit and hundreds of troops dug."
    (troops,) = read_figures(storm, PUBLISHED, [_name(storm, "Strelsau", "Q2", "GPE")]).figures
    assert troops.counted.whose is None
    official = "Ruritania said the group has 600 fighters."
    (fighters,) = read_figures(official, PUBLISHED, [_name(official, "Ruritania", "Q1", "GPE")]).figures
    assert fighters.counted.whose is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The army destroyed over 60 militants.", ["deaths"]),
        ("The army destroyed a depot and up to 80 militants.", ["deaths"]),
        ("A truck carrying 12 militants was destroyed.", ["troops"]),
        ("A total of 120 houses suffered damage.", ["homes_damaged"]),
        ("Eight homes were lost in the fire.", ["homes_damaged"]),
        ("More than 500 houses were hit by the flood.", ["homes_damaged"]),
        ("More than 500 homes lost power.", ["other"]),
        ("No homes were lost.", ["homes_damaged"]),
        ("The smugglers sent 20 judges to their graves.", ["deaths"]),
        ("They ordered evacuations for 600 residents.", ["displaced"]),
        ("Six died and 78 were given medical assistance.", ["deaths", "injured"]),
        ("A few people were cut by glass.", ["injured"]),
        ("He met the 100 residents whose houses collapsed.", ["displaced"]),
        ("Over 6,500 people are housed in emergency shelters.", ["displaced"]),
        ("Some 300 people took shelter in a school.", ["displaced"]),
        ("She asked for the release of six persons who had been arrested.", ["detained"]),
        ("They released 40 prisoners.", ["other"]),
        ("At least 15 of the 350 hostages have been killed.", ["deaths", "hostages"]),
        ("About 800 heavily armed Ruritanians came.", ["troops"]),
        ("Three armed robbers fled the bank with 2 guns.", ["displaced", "other"]),
        ("The beheadings of at least 18 men were shown.", ["deaths"]),
    ],
)
def test_what_happened_is_read_from_classes_of_words_of_war_and_disaster(text: str, found: list[str]) -> None:
    assert metrics(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A shooting left 20 children and six teachers dead.", ["deaths", "deaths"]),
        ("The storm left 40 villagers, two guards and a nurse homeless.", ["displaced", "displaced"]),
        ("A raid left 28 militants dead a monitor said.", ["deaths"]),
        ("They left 20 boxes and six bags in the hall.", ["other", "other"]),
        ("Fire has claimed 21 lives and wounded dozens of others.", ["deaths", "injured"]),
        ("Rain destroyed 500 shelters and damaged 900 others at the camps for the displaced.", ["homes_damaged"] * 2),
        ("The army killed a confirmed 33 militants.", ["deaths"]),
        ("It has registered 262,704 people as IDPs.", ["displaced"]),
        ("Surveys found damage to 69 homes in the capital.", ["homes_damaged"]),
        ("150 houses, rice barns and mills, and animal farms were destroyed.", ["homes_damaged"]),
        ("About 600 houses are now under water.", ["homes_damaged"]),
        ("The flood left 43,000 homes in need of repair.", ["homes_damaged"]),
        ("Five children and four medical staff killed by air raids.", ["deaths", "deaths"]),
        ("At least 54 members of Division 30 entered the town.", ["troops"]),
        ("6 dead  800 people evacuated  100 homes destroyed", ["deaths", "displaced", "homes_damaged"]),
    ],
)
def test_what_happened_is_read_over_lists_and_line_ends(text: str, found: list[str]) -> None:
    assert metrics(text)[: len(found)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Two people were crushed to death by falling trees.", ["deaths"]),
        ("Four children burned to death.", ["deaths"]),
        ("Rocket shells claim 9 civilians in Oru.", ["deaths"]),
        ("The party claims 9,000 members.", ["other"]),
        ("About 300 job seekers came.", ["other"]),
        ("More than 300 asylum seekers came.", ["refugees"]),
        ("7,300 people or 1,700 families are staying in the evacuation center in Oru.", ["displaced", "displaced"]),
        ("Up to 220,000 homes suffered power cuts.", ["other"]),
        ("Hundreds of thousands of people filled the streets of Oru.", ["crowd"]),
        ("The gang murdered two nurses on a crowded street.", ["deaths"]),
        ("Some 200 Ruritanians staged a demonstration in Oru.", ["crowd"]),
        ("The deal let 3,000 residents leave Oru in buses.", ["displaced"]),
        ("Over 18,000 civilians left rebel-held areas of the city.", ["displaced"]),
        ("Twelve children who intended to leave the besieged town were killed.", ["deaths"]),
        ("More than 2,000 people had to leave their damaged houses.", ["displaced"]),
        ("The raids resulted in killing 17 rebels in Oru who had been crossing the border.", ["deaths"]),
        ("Two men, ages 71 and 51, were found dead.", ["deaths"]),
        ("Eleven people were injured, including seven guards, an inmate and three nurses.", ["injured"] * 3),
        ("About 41 rebels were rounded up and executed in Oru.", ["deaths"]),
        ("The army rounded up 41 villagers.", ["detained"]),
    ],
)
def test_classes_of_sentences_met_in_news_that_no_rule_was_written_on(text: str, found: list[str]) -> None:
    assert metrics(text) == found


@pytest.mark.parametrize(
    ("text", "metric", "low"),
    [
        ("A death toll in the tens of thousands is likely.", "deaths", 10_000),
        ("The number of refugees is in the millions.", "refugees", 1_000_000),
        ("The number of dead in the hundreds of tents is unknown.", "other", 100),
    ],
)
def test_a_toll_in_the_thousands_is_as_large_as_its_words_say(text: str, metric: str, low: float) -> None:
    (figure,) = figures(text)
    assert (figure.counted.metric.value, figure.quantity.low) == (metric, low)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Some 3 million people have now fled Ukraine, the agency said.", ["refugees"]),
        ("Some 5,000 people have fled the country since May.", ["refugees"]),
        ("About 900 families fled Sudan.", ["refugees"]),
        ("Some 3,000 people fled Kharkiv.", ["displaced"]),
        ("Some 3,000 people fled Ukraine's east.", ["displaced"]),
        ("Some 3,000 people have fled the fighting in Ukraine.", ["displaced"]),
        ("Some 3,000 people fled the country house.", ["displaced"]),
    ],
)
def test_who_fled_a_country_is_a_refugee(text: str, found: list[str]) -> None:
    assert [
        figure.counted.metric.value for figure in read_figures(text, PUBLISHED, find_mentions(text)).figures
    ] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("An airliner with 176 people on board crashed near Oru, killing all of them.", ["deaths"]),
        ("A plane carrying 62 passengers and crew crashed on Friday, killing everyone aboard.", ["deaths"]),
        ("A plane with 40 people aboard crashed; there were no survivors.", ["deaths"]),
        ("The ferry sank with 50 people on board; all of them drowned or died of cold.", ["deaths"]),
        ("A plane with 40 people aboard crashed, killing all but two.", ["other"]),
        ("A plane with 40 people aboard crashed, and nobody knows why.", ["other"]),
        ("A hall with 40 people in it burned down, killing all the sheep.", ["other"]),
    ],
)
def test_of_those_on_board_all_may_have_died(text: str, found: list[str]) -> None:
    assert metrics(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Some 3,700 inmates fled the prison over the weekend.", ["other"]),
        ("Hundreds of inmates escaped from the main prison.", ["other"]),
        ("More than 400 prisoners broke out of a jail in Oru.", ["other"]),
        ("More than 400 prisoners are held in a jail in Oru.", ["detained"]),
        ("Since January 408,000 people have made their way through the jungle into Veronia.", ["refugees"]),
        ("Some 40,000 fans made their way into Veronia.", ["other"]),
    ],
)
def test_who_breaks_out_is_held_no_more_and_who_crosses_a_jungle_flees(text: str, found: list[str]) -> None:
    assert metrics(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Some 820,000 people filled the centre of Oru on Friday.", ["crowd"]),
        ("Some 8,000 people poured into the city centre.", ["crowd"]),
        ("Some 800 patients filled the health centre.", ["other"]),
        ("No more than 100,000 civilians are left in eastern Oru.", ["people_present"]),
        ("About 250,000 people remain inside the city.", ["people_present"]),
        ("About 250 people remain in hospital.", ["injured"]),
        ("Some 160 gunmen remain in the town.", ["troops"]),
        ("Fire swept through the camp. Some 13,000 people were living there.", ["people_present"]),
        ("Fire swept through the town. Some 13,000 people were living there.", ["other"]),
    ],
)
def test_who_fills_a_town_is_a_crowd_and_who_is_left_in_it_is_there(text: str, found: list[str]) -> None:
    assert metrics(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The number of Kurds who have fled into Turkey has passed 130,000.", ["refugees"]),
        ("Some 3,000 people have fled to Sudan.", ["refugees"]),
        ("Some 3,000 people have fled to the country from Kharkiv.", ["refugees"]),
        ("Some 3,000 people have fled to Kharkiv.", ["displaced"]),
        ("Some 3,000 people have fled to northern Sudan.", ["displaced"]),
    ],
)
def test_who_fled_into_a_country_is_a_refugee(text: str, found: list[str]) -> None:
    read = read_figures(text, PUBLISHED, find_mentions(text))
    assert [figure.counted.metric.value for figure in read.figures] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Gunmen are holding about 50 workers at a gas plant.", ["hostages"]),
        ("Militants who stormed the city of Oru are holding a priest and 13 other people.", ["hostages"]),
        ("Rebels hold 13 villages.", ["other"]),
        ("The prison is holding 50 men.", ["other"]),
        ("The company is holding 50 workers to their word.", ["other"]),
    ],
)
def test_whom_gunmen_hold_are_hostages(text: str, found: list[str]) -> None:
    assert metrics(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The blast killed 12 guides.", ["deaths"]),
        ("Twelve people were burnt alive.", ["deaths"]),
        ("Twelve people were mown down by a lorry.", ["deaths"]),
        ("Twelve people did not survive.", ["deaths"]),
        ("The crash proved fatal for 12 people.", ["deaths"]),
        ("Police said the deaths of 12 people in police custody were looked into.", ["deaths"]),
        ("Twelve people are in police custody.", ["detained"]),
        ("Police picked up 12 suspects.", ["detained"]),
        ("Twelve people were left with serious injuries.", ["injured"]),
        ("Twelve people have not been found.", ["missing"]),
        ("Twelve people have not been found guilty.", ["other"]),
        ("There was no trace of 12 people.", ["missing"]),
        ("Some 12,000 people sought shelter in schools.", ["displaced"]),
        ("Some 12,000 people have sought asylum in Veronia.", ["refugees"]),
        ("Some 12,000 people applied for asylum.", ["refugees"]),
        ("Some 12,000 people applied for a job.", ["other"]),
        ("Gunmen carried off 12 girls.", ["hostages"]),
        ("Twelve girls were snatched from a school.", ["hostages"]),
        ("The coast guard picked up 12 migrants.", ["rescued"]),
        ("Some 12,000 people fell ill with cholera.", ["cases"]),
    ],
)
def test_what_happened_is_said_in_many_words(text: str, found: list[str]) -> None:
    assert metrics(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nearly 900 migrants were brought ashore in Oru by fishermen.", ["rescued"]),
        ("Some 893 people needed treatment after police broke up the vote.", ["injured"]),
        ("Some 893 people needed help after the vote.", ["other"]),
        ("Only a few thousand people were left on Mount Oru.", ["people_present"]),
    ],
)
def test_who_is_brought_ashore_or_needs_treatment(text: str, found: list[str]) -> None:
    assert metrics(text) == found


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Veronia will pull its roughly 2,000 troops out of Osmia.", "asserted"),
        ("Veronia will withdraw 2,000 troops from Osmia.", "planned"),
        ("Veronia will send its 2,000 troops to Osmia.", "planned"),
    ],
)
def test_troops_that_will_be_withdrawn_are_there_still(text: str, status: str) -> None:
    assert [figure.counted.status for figure in figures(text)] == [status]
