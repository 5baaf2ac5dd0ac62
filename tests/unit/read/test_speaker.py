"""Who asserts a number. Each text marks the number with [ ]."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.read.text import read_text
from tests.unit.read.marking import quantity
from tests.unit.read.speaking import said, speakers, who

WORDS = "the said , . \" “ ” ' ’ according to in on with Osmia 20 adding that quoting and ; : - who ( ) \n it he put at"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("According to Veronia, there are [2,000] people in the camp.", "Veronia"),
        ("There are [2,000] people in the camp, according to the Red Star charity.", "Red Star charity"),
        ("There are, according to rescuers, [12] people missing.", "rescuers"),
        ("The health ministry said [12] people had died.", "health ministry"),
        ("The health ministry on Monday said [12] people had died.", "health ministry"),
        ("On Monday the health ministry said [12] people had died.", "health ministry"),
        ("At least [12] people died in the blast, the health ministry said on Friday.", "health ministry"),
        ("At least [12] people died in the blast, officials told the Daily Post.", "officials"),
        ("At least [12] people, officials said, died in the blast.", "officials"),
        ("At least [12] people died, said Ada Moreno, head of the rescue service.", "Ada Moreno"),
        ("Ada Moreno, head of the rescue service, said [12] people died.", "Ada Moreno"),
        ("The Minister of Defence of the Republic Ada Moreno said that [12] soldiers fell.", "Ada Moreno"),
        ("The police chief, Ada Moreno, confirmed [12] deaths.", "Ada Moreno"),
        ("Some [12] deaths were reported by the Northern Relief Fund.", "Northern Relief Fund"),
        ("The Northern Relief Fund puts the toll at [12].", "Northern Relief Fund"),
        ("Ministry: [12] killed in blast", "Ministry"),
        ("[12] killed in blast - health officials", "health officials"),
        ("A hospital source reported [12] wounded.", "a hospital source"),
        ("The army attacked two villages, activists said, killing [12] people.", "activists"),
        ("In the words of Ada Moreno, [12] people are missing.", "Ada Moreno"),
        ("The border guard reported that since May it has recorded [300] attempts, which is nine times more.",
         "border guard"),
    ],
)  # fmt: skip
def test_a_number_belongs_to_who_says_it(text: str, speaker: str) -> None:
    name = who(text)
    assert name is not None
    assert name.lower() == speaker.lower()


@pytest.mark.parametrize(
    "text",
    [
        "Some [12] people died in the blast.",
        "The president encouraged his guests over the [2,000] refugees.",
        "The ministry did not say how many of the [12] were children.",
        "He declined to say whether the [12] were armed.",
        "Some [12] people were reported killed.",
        "Some [12] people died in the blast.\n--Daily Post",
        "The minister told a crowd of [1,300] that the war was over.",
        "“It was loud,” said Ada Moreno, [59], of Lower Brook.",
        "Officials said the road was closed. Some [12] people died.",
    ],
)
def test_the_narrator_speaks_where_nobody_else_does(text: str) -> None:
    assert who(text) is None


def test_two_speakers_in_one_sentence_keep_their_own_numbers() -> None:
    voices = said("The army said [20] rebels were killed, but the rebels said they lost [three].")
    assert [v.name for v in voices] == ["army", "rebels"]
    voices = said(
        "The minister Ada Moreno said the number rose to [15 thousand], and Prime Minister Bo Lund promised [two] more."
    )
    assert [v.name for v in voices] == ["Ada Moreno", "Bo Lund"]
    voices = said("There are [40] in the camp, according to rescuers, and [90] in the town, according to the mayor.")
    assert [v.name for v in voices] == ["rescuers", "mayor"]


def test_words_at_arms_length_are_no_speech() -> None:
    assert who('The two men are known as the "[Seven] Brothers" in town.') is None


def test_a_short_name_becomes_the_fullest_of_the_article() -> None:
    text = "The Northern Relief Fund opened a camp. The Fund said [12] people came. "
    assert who(text) == "Northern Relief Fund"
    text = "Mayor Ada Moreno opened a camp. Later Moreno said [12] people came."
    assert who(text) == "Ada Moreno"


def test_pronouns_and_the_official_mean_who_spoke_before() -> None:
    assert who("Ada Moreno said the camp was full. She added that [12] people came.") == "Ada Moreno"
    assert (
        who("The Northern Relief Fund said the camp was full. It added that [12] people came.")
        == "Northern Relief Fund"
    )
    assert who("Governor Ada Moreno said the camp was full. “Some [12] came,” the official added.") == "Ada Moreno"
    assert who("Ada Moreno came to the camp at noon. He said [12] people came.") == "Ada Moreno"


def test_who_passes_it_on_is_kept() -> None:
    voice = said("The Daily Post quoted the health ministry as saying [12] people died.")[0]
    assert (voice.name, voice.via) == ("health ministry", ("Daily Post",))
    voice = said("State radio, citing the health ministry, said [12] people died.")[0]
    assert (voice.name, voice.via) == ("health ministry", ("State radio",))
    voice = said("The blast killed [12] people, the Daily Post reported, quoting rescuers.")[0]
    assert voice.name in ("rescuers", "Daily Post")


def test_the_hearer_is_not_the_speaker() -> None:
    assert who("Mayor Ada Moreno told the Daily Post that [12] people died.") == "Ada Moreno"
    assert who("The mayor, Ada Moreno, told local radio that [12] people died.") == "Ada Moreno"


def test_those_asked_in_a_poll_are_not_its_source() -> None:
    assert who("In a survey by the Northern Institute, [36] percent of voters said they were tired.") is not None
    assert who("Some 36 percent of voters said they had [two] jobs.") is None


def test_a_mention_gives_name_and_id() -> None:
    voice = said("The Northern Relief Fund (NRF) came. NRF said [12] people died.", ("NRF", "ORG", "Q1"))[0]
    assert voice.id == "Q1"
    voice = said(
        "Bo Lund spoke. Spokesman Lund said [12] people died.", ("Bo Lund", "PER", "Q2"), ("Lund", "PER", "Q2")
    )[0]
    assert (voice.name, voice.id) == ("Bo Lund", "Q2")
    voice = said("Officials in Osmia said [12] people died.", ("Osmia", "GPE", "Q3"))[0]
    assert (voice.name, voice.id) == ("Officials in Osmia", None)


def test_the_cue_is_kept() -> None:
    assert said("According to Veronia, [12] died.")[0].cue == "According to"
    assert said("The ministry said [12] died.")[0].cue == "said"


def test_the_ministry_is_the_one_that_spoke_last() -> None:
    text = "The Osmian health ministry said the camp was full. It was cold. The ministry said [12] people came."
    assert who(text) == "Osmian health ministry"


@given(st.lists(st.sampled_from(WORDS.split(" ")), max_size=60).map(" ".join))
def test_no_order_of_cues_and_quotes_raises(text: str) -> None:
    document = read_text(text)
    quantities = [quantity(text, token.start, token.end) for token in document.tokens]
    assert len(speakers(document, quantities, ())) == len(quantities)


@given(st.text(max_size=200))
def test_no_text_raises(text: str) -> None:
    document = read_text(text)
    quantities = [quantity(text, token.start, token.end) for token in document.tokens]
    assert len(speakers(document, quantities, ())) == len(quantities)


@pytest.mark.parametrize(
    ("marked", "speaker"),
    [
        ("After several humanitarian pauses declared by both sides, [8,000] civilians left the city.", None),
        ("Despite a lack of evidence behind his claim that [300] people voted twice, it went on.", None),
        ("The bank has forecast [300] job cuts.", "bank"),
    ],
)
def test_what_is_declared_by_somebody_speaks_as_little_as_a_claim(marked: str, speaker: str | None) -> None:
    assert who(marked) == speaker
