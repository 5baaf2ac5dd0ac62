"""Settings: a wrong one stops the start and says what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from schemas.errors import BadSetting
from services.platform.settings import load_settings


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for field in ("BOOTSTRAP_SERVERS", "LOG_LEVEL", "SESSION_TIMEOUT", "SASL_PASSWORD", "SECURITY_PROTOCOL"):
        monkeypatch.delenv(f"COUNTERCLAIM_{field}", raising=False)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("COUNTERCLAIM_LOG_LEVEL", "loud"),
        ("COUNTERCLAIM_HEALTH_PORT", "99999"),
        ("COUNTERCLAIM_SESSION_TIMEOUT", "soon"),
        ("COUNTERCLAIM_SESSION_TIMEOUT", "120"),
        ("COUNTERCLAIM_BOOTSTRAP_SERVERS", "kafka"),
        ("COUNTERCLAIM_BOOTSTRAP_SERVERS", "kafka:9092,http://kafka:9092"),
        ("COUNTERCLAIM_INSTANCE", "two words"),
        ("COUNTERCLAIM_TIER", "slow"),
        ("COUNTERCLAIM_TIER_LAG", "1"),
        ("COUNTERCLAIM_SSL_CA_FILE", "/nowhere/ca.pem"),
        ("COUNTERCLAIM_SSL_CA_FILE", "/" + "long" * 1000),
        ("COUNTERCLAIM_SSL_CA_FILE", "/"),
    ],
)
def test_a_wrong_value_is_named_with_its_variable_and_a_fix(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(BadSetting) as caught:
        load_settings()
    assert str(caught.value).startswith(f"{variable}: '{value}': ")
    assert "change or unset the variable" in str(caught.value)


@pytest.mark.parametrize(
    ("field", "value"), [("COMMIT_INTERVAL", "45"), ("REBALANCE_TIMEOUT", "600"), ("STALL_LIMIT", "1")]
)
def test_what_would_make_the_watchdog_end_a_healthy_worker_is_refused(
    monkeypatch: pytest.MonkeyPatch, field: str, value: str
) -> None:
    monkeypatch.setenv(f"COUNTERCLAIM_{field}", value)
    with pytest.raises(BadSetting, match=r"the watchdog would end a healthy worker; shorten it or raise the limit"):
        load_settings()


@pytest.mark.parametrize("field", ["INSTANCE", "HEALTH_PORT", "SSL_CA_FILE", "BOOTSTRAP_SERVERS", "NO_SUCH_THING"])
def test_an_empty_variable_is_unset(monkeypatch: pytest.MonkeyPatch, field: str) -> None:
    without = load_settings()
    monkeypatch.setenv(f"COUNTERCLAIM_{field}", "")
    assert load_settings() == without


def test_a_mistyped_variable_is_named_with_the_one_that_is_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COUNTERCLAIM_BOOTSTRAP_SERVER", "kafka:9092")
    monkeypatch.setenv("COUNTERCLAIM_COLOUR", "blue")
    monkeypatch.setenv("COUNTERCLAIM_LOG_LEVEL", "loud")
    with pytest.raises(BadSetting) as caught:
        load_settings()
    server, colour, level = str(caught.value).split("\n")
    assert server.startswith(
        "COUNTERCLAIM_BOOTSTRAP_SERVER: no such setting (is COUNTERCLAIM_BOOTSTRAP_SERVERS meant?)"
    )
    assert colour == "COUNTERCLAIM_COLOUR: no such setting; correct or unset the variable"
    assert level.startswith("COUNTERCLAIM_LOG_LEVEL: 'loud'")


def test_what_tests_read_and_what_kubernetes_adds_is_no_mistake(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "SHARED": "/data",
        "TEST_BOOTSTRAP": "kafka:9092",
        "DESK_PORT": "tcp://10.0.0.7:80",
        "DESK_SERVICE_HOST": "10.0.0.7",
        "DESK_SERVICE_PORT_HTTP": "80",
        "DESK_PORT_80_TCP": "tcp://10.0.0.7:80",
        "DESK_PORT_80_TCP_ADDR": "10.0.0.7",
    }.items():
        monkeypatch.setenv(f"COUNTERCLAIM_{name}", value)
    load_settings()


def test_a_ca_file_that_went_away_is_a_bad_setting(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    authority = tmp_path / "ca.pem"
    authority.write_text("no certificate")
    monkeypatch.setenv("COUNTERCLAIM_SSL_CA_FILE", str(authority))
    monkeypatch.setenv("COUNTERCLAIM_SECURITY_PROTOCOL", "SSL")
    settings = load_settings()
    with pytest.raises(BadSetting, match="is not a PEM file"):
        settings.ssl_context()
    authority.unlink()
    with pytest.raises(BadSetting, match="No such file or directory; give a PEM file"):
        settings.ssl_context()


def test_every_wrong_variable_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COUNTERCLAIM_LOG_LEVEL", "loud")
    monkeypatch.setenv("COUNTERCLAIM_HEALTH_PORT", "-1")
    with pytest.raises(BadSetting, match=r"LOG_LEVEL[\s\S]*\n|HEALTH_PORT[\s\S]*\n"):
        load_settings()


def test_no_secret_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COUNTERCLAIM_SASL_PASSWORD", "hunter2")
    assert "hunter2" not in repr(load_settings())
    monkeypatch.setenv("COUNTERCLAIM_SECURITY_PROTOCOL", "SASL_SSL")
    with pytest.raises(BadSetting, match="needs COUNTERCLAIM_SASL_USERNAME") as caught:
        load_settings()
    assert "hunter2" not in str(caught.value)


def test_a_heartbeat_that_one_loss_would_kill_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COUNTERCLAIM_SESSION_TIMEOUT", "4")
    with pytest.raises(BadSetting, match="COUNTERCLAIM_HEARTBEAT_INTERVAL 3 is more than half"):
        load_settings()


def test_the_embedded_broker_is_tuned_for_but_the_operator_has_the_last_word(monkeypatch: pytest.MonkeyPatch) -> None:
    embedded = load_settings().on_embedded_broker("127.0.0.1:1234")
    assert (embedded.servers, embedded.session_timeout, embedded.instance) == (("127.0.0.1:1234",), 3, None)
    monkeypatch.setenv("COUNTERCLAIM_SESSION_TIMEOUT", "30")
    assert load_settings().on_embedded_broker("127.0.0.1:1234").session_timeout == 30
