"""Agencies are read from datelines and credits, corrections from the publisher's own notes; nothing else is either."""

from __future__ import annotations

import pytest

from services.admit.credits import agencies, correction


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("MINSK (Reuters) - Three people were hurt.", ("Reuters",)),
        ("HANOI, Nov. 3 (Xinhua) -- The river rose.", ("Xinhua",)),
        ("Six killed in raid\nAFP Saturday 26 Jul 2014 Six people were killed.", ("AFP",)),
        ("By Ann Writer, Associated Press\n\nThe river rose.", ()),
        ("By the Associated Press\n\nThe river rose.", ("AP",)),
        ("The river rose.\n\nThe Associated Press contributed to this report.", ("AP",)),
        ("The river rose.\n\nIncludes reporting by AFP and Reuters.", ("AFP", "Reuters")),
        ("The river rose.\n\n(With inputs from PTI)", ("PTI",)),
        ("The river rose.\n\nSource: Anadolu Agency", ("Anadolu",)),
        ("The river rose.\n\n© 2021 AFP", ("AFP",)),
        ("LVIV (Reuters) - The river rose.\n\nReuters", ("Reuters",)),
        ("The mayor told Reuters that the river rose.", ()),
        ("Reuters reported on Monday that the river rose.", ()),
        ("PA and TT are towns. Ap is none.", ()),
        ("", ()),
    ],
)
def test_an_agency_is_credited_where_credits_stand(text: str, names: tuple[str, ...]) -> None:
    assert agencies(text) == names


def test_in_a_long_text_a_credit_counts_at_its_end_and_not_in_its_middle() -> None:
    story = "The river rose on Monday.\n" * 100
    assert agencies(f"{story}(With inputs from PTI)") == ("PTI",)
    assert agencies(f"{story}(With inputs from PTI)\n{story}") == ()


@pytest.mark.parametrize(
    "note",
    [
        "Correction: the toll was given as 40; it is 14.",
        "CORRECTION (Nov. 3): the toll was wrong.",
        "An earlier version of this article gave a wrong toll.",
        "This story has been corrected to say that 14 people died.",
        "Editor's note: A previous version of this report misstated the toll.",
    ],
)
def test_a_publishers_correction_is_found_with_its_words(note: str) -> None:
    text = f"Fourteen people died when the river rose.\n\n{note}\nMore to read"
    span = correction(text)
    assert span is not None
    assert text[span.start : span.end] in note
    assert text[span.start : span.end].endswith(note[-10:])


@pytest.mark.parametrize(
    "text",
    [
        "The ministry issued a correction of its figures.",
        "He spoke of a house of correction: a prison.",
        "The river rose.",
    ],
)
def test_a_story_about_corrections_is_none(text: str) -> None:
    assert correction(text) is None
