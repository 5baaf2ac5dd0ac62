"""Which words before a verb are its subject, and which verbs say nothing."""

from __future__ import annotations

import pytest

from tests.unit.read.speaking import said, who


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
         "Better Towns Association"),
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


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Doctors in Idlib, Syria, said [30] people were killed.", "Doctors in Idlib"),
        ("The blast killed [30] people, hospital officials in Osmia, Veronia, said.", "hospital officials in Osmia"),
        ("Doctors in the town of Osmia, northern Veronia, said [30] people died.", "Doctors in the town of Osmia"),
        ("Doctors in Osmia, Veronia said [30] people were killed.", "Doctors in Osmia"),
        ("Lower police, Veronia's largest force, said [30] people died.", "Lower police"),
        ("After talks in Osmia, Veronia said [30] people were killed.", "Veronia"),
        ("Turkey, the host, said [30] people were killed.", "Turkey"),
    ],
)
def test_the_country_behind_a_town_does_not_speak(text: str, speaker: str) -> None:
    places = [(name, "GPE", f"x-{name.lower()}") for name in ("Idlib", "Syria", "Osmia", "Veronia", "Turkey")]
    assert said(text, *places)[0].name == speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Veronia raised the number of soldiers killed in the raid to [89].", "Veronia"),
        ("Police revised the number of dead from 11 to [9].", "Police"),
        ("The Northern Fund doubled its estimate of the dead to [400].", "Northern Fund"),
        ("The Northern Fund said ten had died, while the mayor fears up to [300] dead.", "mayor"),
        ("The mayor raised the number of guards to [89].", None),
        ("The fire stoked fears [300] people had died.", None),
        ("The coastguard said [40] people drowned.", "coastguard"),
        ("Moody's said [40] people left.", "Moody's"),
        ("According to Moody's, [40] people left.", "Moody's"),
        ("Moreno's report said [40] people left.", "Moreno"),
        ("It was a good month, with [20,000] jobs added.", None),
        ("An earlier version of this story said [46] people had died.", None),
        ("The army confirmed reports that [46] people had died.", "army"),
    ],
)
def test_who_revises_or_fears_speaks_and_a_note_of_the_publisher_does_not(text: str, speaker: str | None) -> None:
    assert who(text) == speaker


def test_short_ranks_of_the_police_end_no_sentence() -> None:
    text = "[Twelve] people were killed, said Det. Supt. Ada Moreno."
    assert said(text, ("Ada Moreno", "PER", "Q1"))[0].name == "Ada Moreno"
