"""Live claims and who carried them."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache

from schemas.claim import Claim
from services.ledger.rows.record import MAX_CARRIERS, MAX_EARLIER, Entry, Hedge
from services.ledger.rules.moment import told_at
from services.ledger.rules.thresholds import thresholds


def entry(claim: Claim, at: datetime, *, doubled: bool = False, hedged: Hedge | None = None) -> Entry:
    """The entry of a claim that arrived at `at` and that nobody else carried yet."""
    return Entry(
        claim=claim,
        doubled=doubled,
        hedge=hedged,
        outlets=(claim.publisher or claim.article,),
        origins=(claim.lineage,),
        agencies=claim.agencies[:MAX_CARRIERS],
        articles=(claim.article_id,),
        arrived=at,
    )


def hedge(claim: Claim) -> Hedge:
    """How a claim hedges its number."""
    return Hedge(bound=claim.bound, low=claim.low, high=claim.high)


def carried(known: Entry, extra: Entry, body: Claim) -> Entry:
    """`body`, the claim of one of the two, with everybody who carried either."""
    earlier = {known.claim.id, *known.earlier, extra.claim.id, *extra.earlier} - {body.id}
    return Entry(
        claim=body,
        doubled=known.doubled or extra.doubled,
        hedge=known.hedge and extra.hedge,  # where one text gives it bare, it is given
        outlets=_union(known.outlets, extra.outlets),
        origins=_union(known.origins, extra.origins),
        agencies=_union(known.agencies, extra.agencies),
        articles=_union(known.articles, extra.articles),
        earlier=tuple(sorted(earlier))[:MAX_EARLIER],
        arrived=max(known.arrived, extra.arrived),
    )


def restated(known: Entry, claim: Claim, at: datetime) -> Entry:
    """`known`, whose article was revised, as the new text says it again in `claim`."""
    old = known.claim
    articles = {claim.article_id, *known.articles} - {old.article_id}
    return known.model_copy(
        update={
            "claim": claim,
            "articles": tuple(sorted(articles))[:MAX_CARRIERS],
            "earlier": (*known.earlier, old.id)[-MAX_EARLIER:],
            "arrived": at,
        }
    )


def without(known: Entry, article: str) -> Entry | None:
    """`known` without an article whose text no longer holds; None if nobody else carried it."""
    others = tuple(other for other in known.articles if other != article)
    if not others:
        return None
    outlets = known.outlets
    if known.claim.article_id == article and len(outlets) > 1:
        outlets = tuple(name for name in outlets if name != (known.claim.publisher or known.claim.article))
    return known.model_copy(update={"articles": others, "outlets": outlets})


def goes_stale(known: Entry) -> datetime:
    """When nobody will have carried it for as long as its metric's statements live. By arrival, because publishers'
    dates lie and old texts are published, too (design decision 8)."""
    return known.arrived + _life(known.claim.metric)


def fresh_from(newest: Claim) -> datetime:
    """The time from which what a series says is live, where `newest` is its last word."""
    return told_at(newest) - _life(newest.metric)


@cache
def _life(metric: str) -> timedelta:
    """How long its statements live."""
    return timedelta(hours=thresholds(metric).stale_hours)


def _union(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({*one, *other}))[:MAX_CARRIERS]
