"""Whom a description, a short name or a document stands for, and subjects that small words part from their verb."""

from __future__ import annotations

import pytest

from tests.unit.read.speaking import said, who

FUND = ("Northern Relief Fund", "ORG", "Q1")
MORENO = ("Ada Moreno", "PER", "Q2")
OSMIA = ("Osmia", "GPE", "Q3")


@pytest.mark.parametrize(
    "description",
    [
        "The group",
        "The London-based group",
        "The opposition monitoring group",
        "The relief organisation",
        "The watchdog",
        "The Osmia-based charity",
        "The rights monitor",
    ],
)
def test_a_description_means_the_body_that_spoke(description: str) -> None:
    text = f"The Northern Relief Fund said the road was cut. {description} said [12] people died."
    assert said(text, FUND)[0].name == "Northern Relief Fund"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The Northern Relief Fund said the road was cut. The health ministry said [12] died.", "health ministry"),
        ("The Northern Relief Fund said the road was cut. The town council said [12] people died.", "town council"),
        ("The Northern Relief Fund said the road was cut. The newspaper said [12] people died.", "newspaper"),
        ("Officials said the road was cut. The London-based group said [12] people died.", "London-based group"),
    ],
)
def test_a_description_of_another_body_stands_for_itself(text: str, speaker: str) -> None:
    assert said(text, FUND)[0].name == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ada Moreno spoke. He said little. His figures show that [12] people died.", "Ada Moreno"),
        ("Ada Moreno said little. According to her own account, [12] people died.", "Ada Moreno"),
        ("Ada Moreno’s written statement said [12] people died.", "Ada Moreno"),
        ("Ada Moreno’s plan says [12] towns will get water.", "Ada Moreno"),
        ("The Northern Relief Fund’s analysis of images shows [12] burnt villages.", "Northern Relief Fund"),
        ("The Northern Relief Fund submitted a report on Monday. According to the report [12] people died.",
         "Northern Relief Fund"),
        ("Last week the Northern Relief Fund published its survey. The survey says [12] people died.",
         "Northern Relief Fund"),
        ("A report by the Northern Relief Fund came on Monday. The report says [12] people died.",
         "Northern Relief Fund"),
    ],
)  # fmt: skip
def test_a_document_speaks_for_its_maker(text: str, speaker: str) -> None:
    assert said(text, FUND, MORENO)[0].name == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("NRF said [12] people died. The Northern Relief Fund was founded in May.", "Northern Relief Fund"),
        ("The Northern Relief Fund came early. The NRF said [12] people died.", "Northern Relief Fund"),
        ("The Committee for the Relief of Osmia came early. The CRO said [12] people died.",
         "Committee for the Relief of Osmia"),
        ("The Northern Relief Fund came early. The XRF said [12] people died.", "XRF"),
    ],
)  # fmt: skip
def test_initials_are_spelled_out(text: str, speaker: str) -> None:
    assert said(text)[0].name == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Mr Ada Moreno, the treasurer and member for East Osmia, Northern District, said [12] died.", "Ada Moreno"),
        ("Ada Moreno, a trader in Osmia, Veronia, said [12] died.", "Ada Moreno"),
        ("Ada Moreno, head of the town council of Osmia, Veronia, said [12] died.", "Ada Moreno"),
        ("Ada Moreno director of the Northern Relief Fund said [12] died.", "Ada Moreno"),
        ("Ada Moreno of the Northern Relief Fund said [12] died.", "Ada Moreno"),
        ("Ada Moreno who works with children in the region said [12] died.", "Ada Moreno"),
        ("The Northern Relief Fund which relies on people inside Osmia said [12] died.", "Northern Relief Fund"),
        ("The Northern Relief Fund a local group that stands against the Osmia government reported that [12] died.",
         "Northern Relief Fund"),
        ("Aid to the Church in the North which says that [12] died came early.", "Aid to the Church in the North"),
        ("Aid to the Church in the North said [12] died.", "Aid to the Church in the North"),
        ("A group watching the talks said [12] died.", "a group watching the talks"),
        ("Some [600] people fled to the hills south of the town council chief Ada Moreno said.", "Ada Moreno"),
        ("At least [12] fell on Friday in Osmia said the Northern Relief Fund which counts them.",
         "Northern Relief Fund"),
        ("A blast killed six and wounded [32] people in Osmia province rescuers said.", "rescuers"),
        ("Furthermore, the Northern Relief Fund said [12] died.", "Northern Relief Fund"),
        ("The Northern Relief Fund didnt say when and said [12] died.", "Northern Relief Fund"),
    ],
)  # fmt: skip
def test_the_subject_is_found_whole(text: str, speaker: str) -> None:
    name = said(text, FUND, MORENO, OSMIA)[0].name
    assert (name or "").lower() == speaker.lower()


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Prosecutors say she lied to avoid disclosing that she had been paid [12] dollars.", "Prosecutors"),
        ("The town asks for clarity on reports suggesting that [12] people died.", "reports"),
        ("Rebel groups accused the army of shelling a camp and killing [12] people.", "Rebel groups"),
        ("The minister is accused of taking [12] bribes.", None),
        ("Soldiers accused of killing [12] people came to court.", None),
        ("The council pledges support to the [12] families of the camp.", None),
        ("The council pledged to feed [12] families.", "council"),
        ("Northern News reported [12] deaths citing a statement from the Northern Relief Fund.",
         "Northern Relief Fund"),
        ("Ada Moreno said 4 came adding that 2 fled while [12] stayed, Northern News reported.", "Ada Moreno"),
        ("Rescuers worked on. Residents of 90 homes in Ava, a town of about [14,000], were told to go, police said.",
         None),
        ("A poll of town voters showed Moreno at 39 percent. Lund came in second with [13] percent.",
         "a poll of town voters"),
        ("Some 60 people need help, the council said, while [12] houses fell.", "council"),
        ("According to the bulletin gunmen shot [12] men.", "bulletin"),
    ],
)  # fmt: skip
def test_the_one_who_asserts_it_speaks(text: str, speaker: str | None) -> None:
    assert (said(text, FUND, MORENO)[0].name or "").lower() == (speaker or "").lower()


@pytest.mark.parametrize(
    "behind",
    [
        "The targeted sites also included [51] clinics.",
        "They included [51] clinics.",
        "Among them were [51] clinics.",
        "Of those, [51] were clinics.",
        "Another [51] were clinics.",
    ],
)
def test_a_sentence_that_breaks_a_count_down_keeps_its_source(behind: str) -> None:
    told = "According to the Northern Relief Fund, the army hit 243 sites before it announced its withdrawal."
    assert said(f"{told} {behind}", FUND)[0].name == "Northern Relief Fund"
    assert said(f"The army hit 243 sites. {behind}", FUND)[0].name is None


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Monitors [15] killed in strike on Osmia", "Monitors"),
        ("[15] Rebels Enter Osmia From The East Northern Relief Fund. The Northern Relief Fund reported it on Friday.",
         "Northern Relief Fund"),
        ("Northern Relief Fund Claims Capture Of [15] Soldiers", "Northern Relief Fund"),
        ("Insurance Claims Rise After [15] Storms", None),
        ("The plan does not cover its costs (via Northern News):\n\nIt would put [50] dollars on each house.",
         "Northern News"),
    ],
)  # fmt: skip
def test_headlines_and_credits_name_their_source(text: str, speaker: str | None) -> None:
    assert said(text, FUND)[0].name == speaker


def test_a_place_is_no_person() -> None:
    text = "The cars came from Sheikh Osmia. She said [12] people died."
    assert who(text) != "Osmia"
    assert said(text, ("Sheikh Osmia", "GPE", "Q9"))[0].name == "she"


LUND = ("Bo Lund", "PER", "Q4")


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("President Ada Moreno came. Bo Lund, a nurse, said 4 fled. The president said [12] died.", "Ada Moreno"),
        ("Gov. Ada Moreno came. Bo Lund said 4 fled. The governor said [12] died.", "Ada Moreno"),
        ("Ada Moreno, the mayor of Osmia, came. Bo Lund said 4 fled. The mayor said [12] died.", "Ada Moreno"),
        ("Ada Moreno, the former mayor of Osmia, came. Bo Lund said 4 fled. The mayor said [12] died.", "Bo Lund"),
        ("Bo Lund said 4 fled. The mayor said [12] died. Ada Moreno, mayor of Osmia, came.", "Bo Lund"),
    ],
)
def test_an_office_means_who_holds_it(text: str, speaker: str) -> None:
    assert said(text, MORENO, LUND)[-1].name == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("A shop owner said 4 fled. Osmia has raised half of the [12] million it pledged.", "Osmia"),
        ("A shop owner said 4 fled. The fund's memo is new. “Some [12] died,” it said.", "fund's memo"),
        ("The Northern Relief Fund said that by then it counted [12] dead.", "Northern Relief Fund"),
        ("Late on Friday, the Northern Relief Fund said it found [12] dead.", "Northern Relief Fund"),
        ("The Northern Relief Fund said 4 fled. Critics said 4 died. It counted [12] dead.", "Northern Relief Fund"),
        ("The Northern Relief Fund said 4 fled. Ada Moreno broke her vow to send [12] trucks.", "Ada Moreno"),
        ("A nurse said 4 fled. This group recognizes that [12] died.", "group"),
    ],
)
def test_a_pronoun_means_the_nearest_of_its_kind(text: str, speaker: str) -> None:
    assert said(text, FUND, MORENO, OSMIA)[-1].name == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("When the camp closed, his mother refused to go, insisting that [12] had died.", "his mother"),
        ("Although Ada Moreno is no judge, Bo Lund drew laughter by saying [12] had died.", "Bo Lund"),
    ],
)
def test_a_clause_before_the_main_one_has_a_subject_of_its_own(text: str, speaker: str) -> None:
    assert said(text, MORENO, LUND)[-1].name == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Some [12] died, according to cyber firm Northpoll.", "Northpoll"),
        ("Some [12] died, according to nonpartisan Lund Institute.", "Lund Institute"),
        ("Economist Jo Berg wrote. But economist Jo Berg of Osmia College says [12] died.", "Jo Berg"),
        ("Some [12] died, according to northern Osmia police.", "northern Osmia police"),
        ("Some [12] died, according to northern Osmia Front.", "northern Osmia Front"),
        ("Some [12] died, according to pro-Osmia Front.", "pro-Osmia Front"),
        ("Some [12] died, according to rescuers Berg and Lund.", "rescuers Berg and Lund"),
        ("A June 2016 Justice Office report said [12] died.", "Justice Office"),
    ],
)
def test_what_describes_a_name_is_no_part_of_it(text: str, speaker: str) -> None:
    assert said(text)[-1].name == speaker
