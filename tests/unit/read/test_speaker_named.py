"""Who is named: behind a place, an office or a document, in run-on sentences, and where the same source goes on."""

from __future__ import annotations

import pytest

from services.read.text import read_text
from tests.unit.read.marking import quantity
from tests.unit.read.speaking import said, speakers, who


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The Northern Observatory for Rights based in Mirna said [45] fell.", "Northern Observatory for Rights"),
        ("A Mirna News correspondent working in Osmia said that [several] fell.", "A Mirna News correspondent"),
        ("An aid worker speaking from the camp said [300] families had fled.", "An aid worker"),
        ("A relief group headquartered in Mirna reported [12] deaths.", "A relief group"),
        ("Ada Moreno leader of the Northern Fund said [12] trucks came.", "Ada Moreno"),
        ("A reporter in east Osmia reported that [15] people had been killed.", "A reporter in east Osmia"),
    ],
)  # fmt: skip
def test_where_somebody_is_or_serves_is_no_part_of_the_name(text: str, speaker: str) -> None:
    assert who(text) == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("UNOSM figures show [12,000] people fled.", "UNOSM"),
        ("According to the latest CBOS estimates, [12] million people pay.", "CBOS"),
        ("The latest ONRA data indicates that [300] houses were lost.", "ONRA"),
        ("At least [20] people died, a Home Ministry statement said.", "Home Ministry"),
        ("According to a CNT poll [12] percent agree.", "a CNT poll"),
        ("Tuesday's poll had [2,665] respondents.", "Tuesday's poll"),
    ],
)
def test_figures_are_their_makers_and_polls_stand_for_themselves(text: str, speaker: str) -> None:
    assert who(text) == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The shelling killed [12] people hours military sources said.", "military sources"),
        ("It was hit and [12] fell as a result local media said.", "local media"),
        ("The raid hurt [12] of the volunteers opposition activists said.", "opposition activists"),
        ("After several days of relative calm local residents said [12] people died.", "local residents"),
        ("According to initial information [eight] people were killed.", "initial information"),
        ("According to Osmia News over a [dozen] raids hit the area.", "Osmia News"),
    ],
)
def test_a_source_begins_behind_the_clause_it_runs_on_from(text: str, speaker: str) -> None:
    assert who(text) == speaker


@pytest.mark.parametrize(
    "text",
    [
        "The inbox will contain mash notes says the page about [four] men.",
        "Rescuers were searching for villagers feared buried with [four] others.",
        "The letter gave access to email lists and that will let him reach [two] million voters.",
        "SHE HAS RECEIVED REPORTS FROM HER MEN THAT [95] POLLS ARE OPEN.",
        "It took them, oh, say, [five] years.",
        "Employers have added an average of [155,000] jobs in three months.",
    ],
)  # fmt: skip
def test_what_never_speaks_is_no_voice(text: str) -> None:
    assert who(text) in (None, "page")


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("At least [20] people died in the raid, as per the Relief Agency.", "Relief Agency"),
        ("The bill would cost [20] million dollars, per the budget office.", "budget office"),
        ("As per the Relief Agency, [40] people died.", "Relief Agency"),
        ("It costs [20] dollars, per person.", None),
        ("A correspondent of Osmia News saw at least [12] bodies.", "Osmia News"),
        ("The president saw [12] ministers leave.", None),
        ("The agency has said that, at the request of its partners, it sent [22] trucks.", "agency"),
        ("The mayor suggested the camp was closed because it had [12] tents.", "mayor"),
        ("Officials are expecting [4,000] people.", "Officials"),
        ("Under the plan, the ministry is promising to spend [12] million dollars.", "ministry"),
        ("The report cites [dozens] of cases.", "report"),
        ("About [70] men were hurt in the strikes said the agency adding that a store was hit.", "agency"),
    ],
)
def test_more_ways_to_hand_a_statement_over(text: str, speaker: str | None) -> None:
    found = who(text)
    assert (found or "").lower().endswith((speaker or "").lower())
    assert (found is None) == (speaker is None)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ada Moreno: Camp To Close After [12] Die", "Ada Moreno"),
        ("Ada Moreno came. Moreno: Some [1,200] Left Camp", "Ada Moreno"),
        ("Votes in Osmia. Ada Moreno: [1,200] votes. Bo Lund: 900 votes.", None),  # a row of a table
    ],
)
def test_a_person_before_a_colon_speaks_unless_a_number_is_all_that_follows(text: str, speaker: str | None) -> None:
    assert said(text, ("Ada Moreno", "PER", "x-ada-moreno"))[0].name == speaker


@pytest.mark.parametrize("short", ["ORACA", "OR"])
def test_a_short_name_in_brackets_speaks_for_a_name_with_commas(short: str) -> None:
    assert who(f"The relief agency, Oficina para Riesgos, Ayuda y Casas ({short}), say that [6] people died.") == short


def test_the_letter_of_a_party_in_brackets_speaks_for_nobody() -> None:
    assert who("The relief agency, Oficina para Riesgos, Ayuda y Casas (R), say that [6] people died.") != "R"


def test_who_passes_it_on_is_not_who_says_it() -> None:
    found = said(
        "The Osmia News Agency reported that [six] people died in a blast "
        "according to Osmia News Agency citing the Home Ministry."
    )[0]
    assert (found.name, found.via) == ("Home Ministry", ("Osmia News Agency",))


def test_the_person_nearest_the_verb_speaks_before_the_clause_in_front() -> None:
    text = "Rescuers looked for people, with [four] bodies found, Ada Moreno, an official overseeing the work, said."
    assert said(text, ("Ada Moreno", "PER", "x-ada-moreno"))[0].name == "Ada Moreno"


def test_the_holder_of_an_office_is_named_behind_it() -> None:
    text = '"We helped [300] people," said the fund\'s representative in Osmia, Ada Moreno, as he left.'
    assert said(text, ("Ada Moreno", "PER", "x-ada-moreno"))[0].name == "Ada Moreno"


@pytest.mark.parametrize(
    "text",
    [
        "A road was hit, the Northern Fund said. The strikes killed [five] people although the fund said more may die.",
        "Food has come, the Northern Fund said. While [30] tents stood there, the Northern Fund said more were needed.",
        "The Northern Fund said 98 homes stand empty.  The victims comprise [75] families and 12 children.",
    ],
)
def test_the_same_source_goes_on_in_the_next_sentence(text: str) -> None:
    assert who(text) == "Northern Fund"


def test_an_office_means_who_spoke_under_it() -> None:
    text = (
        "Prime Minister Perry Moreno said 12 homes were lost. Engineer Ada Lund said it was bad. "
        "The prime minister said [14] were hit. The nation's leader said [15] were new."
    )
    names = ("Perry Moreno", "PER", "x-perry-moreno"), ("Ada Lund", "PER", "x-ada-lund")
    assert [speaker.name for speaker in said(text, *names)] == ["Perry Moreno", "Perry Moreno"]


def test_a_first_name_means_the_person_named_in_full() -> None:
    text = "Regent Hadi Moreno told reporters on Sunday that it was over. Hadi said [149] residents died."
    assert said(text, ("Hadi Moreno", "PER", "x-hadi-moreno"))[0].name == "Hadi Moreno"


def test_a_group_described_by_its_town_is_the_body_that_spoke() -> None:
    text = (
        "Planes came, the Veronia-based war monitoring group said. The Osmia Observatory for Rights said it was bad. "
        "The monitoring group said [seven] people died."
    )
    assert who(text) == "Osmia Observatory for Rights"


def test_the_one_turn_of_an_interview_is_the_one_asked() -> None:
    text = (
        "[INTERVIEW WITH COLONEL ADA MORENO BY UNIDENTIFIED REPORTER] [TEXT] [MORENO] GOOD MORNING TO ALL OF YOU "
        "LISTENERS OUT THERE. IN OSMIA SEVEN SOLDIERS WERE WOUNDED."
    )
    at = text.index("SEVEN")
    assert speakers(read_text(text), [quantity(text, at, at + len("SEVEN"))], [])[0].name == "ADA MORENO"
