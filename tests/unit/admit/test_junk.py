"""Furniture is marked with a reason, the story is not, and every span is true."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.admit.junk import junk


def reasons(text: str) -> dict[str, str]:
    return {text[span.start : span.end]: span.reason for span in junk(text)}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Advertisement", "advertisement"),
        ("  Story continues below  ", "advertisement"),
        ("Readers like you pay for the reporters of this paper.", "donation_appeal"),
        ("Leave a Comment", "comment_widget"),
        ("Leave a commentcancel", "comment_widget"),
        ("Share this", "share_widget"),
        ("Follow Ann Example on Twitter @annexample", "share_widget"),
        ("Sign up for our newsletter", "newsletter"),
        ("We use cookies to make this site work.", "cookie_notice"),
        ("Read more: Floods reach the capital", "related_link"),
        ("RELATED: Floods reach the capital", "related_link"),
        ("Ann Example/Reuters", "photo_credit"),
        ("(Photo: Ann Example)", "photo_credit"),
        ("\u00a9 2021 Example Press", "copyright"),
        ("Copyright 2021 Example Press. All rights reserved.", "copyright"),
        ("LAST UPDATE | 3rd May 2021, 4:05 PM", "time_stamp"),
        ("Updated at 6:30 p.m. ET", "time_stamp"),
        ("3 hours ago", "time_stamp"),
        ("This article is more than 4 years old", "time_stamp"),
        ("Slideshow (3 images)", "photo_credit"),
        ("2 of 12 photos", "photo_credit"),
        ("floods", "section_tag"),
    ],
)
def test_furniture_is_marked_with_its_reason(line: str, reason: str) -> None:
    text = f"Forty people drowned, the mayor said.\n{line}\nThe rain goes on."
    assert reasons(text) == {line.strip(): reason}


@pytest.mark.parametrize(
    "line",
    [
        "Copyright law was changed on Monday, and 300 publishers sued.",
        "Updated figures show that 19 people died.",
        "Comments by the minister drew 200 protesters to the square.",
        "\u201cWe use cookies as currency here,\u201d one of 40 prisoners said.",
        "Share prices fell by 4 percent.",
        "Photos showed about 300 soldiers at the gate.",
        "Migrants wait at the fence, 2,000 of them by one count.",
        "\u2022 At least 12 people are missing",
        "No.",
        "Read the room, one of the 40 mayors said: nobody is leaving.",
    ],
)
def test_a_sentence_of_the_story_is_never_marked(line: str) -> None:
    assert junk(f"The rain goes on.\n\n{line}\n\nThe river rose.") == ()


@pytest.mark.parametrize(
    ("opening", "most"),
    [("Copyright 2021", 25), ("Credit: Ann", 10), ("RELATED: Floods", 16), ("Follow Ann on Twitter", 20)],
)
def test_a_line_that_opens_as_furniture_is_the_story_from_some_length_on(opening: str, most: int) -> None:
    line = " ".join([*opening.split(), *["word"] * (most - len(opening.split()))])
    assert list(reasons(f"The rain goes on.\n{line}\nThe river rose.")) == [line]
    assert junk(f"The rain goes on.\n{line} more\nThe river rose.") == ()


def test_the_counter_of_a_comment_widget_is_marked_and_other_numbers_are_not() -> None:
    assert reasons("The toll:\n11\nReaders Comments\n11") == {"Readers Comments\n11": "comment_widget"}


def test_bullets_around_a_picture_are_marked_together() -> None:
    picture = "\u2022 Tents in the snow\n\n\u2022 Reuters\n\n\u2022 \u00a9 Ann Example"
    assert reasons(f"Story.\n\n{picture}\n\nMore story.") == {picture: "photo_credit"}
    assert junk("\u2022 Tents in the snow\n\u2022 Fires at night\n\u2022 Queues for bread") == ()


def test_of_a_caption_behind_buttons_only_the_buttons_are_marked() -> None:
    text = "Facebook Twitter Pinterest Some 300 soldiers guard the bridge. Photograph: Ann Example/AFP"
    assert reasons(text) == {"Facebook Twitter Pinterest": "photo_credit"}


def test_all_18_junk_paragraphs_of_seed_002_are_marked_and_14_are_kept(seeds: dict[str, str]) -> None:
    text = seeds["002"]
    stretches = [text[span.start : span.end] for span in junk(text)]
    marked = [line.strip() for stretch in stretches for line in stretch.split("\n") if line.strip()]
    paragraphs = [line.strip() for line in text.split("\n") if line.strip()]
    assert len(marked) == 18
    assert set(marked) <= set(paragraphs)
    assert {"Readers Comments", "11", "Advertisement", "Your Voice"} <= set(marked)
    assert len([paragraph for paragraph in paragraphs if paragraph not in marked]) == 14


def test_the_other_seeds_lose_nothing_but_picture_credits(seeds: dict[str, str]) -> None:
    found = {name: {span.reason for span in junk(text)} for name, text in seeds.items() if name != "002"}
    assert found == {"000": set(), "001": {"photo_credit"}, "003": set(), "004": set()}


def test_a_menu_of_any_length_is_one_span_and_the_story_ends_it() -> None:
    menu = "\n \n".join(["floods", "storms"] * 1000)
    assert reasons(f"{menu}\nAdvertisement\nThe rain goes on.\nfloods") == {
        menu: "section_tag",
        "Advertisement": "advertisement",
        "floods": "section_tag",
    }


def test_behind_the_buttons_of_a_caption_a_new_span_begins() -> None:
    caption = "Facebook Twitter Pinterest Some 300 soldiers guard the bridge."
    assert list(reasons(f"{caption}\nAnn Example/Reuters")) == ["Facebook Twitter Pinterest", "Ann Example/Reuters"]


@given(st.lists(st.sampled_from(["floods", "Advertisement", "The rain goes on.", "20", ""]), max_size=60))
def test_no_two_spans_that_touch_have_one_reason(lines: list[str]) -> None:
    text = "\n".join(lines)
    spans = junk(text)
    for one, other in itertools.pairwise(spans):
        assert one.reason != other.reason or text[one.end : other.start].strip()


LINES = st.sampled_from(["Advertisement", "\u2022 Reuters", "Leave a comment", "11", "\u0130\u0130 \u00a9", "", " \r"])


@given(st.text() | st.lists(LINES | st.text()).map("\n".join))
def test_spans_of_any_text_are_ordered_disjoint_and_inside(text: str) -> None:
    position = 0
    for span in junk(text):
        assert position <= span.start < span.end <= len(text)
        assert text[span.start : span.end].strip() == text[span.start : span.end]
        position = span.end


def test_no_line_takes_long_to_judge() -> None:
    started = time.process_time()
    for line in ("Updated " + "a.m. " * 23 + "x", "follow " * 20, "\u2022 " * 400, "( " * 400, "photo by " * 9):
        junk("\n".join([line] * 1000))
    assert time.process_time() - started < 5
