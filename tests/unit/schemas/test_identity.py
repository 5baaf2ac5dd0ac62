"""One article, one identity; two articles, two."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from schemas.identity import canonical_url, identity

ONE = "https://example.org/world/flood-toll-rises"


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/world/flood-toll-rises",
        "HTTPS://Example.ORG/world/flood-toll-rises/",
        "https://www.example.org:443/world/flood-toll-rises",
        "http://m.example.org:80/world/flood-toll-rises",
        "https://mobile.example.org./world/flood-toll-rises",
        "https://amp.example.org/world/flood-toll-rises",
        "https://example.org/amp/world/flood-toll-rises",
        "https://example.org/world/flood-toll-rises/amp/",
        "https://example.org/world/flood-toll-rises.amp.html",
        "https://example.org/world/flood-toll-rises?amp",
        "https://example.org/world/flood-toll-rises?amp=1&outputType=amp",
        "https://example.org/world/flood-toll-rises/index.html",
        "https://example.org/world/flood-toll-rises#comments",
        "https://example.org/world/flood-toll-rises?utm_source=x&UTM_Medium=y&fbclid=z&gclid=1#top",
        "https://reader:secret@example.org/world/flood-toll-rises",
        "https://example.org/world/fl%6Fod-toll%2Drises",
        "//example.org/world/flood-toll-rises",
        "  https://example.org/world/flood-toll-rises\n",
        "https://example-org.cdn.ampproject.org/c/s/example.org/world/flood-toll-rises/amp",
        "https://www.google.com/amp/s/www.example.org/world/flood-toll-rises",
    ],
)
def test_every_address_of_an_article_has_one_canonical_form(url: str) -> None:
    assert canonical_url(url) == ONE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/story?id=1", "https://example.org/story?id=2"),
        ("https://example.org/?p=1", "https://example.org/?p=2"),
        ("https://example.org/Story", "https://example.org/story"),
        ("https://example.org/a%2Fb", "https://example.org/a/b"),
        ("https://example.org:8080/story", "https://example.org/story"),
        ("https://live.example.org/story", "https://example.org/story"),
        ("https://example.org/#!/story/1", "https://example.org/#!/story/2"),
        ("https://example.org/camp", "https://example.org/c"),
        ("https://amp.dev/story", "https://dev/story"),
    ],
)
def test_different_articles_stay_apart(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


def test_the_order_of_query_parameters_does_not_matter() -> None:
    assert canonical_url("https://example.org/a?y=2&id=1") == canonical_url("https://example.org/a?id=1&y=2&utm_id=3")


def test_non_ascii_addresses_have_one_encoding() -> None:
    encoded = "https://xn--bcher-kva.example/stra%C3%9Fe"
    assert canonical_url("https://b\u00fccher.example/stra\u00dfe") == encoded
    assert canonical_url("https://B\u00dcCHER.example/stra%c3%9fe") == encoded


def test_what_is_no_web_address_is_left_alone() -> None:
    assert canonical_url("  seed-001 ") == "seed-001"
    assert canonical_url("https://[broken") == "https://[broken"
    assert canonical_url("https://example.org:port/x") == "https://example.org:port/x"


@given(st.text() | st.text().map("https://example.org/".__add__) | st.text().map("http://".__add__))
@example("https://[::1]:443/amp/amp/")
@example("https://example.org/amp/index.html//")
@example("http:////m.m.m.example.org/%2")
@example("https://\ud800.example/\ud800?\ud800=%ff#!\ud800")
@example("https://google.com/amp/s/google.com/amp/s/a.b")
@example("HTTP:\x1f#")
def test_any_text_has_a_canonical_form_and_it_is_its_own(url: str) -> None:
    once = canonical_url(url)
    assert canonical_url(once) == once


def test_without_a_web_address_publisher_and_id_name_the_article() -> None:
    assert identity(None, "Daily", "7") == "urn:counterclaim:Daily:7"
    assert identity("n/a", "Daily", "7") == identity(None, "Daily", "7") != identity(None, "Weekly", "7")
    assert identity(None, "a:b", "c") != identity(None, "a", "b:c")


def test_a_front_page_is_not_the_identity_of_its_articles() -> None:
    assert identity("https://www.example.org/", "Daily", "7") == "urn:counterclaim:Daily:7"
    assert identity("https://www.example.org/a", "Daily", "7") == "https://example.org/a"


@given(st.none() | st.text(), st.none() | st.text(), st.text(min_size=1))
def test_any_article_has_an_identity(url: str | None, publisher: str | None, id_: str) -> None:
    assert identity(url, publisher, id_)
