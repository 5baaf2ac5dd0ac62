"""A figure that stands in a headline alone, at the desk: lit in the title, and nobody's voice beside the text."""

from __future__ import annotations

import csv
import io
import re

import pytest

from services.desk.queries import claims
from services.read import stage
from tests.unit.desk import dispute as d
from tests.unit.desk.opened import opened

pytestmark = pytest.mark.asyncio

FLOOD = d.article(
    "Floods killed 45 people in Lima, police said. Nobody else in Peru was hurt.",
    title="Floods kill 60 in <Lima>",
)
OTHER = d.article("Floods killed 60 people in Lima, police said.", publisher="Valley Wire", title="Floods in Lima")


async def test_it_is_lit_in_the_title_and_says_so_in_every_list() -> None:
    *_, headline = made = stage.read(FLOOD)[1]
    async with opened(FLOOD, d.made(*made)) as desk:
        client = desk.client()
        page = (await client.get(f"/articles/{FLOOD.article_id}")).text
        why = (await client.get(f"/explain/{headline.id}")).text
        told = (await client.get(f"/v1/claims/{headline.id}", headers={"accept": "application/json"})).json()
        rows = csv.DictReader(io.StringIO((await client.get("/v1/claims.csv")).text))
    assert re.search(rf'<h1 dir="auto">Floods kill <mark id="{headline.id}"[^>]*>60</mark> in &lt;Lima&gt;</h1>', page)
    assert page.count('<span class="tag">headline</span>') == 1
    assert page.index(f'href="#{headline.id}"') < page.index(f'href="#{made[0].id}"'), "titles come first"
    assert "stands in a title alone" in why
    assert told["claim"]["part"] == "title"
    assert sorted((row["part"], row["words"]) for row in rows) == sorted((claim.part, claim.words) for claim in made)


async def test_a_page_without_such_a_figure_shows_its_title_as_it_is() -> None:
    async with opened(OTHER, d.made(*stage.read(OTHER)[1])) as desk:
        page = (await desk.client().get(f"/articles/{OTHER.article_id}")).text
    assert '<h1 dir="auto">Floods in Lima</h1>' in page


async def test_the_outlet_of_a_headline_does_not_carry_what_others_texts_say() -> None:
    told = stage.read(OTHER)[1]
    async with (
        opened(FLOOD, OTHER, d.made(*stage.read(FLOOD)[1]), d.made(*told)) as desk,
        desk.database.reading() as db,
    ):
        known = await claims.one(db, told[0].id)
    assert known is not None
    assert known.outlets == 1
