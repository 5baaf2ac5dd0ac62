"""Where a figure holds that has no place of its own beside it, or one that is not its. Each text marks it with [ ]."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.read.entities import find_mentions
from services.read.figures.reader import read_figures

PUBLISHED = datetime(2021, 11, 14, tzinfo=UTC)


def place(marked: str) -> str | None:
    """Place words of the [figure]."""
    at = marked.index("[")
    text = marked.replace("[", "").replace("]", "")
    figures = read_figures(text, PUBLISHED, find_mentions(text)).figures
    return next(f.setting.place for f in figures if f.quantity.start <= at < f.quantity.end)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # where the source sits or spoke is no figure's place
        ("Shells fell on Raqqa. A group based in Britain said [45] fighters were killed.", "on Raqqa"),
        ("Floods hit Minsk. At talks in Berlin he said [45] people were dead.", "Minsk"),
        ("Raids hit Homs. Envoys met at a summit in Geneva, where [12] deaths were told.", "Homs"),
        # nothing has happened yet where an attack is planned
        ("Jets flew over Homs and hit [33] rebels preparing for an attack on Turkey.", "over Homs"),
        # only a part of those counted are in the place behind
        ("Kiwa is in Peru. Floods hit Lima. [129] families were displaced, most of them in Callao.", "Lima"),
        ("Floods hit Lima. [100] people fled, most of them in Callao and some in Cusco.", "Lima"),
        # where those counted were
        ("In Homs province, [200] people were evacuated from the village of Kiwa.", "from the village of Kiwa"),
        ("Thousands fled to Minsk. [2,600] people were from the district of Harnok.", "from the district of Harnok"),
        # what was struck, though another place stands in the sentence
        ("Fighting goes on in Syria. Planes from Homs hit the town of Harnok, killing [5] men.", "the town of Harnok"),
        # a last resort: the place named last, whatever it did
        ("They want to rid eastern Homs of rebels. Shots were fired and left [5] people hurt.", "eastern Homs"),
        # a war that has killed so many is a country's
        ("Syria burns. Rebels fight in Aleppo in a conflict that has killed more than [50,000] people.", "Syria"),
        ("The siege of Aleppo goes on in a war which has displaced [90,000] people in Syria.", "in Syria"),
    ],
)
def test_a_place_must_be_where_it_happened(text: str, words: str) -> None:
    assert place(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Raids hit Kiwa Arno and Tarnel in the north of Homs province. [7] died.", "in the north of Homs province"),
        ("Ash fell around Mount Etna, on the island of Sicily. [20] people fled.", "on the island of Sicily"),
        ("[20] people died in Western and Northern provinces.", "in Western and Northern provinces"),
        ("[20] people died in northern and central Luzon.", "in northern and central Luzon"),
        ("Shells hit the border city of Kilis, wounding [2] men.", "the border city of Kilis"),
        ("The strikes hit the city of Al Kiwa, killing [5] civilians.", "the city of Al Kiwa"),
        ("[40] soldiers are guarding the Peruvian embassy.", "the Peruvian embassy"),
        # "the city" is where the named quarter lies, not instead of it
        ("Aleppo city was hit. [2] men died in a strike that hit al-Kiwa neighborhood in the city.", "Aleppo city"),
        # a name of which the gazetteer has only the first word
        ("The clinic in the town of Kafar Kiwa was hit, killing [3] medics.", "in the town of Kafar Kiwa"),
        ("[2] trucks blew up at the northern entrance to Homs.", "Homs"),
        ("[900] people stay in around 1,600 relief camps.", "around 1,600 relief camps"),
        ("Raids hit Homs. Thousands of people, [900] of them women, left from four besieged areas.", "Homs"),
    ],
)
def test_a_place_is_kept_whole(text: str, words: str) -> None:
    told = place(text)
    assert told is not None
    assert told.endswith(words)


def test_the_last_name_of_a_list_is_not_the_place_of_what_follows() -> None:
    text = "In Peru it rained. Floods hit places such as Lima, Callao, Cusco and the Puno region. [20] homes are gone."
    assert place(text) == "In Peru"


def test_all_figures_of_a_sentence_without_a_place_have_the_same() -> None:
    text = "It rained in China. Nine died in Jiangxi Province. About 289,000 people moved and {} are in need."
    one = place(text.replace("289,000", "[289,000]").format("37,000"))
    assert one == place(text.format("[37,000]"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # the country a text opens with, where nothing nearer is told
        ("Peru saw heavy rain. Officials say [57] people had to leave.", "Peru"),
        ("Somebody asked [300] U.S. adults.", "U.S."),
        # possessives without apostrophe of a country that only its people name
        ("Syrian media say 3 died in Aleppo in Syrias war. The monitor says [4] people died.", "in Aleppo"),
        # a capital that acts
        ("Raids hit Homs. The monitor said attacks carried out by Washington killed [31] people.", "Homs"),
        # where a body sits
        ("A letter to the Red Cross in Aleppo told of the death of [5] men in raids on Homs town.", "on Homs town"),
        # where somebody works
        ("Homs was hit. [12] people died, said an analyst at Kiwa Economics.", "Homs"),
        # a continent where somebody met is not where an article's country is
        ("Syria waits. Syria burns. Inspectors meet in Europe. Syria counts [13] attacks.", "Syria"),
    ],
)
def test_what_is_told_in_passing_is_no_place(text: str, words: str) -> None:
    assert place(text) == words
