"""What happened to a part and to its whole: metric and role of each."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.read.figures.reader import read_figures

PUBLISHED = datetime(2021, 11, 14, 9, 30, tzinfo=UTC)


def read(text: str) -> list[tuple[float, str, str]]:
    """Value, metric and role of each figure."""
    return [
        (figure.quantity.value, figure.counted.metric.value, figure.counted.role)
        for figure in read_figures(text, PUBLISHED).figures
    ]


@pytest.mark.parametrize(
    ("text", "whole", "part"),
    [
        ("Some 530 people fell ill, 17 of whom have died.", "other", ("deaths", "total")),
        ("The ferry carried 120 passengers, 14 of whom drowned.", "other", ("deaths", "total")),
        ("The bus carried 50 pilgrims, of whom 12 were killed.", "other", ("deaths", "total")),
        ("Doctors counted 45 cases of cholera, including 16 deaths.", "cases", ("deaths", "total")),
        ("There were 30 casualties, including 12 dead.", "casualties", ("deaths", "total")),
        ("Some 2,000 incidents were counted, including 18 deaths.", "other", ("deaths", "total")),
        ("The bomb wounded 120 people, 10 of whom later died.", "injured", ("deaths", "subset")),
        ("The blast killed 30 people, 12 of whom were children.", "deaths", ("deaths", "subset")),
        ("The strike killed 30 people, including 12 children.", "deaths", ("deaths", "subset")),
        ("The toll was linked to 1,000 buses, including two deaths in Kiwa.", "other", ("deaths", "subset")),
        ("Police arrested 40 protesters, 16 of whom were injured.", "detained", ("injured", "subset")),
        ("Some 700 people including 47 wounded have come from the north.", "other", ("injured", "subset")),
    ],
)
def test_what_befell_a_part_is_all_there_is_of_it_where_the_whole_had_no_harm(
    text: str, whole: str, part: tuple[str, str]
) -> None:
    (_, first, _), (_, *second) = read(text)
    assert (first, tuple(second)) == (whole, part)


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("Raids hit Kiwa, bringing to 45 the number killed in 24 hours.", "deaths"),
        ("Clashes broke out, taking to 90 the number wounded this week.", "injured"),
        ("The death toll reached 330 overnight civil defence sources said.", "deaths"),
        ("The storm pushed the national death toll above 1,350.", "deaths"),
        ("The toll has now climbed past 300.", "deaths"),
        ("Deaths in Ruritania neared 400 on Friday.", "deaths"),
        ("Ruritanian deaths approached 600, officials said.", "deaths"),
        ("The hospital reported one death as cases climbed past 30,000.", "cases"),
        ("The gunman fatally shot nine people, among them his sister.", "deaths"),
        ("He fatally stabbed 12 officers.", "deaths"),
        ("As many as 40 veterans whose deaths may be due to delays were on the list.", "deaths"),
        ("Some 12 men whose bodies were found had been bound.", "deaths"),
        ("Some 900 Osmian operatives have been killed.", "deaths"),
        ("On Sunday 11 civilians including a reporter for a news agency were killed.", "deaths"),
        ("Some 545 people including 84 children and 35 women have been killed and hundreds more hurt.", "deaths"),
        ("The raids killed 11 civilians including three children and five soldiers were wounded.", "deaths"),
        ("The number of civilians killed has risen to 20 with children among the casualties.", "deaths"),
        ("There was a memorial service for the 27 victims.", "deaths"),
        ("The fund paid out 27 victims of fraud.", "other"),
        ("The army said that one soldier was killed.", "deaths"),
        ("655 MARXIST- LENINIST REBELS HAVE BEEN KILLED IN THE OFFENSIVE OF THE ARMY.", "deaths"),
        ("In October, 16 people - nine miners and seven guards - died when a shaft flooded.", "deaths"),
    ],
)
def test_what_happened_is_told_in_many_ways(text: str, metric: str) -> None:
    assert metric in [found for _, found, _ in read(text)[: 2 if "one death" in text else 1]]


def test_the_hurt_behind_the_dead_are_hurt() -> None:
    killed, hurt = read("The attack killed 10, including mayor Ana Mora, and more than 30 people injured.")
    assert (killed[1:], hurt[1:]) == (("deaths", "total"), ("injured", "total"))


@pytest.mark.parametrize("text", ["They came at around 330 am whose bodies lie there.", "That one was the best."])
def test_hours_and_pronouns_stay_uncounted(text: str) -> None:
    assert read(text) == []
