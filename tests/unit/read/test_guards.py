"""Numbers that are no figures, and the reason each is given."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.read.figures.figure import Reading
from services.read.figures.reader import read_figures

PUBLISHED = datetime(2021, 11, 14, tzinfo=UTC)


def read(text: str) -> Reading:
    return read_figures(text, PUBLISHED)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("It began on November 8.", "date"),
        ("It began on 8 November 2021.", "date"),
        ("It began on 2021-11-12.", "date"),
        ("Nov 10th 2021, it began.", "date"),
        ("It began on Nov. 10 in the north.", "date"),
        ("ON 24 MAY THIS YEAR THE SIEGE BEGAN.", "date"),
        ("It began in 2015.", "date"),
        ("It began on 28 and 29 March.", "date"),
        ("LIMA, 5 JAN 90 -- IT BEGAN.", "date"),
        ("It was the 1980s.", "date"),
        ("It began in the fall of '89, they say.", "date"),
        ("The 2016 vote was close.", "date"),
        ("It was after 9/11 that they came.", "date"),
        ("They met at 10:27 AM.", "clock"),
        ("They met at 9 a.m. on the hill.", "clock"),
        ("They met at 1600.", "clock"),
        ("A 33-year-old man spoke.", "age"),
        ("John Smith, 33, spoke.", "age"),
        ("A man aged 24 spoke.", "age"),
        ("A girl, 8, spoke.", "age"),
        ("The 3rd Brigade moved in.", "ordinal"),
        ("It was the twenty-third attempt.", "ordinal"),
        ("They won 52-48.", "score"),
        ("They lost 3-2 at home.", "score"),
        ("The bill passed by 52 to 48.", "score"),
        ("He fired an AK-47 at them.", "name"),
        ("They flew a Boeing 737 home.", "name"),
        ("They oppose the Nord Stream 2 gas pipeline.", "name"),
        ("Others in the Visegrad Four – Hungary and Slovakia – agreed.", "name"),
        ("He met the Group of Seven in May.", "name"),
        ("They cited Article 5 of the treaty.", "name"),
        ("They cited No. 3 of the list.", "name"),
        ("They closed Highway 1 again.", "name"),
        ("He caught Covid-19 abroad.", "name"),
        ("1. First they came.", "list"),
        ("Readers Comments\n11\nThis is yours.", "list"),
        ("Readers Comments 11", "page"),
        ("They live at 10 Downing Street today.", "address"),
        ("Call 555-123-4567 for help.", "id"),
        ("See https://example.org/2017/04/ for more.", "id"),
        ("One of the reasons is money.", "pronoun"),
        ("It took three years.", "duration"),
        ("It lies 30 km north.", "distance"),
        ("A 7.0-magnitude quake struck.", "magnitude"),
        ("Nearly two-thirds agreed.", "fraction"),
        ("One in five agreed.", "fraction"),
        ("They tried three times.", "times"),
        ("It was a 12-member panel.", "compound"),
        ("Both sides gave two reasons.", "not counted"),
        ("The two regions voted.", "definite"),
        ("Several reasons remain.", "not counted"),
        ("The dead man is Ann Ila Smith 34 a teacher.", "age"),
        ("It passed by a 51 to 50 vote.", "score"),
        ("The motion failed 332 to 95.", "score"),
        ("A family of six died in the flood.", "compound"),
        ("They answered 911 calls.", "name"),
        ("The 2020 Democrats met.", "date"),
        ("It was a category 2 cyclone.", "name"),
        ("A magnitude 5.9 earthquake struck.", "magnitude"),
        ("It measured 5.0 on the Richter scale.", "magnitude"),
        ("They were held from 0810 to 1500.", "clock"),
        ("The blast came at approximately 1845.", "clock"),
        ("Decree number 540 stands.", "name"),
    ],
)
def test_a_number_that_counts_nothing_is_rejected_with_its_reason(text: str, reason: str) -> None:
    reading = read(text)
    assert reading.figures == ()
    assert reason in {rejected.reason for rejected in reading.rejected}


@pytest.mark.parametrize(
    "text",
    [
        "2015 people were killed.",
        "On Sunday 11 civilians were killed.",
        "Seven people were killed.",
        "The two soldiers were killed.",
        "One was killed in the blast.",
        "A 500-strong force arrived.",
        "In Homs 12 civilians were killed.",
        "English Six Killed in Raid As Talks Resume",
        "It hit people across14 provinces.",
        "In all 191people died.",
        "A family of 12 farmers fled.",
        "She spoke of '20 people killed' in the raid.",
        "OSMIA, DEC 89 SOLDIERS DIED IN A RAID.",
    ],
)
def test_a_count_that_looks_guarded_is_still_read(text: str) -> None:
    assert len(read(text).figures) == 1
