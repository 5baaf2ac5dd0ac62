"""What a cue covers and who gives it, where its clause or its noun shows it. Each text marks the number with [ ]."""

from __future__ import annotations

import pytest

from tests.unit.read.speaking import who


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # A clause that describes one thing speaks of that thing.
        ("The firm earned $2 a share, well above the $[1.11] a share that analysts expected.", "analysts"),
        ("The town will repay 7 million dollars, more than the [2] million dollars it expects to collect.", "it"),
        # A clause before the main one speaks for itself.
        ("After the ministry said [12] people had died, 20 left.", "ministry"),
        # Nouns of speech with an owner.
        ("The fund rejected Ada Moreno's recent, much repeated claim that [12] people died.", "Ada Moreno"),
        ("The plan rests on the ministry's pledge to send [300] guards.", "ministry"),
        # The subject of the verb.
        ("The polls that show the mayor at [10] percent are old.", "polls"),
        ("A Northern News poll, conducted jointly with Lund Research (D) and Berg & Company (R), shows [47] percent "
         "for the mayor.", "A Northern News poll"),
        ("He is well, but those around him acknowledge that a race at age [78] is hard.", "those around him"),
        ("About [70] percent came late, tallies by the Northern Fund and other trackers show.",
         "Northern Fund and other trackers"),
        ("Governor Ada Moreno (R), a nurse who has fought for the camp, said [12] people died.", "Ada Moreno"),
        ("Ada Moreno, herself a nurse in 2018, said she met [12] patients.", "Ada Moreno"),
        ("Likewise, a paper from the Northern Fund had this to say: “Some [24] families left.”",
         "a paper from the Northern Fund"),
        ("The bank ended its meeting by announcing it would spend [20] million.", "bank"),
        ("In its own review, the Northern Fund found Veronians favored the Greens, [72] percent to 8.",
         "Northern Fund"),
        ("The agency increases the death toll from the quake to [267].", "agency"),
        ("Senator Ada Moreno advocates new tax increases of $[15] million.", "Ada Moreno"),
        ("The judge ordered that the records, about [1,000] pages, be released.", "judge"),
        ("The mayor led by [12] points in a Northern News/Osmia Journal/Lund College poll.",
         "a Northern News/Osmia Journal/Lund College poll"),
        ('Some [12] families left in a week, according to "Osmia in Flood" by Ada Moreno.', "Ada Moreno"),
    ],
)  # fmt: skip
def test_a_number_belongs_to_the_cue_whose_content_it_is(text: str, speaker: str) -> None:
    assert who(text) == speaker


@pytest.mark.parametrize(
    "text",
    [
        "The firm earned $[2] a share, well above the $1.11 a share that analysts expected.",
        "After the ministry said 12 people had died, [20] left.",
        "He was in a [5]-to-3 vote that struck down the standard that the court announced in 1992.",
        "Ada Moreno's claim that the dam held (it broke, and [12] died) was false.",
        "Sunday's claim that [12] died was false.",
        "The camp closed, according to officials from Osmia and Lund, two of the [five] largest towns.",
    ],
)
def test_a_number_outside_the_content_is_the_narrators(text: str) -> None:
    assert who(text) is None
