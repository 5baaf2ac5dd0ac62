"""An article that means harm: whatever a publisher writes is shown as text, on every page that shows it."""

from __future__ import annotations

from typing import Any

import pytest

from schemas.article import Junk
from schemas.article_read import ArticleRead, RejectedNumber
from schemas.message import Message
from schemas.verdict import Verdict
from tests.unit.desk import dispute as d
from tests.unit.desk.opened import Elements, opened
from tests.unit.desk.store import world

EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>\u202e000,2"
TEXT = f"{EVIL} people \"'></a><hx-partial hx-target='#main'>x</hx-partial> died on day 7. \x07\x1b[2J\n" + "A" * 10_000

SOURCE = d.article(
    TEXT,
    publisher=EVIL,
    title=EVIL,
    url="javascript:alert(document.domain)",
    language='en" onload="alert(1)',
    agencies=(EVIL,),
    junk=(Junk(start=0, end=8, reason=EVIL),),
)
NEXT = d.article(TEXT + "more", publisher=EVIL, title=EVIL, identity=SOURCE.identity, revision=2,
                 revises=SOURCE.article_id)  # fmt: skip
CLAIM = d.claim(SOURCE, "000,2 people", 2, speaker=EVIL, scope=EVIL, counted=EVIL, place=EVIL, unit=EVIL)
LONG = CLAIM.model_copy(update={"sentence": EVIL + "B" * 10_000})
HELD = Verdict.model_validate(
    d.note().verdict.model_dump() | {"hold": True, "reason": EVIL, "because": (EVIL,), "flags": (EVIL,)}
)


def messages() -> list[Message]:
    sides = tuple(side.model_copy(update={"voice": EVIL, "claim": CLAIM.id}) for side in d.alert().sides)
    changes: dict[str, Any] = {"claims": (LONG, LONG), "sides": sides, "because": (EVIL,), "reason": EVIL}
    conflict = d.figure().conflicts[0].model_copy(update={"one": CLAIM.id, "flags": (EVIL,), "cause": EVIL})
    return [
        SOURCE,
        NEXT,
        d.UNION,
        d.made(d.SAYS_UNION),
        d.made(LONG),
        ArticleRead(
            article_id=SOURCE.article_id, language="en", figures_read=True, tier="fast", reader=EVIL, figures=1,
            rejected=(RejectedNumber(start=TEXT.index("day 7") + 4, end=TEXT.index("day 7") + 5, reason=EVIL),),
        ),
        d.alert(flags=(EVIL,), attribution=EVIL, label=EVIL, **changes),
        d.figure(statements=(LONG, d.SAYS_UNION), label=EVIL, window=EVIL, whose=EVIL, conflicts=(conflict,)),
        d.note(one=CLAIM.id, other=d.SAYS_UNION.id, verdict=HELD),
        d.entity(EVIL, figures={EVIL: 1}, entity="x-evil"),
        d.dead_letter().model_copy(
            update={"reason": EVIL, "problem": EVIL, "fix": EVIL, "field": EVIL, "body": EVIL.encode()}
        ),
        world.act("flagged", CLAIM.id, "claim", by=EVIL, why=EVIL),
        world.act("silenced", d.FINGERPRINT, "alert", by=EVIL, why=EVIL),
    ]  # fmt: skip


PAGES = (
    "/", "/alerts", f"/alerts/{d.FINGERPRINT}", "/figures", f"/figures/{d.SERIES}", f"/conflicts/{d.FINGERPRINT}",
    f"/articles/{SOURCE.article_id}", f"/articles/{NEXT.article_id}/changes", "/entities", "/entities/x-evil",
    "/review", "/sources", f"/explain/{CLAIM.id}", f"/explain/{d.FINGERPRINT}", "/search?q=script", "/ops",
    "/ops/dead-letters/dead-1",
)  # fmt: skip


async def test_a_hostile_article_shows_as_text_on_every_page() -> None:
    async with opened(*messages()) as desk:
        client = desk.client()
        for path in PAGES:
            page = await client.get(path)
            assert page.status_code == 200, path
            elements = Elements(page.text)
            assert {tag for tag, _ in elements.found}.isdisjoint({"img", "hx-partial", "b"}), path
            assert all(attributes.get("src") for tag, attributes in elements.found if tag == "script"), path
            assert not [a for _, attributes in elements.found for a in attributes if a.startswith("on")], path
            assert not [link for link in elements.values("href") if link.lower().startswith("javascript")], path
            assert "&lt;script&gt;" in page.text, path
            assert not set(page.text) & set("\u202e\x07\x1b\x00"), path
        assert "A" * 10_000 in (await client.get(f"/articles/{SOURCE.article_id}")).text
        assert "B" * 500 not in (await client.get("/")).text


@pytest.mark.parametrize(
    "path",
    [
        "/search?q=%3Cscript%3Ealert(1)%3C/script%3E",
        "/alerts?entity=%22%20onmouseover=alert(1)%20x=%22",
        "/figures?place=%E2%80%AE%00%1b",
        "/%3Cscript%3Ealert(1)%3C/script%3E",
        "/explain/%3Cimg%20src=x%3E",
        "/alerts?severity=%3Cimg%20src=x%3E",
    ],
)
async def test_a_hostile_address_shows_as_text(path: str) -> None:
    async with opened(*d.everything()) as desk:
        page = await desk.client().get(path)
    elements = Elements(page.text)
    assert page.status_code in (200, 400, 404)
    assert "img" not in {tag for tag, _ in elements.found}
    assert all(attributes.get("src") for tag, attributes in elements.found if tag == "script")
    assert not [a for _, attributes in elements.found for a in attributes if a.startswith("on")]
    assert not set(page.text) & set("\u202e\x1b\x00")
