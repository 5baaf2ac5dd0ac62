"""Who asserts a number. Each text marks the number with [ ]."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.entity import Mention
from services.read.figures.figure import Quantity, Speaker
from services.read.figures.speakers.speaker import speakers
from services.read.text import read_text


def quantity(text: str, start: int, end: int) -> Quantity:
    """A bare number over text[start:end]."""
    tokens = read_text(text).tokens
    covered = [i for i, token in enumerate(tokens) if token.start < end and start < token.end]
    first, last = covered[0], covered[-1] + 1
    return Quantity(start, end, first, last, 1, 1, 1, 1, 1, False, False, "exact", None)


def said(marked: str, *names: tuple[str, str, str]) -> list[Speaker]:
    """The speaker of each [number]; `names` are mentions as (words, type, entity)."""
    text, spans = "", []
    for i, part in enumerate(marked.replace("]", "[").split("[")):
        if i % 2:
            spans.append((len(text), len(text) + len(part)))
        text += part
    mentions = sorted(
        (
            Mention.model_validate(
                {"start": at, "end": at + len(words), "text": words, "type": kind, "entity": entity, "name": words}
                | {"tier": "fast"}
            )
            for words, kind, entity in names
            for at in range(len(text))
            if text.startswith(words, at)
        ),
        key=lambda m: m.start,
    )
    return speakers(read_text(text), [quantity(text, *span) for span in spans], mentions)


def who(marked: str) -> str | None:
    """The speaker of the first [number]."""
    return said(marked)[0].name


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
    ("text", "speaker"),
    [
        ("A raid killed [12] people in Veronia a monitor said.", "a monitor"),
        ("[12] people died in strikes on the town of Lower Brook on Friday the Northern Relief Fund said.",
         "Northern Relief Fund"),
        ("The floods came again last year with winds causing [hundreds] of injuries aid agencies said on Monday.",
         "aid agencies"),
        ("The blast left ten dead and [12] injured Veronian media reported Tuesday.", "Veronian media"),
    ],
)  # fmt: skip
def test_a_trailing_source_needs_no_comma(text: str, speaker: str) -> None:
    assert who(text) == speaker


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


WORDS = "the said , . \" “ ” ' ’ according to in on with Osmia 20 adding that quoting and ; : - who ( ) \n it he put at"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The Northern Relief Fund a charity based in Osmia said [12] people died.", "Northern Relief Fund"),
        ("Investigators probing the claims say [12] died in the camp.", "Investigators probing the claims"),
        ("A spokesman at the hospital in Lower Brook in Osmia said [12] died.",
         "A spokesman at the hospital in Lower Brook in Osmia"),
        ("The strike killed [12] people including children opposition activists said as fighting went on.",
         "opposition activists"),
        ("Shells hit the town killing [five] people and wounding dozens more observers said.", "observers"),
        ("The blast killed [18] people including 11 children state media reported.", "state media"),
        ("Tests on [dozens] of victims point to sarin gas Veronian health ministry said.", "Veronian health ministry"),
        ("According to a source in the Lower Province the army killed [12] men.", "a source in the Lower Province"),
        ("[12] people died according to Ada Moreno due to heavy shelling.", "Ada Moreno"),
        ("A study by the nonpartisan Better Towns Association found that [12] towns were lost.",
         "nonpartisan Better Towns Association"),
        ("A survey of delegates, who choose in June, found that [449] back her.", "A survey of delegates"),
        ("According to data gathered by the Northern Relief Fund, [12] people fled.", "Northern Relief Fund"),
        ("According to early results of a weekly count, [12] people fled.", "early results of a weekly count"),
        ("Local leaders in Osmia, for instance, said [12] people came.", "Local leaders in Osmia"),
        ("As the wind fell, the mayor said at least [12] people were lost.", "mayor"),
        ("The committee published data on Monday showing what it sent, among it [12] trucks.", "committee"),
        ("Driving the news: The relief committee said [12] trucks came.", "relief committee"),
        ("The US said [12] people died.", "US"),
        ("The family said [12] people came.", "family"),
    ],
)  # fmt: skip
def test_a_subject_is_found_whole_and_alone(text: str, speaker: str) -> None:
    name = who(text)
    assert name is not None
    assert name.lower() == speaker.lower()


@pytest.mark.parametrize(
    "text",
    [
        "The raids have claimed [hundreds] of civilian lives.",
        "The group claimed responsibility for the blast that killed [12] people.",
        "A raid killed [33] people despite Veronia's promises of a truce.",
        "The travel ban, announced late on Monday, sent [three] markets down.",
        "Damage estimated at [12] million was done to the port.",
        "The city added [160] guards along the road.",
        "I’m worried about the other [86].",
    ],
)
def test_a_deed_or_a_noun_is_no_statement(text: str) -> None:
    assert who(text) is None


def test_a_news_agency_leaves_the_words_before_it() -> None:
    text = "A bomb killed [three] soldiers a child and two women NNB news agency said."
    assert said(text, ("NNB", "ORG", "Q1"))[0].name == "NNB news agency"


def test_the_month_is_no_person_and_may_is_one() -> None:
    people = (("Theresa May", "PER", "Q1"),)
    assert said("Theresa May came. May said [five] more were stopped.", *people)[0].name == "Theresa May"
    assert who("A report released in May said [five] more were stopped.") is not None


def test_capitals_tell_nothing_in_a_text_all_in_capitals() -> None:
    assert who("GEN BO LUND SPOKE. GEN LUND SAID: “WE HAVE LOST [12] MEN.”") == "BO LUND"
    assert who("ADA MORENO, HEAD OF THE RELIEF FUND, NOTED THAT [12] PEOPLE DIED.") == "ADA MORENO"
    states = ("UNITED STATES", "GPE", "Q30")
    assert said("HE WILL BE SENT TO THE UNITED STATES BY A GANG OF [10] MEN.", states)[0].name is None


def test_the_first_of_two_trailing_sources_speaks_without_a_comma() -> None:
    assert who("[12] people died according to rescuers in the town Osmian radio reported.") is not None
    voice = said("[12] died according to supporters on twitter NNB reported.", ("NNB", "ORG", "Q1"))[0]
    assert voice.name == "supporters on twitter"


def test_the_ministry_is_the_one_that_spoke_last() -> None:
    text = "The Osmian health ministry said the camp was full. It was cold. The ministry said [12] people came."
    assert who(text) == "Osmian health ministry"


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
        ("The minister is now reporting [20] deaths.", "minister"),
        ("The Northern Relief Fund has recorded at least [20] cases.", "Northern Relief Fund"),
        ("According to a just-released count, [20] people fled.", "a just-released count"),
        ("The man will stay in the camp for [two] weeks, a judge ruled Monday.", "a judge"),
        ("Town leaders – and above all Mayor Moreno – said [20] people fled.", "Town leaders"),
        ("Bankers for the Northern Fund, which made more than $30 billion last year, say it lost [20] towns.",
         "Bankers for the Northern Fund"),
        ("Friday's Northern poll has Moreno ahead by [six] points.", "Friday's Northern poll"),
        ("“It is worth [20] million, is it not?” Ada Moreno asked on the radio.", "Ada Moreno"),
        ("“There are one or [two] things to be done here” from the dam to the road, in Moreno’s view.", "Moreno"),
        ("A third source said [20] people fled.", "a third source"),
        ("“It was dark,” one driver said. Another said, “I saw [20] men.”", "another"),
        ("The Northern Agency, also known as the Fund, said [20] people fled.", "Northern Agency"),
        ("“We lost [20] men in the storm.” Moreno said.", "Moreno"),
        ("The fund has in the past said [20] people fled.", "fund"),
        ("The trucks came back on Friday state media said days after a blast killed [120] people.", None),
        ("The mayor has logged [20] years of work.", None),
        ("If critics believe [20] people fled, they err.", None),
    ],
)  # fmt: skip
def test_verbs_of_counting_and_asking_find_their_subject(text: str, speaker: str | None) -> None:
    name = who(text)
    assert (name or "").lower() == (speaker or "").lower()


def test_a_verb_may_open_its_sentence() -> None:
    text = "“It was dark.”\nAdded Mayor Ada Moreno, speaking on the radio, “We lost [20] men there.”"
    assert said(text, ("Ada Moreno", "PER", "Q1"))[0].name == "Ada Moreno"


def test_a_person_of_a_place_is_the_person() -> None:
    text = "One driver helping the town, Ada Moreno of Lower Church in Osmia, said [150] people fled."
    assert said(text, ("Ada Moreno", "PER", "Q1"))[0].name == "Ada Moreno"


@pytest.mark.parametrize(
    "text",
    [
        "Tensions rose as [hundreds] pushed at the gates, countered by a heavy police presence.",
        "A double bombing claimed by the Red Front killed [100] people.",
        "The governor declared a state of emergency in [three] towns.",
        "Moreno wrote a letter about the [three] towns.",
        "Moreno won the race, claiming [41] percent of the vote.",
    ],
)
def test_what_is_done_is_not_what_is_said(text: str) -> None:
    assert who(text) is None


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
