"""The subscriptions file: what is right is read, what is wrong is named with its field and the fix."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from schemas.errors import BadSetting
from schemas.metrics import Metric
from schemas.subscription import CONSOLE
from services.platform.settings import Settings
from services.platform.subscriptions import load_subscriptions, parse

EXAMPLE = Path(__file__).parents[3] / "deploy" / "subscriptions.example.yaml"

GOOD = "id: desk\n  url: https://desk.example/hook\n  secret: {env: DESK_SECRET}"


def loaded(text: str, tmp_path: Path) -> object:
    path = tmp_path / "subscriptions.yaml"
    path.write_text(text, "utf-8")
    return load_subscriptions(Settings(subscriptions_file=path))


def test_without_a_file_there_is_the_console() -> None:
    assert load_subscriptions(Settings()) == (CONSOLE,)


def test_the_example_is_read() -> None:
    console, monitoring, foreign_desk = load_subscriptions(Settings(subscriptions_file=EXAMPLE))
    assert (console, monitoring.id) == (CONSOLE, "monitoring")
    assert foreign_desk.match.metric == (Metric.DEATHS, Metric.INJURED, Metric.MISSING)
    assert foreign_desk.match.speaker == ("Alexander Lukashenko", "United Nations")
    assert foreign_desk.secret is not None and foreign_desk.secret.file == Path("/run/secrets/foreign-desk")


def test_an_empty_list_is_no_mistake(tmp_path: Path) -> None:
    assert loaded("subscriptions: []", tmp_path) == (CONSOLE,)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "must begin with `subscriptions:` and a list"),
        ("- desk", "must begin with `subscriptions:` and a list"),
        ("subscriptions: [", "line 1: "),
        ('{"subscriptions": [}', "correct it (YAML or JSON)"),
        ("[[subscriptions]]\nid = ", "line 2: "),  # TOML
        ("subscription: []", "subscription: no such field (is subscriptions meant?)"),
        ("{}", "subscriptions: is missing; add it"),
        (f"subscriptions:\n- {GOOD}\n  urll: x", "subscriptions.0.urll: no such field (is url meant?)"),
        (f"subscriptions:\n- {GOOD}\n  match: {{metrics: [deaths]}}", "0.match.metrics: no such field (is metric mea"),
        (
            f"subscriptions:\n- {GOOD}\n  match: {{metric: [death]}}",
            "subscriptions.0.match.metric.0: 'death' is not known here (is deaths meant?); write one of deaths, ",
        ),
        (f"subscriptions:\n- {GOOD}\n  match: {{metric: deaths}}", "0.match.metric: 'deaths': "),
        (
            f"subscriptions:\n- {GOOD}\n  match: {{minimum_severity: high}}",
            "minimum_severity: 'high' is not known here; write one of none, info, warning, critical",
        ),
        (f"subscriptions:\n- {GOOD}\n  match: {{speaker: [no]}}", "subscriptions.0.match.speaker.0: False: "),
        (f"subscriptions:\n- {GOOD}\n- {GOOD}", "subscriptions: the id 'desk' is taken twice"),
        ("subscriptions:\n- {id: console, channel: console}", "the id 'console' is taken twice or is the built-in one"),
        ("subscriptions:\n- {id: Foreign Desk}", "subscriptions.0.id: 'Foreign Desk': "),
        ("subscriptions:\n- {id: a}", "subscriptions.0: a webhook needs url and secret; add both"),
        (
            "subscriptions:\n- {id: a, channel: console, url: https://a.example}",
            "subscriptions.0: the console has no u",
        ),
        (
            "subscriptions:\n- {id: a, channel: email}",
            "subscriptions.0.channel: 'email' is not known here; write one of console, webhook",
        ),
        (
            "subscriptions:\n- {id: a, url: ftp://a.example}",
            "subscriptions.0.url: is no web address; write it as https",
        ),
        ("subscriptions:\n- {id: a, url: 'https://u:p@a.example'}", "holds a user, a password or a fragment"),
        ("subscriptions:\n- {id: a, url: 'https://a.example:99999'}", "Port out of range"),
        ("subscriptions:\n- {id: a, url: 'https://ä.example'}", "not ASCII (international host names as xn--"),
        ("subscriptions:\n- {id: a, secret: whsec_c2VjcmV0}", "secret: must say where the secret is, not what it is"),
        ("subscriptions:\n- {id: a, secret: {env: A, file: /b}}", "0.secret: say one place, either env or file"),
        (
            "subscriptions:\n- {id: a, secret: {env: COUNTERCLAIM_A}}",
            "0.secret.env: variables that begin with COUNTERC",
        ),
        ("subscriptions:\n- {id: a, secret: {value: whsec_c2VjcmV0}}", "0.secret.value: no such field; fields are env"),
    ],
)
def test_a_mistake_is_named_with_its_field_and_the_fix(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(BadSetting) as caught:
        loaded(text, tmp_path)
    assert said in str(caught.value)
    assert str(caught.value).startswith(str(tmp_path))
    assert "c2VjcmV0" not in str(caught.value)


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(BadSetting) as caught:
        loaded("subscriptions:\n- {id: A}\n- {id: b, url: x}", tmp_path)
    assert len(str(caught.value).splitlines()) == 2


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match=r"COUNTERCLAIM_SUBSCRIPTIONS_FILE: .*nowhere.yaml: No such file"):
        load_subscriptions(Settings(subscriptions_file=tmp_path / "nowhere.yaml"))
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("subscriptions: [] # für".encode("latin-1"))
    with pytest.raises(BadSetting, match="is not UTF-8; save the file as UTF-8"):
        load_subscriptions(Settings(subscriptions_file=latin))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.dates() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "url", "match"]), inner),
    max_leaves=8,
)


@given(VALUES)
def test_any_file_is_read_or_refused_with_its_name(value: object) -> None:
    for text in (yaml.safe_dump(value), yaml.safe_dump({"subscriptions": [value]})):
        try:
            parse(text, "file.yaml")
        except BadSetting as error:
            assert str(error).startswith("file.yaml: ")
