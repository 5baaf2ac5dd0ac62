"""What is claimed of the names that a model finds. The models here are lists written by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.entity import EntityType, Mention
from services.read.entities import Model, find_mentions
from services.read.entities.named import Named
from tests.unit.entities.test_mentions import NEWS


def model(*names: tuple[str, EntityType]) -> Model:
    """A model that knows these names wherever they stand."""
    return lambda text, _: sorted(
        Named(start, start + len(name), kind)
        for name, kind in names
        for start in range(len(text))
        if text.startswith(name, start)
    )


def found(text: str, *names: tuple[str, EntityType]) -> list[tuple[str, EntityType, str]]:
    """Words, type and canonical name of every mention."""
    return [(m.text, m.type, m.name) for m in find_mentions(text, (), model(*names))]


SPANS = st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300), st.sampled_from(["PER", "ORG", "GPE", "NORP"])))


@given(st.lists(st.sampled_from(NEWS.split()), max_size=40).map(" ".join) | st.text(max_size=300), SPANS)
def test_mentions_stand_in_order_without_overlap_whatever_the_model_says(
    text: str, spans: list[tuple[int, int, EntityType]]
) -> None:
    named, last = [], 0
    for start, end, kind in sorted(spans):
        if last <= start < end <= len(text):
            named.append(Named(start, end, kind))
            last = end
    at = 0
    for mention in find_mentions(text, (), lambda *_: named):
        assert mention.start >= at
        assert text[mention.start : mention.end] == mention.text != ""
        at = mention.end


def test_each_mention_says_which_tier_read_the_text() -> None:
    assert {m.tier for m in find_mentions("in Minsk and in Garut")} == {"fast"}
    assert {m.tier for m in find_mentions("in Minsk and in Garut", (), model(("Garut", "GPE")))} == {"deep"}


def test_what_the_rules_claimed_stays_theirs() -> None:
    text = "The Polish Border Guard met Emmanuel Macron in Minsk."
    wrong = model(("Polish Border", "NORP"), ("Macron", "ORG"), ("Macron in Minsk", "PER"), ("Minsk", "PER"))

    def claimed(mentions: tuple[Mention, ...]) -> list[tuple[int, int, str, str]]:
        return [(m.start, m.end, m.type, m.entity) for m in mentions]

    assert claimed(find_mentions(text, (), wrong)) == claimed(find_mentions(text))


def test_a_person_the_model_names_is_then_called_by_surname() -> None:
    text = "It was drawn by Qanda Orvell, a mason. Orvell's brother paid. Later Orvell left."
    assert found(text, ("Qanda Orvell", "PER")) == [
        ("Qanda Orvell", "PER", "Qanda Orvell"),
        ("Orvell", "PER", "Qanda Orvell"),
        ("Orvell", "PER", "Qanda Orvell"),
    ]


def test_a_word_at_the_head_of_a_sentence_is_no_given_name_of_somebody_the_text_has() -> None:
    text = "Roger Stone was tried. Sparing Stone, he angered many."
    assert found(text, ("Sparing Stone", "PER")) == [
        ("Roger Stone", "PER", "Roger Stone"),
        ("Stone", "PER", "Roger Stone"),
    ]


def test_a_full_name_may_stand_at_the_head_of_a_sentence_again() -> None:
    text = "It was Qanda Orvell. Qanda Orvell left."
    assert len(found(text, ("Qanda Orvell", "PER"))) == 2


def test_another_spelling_of_a_leader_is_the_leader() -> None:
    (mention,) = find_mentions("A letter to Alyaksandr Lukashenka came.", (), model(("Alyaksandr Lukashenka", "PER")))
    assert mention.entity == "Q2866"


def test_a_town_that_is_also_a_word_is_the_gazetteers_town_where_the_model_calls_it_a_place() -> None:
    text = "The charity works across Reading and Leeds."
    assert "Reading" not in [m.text for m in find_mentions(text)]
    reading = next(m for m in find_mentions(text, (), model(("Reading", "GPE"))) if m.text == "Reading")
    assert reading.entity == next(m.entity for m in find_mentions("He lives in Reading now.") if m.text == "Reading")


@pytest.mark.parametrize("marked", ["the Zelnik Fund’s", "drugmaker Zelnik Fund", "Zelnik Fund,", "The Zelnik Fund"])
def test_articles_callings_possessives_and_marks_are_no_part_of_a_name(marked: str) -> None:
    text = f"It was said of {marked} yesterday."
    assert [m.text for m in find_mentions(text, (), model((marked, "ORG")))] == ["Zelnik Fund"]


@pytest.mark.parametrize(
    ("text", "marked", "kind"),
    [
        ("He wrote as @Zelnikova to all.", "Zelnikova", "ORG"),
        ("See pic.example.com/w4M1bx today.", "pic.example.com/w4M1bx", "PER"),
        ("Write to Zelnik.org about it.", "Zelnik.org", "ORG"),
        ("Said Smith (R-Qu.) of it.", "R-Qu.", "ORG"),
        ("The talk of solidarity went on.", "solidarity", "ORG"),
        ("JUST WATCHED Zelnik on it", "WATCHED Zelnik", "PER"),
        ("the Zelnik Care Act of it", "Zelnik Care Act", "ORG"),
        ("all of a sudden Bush II came", "Bush II", "PER"),
        ("It met. Horoscopes are not based on anything.", "Horoscopes", "PER"),
        ("It met. Listings on the site are old.", "Listings", "ORG"),
        ("It met in Zelnik. All zelnik is old.", "Zelnik", "ORG"),
        ("so Zelnikism won", "Zelnikism", "NORP"),
        ("so Western countries won", "Western", "NORP"),
        ("for Pete and all", "Pete", "PER"),
        ("was in Zelniq, Zqa. on Monday", "Zqa", "GPE"),
        ("Said Smith (D., Zelniq.) of it", "Zelniq", "GPE"),
        ("the end of Qanda OrvellRead of it", "Qanda OrvellRead", "PER"),
        ("a jam on Interstate 84 of it", "Interstate 84", "FAC"),
    ],
)
def test_what_has_not_the_shape_of_a_name_is_none(text: str, marked: str, kind: EntityType) -> None:
    start = text.index(marked)
    believed = find_mentions(text, (), lambda *_: [Named(start, start + len(marked), kind)])
    assert not [m for m in believed if m.start < start + len(marked) and start < m.end]


def test_a_word_at_the_head_of_a_sentence_is_a_name_where_it_also_stands_inside_one() -> None:
    text = "Zelniq paid. They sued Zelniq."
    assert [m.start for m in find_mentions(text, (), model(("Zelniq", "ORG")))] == [0, 23]


def test_a_word_has_one_type_in_a_text() -> None:
    text = "A man of Zelniq, the port of Zelniq, and all Zelniq came."
    first, second, third = (start for start in range(len(text)) if text.startswith("Zelniq", start))
    named = [Named(first, first + 6, "ORG"), Named(second, second + 6, "GPE"), Named(third, third + 6, "GPE")]
    assert [m.type for m in find_mentions(text, (), lambda *_: named)] == ["GPE"] * 3


def test_junk_is_not_read_by_the_model_either() -> None:
    text = "It is in Garut. Read more of Zelniq here."
    start = text.index("Read")
    mentions = find_mentions(text, [(start, len(text))], model(("Garut", "GPE"), ("Zelniq", "ORG")))
    assert [m.text for m in mentions] == ["Garut"]
