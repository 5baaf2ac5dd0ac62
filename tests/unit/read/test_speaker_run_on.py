"""Texts that lost their stops and commas: who speaks on either side of a joint, and who speaks behind the verb."""

from __future__ import annotations

import pytest

from tests.unit.read.speaking import who


@pytest.mark.parametrize(
    "text",
    [
        "UPDATED Air raids kill [42] near Osmia New toll AFP Friday 12 Sep 2014 Raids hurt many a monitor said.",
        "A road is seen after rebels said they took it (Reuters) [Two] people were killed as troops came.",
        "Guards shoot dead [six] raiders west of Osmia In a separate event a raid was foiled said the ministry.",
        "A judge said the strike was illegal on the coast of Osmia Meanwhile [300] men went on with it.",
    ],
)
def test_nobody_speaks_over_the_joint_of_two_sentences_run_together(text: str) -> None:
    assert who(text) is None


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Raids kill [70] after rocket attack Monitor Reuters Friday 6 Feb 2015 Planes hit a town.", "Monitor"),
        ("Some [32] killed in Osmia raids NGO Friday 15 Aug 2014 Planes hit a town.", "NGO"),
        ("Troops were in Osmia on Friday at the bridge. The fund said [12] men in the In Touch group fell.", "fund"),
    ],
)
def test_a_stamp_leaves_a_headline_its_own_source(text: str, speaker: str) -> None:
    assert who(text) == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The war has cost the lives of [136] people near an airport said the agency which counts the dead.", "agency"),
        ("At least [20] gunmen were killed in the failed attack said the statement.", "statement"),
        ("Shelling has killed [9] people while fights raged in Mirna and Ratna said the ministry.", "ministry"),
        ("The Northern Fund which monitors violence in Osmia said planes flew [60] raids.", "Northern Fund"),
        ("The Fund which tracks arms said [60] trucks came.", "Fund"),
        ("Raids on Osmia killed [13] people Monday the ministry said most of them in one street.", "ministry"),
        ("Ada al-Moreno a member of the rescue forces said [two] barrels fell.", "Ada al-Moreno"),
        ("Kits were handed out by Osmaid, who said that [8,713] families had left.", "Osmaid"),
        ("“It washed away [500] houses,” district Governor Ada Moreno told reporters in the capital.", "Ada Moreno"),
        ("“We have [800] people,” explained Ada Moreno in an interview on Monday.", "Ada Moreno"),
    ],
)
def test_who_speaks_is_found_without_commas(text: str, speaker: str) -> None:
    assert who(text) == speaker


@pytest.mark.parametrize(
    "text",
    [
        "The raid was foiled and [28] men fell including one who is nicknamed Bo the Bear.",
        "Gunmen also claimed a bomb attack on a rival group in Osmia that killed [16] people.",
        "The group claimed the bombing, which left [16] people dead.",
    ],
)
def test_a_deed_or_a_byname_is_no_statement(text: str) -> None:
    assert who(text) is None


def test_a_claim_about_an_attack_is_a_statement() -> None:
    assert who("The group claimed an attack killed [16] soldiers.") == "group"


def test_a_quotation_left_open_is_closed_by_the_next_paragraph_s_speaker() -> None:
    assert who('"We have [800] villagers.\n"They stay in halls," Ada Moreno said.') == "Ada Moreno"


def test_a_sentence_between_two_of_one_body_is_the_body_s() -> None:
    told = "The Northern Fund said rebels shelled a port. Rebels also fired rockets killing [six] men. "
    assert who(told + "One fell near a base the Northern Fund said.") == "Northern Fund"
    assert who(told + "One fell near a base the army said.") is None


def test_an_added_count_is_whose_the_count_before_was() -> None:
    assert who("Some 12 died, the Northern Fund said. [Dozens] of people were also hurt.") == "Northern Fund"
    assert who("Some 12 died, the Northern Fund said. [Dozens] of people live in the village.") is None


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('Lund called it "great. The chance of [two] "great names" may move donors, Osmia says.', "Osmia"),
        ('A board 5\'10" long fell. "We lost [12] men in the night," Ada Moreno said.', "Ada Moreno"),
        ('"It was dark, the army said. "We lost [12] men in the night," Ada Moreno said.', "Ada Moreno"),
    ],
)  # fmt: skip
def test_a_straight_quotation_mark_shows_by_its_spaces_whether_it_opens(text: str, speaker: str) -> None:
    assert who(text) == speaker
