"""Verbs that speak only with what follows them, and numbers a statement is not about."""

from __future__ import annotations

import pytest

from tests.unit.read.speaking import said, who

MORENO = ("Ada Moreno", "PER", "Q2")
FUND = ("Northern Relief Fund", "ORG", "Q1")


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Governor Ada Moreno asked the council to give each family [400] dollars.", "Ada Moreno"),
        ("The Northern Relief Fund has called for [20] more trucks.", "Northern Relief Fund"),
        ("The Northern Relief Fund appealed for [20] million dollars on Friday.", "Northern Relief Fund"),
        ("The mayor urged [nine] owners to leave.", None),
        ("The mayor urged the owners to pull down [nine] houses.", "mayor"),
        ("The Northern Relief Fund demanded [20] buses for the town.", "Northern Relief Fund"),
        ("Ada Moreno threatened to close [20] schools.", "Ada Moreno"),
        ("Ada Moreno threatened not to come unless she is paid [500] crowns.", "Ada Moreno"),
        ("The Northern Relief Fund demanded at least [20] buses.", "Northern Relief Fund"),
        ("The court heard of the group's record requests over a [six]-year term.", None),
        ("The army offensive threatened to displace [2,000] people.", None),
        ("A song called “Twenty Roads” opened the show for [2,000] guests.", None),
        ("Some [4,600] people were urged by the mayor to leave.", None),
        ("Ada Moreno was asked about her [20] trucks.", None),
        ("He won the seat after Mayor Moreno, of a town where [7,000] live, appealed for calm.", None),
    ],
)
def test_who_asks_speaks_for_what_is_asked_for(text: str, speaker: str | None) -> None:
    assert said(text, MORENO, FUND)[0].name == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("A monitor on Tuesday raised the death toll from the strike on a market to [61].", "A monitor"),
        ("The Northern Relief Fund revised its estimate down to [61] million.", "Northern Relief Fund"),
        ("The agency raised the number of guards to [61].", None),
        ("Ada Moreno spent the [61] million raised by the Northern Relief Fund.", None),
        ("The Northern Relief Fund voiced deep concern about the fate of the [200] families.", "Northern Relief Fund"),
        ("The Northern Relief Fund raised fears for the [200] families.", "Northern Relief Fund"),
    ],
)
def test_a_toll_revised_and_a_fear_voiced_are_said(text: str, speaker: str | None) -> None:
    assert said(text, MORENO, FUND)[0].name == speaker


@pytest.mark.parametrize(
    "text",
    [
        "Health care stayed strong, adding [19,000] jobs in April.",
        "The economy has added back about [6] million jobs.",
        "The company added nearly [300] beds.",
        "The ministry responded by handing out [12] million dollars.",
        "The ministry responded to the storm by sending [12] trucks.",
        "Service jobs boom: Restaurants took on [38,000] workers.",
        "He hired [thousands] of workers and began to rise in national opinion polls.",
        "The party is up [five] points from a Northern poll last month.",
        "The Northern poll has a margin of error of [three] points.",
        "Voters were her base in earlier states, giving her [12] more seats.",
        "A six-pointed star, [12] feet tall, stands there.",
        "Ada Moreno said to a crowd of about [500] that the war was over.",
    ],
)
def test_a_gain_an_answer_by_deed_and_a_comparison_are_the_narrators(text: str) -> None:
    assert who(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Workers protested in [12] towns.",
        "Ada Moreno pledged to stay even as [12] guards left.",
        "Ada Moreno cut the talks short, citing Veronia's moves to take [12] towns.",
    ],
)
def test_a_protest_a_turn_and_a_reason_are_the_narrators(text: str) -> None:
    assert who(text) is None


def test_what_brings_to_mind_does_not_speak() -> None:
    assert who("“The sign reminds me of the [12] who fell,” Ada Moreno said.") == "Ada Moreno"
    assert who("The mayor reminded voters that [12] had died.") == "mayor"
    assert who("Workers protested that [12] had died.") == "Workers"


def test_what_is_added_in_words_is_said() -> None:
    assert who("The mayor said the road was cut, adding [20] people were killed.") == "mayor"


@pytest.mark.parametrize(
    "text",
    [
        "Lund vowed on Sunday to go on with an offensive that has left [dozens] dead.",
        "The government assured that it would guard the valley after [nine] farmers were killed.",
        "Ada Moreno warned that the river could pass the mark of 2002, when the land lost [7] billion dollars.",
    ],
)
def test_the_past_behind_a_promise_is_the_narrators(text: str) -> None:
    assert who(text) is None


def test_a_promise_of_what_is_to_come_has_a_speaker() -> None:
    assert who("Lund vowed on Sunday to send [dozens] of trucks.") == "Lund"
    assert who("The mayor warned that when the dam breaks it would drown [20] farms.") == "mayor"


@pytest.mark.parametrize(
    "text",
    [
        "Clashes went on. Gunmen Kill [Scores] of Guards across Country The Veronian army said it fought back.",
        "Blast Occurs Near Bus Convoy in Besieged Town [20] Guards Dead OSMIA (NNB) The rebels fired shells at the"
        " square, a broadcaster reported.",
        "May 24 2017 [16] Villagers Dead in Border Strikes near Lower Brook At least 16 people were killed a monitor"
        " said.",
    ],
)
def test_nobody_says_a_headline_pasted_into_the_text(text: str) -> None:
    assert who(text) is None


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("On Monday the strike wounded [five] people the Northern Relief Fund said but it named no pilot.",
         "Northern Relief Fund"),
        ("Jets hit [33] trucks a source said on Monday on condition of anonymity due to rules on talks with the press.",
         "a source"),
        ("According to the Northern Relief Fund more than [30] guards were killed.", "Northern Relief Fund"),
        ("Here lie two fools said one of the men. At least [two] trucks burned.", None),
        ("That beats the [140,000] jobs economists expected, and the mark of May.", "economists"),
        ("Sen. Ada Moreno, D-Ver., told the Daily Post that [ten] members would leave.", "Ada Moreno"),
        ("According to Ada Moreno, in the 1980s there were 32. In the 1990s, there were [42].", "Ada Moreno"),
        ("From Northern News:\nSome [2,000] people came to the fair.", "Northern News"),
        ("Ada Moreno said in a statement that the town burned. The statement said [40] people died.", "Ada Moreno"),
    ],
)  # fmt: skip
def test_news_without_commas_and_with_asides_keeps_its_speakers(text: str, speaker: str | None) -> None:
    assert said(text, MORENO, FUND)[0].name == speaker


def test_a_quotation_never_closed_ends_where_paragraphs_run_together() -> None:
    torn = "Ada Moreno said: “We are careful.  Floods kill [scores] of people here each year.  The town waits."
    assert who(torn) is None
    assert who("Ada Moreno said: “We are careful.  Floods kill [scores] here.” The town waits.") == "Ada Moreno"


def test_he_outside_a_quotation_is_no_name_inside_it() -> None:
    text = (
        "Ada Moreno spoke to the guests. It rained. “We asked Bo Lund,” the clerk read out. He said [12] people came."
    )
    assert said(text, MORENO, ("Bo Lund", "PER", "Q3"))[0].name != "Bo Lund"
