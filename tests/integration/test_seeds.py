"""The five real articles through real workers: the one right alert, and none of the seven traps of these texts."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

import pytest

from schemas.alert import AlertRaised
from schemas.article import ArticleTraced
from schemas.claim import Claim, ClaimsMade
from schemas.entity import EntitiesMentioned
from schemas.metrics import Metric
from schemas.topics import CLAIMS, MENTIONED, RAISED, REJECTED, ROUTES, TRACED, VERDICTS
from schemas.verdict import VerdictGiven
from services.cli.demo import seed_articles
from services.desk.lag import KafkaLag, StageLag
from services.platform.settings import Settings
from tests.integration.running import running_service

pytestmark = pytest.mark.kafka

LUKASHENKO, POLAND, UNITED_KINGDOM = "Q2866", "Q36", "Q145"


@dataclass(frozen=True)
class Run:
    """Everything the topics hold after the five articles, published twice."""

    alerts: list[AlertRaised]
    verdicts: list[VerdictGiven]
    claims: dict[str, Claim]
    mentions: list[EntitiesMentioned]
    traced: list[ArticleTraced]
    rejected: int
    lags: list[StageLag]

    def claim(self, article: str, words: str) -> Claim:
        """The claim of an article whose words hold `words`."""
        found = [claim for claim in self.claims.values() if claim.article == article and words in claim.words]
        assert len(found) == 1, f"{article} {words!r}: {[claim.words for claim in found]}"
        return found[0]

    def between(self, one: Claim, other: Claim) -> list[VerdictGiven]:
        return [given for given in self.verdicts if {given.one, given.other} == {one.id, other.id}]

    def entities_named(self, name: str) -> set[str]:
        """Ids of all mentions, in any article, whose text ends in `name`."""
        texts = {article.article_id: article.text for article in self.traced}
        return {
            entity.entity
            for message in self.mentions
            for entity in message.entities
            for start, end in entity.spans
            if texts[message.article_id][start:end].endswith(name)
        }


@pytest.fixture(scope="module")
def run(broker: Settings, tmp_path_factory: pytest.TempPathFactory) -> Run:
    return asyncio.run(_run(broker, tmp_path_factory.mktemp("seeds")))


async def _run(broker: Settings, folder: Path) -> Run:
    lines = [article.model_dump() for article in seed_articles()]
    async with running_service(broker, folder) as service:
        await service.start()
        await service.publish(lines)
        await service.quiet()
        await service.publish(lines)
        await service.quiet()
        told = await service.messages(CLAIMS)
        return Run(
            alerts=await service.messages(RAISED),
            verdicts=await service.messages(VERDICTS),
            claims={claim.id: claim for made in told if isinstance(made, ClaimsMade) for claim in made.claims},
            mentions=await service.messages(MENTIONED),
            traced=await service.messages(TRACED),
            rejected=len(await service.messages(REJECTED)),
            lags=await KafkaLag(service.settings).stages(),
        )


def test_there_is_one_alert_and_it_is_the_lead(run: Run) -> None:
    assert len(run.alerts) == 1
    alert = run.alerts[0]
    assert (alert.verdict, alert.severity, alert.message_type) == ("conflict", "warning", "alert")
    assert [(claim.article, claim.speaker, claim.words) for claim in alert.claims] == [
        ("004", "Belarus", "approximately 2,000 people"),
        ("004", "Poland", "between 3,000 and 4,000 migrants"),
    ]
    assert "Belarus says" in alert.attribution and "Poland says" in alert.attribution
    assert "2,000" in alert.attribution and "3,000" in alert.attribution
    assert alert.ratio == pytest.approx(3000 / 2200)


def test_everything_published_twice_gives_no_second_alert(run: Run) -> None:
    assert len({alert.id for alert in run.alerts}) == len(run.alerts) == 1
    assert len(run.traced) == 5, "the second time is the same revision of the same article"


def test_every_claim_stands_at_its_offsets(run: Run) -> None:
    texts = {article.article_id: article.text for article in run.traced}
    assert run.claims
    for claim in run.claims.values():
        assert texts[claim.article_id][claim.start : claim.end] == claim.words
        assert texts[claim.article_id][claim.sentence_start : claim.sentence_end] == claim.sentence


def test_nothing_was_refused_and_the_five_stay_five_stories(run: Run) -> None:
    assert run.rejected == 0
    assert {article.trace for article in run.traced} == {"new"}


def test_trap_a_the_alert_says_that_camp_and_border_differ(run: Run) -> None:
    camp, border = run.alerts[0].claims
    assert (camp.scope, border.scope) == ("camp", "border")
    assert "scope_differs" in run.alerts[0].flags


def test_trap_b_hundreds_and_2000_in_one_article_page_nobody(run: Run) -> None:
    (given,) = run.between(run.claim("000", "hundreds"), run.claim("000", "2,000"))
    assert given.verdict.severity in {"none", "info"}
    assert "scope_differs" in given.verdict.flags


def test_trap_c_thousands_above_and_hundreds_below_page_nobody(run: Run) -> None:
    (given,) = run.between(run.claim("002", "Thousands"), run.claim("002", "Hundreds"))
    assert (given.verdict.verdict, given.verdict.severity) == ("conflict", "info")
    assert {"intra_article", "soft_bound"} <= set(given.verdict.flags)


def test_trap_d_a_crowd_on_the_8th_and_a_camp_on_the_14th_are_no_fall(run: Run) -> None:
    crowd, camp = run.claim("003", "several thousand"), run.claim("003", "2,000")
    assert (crowd.as_of.day, camp.as_of.day) == (8, 14)
    (given,) = run.between(crowd, camp)
    assert given.verdict.verdict == "not_comparable"


def test_trap_e_two_armies_are_not_compared(run: Run) -> None:
    polish, british = run.claim("001", "15 thousand"), run.claim("004", "ten soldiers")
    assert (polish.metric, british.metric) == (Metric.TROOPS, Metric.TROOPS)
    assert (polish.whose_id, british.whose_id) == (POLAND, UNITED_KINGDOM)
    assert run.between(polish, british) == [], "two armies are two series and never meet"


def test_trap_f_attempts_are_no_people_and_a_ratio_is_no_count(run: Run) -> None:
    attempts, ratio = run.claim("001", "33.2 thousand"), run.claim("001", "370 times")
    assert (attempts.metric, attempts.window) == (Metric.CROSSING_ATTEMPTS, "since 2021-08")
    assert ratio.metric == Metric.RATIO
    assert not [given for given in run.verdicts if {attempts.id, ratio.id} & {given.one, given.other}]


def test_trap_g_spellings_of_one_person_are_one_and_a_wrong_title_makes_no_second(run: Run) -> None:
    assert run.entities_named("Lukashenko") == run.entities_named("Lukashenka") == {LUKASHENKO}
    assert run.entities_named("Makei") == run.entities_named("Makey")
    assert len(run.entities_named("Makey")) == 1
    assert len(run.entities_named("Truss")) == 1


def test_the_desk_sees_how_far_behind_every_stage_is(run: Run) -> None:
    waiting = {lag.stage: lag.waiting for lag in run.lags}
    assert list(waiting) == list(ROUTES)
    assert [waiting[stage] for stage in ("admit", "copies", "read", "tally", "ledger")] == [0] * 5
