"""Where a figure belongs, so that all that might be compared meets in one place."""

from __future__ import annotations

from datetime import UTC, datetime

from schemas.metrics import Metric
from services.read.block import Geography, Place, block_of, geography
from services.read.entities import find_mentions
from services.read.figures.reader import read_figures

WAR = "A raid on Aleppo killed 20 people. Russia and the United States blamed each other; Moscow and Washington met. "


def whole(text: str, *placed: tuple[str, ...]) -> Geography:
    return geography(find_mentions(text, []), [at(*ids) for ids in placed])


def at(*ids: str, scope: str | None = None) -> Place:
    return Place(ids, scope)


def entity(text: str, name: str) -> str:
    return next(mention.entity for mention in find_mentions(text, []) if mention.text == name)


def test_a_figure_without_a_place_is_where_the_others_of_its_text_are() -> None:
    aleppo = entity(WAR, "Aleppo")
    syria = entity("Syria is at war.", "Syria")
    told = whole(WAR + "Syria said 25 died.", (aleppo,), ())
    assert block_of(Metric.DEATHS, at(), told).key == f"harm/{syria}"


def test_without_any_placed_figure_the_country_most_named_decides() -> None:
    text = "Floods in Nepal. The government of Nepal said dozens died. India sent aid."
    assert block_of(Metric.DEATHS, at(), whole(text)).key == f"harm/{entity(text, 'Nepal')}"


def test_a_place_of_a_country_that_the_text_never_names_is_no_place_of_it() -> None:
    text = "Syria: a blast at the Salem Mosque in Syria killed 15 people, Syrian activists said."
    syria, salem = entity(text, "Syria"), entity("The city of Salem.", "Salem")
    assert block_of(Metric.DEATHS, at(salem), whole(text, (salem,))).key == f"harm/{syria}"


def test_a_pair_of_countries_is_one_block_however_they_are_ordered() -> None:
    text = "Migrants wait on the border of Poland and Belarus."
    one, other = entity(text, "Poland"), entity(text, "Belarus")
    told = whole(text, (one, other))
    keys = {block_of(Metric.PEOPLE_PRESENT, at(*places), told).key for places in ((one, other), (other, one))}
    assert keys == {f"people/{'+'.join(sorted((one, other)))}"}


def test_three_countries_go_by_the_articles_own() -> None:
    text = "Syria: 900 people fled Syria, Iraq and Turkey."
    places = tuple(entity(text, name) for name in ("Syria", "Iraq", "Turkey"))
    assert block_of(Metric.REFUGEES, at(*places), whole(text, (entity(text, "Syria"),))).key == f"people/{places[0]}"


def test_a_text_without_countries_goes_by_what_it_names_most_and_one_without_names_by_nothing() -> None:
    assert block_of(Metric.DEATHS, at(), Geography(frozenset(), None, None)).key == "harm/-"


def test_people_in_a_camp_at_no_known_place_are_at_the_border_the_text_tells_of() -> None:
    text = "Poland says 4,000 people are on its border with Belarus. Belarus said 2,000 were in the camp near Ilovo."
    one, other = sorted((entity(text, "Poland"), entity(text, "Belarus")))
    told = geography(find_mentions(text, []), [at(one, other, scope="border"), at(scope="camp")])
    assert block_of(Metric.PEOPLE_PRESENT, at(scope="camp"), told).key == f"people/{one}+{other}"
    assert "+" not in block_of(Metric.DEATHS, at(scope="camp"), told).key
    assert "+" not in block_of(Metric.PEOPLE_PRESENT, at(), told).key
    assert "+" not in block_of(Metric.PEOPLE_PRESENT, at(scope="camp"), whole(text, (one, other))).key


def test_a_camp_at_no_known_place_is_at_the_one_border_the_text_names() -> None:
    text = "Poland shut the border with Belarus. About 2,000 people are in the camp near Ilovo."
    poland, belarus = entity(text, "Poland"), entity(text, "Belarus")
    (figure,) = read_figures(text, datetime(2021, 11, 14, tzinfo=UTC), find_mentions(text, [])).figures
    setting = figure.setting
    assert set(setting.border) == {poland, belarus}
    camp = Place(setting.places, setting.scope, setting.border)
    told = geography(find_mentions(text, []), [camp])
    assert block_of(Metric.PEOPLE_PRESENT, camp, told).key == f"people/{'+'.join(sorted(setting.border))}"


def test_a_city_of_one_country_only_names_it_and_one_with_namesakes_does_not() -> None:
    text = "Canada said 12 of its pilgrims were among those who died in {}."
    mecca, birmingham = entity("They were in Mecca.", "Mecca"), entity("They were in Birmingham.", "Birmingham")
    saudi, canada = entity("Saudi Arabia spoke.", "Saudi Arabia"), entity("Canada spoke.", "Canada")
    for city, name, country in ((mecca, "Mecca", saudi), (birmingham, "Birmingham", canada)):
        told = whole(text.format(name), (city,))
        assert block_of(Metric.DEATHS, at(city), told).key == f"harm/{country}"
