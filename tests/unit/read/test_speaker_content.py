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
        ("The fund rejected Osmia's pledge earlier this month to add [300] soldiers.", "Osmia"),
        ("Ada Moreno defended her call to raise the toll to [15] crowns.", "Ada Moreno"),
        ("Trade fell despite the owner's proposal to build [120] rooms.", "owner"),
        # Who puts a thing at a number.
        ("He spoke to a crowd that police estimated at [3,000] people.", "police"),
        ("The damage, which the ministry put at [20] million crowns, hit 40 towns.", "ministry"),
        # Who hands out the words, or the figures.
        ("Ada Moreno issued a statement: “We lost [20] people.”", "Ada Moreno"),
        ("The “[90] percent” figure came from the health ministry.", "health ministry"),
        ("These figures come from the health ministry and put the dead at [12].", "health ministry"),
        ('Taxes would rise by [20] crowns, according to the "Roads for All" paper he wrote.', "Roads for All"),
        ("She leads by [8] points in recent polls from Northpoll and Lund Research.", "Northpoll and Lund Research"),
        ("The letter also points out another [20] bills.", "letter"),
        ("When [20] left, “we wept. We had nothing,” Ada Moreno said.", "Ada Moreno"),
        ("Here is what the mayor said: “We lost [20] people.”", "mayor"),
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
        "Some [12] families left, according to 40 “witnesses of Osmia” met there.",
        "His plan calls for calm and the [20] guards stay.",
        "Ada Moreno's offer to the [20] families stands.",
        "The Northern Fund's account, spreading reports of [20] blasts, was closed.",
        "The damage, which the ministry put at 20 million crowns, hit [40] towns.",
        "Damage estimated at [20] million crowns hit the town.",
        "Most of the [20] people came from the health ministry.",
        "She leads by [8] points in most polls.",
        "The rule, which the ministry proposed last July, drew [300] comments.",
        "The prize is about double what the fund expected and went to [20] schools.",
        "Envoy Bo Lund, in office until [2013], must rebut Moreno's claims.",
        "Moreno's promises to close the camp moved voters, but [12] of them left.",
        "Editor's note: [20] towns are named.",
        'The mayor sent [20]."We hope they help. They are few," Ada Moreno said.',
        "The camp closed, according to officials from Osmia and Lund, two of the [five] largest towns.",
    ],
)
def test_a_number_outside_the_content_is_the_narrators(text: str) -> None:
    assert who(text) is None
