"""Sentences as the wires write them every day, with who says the number, and of what it is."""

from __future__ import annotations

import pytest

from tests.unit.read.speaking import said, who
from tests.unit.read.test_metric import figures, metrics

FUND = ("Northern Relief Fund", "ORG", "Q1")
MORENO = ("Ada Moreno", "PER", "Q2")
OSMIA = ("Osmia", "GPE", "Q4")
LUND = ("Bo Lund", "PER", "Q3")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("At least 20 people, officials said, were killed.", ["deaths"]),
        ("At least 20 people, the interior ministry said on Monday, had been wounded.", ["injured"]),
        ("Twelve miners, according to the company, are missing.", ["missing"]),
        ("Hundreds of police, soldiers and civilians have been killed since then.", ["deaths"]),
        ("About 40 men, women and small children were wounded.", ["injured"]),
        ("The man killed himself and 22 others at a concert.", ["deaths"]),
        ("“I lost 22 relatives,” she said.", ["deaths"]),
        ("The toll includes 14 children.", ["deaths"]),
        ("The number of confirmed dead stands at 23.", ["deaths"]),
        ("They hold 20 living hostages.", ["hostages"]),
    ],
)
def test_what_happened_is_told_past_a_source_more_victims_and_the_one_who_did_it(text: str, found: list[str]) -> None:
    assert metrics(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ten soldiers, the mayor said, and two nurses came.", ["troops", "other"]),
        ("The party lost 12 voters. The list includes 14 children.", ["other", "other"]),
        ("Two women, three nurses and a guard were wounded.", ["injured", "injured"]),
    ],
)
def test_what_stands_between_commas_is_not_always_passed_over(text: str, found: list[str]) -> None:
    assert metrics(text) == found


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The 30 arrested farmers will be questioned.", "asserted"),
        ("The 12 wounded soldiers will be flown to Osmia.", "asserted"),
        ("Some 500 people will be arrested.", "planned"),
    ],
)
def test_what_has_happened_is_not_planned(text: str, status: str) -> None:
    assert [figure.counted.status for figure in figures(text)] == [status]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The government put the crowd at [31,000].", "government"),
        ("The finance ministry in Osmia put the damage at [2 billion] euros.", "finance ministry in Osmia"),
        ("Osmia's General Staff, by contrast, put losses at [1,200] troops.", "Osmia's General Staff"),
        ("The army put its men in at least [20] villages.", None),
        ("The Doctors Network, a volunteer group, gave a higher toll of [103].", "Doctors Network"),
        ("Moscow spoke of [1,500] dead.", "Moscow"),
        ("The hospital's director, Ada Moreno, counted [41] wounded.", "Ada Moreno"),
        ("Clashes left [37] dead, while the agency spoke of 89 dead.", None),
        ("Clashes left 37 dead, the Interior Ministry said, while the agency spoke of [89] dead.", "agency"),
        ("The mother gave birth to [12] children.", None),
        ("The charity fears the toll could reach [2,500].", "charity"),
    ],
)
def test_who_puts_something_at_a_number(text: str, speaker: str | None) -> None:
    assert said(text, ("Moscow", "GPE", "Q649"), MORENO)[0].name == speaker


def test_a_nations_red_cross_is_not_another_nations() -> None:
    cross, libyan = ("Red Crescent", "ORG", "Q7178"), ("Libyan", "NORP", "Q1016")
    assert said("The Libyan Red Crescent said [15] bodies were found.", cross, libyan)[0].name == "Libyan Red Crescent"
    assert said("The Red Crescent said [15] bodies were found.", cross, libyan)[0].name == "Red Crescent"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The health ministry in Fund-run Osmia said [20] people died.", "health ministry in Fund-run Osmia"),
        ("The health ministry in rebel-held Osmia said [20] people died.", "health ministry in rebel-held Osmia"),
        ("Ada Moreno is the director of a hospital in the rebel-held east told us the toll was [45].",
         "director of a hospital in the rebel-held east"),
        ("The coast guard rescued [86] people from a boat, it said on Monday.", "coast guard"),
        ("Osmia's army killed [20] rebels in the north, it said.", "Osmia's army"),
        ("Another [five] people were killed in a raid, it said.", "it"),
        ("The Northern Relief Fund said little. “Many people are missing… [dozens] injured,” it said.",
         "Northern Relief Fund"),
        ("A claim by the Northern Relief Fund that [20] people died surprised many.", "Northern Relief Fund"),
    ],
)  # fmt: skip
def test_who_speaks_from_a_place_held_by_others_and_as_it(text: str, speaker: str) -> None:
    assert said(text, FUND, MORENO)[0].name == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The army said it killed 200 rebels; the group said it lost [eight] men.", "group"),
        ("The Northern Relief Fund said 20 fled. The army said more did. The group said it fed [11] people.",
         "Northern Relief Fund"),
        ("Police say [22] people were hurt. Osmia Police Commander Ada Moreno said little.", "Police"),
        ("Osmia says 3,000 left. The committee put the number in the camp at [2,000].", "committee"),
        ("The Northern Relief Fund said little. The ministry said [12] died.", "ministry"),
        ("A military source said little. The source said [12] died.", "A military source"),
        ("According to the poll, [49] percent agree. A Northern News Poll said otherwise.", "poll"),
        ("According to the poll, [49] percent agree. The Northern News Poll had 800 answers.", "Northern News Poll"),
        ("President Ada Moreno said more than President Bo Lund had. The president said [12] left.", "Ada Moreno"),
        ("President Bo Lund came. The president said [12] left. So did President George W. Sand.", "Bo Lund"),
        ("The president said [12] left. President Bo Lund came.", "Bo Lund"),
        ("Ada Moreno, a law professor at a college, came. “It is [12],” said the professor.", "Ada Moreno"),
        ("Many feel what Ada Moreno said in the film makes her unfit while [50] people say her words were fine.", None),
        ("It was what Ada Moreno said on Monday was the worst fire in years, killing [five].", "Ada Moreno"),
    ],
)  # fmt: skip
def test_no_speaker_is_borrowed_from_another(text: str, speaker: str | None) -> None:
    assert said(text, FUND, MORENO, LUND, OSMIA)[0].name == speaker


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Civil Defence said 3 people died; the White Helmets said 5.", ["deaths", "deaths"]),
        ("The blast killed 12, police said. Doctors said 14 and asked for blood.", ["deaths", "deaths"]),
        ("Police said 15,000 people marched, the unions counted 60,000.", ["crowd", "crowd"]),
        ("Twelve people died, police said. The coach said 5-3.", ["deaths"]),
        ("Police said 15 people were killed in 2014. The ministry said 2015.", ["deaths"]),
        ("Police said 15 people were killed. It was late, witnesses said 5:30.", ["deaths"]),
        ("Twelve trucks came, police said. Drivers said 14.", ["other"]),
    ],
)
def test_a_second_voice_may_leave_out_what_is_counted(text: str, found: list[str]) -> None:
    assert metrics(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Some 3,000 migrants have gathered on the border.\n\nThe army came.\n\nThe committee put the number in the "
         "camp near Osmia at about 2,000.", ["people_present", "people_present"]),
        ("Power came back to 270,000 customers. The firm gave a figure of 678,000.", ["other", "other"]),
        ("Some 3,000 migrants gathered to protest.", ["crowd"]),
        ("About 12,000 soldiers were in the north. Officials said 3,000 had been sent so far.", ["troops", "troops"]),
        ("Ten soldiers were killed. Officials said four had been sent home.", ["deaths", "other"]),
        ("Twelve people died. The study puts the number of stars at 4,000.", ["deaths"]),
    ],
)  # fmt: skip
def test_the_number_is_of_whom_was_counted_before(text: str, found: list[str]) -> None:
    assert metrics(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("At least 2,000 troops had been killed, wounded or captured.", ["casualties"]),
        ("Nearly 900 soldiers have been killed, wounded, or gone missing.", ["casualties"]),
        ("More than 10,000 people are dead or missing.", ["casualties"]),
        ("The battle has killed, wounded or captured 300 men.", ["casualties"]),
        ("The war has killed or displaced 20,000 people.", ["other"]),
        ("Thirty people are dead and 12 missing.", ["deaths", "missing"]),
        ("The blast claimed 21 lives and wounded 40.", ["deaths", "injured"]),
        ("Fifty people were killed and captured soldiers were shown on television.", ["deaths"]),
        ("Twenty men were rounded up and executed.", ["deaths"]),
    ],
)
def test_one_number_for_several_fates_is_no_count_of_the_dead(text: str, found: list[str]) -> None:
    assert metrics(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Some 370,000 Torvians have crossed into Veronia, the agency said.", ["refugees"]),
        ("Some 200 people crossed the road.", ["other"]),
        ("An estimated 270,000 refugees have fled to Veronia.", ["refugees"]),
        ("An estimated 270,000 villagers have fled to Veronia.", ["displaced"]),
        ("A caravan of Torvian migrants heading north has grown to about 5,000 people.", ["refugees"]),
        ("The caravan of migrants now numbered 7,233 people.", ["refugees"]),
        ("A group of traders has grown to about 5,000 people.", ["other"]),
        ("The population of the migrant camp in Kiwa has passed 9,000.", ["people_present"]),
        ("The camp's population rose to 9,000.", ["people_present"]),
        ("The population of the town has passed 9,000.", ["other"]),
        ("Police said 338,000 people had followed the route of the march.", ["crowd"]),
        ("Some 5,000 people followed the talks on television.", ["other"]),
    ],
)
def test_who_is_on_the_way_who_is_in_a_camp_and_who_marches(text: str, found: list[str]) -> None:
    assert metrics(text) == found


def test_armed_behind_its_owner_is_no_verb() -> None:
    assert who("Osmia's armed forces said [20] died.") == "Osmia's armed forces"
    assert who("Osmia's armed wing said it held [20].") == "Osmia's armed wing"


def test_the_number_before_a_toll_was_cut_is_no_count() -> None:
    told = figures('The ministry cut the death toll from the Easter bombings in Kiwa to "about 253" from 359.')
    assert [(f.quantity.value, f.counted.role) for f in told] == [(253, "total"), (359, "previous")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("About 5,000 migrants walked from Torvia into the enclave.", ["refugees"]),
        ("About 5,000 migrants are in the enclave.", ["people_present"]),
    ],
)
def test_migrants_who_walk_into_an_enclave_are_on_their_way(text: str, found: list[str]) -> None:
    assert metrics(text) == found


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Organisers expect 20,000 marchers on Sunday.", "planned"),
        ("The agency expects up to another 9,000 refugees.", "planned"),
        ("Some 1,000 Torvian soldiers are due to leave Veronia by March.", "planned"),
        ("Up to 6,000 people could be displaced by the dam.", "planned"),
        ("The number of troops is to reach 5,000 in the spring.", "planned"),
        ("The army said 5,000 troops would be sent to Veronia.", "planned"),
        ("Some 6,000 people were displaced and the town could be flooded.", "asserted"),
        ("Eight were injured due to a fire.", "asserted"),
        ("The 6,000 displaced people could be flown to Osmia.", "asserted"),
    ],
)
def test_who_is_awaited_is_not_there(text: str, status: str) -> None:
    assert figures(text)[0].counted.status == status


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The crowd was put at [12,000] by police.", "police"),
        ("The crowd was estimated at more than [12,000] by the Northern Relief Fund.", "Northern Relief Fund"),
        ("The crowd was put at [12,000] on Monday.", None),
        ("The Northern Relief Fund documented [12] deaths.", "Northern Relief Fund"),
    ],
)
def test_who_puts_a_crowd_at_a_number_in_the_passive_and_who_documents_speaks(text: str, speaker: str | None) -> None:
    assert said(text, FUND, OSMIA)[0].name == speaker


def test_whom_a_channel_cites_speaks_behind_it_too() -> None:
    (speaker,) = said("[Twelve] people died, Osmia Today reported, citing the police.", ("Osmia Today", "ORG", "Q9"))
    assert (speaker.name, speaker.via) == ("police", ("Osmia Today",))
    (speaker,) = said("[Twelve] people died, the army was quoted as saying.")
    assert speaker.name == "army"
