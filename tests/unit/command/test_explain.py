"""What `counterclaim explain`, `figure` and `review` say, and refuse."""

from __future__ import annotations

import pytest

from schemas.errors import BadSetting
from schemas.metrics import Metric
from services.cli.explain import of_alert, of_claim
from services.cli.figure import moment, shown
from services.cli.review import decision
from tests.unit.ledger.making import claim, hours, ledger, revised, toll

TORVIA = claim("about 2,000", article="first", speaker="Torvia")
ULMIA = claim("at least 9,000", article="second", speaker="Ulmia")


def test_an_alert_is_explained_by_both_intervals_the_rule_the_thresholds_and_the_evidence() -> None:
    (alert,) = ledger([[TORVIA], [ULMIA]]).alerts
    text = "\n".join(of_alert(alert))
    for said in (
        "'about 2,000' is 1,800 to 2,200 people",
        "'at least 9,000' is 9,000 or more people",
        "decided by disjoint",
        "warning_ratio 1.1",
        "article first, Daily first, characters 110 to 121",
        "There are at least 9,000 people in the camp.",
    ):
        assert said in text


def test_a_cancelled_alert_is_explained_by_what_it_puts_right() -> None:
    book = ledger([[TORVIA], [ULMIA]])
    book.tell(revised("art-second", "art-second-v2"))
    text = "\n".join(of_alert(book.alerts[-1]))
    assert "puts right: 'at least 9,000' is withdrawn (art-second-v2)" in text
    assert f"sent with it: {book.alerts[0].id}" in text


def test_a_claim_is_explained_by_every_verdict_it_is_in() -> None:
    book = ledger([[TORVIA], [ULMIA]])
    text = "\n".join(of_claim(TORVIA, book.verdicts, {ULMIA.id: ULMIA}, None))
    assert "conflict, severity critical, told; against:" in text
    assert "Ulmia" in text


@pytest.mark.parametrize(
    ("found", "revised_by", "reason"),
    [
        (TORVIA, None, "alone"),
        (claim("12", metric=Metric.OTHER), None, "gate_metric"),
        (toll("30", role="subset"), None, "gate_role"),
        (TORVIA, "art-first-v2", "revised"),
    ],
)
def test_a_claim_that_was_compared_with_nothing_says_why(found: object, revised_by: str | None, reason: str) -> None:
    lines = of_claim(found, [], {}, revised_by)  # type: ignore[arg-type]  # pytest's parameters have no type
    assert any(line.startswith(f"  compared with nothing ({reason}): ") for line in lines)


def test_a_figure_is_shown_with_the_life_of_its_conflict() -> None:
    book = ledger([[TORVIA], [ULMIA]])
    text = "\n".join(shown(book.figures[-1]))
    assert f"opened (disjoint): {TORVIA.id}, {ULMIA.id}; told as {book.alerts[0].id}" in text


def test_a_time_without_a_zone_is_utc_and_no_time_is_refused() -> None:
    assert moment("2030-03-04T12:00") == moment("2030-03-04T14:00+02:00") == hours(0)
    with pytest.raises(BadSetting, match="is no time"):
        moment("yesterday")


def test_nobody_decides_without_a_name_and_a_reason_and_nobody_releases_what_never_leaves() -> None:
    forged = ULMIA.model_copy(update={"sentence": "There are 8,000 people in the camp."})
    (given,) = ledger([[TORVIA], [forged]]).verdicts
    for by, why, problem in (
        (" ", "sure", "--by"),
        ("an editor", "w" * 1001, "--why"),
        ("an editor", "sure", "never leaves"),
    ):
        with pytest.raises(BadSetting, match=problem):
            decision(given, "released", by, why)
    assert decision(given, "dismissed", "an editor", "sure").decision == "dismissed"
