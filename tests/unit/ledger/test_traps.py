"""The traps of issue 3 as the ledger meets them: one lead alert, and silence where two numbers only look alike."""

from __future__ import annotations

from itertools import permutations

from schemas.claim import Claim
from schemas.metrics import Metric
from tests.unit.ledger.making import claim, ledger

BORDER = {"place": "on the border", "scope": "border", "after": " migrants on the border."}
ONE, OTHER = "approximately 2,000", "between 3,000 and 4,000"


def lead() -> tuple[Claim, Claim]:
    """Two governments, neighbouring sentences, one cue, a camp against its border."""
    return (
        claim(ONE, article="lead", speaker="Torvia", cue="According to", before="According to Torvia, there are "),
        claim(
            OTHER,
            article="lead",
            speaker="Ulmia",
            cue="According to",
            before="According to Ulmia, there are ",
            at=300,
            sentence_index=6,
            counted="migrants",
            **BORDER,
        ),
    )


def test_two_voices_set_side_by_side_on_camp_and_border_are_the_lead_alert() -> None:
    (alert,) = ledger([lead()]).alerts
    assert alert.verdict == "conflict"
    assert alert.severity == "warning"
    assert {"scope_differs", "intra_article"} <= set(alert.flags)
    assert alert.id == f"{alert.fingerprint}:1"
    assert alert.attribution == (
        "Torvia says approximately 2,000 people are in the camp; "
        "Ulmia says between 3,000 and 4,000 migrants are on the border"
    )
    assert [side.voice for side in alert.sides] == ["Torvia", "Ulmia"]
    assert alert.ratio is not None
    assert round(alert.ratio, 2) == 1.36


def test_the_same_two_numbers_apart_in_the_text_are_part_and_whole() -> None:
    camp, border = lead()
    far = border.model_copy(update={"sentence_index": 9})
    other_cue = border.model_copy(update={"cue": "said"})
    unnamed = border.model_copy(update={"speaker": None, "cue": None})
    for whole in (far, other_cue, unnamed):
        found = ledger([(camp, whole)])
        assert found.alerts == []
        assert [given.verdict.reason for given in found.verdicts] == ["gate_scope"]


def test_camp_and_border_of_two_articles_are_part_and_whole() -> None:
    camp, _ = lead()
    whole = claim(OTHER, article="second", speaker="Ulmia", cue="According to", **BORDER)
    assert ledger([[camp], [whole]]).alerts == []


def test_hundreds_at_the_border_and_2000_in_its_camp_are_a_note() -> None:
    found = ledger([[claim("hundreds of", **BORDER), claim("2,000", at=400, sentence_index=7)]])
    assert found.alerts == []
    (given,) = found.verdicts
    assert given.verdict.verdict == "conflict"
    assert given.verdict.severity == "info"
    assert {"soft_bound", "subset_exceeds"} <= set(given.verdict.flags)


def test_thousands_above_and_hundreds_below_of_one_page_are_no_alert() -> None:
    standfirst = claim("Thousands of", **BORDER)
    body = claim("Hundreds of", at=400, sentence_index=9, speaker="the agency", **BORDER)
    assert ledger([[standfirst, body]]).alerts == []
    assert ledger([[standfirst, body.model_copy(update={"speaker": None})]]).alerts == []


def test_a_crowd_of_one_day_and_a_camp_of_another_are_no_fall() -> None:
    crowd = claim("several thousand", hour=-144, as_of_from="text", **BORDER)
    camp = claim("around 2,000", at=400, sentence_index=8)
    assert ledger([[crowd, camp]]).alerts == []


def test_soldiers_of_two_armies_are_two_counts() -> None:
    troops = {"metric": Metric.TROOPS, "unit": "soldiers", "counted": "soldiers", "block": "forces/Q1+Q2"} | BORDER
    first = claim("15 thousand", article="first", whose="Torvia", whose_id="Q1", **troops)
    second = claim("about ten", article="second", whose="Albia", whose_id="Q9", **troops)
    nobody = claim("about ten", article="third", **troops)
    found = ledger([[first], [second], [nobody]])
    assert found.alerts == []
    assert len({figure.series for figure in found.figures}) == 3


def test_attempts_a_ratio_and_people_are_three_things() -> None:
    attempts = claim(
        "33.2 thousand", metric=Metric.CROSSING_ATTEMPTS, unit="attempts", window="since 2029-08", **BORDER
    )
    ratio = claim("370", at=300, metric=Metric.RATIO, unit="times", **BORDER)
    people = claim("900", article="second", **BORDER)
    found = ledger([[attempts, ratio], [people]])
    assert found.verdicts == []
    assert len(found.figures) == 2, "a ratio is no series"


def test_one_speaker_under_two_spellings_is_one_voice() -> None:
    first = claim("2,000", article="first", speaker="Minister Makei", speaker_id="Q50")
    second = claim("3,500", article="second", hour=24, speaker="Makey", speaker_id="Q50")
    (alert,) = ledger([[first], [second]]).alerts
    assert alert.verdict == "increase"
    assert len({c.voice for c in alert.claims}) == 1


def test_five_articles_give_one_alert_in_any_order() -> None:
    articles = [
        [claim("hundreds of", article="a0", hour=-48, **BORDER), claim("2,000", article="a0", hour=-48, at=400)],
        [claim("several thousand", article="a1", hour=-144, as_of_from="text", **BORDER)],
        [
            claim("Thousands of", article="a2", hour=-96, **BORDER),
            claim("Hundreds of", article="a2", hour=-96, at=400, sentence_index=12, **BORDER),
        ],
        [
            claim("several thousand", article="a3", hour=-144, as_of_from="text", **BORDER),
            claim("around 2,000", article="a3", at=400, sentence_index=8),
        ],
        list(lead()),
    ]
    ids = {tuple(alert.id for alert in ledger(order).alerts) for order in permutations(articles)}
    assert len(ids) == 1
    assert len(ids.pop()) == 1
