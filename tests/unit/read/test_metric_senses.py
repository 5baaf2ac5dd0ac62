"""A word that tells one metric in one sense and none in another, and what happened told far from the number."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.read.entities import find_mentions
from services.read.figures.reader import read_figures

PUBLISHED = datetime(2021, 11, 14, tzinfo=UTC)


def metrics(text: str) -> list[str]:
    return [figure.counted.metric.value for figure in read_figures(text, PUBLISHED, find_mentions(text)).figures]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The report outlined 45 cases of shabby treatment of veterans.", ["other"]),
        ("The agency handled about 767,000 cases in 2012 and cleared most.", ["other"]),
        ("The court decided 65 cases after hearings and 10 others in short.", ["other", "other"]),
        ("The senate confirmed a judge who had won 24 cases.", ["other"]),
        ("Officials recorded 492 cases of cholera.", ["cases"]),
        ("The country has 492 confirmed cases.", ["cases"]),
        ("Officials said there were 492 cases, including 16 deaths.", ["cases", "deaths"]),
        ("The virus has spread. The ministry reported 300 new cases on Monday.", ["cases"]),
        ("The inspector said he had confirmed 31 cases of serious voter fraud.", ["other"]),
        ("The flu has spread. Police recorded 140 cases of domestic violence in May.", ["other"]),
        ("Clinics recorded 60 cases of hepatitis after the abuse of needles.", ["cases"]),
        ("Doctors counted 15 cases of river fever in torture camps.", ["cases"]),
    ],
)
def test_cases_are_of_the_sick_not_of_a_court(text: str, found: list[str]) -> None:
    assert metrics(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("At least 100 inmates caught the virus, with more than 20 hospitalized.", ["cases", "other"]),
        ("Some 1,200 people are hospitalized with Covid-19.", ["other"]),
        ("The crash left 12 people hospitalized.", ["injured"]),
        ("Four people were taken to hospital.", ["injured"]),
        ("Fifteen men were brought to Oru for treatment.", ["injured"]),
    ],
)
def test_who_lies_in_hospital_with_a_disease_is_no_wounded(text: str, found: list[str]) -> None:
    assert metrics(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The rebels would release 1,000 government and military personnel.", ["other"]),
        ("The king chose to pardon two soldiers.", ["other"]),
        ("A patrol had to release 2 drug traffickers and had to flee.", ["other"]),
        ("The army sent 1,000 soldiers.", ["troops"]),
        ("The 30 soldiers whom they released were wounded.", ["injured"]),
    ],
)
def test_who_is_let_go_is_no_force_and_does_not_flee(text: str, found: list[str]) -> None:
    assert metrics(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("About 380,000 employees will be forced to take unpaid leave.", ["other"]),
        ("The militants forced dozens of civilians into the building.", ["other"]),
        ("The fire forced 2,500 people out of their homes.", ["displaced"]),
        ("The flood forced 239,000 people to evacuate.", ["displaced"]),
        ("The flood forced 900 people to take shelter in a church.", ["displaced"]),
        ("Some 130,000 people have been forced from their homes.", ["displaced"]),
        ("Some 300 people were forced to sleep in the open.", ["displaced"]),
        ("She is a parent with two children in public schools.", ["other"]),
        ("The evacuees came at night. Now 300 people are in schools.", ["displaced"]),
        ("Police looked for two men captured on video.", ["other"]),
        ("The army held two men captured on Monday.", ["detained"]),
        ("The raid deprives thousands of civilians of much-needed food and medical assistance.", ["other"]),
        ("Thirty civilians needed urgent medical assistance.", ["injured"]),
        ("Two leaders gathered for a meeting.", ["other"]),
        ("Some 500 people gathered in Oru.", ["crowd"]),
    ],
)
def test_a_word_that_tells_much_in_one_sense_tells_nothing_in_another(text: str, found: list[str]) -> None:
    assert metrics(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Eight journalists, a guest and two police officers were killed, they said.", ["deaths", "deaths"]),
        ("The group said with four children and one man killed in earlier shelling.", ["deaths", "deaths"]),
        ("Four painters whose work included drawings of the king were killed.", ["deaths"]),
        ("It found that 477 children whose cases had some contact with the court had died.", ["deaths"]),
        ("Seven people who said they were teachers at the school had been arrested.", ["detained"]),
        ("Nine students who said they failed because they were stuck sued.", ["other"]),
        ("The downed plane's victims included 57 Veronians.", ["deaths"]),
        ("Jets killed 14 rebels from the Red Army group and five civilians a monitor said.", ["deaths", "deaths"]),
        ("A woman (who killed a man), 166 of the school's teachers wrote.", ["other"]),
        ("Oru had 41 murders in 2010 while Kiwa had around 10,000.", ["deaths", "deaths"]),
        ("It wiped out 413 homes in Oru, 227 houses in Kiwa and 23 residences in Ila.", ["homes_damaged"] * 3),
        ("Most of the 12,000 people internally displaced by the war went home.", ["displaced"]),
    ],
)
def test_harm_is_read_past_clauses_lists_and_lost_commas(text: str, found: list[str]) -> None:
    assert metrics(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("About 20 families in Oru and 50 others in Kiwa have become homeless.", ["displaced", "displaced"]),
        ("Some 232 families in Oru have been made homeless by the floods.", ["displaced"]),
        ("The evacuation order for more than 1,000 residents went into effect.", ["displaced"]),
        ("There are 98,327 households awaiting resettlement.", ["displaced"]),
        ("The number of evacuated families had grown to 8,713 families.", ["displaced"]),
        ("About 140 people from Oru registered at the evacuation centre.", ["displaced"]),
        ("There were more than 50 people at the rest centre in Oru.", ["people_present"]),
        ("Thousands of Veronians attended a memorial service for the officer.", ["crowd"]),
        ("Some 150 persons picketed the embassy on Friday.", ["crowd"]),
        ("Hundreds of men from the rebel-held suburbs near Oru protested against the war.", ["crowd"]),
        ("The 150 fighters, many of them chanting, crossed the river.", ["troops"]),
        ("Thousands of teachers had swarmed the Capitol in Oru.", ["crowd"]),
    ],
)
def test_who_left_home_and_who_came_together_is_told_in_many_ways(text: str, found: list[str]) -> None:
    assert metrics(text) == found
