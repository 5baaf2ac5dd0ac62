"""Speech that goes on beyond its sentence: quotations, counts that lean, blocks, turns, headlines."""

from __future__ import annotations

import pytest

from services.read.text import read_text
from tests.unit.read.marking import quantity
from tests.unit.read.speaking import said, speakers, who


def test_side_by_side_sentences_keep_their_own_speakers() -> None:
    voices = said("According to Veronia, there are [2,000]. According to Osmia, there are [4,000].")
    assert [v.name for v in voices] == ["Veronia", "Osmia"]


def test_a_quotation_belongs_to_its_speaker_over_sentences() -> None:
    assert who("“We counted [12] bodies. It was dark,” Ada Moreno said.") == "Ada Moreno"
    assert who("“It was dark,” Ada Moreno said. “We counted [12] bodies.”") == "Ada Moreno"
    assert who('Ada Moreno said: "It was dark. We counted [12] bodies."') == "Ada Moreno"
    assert who("“How many? [Twelve]?” Ada Moreno said.") == "Ada Moreno"


def test_a_quotation_goes_on_in_the_next_paragraph() -> None:
    assert who("“It was dark,” Ada Moreno said. “Nobody came.\n“We counted [12] bodies.”") == "Ada Moreno"


@pytest.mark.parametrize(
    "text",
    [
        "“We are so glad to be here,” Ada Moreno said, holding up [two] lamps.",
        "“We are so glad to be here,” Ada Moreno said [30] minutes into the talk.",
        "“We are so glad to be here,” said Ada Moreno, wearing one of [three] hats.",
    ],
)
def test_what_follows_a_whole_quotation_is_told_by_the_narrator(text: str) -> None:
    assert who(text) is None


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The Northern Relief Fund said 40 people died. At least [110] others were hurt.", "Northern Relief Fund"),
        ("The Northern Relief Fund said the road was shut. Another [11] people were hurt.", "Northern Relief Fund"),
        ("The Northern Relief Fund said 40 people died. Some [30] houses were lost.", "Northern Relief Fund"),
        ("The fund said 40 died. Some 30 houses fell. Around [80] farms were lost.", "fund"),
        ("According to NNB a bomb went off in Osmia. [Four] people were hurt.", "NNB"),
        ("A Northern poll shows Moreno ahead. Lund trails her at [13] percent.", "A Northern poll"),
    ],
)
def test_a_count_that_leans_on_the_one_before_keeps_its_speaker(text: str, speaker: str) -> None:
    assert who(text) == speaker


@pytest.mark.parametrize(
    "text",
    [
        "Some 40 people died, the Northern Relief Fund said. Some [30] houses were lost.",
        "The Northern Relief Fund said the road was shut. Some [30] houses were lost.",
        "The Northern Relief Fund said 40 people died. All [30] families left the town.",
        "The Northern Relief Fund said 40 people died. In Osmia [30] houses were lost.",
        "The Northern Relief Fund said 40 people died.  Some [30] houses were lost.",
        "The Northern Relief Fund said 40 people died.\nSome [30] houses were lost.",
        "The strike added to the strain of 40 days. More than [25] people were hurt.",
    ],
)
def test_the_narrator_takes_over_where_something_new_begins(text: str) -> None:
    assert who(text) is None


def test_a_torn_paragraph_goes_on_with_who_spoke() -> None:
    text = "The Northern Relief Fund says 40 trucks came.\nfrom Osmia will come by May, and [43] from Veronia in June."
    assert who(text) == "Northern Relief Fund"


def test_a_source_given_below_speaks_for_the_figures_above() -> None:
    text = "Some [2,000] people still live with host families. The source for this figure is Ada Moreno, a coordinator."
    assert who(text) == "Ada Moreno"
    text = "Camp One holds [40] families. Camp Two is shut. The sources for these figures are the Northern Relief Fund."
    assert who(text) == "Northern Relief Fund"


def test_one_dated_citation_names_the_source_and_two_do_not() -> None:
    fund = ("NRF", "ORG", "Q1")
    assert said("Police drove [12] families from the town (NRF, 21 August 2014).", fund)[0].name == "NRF"
    assert said("Police drove [12] families out (NRF, 21 August 2014; NNB, 2 May 2013).", fund)[0].name is None
    assert who("Police drove [12] families out (see below).") is None


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Car bomb kills [15] in Osmia NGO NNB Thursday 6 Mar 2014 At least 15 people died.", "NGO"),
        ("Air raids kill [20] in Veronia state media NNB Friday 2 May 2014 Six people fled.", "state media"),
        ("[20] dead in air raids in Osmia province monitor At least 20 people were killed on Friday.", "monitor"),
        ("Two Towns Tried To Stop [Twelve People], Held Paramedic, Federal Lawsuit Says", "Federal Lawsuit"),
    ],
)
def test_a_headline_names_its_source_at_its_end(text: str, speaker: str) -> None:
    agencies = ("NNB", "ORG", "Q1")
    assert said(text, agencies)[0].name == speaker


def test_a_transcript_gives_each_turn_to_its_speaker() -> None:
    text = "MORENO: Were you there?\nLUND: We lost [12] men.\nMORENO: How many?\nLUND: I saw [four] of them."
    assert [v.name for v in said(text)] == ["LUND", "LUND"]
    wire = "[REPORTER] HOW MANY WERE THERE? [MORENO] WE LOST [12] MEN IN ALL. [REPORTER] AND LATER? [MORENO] NO MORE."
    at = wire.index("12")
    assert speakers(read_text(wire), [quantity(wire, at, at + 2)], ())[0].name == "MORENO"
    assert who("OSMIA: Some [12] trucks came.") is None


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Mayor Ada Moreno wrote:\nWe lost [12] men in the storm.", "Ada Moreno"),
        ("The mayor, Ada Moreno, argued that:\n- The town is full.\n- Only [12] people came.", "Ada Moreno"),
        ("Ada Moreno has since made up for it: “We lost [12] men in the storm of May.”", "Ada Moreno"),
        ("Ada Moreno said the camp was full. More from Bo Lund:\n“We lost [12] men in the storm of May.”", "Bo Lund"),
    ],
)
def test_a_block_belongs_to_whom_the_line_above_names(text: str, speaker: str) -> None:
    people = (("Ada Moreno", "PER", "Q1"), ("Bo Lund", "PER", "Q2"))
    assert said(text, *people)[0].name == speaker


def test_an_order_above_a_quotation_names_nobody() -> None:
    assert who("Read the latest below:\n“Some [12] trucks came to the town on Friday.”") is None


def test_a_signed_post_belongs_to_its_author() -> None:
    post = "[22,000] troops went there after the storm\nMore went to Osmia — Ada Moreno (@moreno) May 2, 2017"
    assert who("The town waits.\n" + post) == "Ada Moreno"
    assert who("Some [12] trucks came to the town.\nIt rained. — Ada Moreno (@moreno) May 2, 2017") is None


def test_a_wire_heading_names_who_speaks_to_the_end() -> None:
    def speaker_of(number: str, text: str) -> str | None:
        at = text.index(number)
        return speakers(read_text(text), [quantity(text, at, at + len(number))], ())[0].name

    assert speaker_of("12", "OSMIA -- [SPEECH] [PRESIDENT ADA MORENO] [TEXT] WE LOST 12 MEN.") == "ADA MORENO"
    assert speaker_of("12", "OSMIA -- [REPORT] [ADA MORENO] [TEXT] SOME 12 MEN FELL.") is None
    recorded = "[BEGIN RECORDING] [BO LUND, MEMBER OF THE FRONT] SOME 12 MEN FELL. [END RECORDING] SOME 13 CAME BACK."
    assert speaker_of("12", recorded) == "BO LUND"
    assert speaker_of("13", recorded) is None


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Thu Oct 5 2017 Veronia says it killed [7] gunmen.", "Veronia"),
        ("Shells killed 12 people and wounded [50] state media reported.", "state media"),
        ("The Fund which closely monitors the war said [40] people were killed.", "Fund"),
        ("An interview with a nurse who said [12] people died was cut.", "a nurse"),
        ("It killed [22] guards as well as a number of civilians local sources said.", "local sources"),
        ("Some [30] fighters fell when rebels set off a bomb activists said on Tuesday.", "activists"),
        ("The war cost [300] lives - most of them men - according to the Northern Fund.", "Northern Fund"),
        ("It killed [49] gunmen the state channel cited the defence ministry as saying on Monday.", "defence ministry"),
        ("Some [26] drowned, figures from the Department of Ports and Parks show.", "Department of Ports and Parks"),
        ("It killed [14] people in parts of Osmia city state media said.", "state media"),
        ("It killed [14] people in the Osmia governorate a local source said.", "a local source"),
        ("It killed [14] people on Sunday an official from the forces said.", "an official from the forces"),
        ("Ada Moreno, Osmia Democrat, said [14] people came.", "Ada Moreno"),
        ("Some [17] died in the raid the army said in its report on the operation dubbed “Shield”.", "army"),
        ("Many died in Osmia a monitor said on Monday including [29] people in one street.", "a monitor"),
        ("Bombs in Osmia kill [13] fighters: monitor.", "monitor"),
        ("“I stay,” Moreno said, while noting she has [20] guards.", "Moreno"),
    ],
)  # fmt: skip
def test_sentences_that_lost_their_commas_keep_their_speaker(text: str, speaker: str) -> None:
    assert who(text) == speaker


@pytest.mark.parametrize(
    "text",
    [
        "Moreno told the [2,300]-person audience that the news had changed.",
        "Moreno told [500] supporters that the war was over.",
        "The lodge boasted [1,600] members in May.",
        "Advertisement:\nThey hate it. Some [300] people lost jobs.",
        "The agency said two people were killed. More than [150,000] people have died in the war that began in May.",
    ],
)
def test_whom_they_told_and_what_they_had_is_the_narrators(text: str) -> None:
    assert who(text) is None
