"""Towns of GeoNames, believed only where the words around tell of one; and which names tell their country."""

from __future__ import annotations

import pytest

from services.read.entities import countries_of, find_mentions, tells_its_country


def found(text: str, name: str) -> str | None:
    """The entity of the mention with these words, None where there is none."""
    return next((m.entity for m in find_mentions(text) if m.text == name and m.type == "GPE"), None)


@pytest.mark.parametrize(
    "text",
    [
        "Soldiers massed in Pokrovsk on Monday.",
        "Soldiers massed near Pokrovsk.",
        "Shells fell on the outskirts of Pokrovsk.",
        "The town of Pokrovsk was shelled.",
        "Pokrovsk city was shelled.",
        "A missile strike on Pokrovsk killed 12 people.",
        "The battle for Pokrovsk goes on.",
    ],
)
def test_a_town_is_one_where_its_surroundings_say_so(text: str) -> None:
    entity = found(text, "Pokrovsk")
    assert entity is not None
    assert countries_of(entity) == countries_of(found("He was in Ukraine.", "Ukraine") or "")


@pytest.mark.parametrize(
    "text",
    [
        "A lawyer of Pokrovsk spoke.",
        "The raid on Pokrovsk university went on.",
        "Pokrovsk spoke to Moreno.",
        "It was told in Pokrovsk's words.",
        "They met in Pokrovsk Hall.",
        "POKROVSK IS THE NAME.",
    ],
)
def test_elsewhere_its_name_may_be_anybodys(text: str) -> None:
    assert found(text, "Pokrovsk") is None


def test_a_person_with_a_towns_name_is_still_a_person() -> None:
    people = [m.text for m in find_mentions("Lev Parnas spoke first. Parnas said no.") if m.type == "PER"]
    assert people == ["Lev Parnas", "Parnas"]


def test_two_spellings_are_one_town() -> None:
    assert (
        found("It fell on a school in Kupyansk.", "Kupyansk") == found("It fell near Kupiansk.", "Kupiansk") is not None
    )


def test_a_city_tells_its_country_unless_another_country_has_the_name() -> None:
    mecca, birmingham = found("They were in Mecca.", "Mecca"), found("They were in Birmingham.", "Birmingham")
    assert mecca is not None
    assert birmingham is not None
    assert tells_its_country(mecca)
    assert not tells_its_country(birmingham)


def test_a_name_nobody_knows_is_of_no_country_though_its_key_is_a_countrys() -> None:
    assert countries_of("x-ind") == ()
    assert countries_of("x-belarusian-foreign-ministri") != ()
