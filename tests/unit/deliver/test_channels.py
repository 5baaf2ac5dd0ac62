"""A subscription is opened only if its secret is there and its address may be used."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from schemas.errors import BadSetting
from schemas.subscription import CONSOLE, SecretSource, Subscription
from services.deliver.channels import open_channels
from services.platform.settings import Settings
from tests.collector import SECRET

ENV = SecretSource(env="DESK_SECRET")


def desk(url: str = "https://desk.example/hook", secret: SecretSource = ENV) -> Subscription:
    return Subscription(id="desk", url=url, secret=secret)


def encoded(size: int) -> str:
    return "whsec_" + base64.b64encode(b"k" * size).decode()


def test_console_and_webhook_are_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_SECRET", SECRET)
    channels = open_channels([CONSOLE, desk()], Settings())
    assert {id_: channel.name for id_, channel in channels.items()} == {"console": "console", "desk": "webhook"}


def test_a_secret_in_a_file_may_end_in_a_line_break(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_text(SECRET + "\n")
    assert open_channels([desk(secret=SecretSource(file=path))], Settings()).keys() == {"desk"}


@pytest.mark.parametrize(
    ("secret", "said"),
    [
        (None, "the variable DESK_SECRET is not set"),
        ("", "the variable DESK_SECRET is not set"),
        ("plain words", "is not whsec_ and base64"),
        (SECRET.removeprefix("whsec_"), "must be whsec_ and the base64 of 24 to 64 bytes"),
        (encoded(23), "must be whsec_ and the base64 of 24 to 64 bytes"),
        (encoded(65), "must be whsec_ and the base64 of 24 to 64 bytes"),
    ],
)
def test_a_secret_that_is_none_is_refused_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, secret: str | None, said: str
) -> None:
    monkeypatch.delenv("DESK_SECRET", raising=False)
    if secret is not None:
        monkeypatch.setenv("DESK_SECRET", secret)
    with pytest.raises(BadSetting) as caught:
        open_channels([desk()], Settings())
    assert str(caught.value).startswith("subscription desk: secret.env: ")
    assert said in str(caught.value)
    assert "make one: python3 -c" in str(caught.value)
    assert not secret or secret.removeprefix("whsec_") not in str(caught.value)


def test_a_secret_file_that_is_not_there_is_named() -> None:
    with pytest.raises(BadSetting, match=r"secret\.file: /nowhere: No such file or directory; give a file"):
        open_channels([desk(secret=SecretSource(file=Path("/nowhere")))], Settings())


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://desk.example/hook", "has no TLS; write https"),
        ("https://127.0.0.1/hook", "127.0.0.1 is not a public address"),
        ("https://[::1]:8443/hook", "::1 is not a public address"),
        ("https://169.254.169.254/latest", "169.254.169.254 is not a public address"),
    ],
)
def test_in_production_there_is_tls_and_no_private_address(
    monkeypatch: pytest.MonkeyPatch, url: str, said: str
) -> None:
    monkeypatch.setenv("DESK_SECRET", SECRET)
    with pytest.raises(BadSetting) as caught:
        open_channels([desk(url)], Settings())
    assert said in str(caught.value)
    assert "COUNTERCLAIM_WEBHOOK_DEVELOPMENT=true" in str(caught.value)
    assert open_channels([desk(url)], Settings(webhook_development=True)).keys() == {"desk"}


def test_a_public_address_needs_no_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_SECRET", SECRET)
    assert open_channels([desk("https://1.1.1.1/hook")], Settings()).keys() == {"desk"}


def test_all_that_is_wrong_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DESK_SECRET", raising=False)
    other = Subscription(id="other", url="http://other.example", secret=ENV)
    with pytest.raises(BadSetting) as caught:
        open_channels([desk(), other], Settings())
    assert [line.split(":")[0] for line in str(caught.value).splitlines()] == [
        "subscription desk",
        "subscription other",
    ]


def test_a_refusal_names_the_file_the_subscription_and_the_field(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_SECRET", SECRET)
    with pytest.raises(BadSetting) as caught:
        open_channels([desk("http://desk.example/hook")], Settings(subscriptions_file=Path("who.yaml")))
    assert str(caught.value).startswith("who.yaml: subscription desk: url: http://desk.example/hook has no TLS; ")
