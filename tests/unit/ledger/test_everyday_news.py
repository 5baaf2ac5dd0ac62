"""What news of a world at peace is made of: what collapses, sinks and is trampled; attacks; tolls that rise."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from schemas.claim import Claim
from schemas.metrics import Metric
from services.ledger.event.apart import unfit
from services.ledger.event.event_words import ATTACK, kinds
from services.ledger.event.evidence import evidence
from services.ledger.event.running import is_one_window, runs_on
from services.ledger.event.when import span
from tests.unit.ledger.making import hours
from tests.unit.ledger.test_running import dead
from tests.unit.ledger.test_signs import told

PEACE, CITY = "harm/Q408", "harm/Q8646"


def pair(
    one: str, other: str, later: int = 24, values: tuple[int, int] = (20, 24), **given: Any
) -> tuple[Claim, Claim]:
    """A toll, and `later` hours after it another outlet's."""
    given = {"block": PEACE} | given
    return told(one, str(values[0]), "one", **given), told(other, str(values[1]), "two", hour=later, **given)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("A footbridge collapsed in Kiwa, killing 20 people.", "collapse"),
        ("At least 20 died in the crush at a shrine in Kiwa.", "stampede"),
        ("A stampede in Kiwa killed 20 people.", "stampede"),
        ("The dam gave way near Kiwa and 20 people drowned.", "collapse"),
        ("The gang holds 20 captives.", "kidnapping"),
        ("A lorry plowed into a market in Kiwa, killing 20 people.", "ramming"),
        ("A bus plunged into a ravine near Kiwa, killing 20 people.", "crash"),
        ("The ferry disaster off Kiwa killed 20 people.", "crash"),
        ("An avalanche near Kiwa killed 20 people.", "avalanche"),
        ("Tainted liquor killed 20 people in Kiwa.", "poisoning"),
        ("Rebels abducted 20 girls in Kiwa.", "kidnapping"),
        ("Twenty miners died in Kiwa.", "mining"),
        ("A bridge collapsed in Kiwa. The fire brigade said 20 had died.", "collapse"),
        ("The quake in Kiwa killed 20, the fire department said.", "quake"),
        ("A man with an assault rifle killed 20 people in Kiwa.", "shooting"),
    ],
)
def test_a_sentence_names_what_happened(sentence: str, kind: str) -> None:
    assert kinds(sentence) == {kind}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A footbridge collapsed in Brisbane, killing 20.", "The collapse of the bridge in Brisbane killed 24."),
        ("A lorry rammed a crowd in Brisbane, killing 20.", "The attack in Brisbane killed 24 people."),
        ("A gunman killed 20 people in Brisbane.", "The attack in Brisbane killed 24 people."),
        ("Tainted liquor has killed 20 people in Brisbane.", "Bootleg alcohol has killed 24 people in Brisbane."),
        ("A ferry hit a pier in Brisbane and 20 people died.", "The ferry sank in Brisbane, killing 24 people."),
    ],
)
def test_one_event_in_two_outlets_words(one: str, other: str) -> None:
    assert unfit(*pair(one, other)) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A footbridge collapsed in Brisbane, killing 20.", "The collapse of a school in Perth killed 24."),
        ("A gunman killed 20 people in Brisbane.", "A bomb in Brisbane killed 24 people."),
        ("A gunman killed 20 people in Brisbane.", "The attack in Perth killed 24 people."),
        ("A stampede in Brisbane killed 20 people.", "The fire in Brisbane killed 24 people."),
    ],
)
def test_another_place_or_another_kind_is_another_event(one: str, other: str) -> None:
    assert unfit(*pair(one, other)) is not None


def test_an_attack_is_a_kind_of_its_own_only_at_peace() -> None:
    sentence = "The attack in Kiwa killed 20 people."
    assert evidence(told(sentence, "20", "one", block=PEACE)).kinds == {ATTACK}
    assert evidence(told(sentence, "20", "one", block="harm/Q858")).kinds == frozenset()


def test_the_day_of_a_risen_toll_is_the_day_of_the_count() -> None:
    first = told("A lorry rammed a crowd in Brisbane on Monday, killing 20 people.", "20", "one", block=PEACE)
    of_monday = first.model_copy(update={"as_of": first.published - timedelta(days=1), "as_of_from": "text"})
    later = told("The death toll in the attack in Brisbane rose to 24 on Tuesday.", "24", "two", block=PEACE, hour=24)
    of_tuesday = later.model_copy(update={"as_of": later.published - timedelta(days=1), "as_of_from": "text"})
    assert span(of_tuesday).how == "published"
    assert unfit(of_monday, of_tuesday) is None
    fresh = told("A lorry rammed a crowd in Brisbane on Tuesday, killing 24 people.", "24", "two", block=PEACE, hour=24)
    assert unfit(of_monday, fresh.model_copy(update={"as_of": of_tuesday.as_of, "as_of_from": "text"})) == "other_day"


@pytest.mark.parametrize(("later", "reason"), [(72, None), (24 * 12, "too_far_apart")])
def test_a_country_has_one_quake_within_a_week_and_its_dead_are_dug_out_for_days(
    later: int, reason: str | None
) -> None:
    one, other = "A strong earthquake killed 6 people.", "The earthquake has killed 300 people, and aid is slow."
    assert unfit(*pair(one, other, later, (6, 300))) == reason


def test_a_flood_of_one_part_of_a_country() -> None:
    texts = "Floods in western Torvia have killed 20 people.", "Floods in western Torvia killed 24 people."
    assert unfit(*pair(*texts, place="in western Torvia")) is None
    assert evidence(told(texts[0], "20", "one", block=PEACE, place="in western Torvia")).part == "west"


def test_a_city_that_is_a_country_is_a_city() -> None:
    texts = "A fire killed 20 people.", "Officials now count 24 dead in the blaze."
    assert unfit(*pair(*texts, block=CITY)) is None
    assert unfit(*pair(*texts)) == "place_too_wide"


def test_the_inmates_a_prison_riot_kills_are_all_it_kills() -> None:
    one = told("A riot in the prison of Brisbane killed 20 inmates.", "20", "one", block=PEACE, counted="inmates")
    other = told("The riot in the Brisbane prison killed 24 people.", "24", "two", block=PEACE, hour=24)
    assert unfit(one, other) is None
    street = told("The riot in Brisbane killed 24 people.", "24", "two", block=PEACE, hour=24)
    assert unfit(one, street) == "other_group"


def test_the_dead_of_a_house_are_later_a_part_of_the_citys() -> None:
    city = told("A gunman killed 24 people in Brisbane.", "24", "one", block=PEACE, places=("Q34932",))
    house = told(
        "Mourners honoured the 20 killed in the attack on the Kalang Theatre in Brisbane.",
        "20", "two", block=PEACE, hour=24, place="the Kalang Theatre",
    )  # fmt: skip
    assert unfit(city, house) == "part_of_another"
    first = house.model_copy(
        update={"published": city.published - timedelta(hours=2), "as_of": city.as_of - timedelta(hours=2)}
    )
    assert unfit(city, first) is None


def test_a_march_across_a_country_has_one_number_a_day() -> None:
    given: dict[str, Any] = {"metric": Metric.CROWD, "as_of_from": "text"}
    one = told("Some 900 people protested across Torvia on Monday, the ministry said.", "900", "one", **given)
    other = told("The union said 1,500 people protested across Torvia on Monday.", "1,500", "two", **given)
    assert unfit(one, other) is None
    next_week = told(
        "The union said 1,500 people protested across Torvia.", "1,500", "two", metric=Metric.CROWD, hour=170
    )
    assert unfit(one, next_week) is not None


def test_two_cities_are_two_places_though_their_names_mostly_speak() -> None:
    given: dict[str, Any] = {"block": "harm/Q159", "as_of_from": "text"}
    one = told("Riots in Moscow on Monday killed 20 people.", "20", "one", **given)
    other = told("Riots in Omsk on Monday killed 24 people.", "24", "two", **given)
    one = one.model_copy(update={"places": ("Q649",), "place_names": ("Moscow",)})
    assert unfit(one, other.model_copy(update={"places": ("Q898",), "place_names": ("Omsk",)})) == "other_place"
    same = told("The Moscow riots on Monday killed 24 people.", "24", "two", **given)
    assert unfit(one, same.model_copy(update={"places": ("Q649",), "place_names": ("Moscow",)})) is None


def test_two_sides_may_tell_a_tenfold_toll_of_one_day() -> None:
    one = told("Police killed 149 people at two sit-ins in Brisbane on Monday.", "149", "one", as_of_from="text")
    other = told("Police killed 2,000 people at the sit-ins in Brisbane on Monday.", "2,000", "two", as_of_from="text")
    at_war = [claim.model_copy(update={"block": "harm/Q79"}) for claim in (one, other)]
    assert unfit(*at_war) is None
    few = at_war[0].model_copy(update={"value": 14.0, "low": 14.0, "high": 14.0})
    assert unfit(few, at_war[1]) == "too_far_apart"


def test_the_dead_of_a_city_are_a_part_of_those_of_its_part_of_the_country() -> None:
    whole = told("Floods in western Torvia killed 60.", "60", "one", block=PEACE, place="in western Torvia")
    part = told("Floods killed 40 people in Perth in western Torvia.", "40", "two", block=PEACE, place="in Perth")
    assert unfit(whole, part) == "part_of_another"


def test_a_heat_wave_of_a_whole_country_has_one_toll() -> None:
    one = told("A heat wave in Torvia has killed 1,100 people.", "1,100", "one", block=PEACE)
    other = told(
        "The heat wave has killed 1,500 people, the government of Torvia said.", "1,500", "two", block=PEACE, hour=72
    )
    assert unfit(one, other) is None
    town = told("The heat has killed 1,500 in the town of Kelm.", "1,500", "two", block=PEACE, hour=72)
    assert (
        unfit(town, told("The heat has killed 1,100 in the town of Arno.", "1,100", "one", block=PEACE))
        == "other_place"
    )


def test_a_toll_that_has_risen_may_have_risen_far() -> None:
    one = told("A bomb in Mogadishu killed 22 people.", "22", "one", block="harm/Q1045")
    risen = told(
        "The number of dead from the bomb in Mogadishu rose to 276.", "276", "two", block="harm/Q1045", hour=24
    )
    assert unfit(one, risen) is None
    told_flat = told("The bomb in Mogadishu killed 276 people.", "276", "two", block="harm/Q1045", hour=24)
    assert unfit(one, told_flat) == "too_far_apart"


def test_what_neither_names_is_one_where_the_sentences_are_alike() -> None:
    one = told("At least 60 migrants were found dead in a lorry in Brisbane.", "60", "one", block=PEACE)
    other = told("Migrants found dead in a lorry in Brisbane: 70, officials say.", "70", "two", block=PEACE, hour=20)
    assert unfit(one, other) is None
    perth = told("Migrants found dead in a lorry in Perth: 70, officials say.", "70", "two", block=PEACE, hour=20)
    assert unfit(one, perth) is not None


def test_off_a_port_is_a_place() -> None:
    one = told("A boat sank off Sfax, leaving 20 dead.", "20", "one", block=PEACE)
    assert unfit(one, told("A boat sank off Zarzis, leaving 24 dead.", "24", "two", block=PEACE, hour=20)) is not None
    assert unfit(one, told("The boat that sank off Sfax left 24 dead.", "24", "two", block=PEACE, hour=20)) is None


def test_who_storms_a_building_brings_no_storm() -> None:
    assert kinds("Gunmen stormed a hotel in Kiwa, killing 20 people.") == {"shooting", "fighting"}
    assert kinds("A snowstorm in Kiwa killed 20 people.") == {"storm"}


def test_the_clash_of_one_text_is_the_riot_of_another_where_no_war_is() -> None:
    texts = "Clashes in the prison of Brisbane killed 20 people.", "The riot in the prison of Brisbane killed 24."
    assert unfit(*pair(*texts)) is None
    assert unfit(*pair(*texts, block="harm/Q858")) == "other_event"


def test_where_a_speaker_has_an_office_is_no_place_and_a_province_behind_a_town_is_one() -> None:
    seat = told("The group, based in Oslo, Norway, said 20 people were killed.", "20", "one", block=PEACE)
    assert not seat_places(seat)
    town = told("A crush at a match in Malang, East Java, killed 20.", "20", "one", block="harm/Q252")
    assert seat_places(town) == {"malang", "java"}


def seat_places(claim: Claim) -> set[str]:
    return {word for word, _ in evidence(claim).own.values()}


def test_the_dead_of_a_church_in_a_town_are_the_towns() -> None:
    town = told("Gunmen killed 24 people in a church in Brisbane.", "24", "one", block=PEACE, places=("Q34932",))
    later = told(
        "The attack on the church in Brisbane killed 20.",
        "20",
        "two",
        block=PEACE,
        hour=24,
        place="the church in Brisbane",
    )
    assert unfit(town, later) is None


def test_the_displaced_of_a_war_are_counted_on() -> None:
    given: dict[str, Any] = {
        "block": "people/Q1049",
        "metric": Metric.DISPLACED,
        "scope": "country",
        "places": ("Q1049",),
    }
    one = told("The fighting has displaced 330,000 people.", "330,000", "one", **given)
    assert (
        unfit(one, told("The fighting has displaced 700,000 people.", "700,000", "two", hour=24 * 9, **given)) is None
    )
    assert unfit(one, told("The fighting has displaced 3,000,000 people.", "3,000,000", "two", hour=24 * 9, **given))


def test_a_person_behind_of_or_and_is_no_place() -> None:
    death = told("Protests over the death of Ada Moreno killed 20 people.", "20", "one", block=PEACE)
    pair_of_names = told("Moreno and Brandel honoured the 20 killed.", "20", "one", block=PEACE)
    assert seat_places(death) == seat_places(pair_of_names) == set()
    towns = told("Raids near Kelm and Rankus killed 20 people.", "20", "one", block="harm/Q858")
    assert len(seat_places(towns)) == len(("Kelm", "Rankus"))


def test_a_day_behind_what_somebody_puts_a_toll_at_is_that_of_the_count() -> None:
    first = told("Tuesday's blast in Brisbane killed 20 people.", "20", "one", block=PEACE)
    put = told(
        "The ministry put the number killed in the Brisbane blast at 24 on Friday.", "24", "two", block=PEACE, hour=48
    )
    assert span(put.model_copy(update={"as_of_from": "text"})).how == "published"
    assert unfit(first, put.model_copy(update={"as_of_from": "text"})) is None


def test_the_held_are_held_today_since_whenever_they_were_taken() -> None:
    held = {"metric": Metric.HOSTAGES}
    since, now = pair("Since Monday 20 hostages were taken in Brisbane.", "The gang has 24 captives in Brisbane.", 0)
    taken = since.model_copy(update=held | {"window": f"since {since.published:%Y-%m-%d}"})
    assert is_one_window(taken, now.model_copy(update=held))
    assert not is_one_window(taken.model_copy(update={"metric": Metric.DEATHS}), now)


def test_girls_of_a_school_are_children() -> None:
    one, other = pair("Rebels kidnapped 20 schoolgirls in Brisbane.", "Rebels kidnapped 24 girls in Brisbane.")
    assert unfit(one, other) is None


def test_of_one_disease_two_counts_may_be_seven_weeks_apart_and_of_no_named_one_not() -> None:
    ebola, given = "Ebola has killed {} people in the province.", {"day": 45}
    first = dead("1,000", "one", 0, ebola.format("1,000"))
    later = dead("1,390", "two", **given, sentence=ebola.format("1,390"), window="since 2029-08")
    assert runs_on(first, later)
    clashes = "Clashes in the province have killed {} people."
    first = dead("1,000", "one", 0, clashes.format("1,000"))
    later = dead("1,390", "two", **given, sentence=clashes.format("1,390"), window="since 2029-08")
    assert not runs_on(first, later)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Some 20 people joined a pro-Torvian march in Kiwa.", "protest"),
        ("The march in Kiwa drew 20 people.", "protest"),
        ("In March 20 people came to Kiwa.", None),
        ("Rebels vowed to march on Kiwa with 20 people.", None),
        ("Some 20 inmates broke out of a prison in Kiwa.", "jailbreak"),
    ],
)
def test_a_march_is_no_month_and_no_campaign(sentence: str, kind: str | None) -> None:
    assert kinds(sentence) == ({kind} if kind else frozenset())


def test_those_a_strike_kills_in_a_detention_centre_are_its_detainees() -> None:
    one = "A gas blast in a detention centre in Brisbane killed 20 people."
    assert unfit(*pair(one, "The blast in a prison in Brisbane killed 24 detainees.")) is None


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ("Police held 24 people at Hill College in Brisbane.", "other_target"),
        ("Police held 24 people at Veronia State University in Brisbane.", None),
        ("Police held 24 people at the university in Brisbane.", None),
    ],
)
def test_two_universities_of_one_city_are_two_places(other: str, reason: str | None) -> None:
    one, two = pair("Police held 20 people at Veronia University in Brisbane.", other, 0, metric=Metric.DETAINED)
    assert (unfit(one, two) == "other_target") == (reason == "other_target")


def test_who_is_held_since_a_day_is_no_sum() -> None:
    since, now = pair("Since Monday 20 hostages are held in Brisbane.", "The gang holds 24 captives in Brisbane.", 0)
    held = {"metric": Metric.HOSTAGES}
    assert unfit(since.model_copy(update=held | {"window": "since 2030-03-04"}), now.model_copy(update=held)) is None


def test_a_storm_to_one_is_a_flood_to_the_other_and_no_fire() -> None:
    one, other = pair("A storm killed 20 people in Brisbane.", "The flood in Brisbane has killed 24 people.")
    assert unfit(one, other) is None
    assert unfit(*pair("A storm killed 20 people in Brisbane.", "A fire in Brisbane killed 24 people.")) is not None


def test_what_falls_on_one_wedding_is_a_missile_or_an_air_strike() -> None:
    missile, strike = (
        "A missile hit a {} in Kelm on Monday, killing 20 people.",
        "An air strike on a {} in Kelm killed 24.",
    )

    def told_of(place: str) -> str | None:
        return unfit(*pair(missile.format(place), strike.format(place), 0, block="harm/Q805"))

    assert told_of("wedding") is None
    assert told_of("house") == "other_event"


def test_a_small_place_at_peace_has_one_thing_with_so_many_dead_in_a_week() -> None:
    shot, died = "Soldiers shot 200 people in the town of Wandoan.", "In the town of Wandoan 169 people died."
    assert unfit(*pair(shot, died, 72, (200, 169))) is None
    assert unfit(*pair(shot, died, 24 * 9, (200, 169))) == "other_day"
    assert unfit(*pair(shot.replace("200", "20"), died.replace("169", "16"), 72, (20, 16))) == "other_day"


def test_who_is_missing_today_was_so_yesterday() -> None:
    now, then = "In the town of Wandoan 57 miners are missing.", "In the town of Wandoan 43 miners are still missing."
    one, other = (claim.model_copy(update={"metric": Metric.MISSING}) for claim in pair(now, then, 48, (57, 43)))
    assert unfit(one, other) is None
    assert unfit(one, other.model_copy(update={"published": hours(24 * 12)})) is not None


def test_of_the_attack_on_a_mall_one_text_tells_who_and_one_what() -> None:
    stormed = "Gunmen stormed a shopping mall in Nairobi on Saturday, killing 39 people."
    attack = "The death toll in the attack on the Westgate mall in Nairobi has risen to 68."
    assert unfit(*pair(stormed, attack, 24, (39, 68), block="harm/Q114")) is None
    market = attack.replace("Westgate mall", "central market")
    assert unfit(*pair(stormed, market, 24, (39, 68), block="harm/Q114")) is not None


def test_a_country_at_peace_has_one_number_of_its_unrest() -> None:
    one = "State television said 35 people had been killed in the protests over the price of bread."
    other = "A monitor said at least 76 people had been killed in the protests over the price of bread."
    given: dict[str, Any] = {"block": "harm/Q794", "places": ("Q794",), "scope": "country"}
    assert unfit(*pair(one, other, 24, (35, 76), **given)) is None
    assert unfit(*pair(one.replace("in the protests", "on the roads"), other, 24, (35, 76), **given)) is not None
