"""Rules and boards ask only for metrics that exist, with labels and values that exist, and promtool takes them all."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from schemas.delivery import DeliveryState
from schemas.topics import ROUTES
from services.desk.metrics import Metrics
from services.platform.metrics import OUTCOMES, REASON_GROUPS, REGISTRY
from tests.shared import PROJECT

PROMETHEUS = PROJECT / "deploy/prometheus"
GRAFANA = PROJECT / "deploy/grafana"
BOARDS: dict[str, dict[str, Any]] = {path.name: json.loads(path.read_text("utf-8")) for path in GRAFANA.glob("*.json")}

RULES: dict[str, str] = {
    rule["alert"]: rule["expr"]
    for group in yaml.safe_load((PROMETHEUS / "rules.yaml").read_text("utf-8"))["groups"]
    for rule in group["rules"]
}
PANELS: dict[str, str] = {
    f"{name}: {panel['title']} {target['refId']}": target["expr"]
    for name, board in BOARDS.items()
    for panel in board["panels"]
    for target in panel["targets"]
}

ASKED = pytest.mark.parametrize("asked", [*RULES.values(), *PANELS.values()], ids=[*RULES, *PANELS])

FAMILIES = [*REGISTRY.collect(), *Metrics().registry.collect()]
"""Of a worker and of the desk."""

OF_PROMETHEUS = {"up": {"job", "instance"}, "ALERTS": {"alertname", "alertstate", "severity", "stage", "instance"}}

VALUES = {
    "job": {"worker", "desk"},
    "status": {"5.."},
    "stage": set(ROUTES),
    "outcome": set(OUTCOMES),
    "group": set(REASON_GROUPS),
    "state": set(get_args(DeliveryState)),
    "alertstate": {"firing"},
}

_METRIC = re.compile(r"\b(?:counterclaim_\w+|process_\w+|python_\w+|up\b|ALERTS\b)")
_SELECTED = re.compile(r"(\w+)\{([^}]*)\}")
_MATCHER = re.compile(r'(\w+)(=~?)"([^"]*)"')
_GROUPED = re.compile(r"\b(?:by|on) \(([^)]*)\)")


def exported() -> dict[str, set[str]]:
    """Each series' name as /metrics gives it, and its labels; Prometheus adds job and instance."""
    found: dict[str, set[str]] = {}
    for family in FAMILIES:
        for sample in family.samples:
            found.setdefault(sample.name, {"job", "instance"}).update(sample.labels)
    return found | OF_PROMETHEUS


EXPORTED = exported()


@ASKED
def test_every_metric_exists(asked: str) -> None:
    named = set(_METRIC.findall(asked))
    assert named
    assert named <= set(EXPORTED)


@ASKED
def test_every_label_is_one_of_the_metrics_and_every_value_one_it_takes(asked: str) -> None:
    for metric, matchers in _SELECTED.findall(asked):
        for label, operator, value in _MATCHER.findall(matchers):
            assert label in EXPORTED[metric]
            values = value.split("|") if operator == "=~" else [value]
            assert set(values) <= VALUES[label]
    of_any = set().union(*(EXPORTED[metric] for metric in _METRIC.findall(asked)))
    for labels in _GROUPED.findall(asked):
        assert {label.strip() for label in labels.split(",")} <= of_any


def test_every_metric_of_the_service_is_on_a_board() -> None:
    on_boards = {name for asked in PANELS.values() for name in _METRIC.findall(asked)}
    families = {family.name for family in FAMILIES if family.name.startswith("counterclaim_")}
    assert {family for family in families if not any(name.startswith(family) for name in on_boards)} == set()


def test_every_label_in_a_legend_is_left_by_its_expression() -> None:
    for board in BOARDS.values():
        for panel in board["panels"]:
            for target in panel["targets"]:
                metrics = _METRIC.findall(target["expr"])
                known = set().union(*(EXPORTED[metric] for metric in metrics))
                grouped = [set(re.split(r",\s*", labels)) for labels in re.findall(r"\bby \(([^)]*)\)", target["expr"])]
                left = set().union(*grouped) if grouped else known
                assert set(re.findall(r"\{\{(\w+)\}\}", target["legendFormat"])) <= left


@pytest.mark.parametrize("board", BOARDS.values(), ids=BOARDS)
def test_a_board_finds_its_data_and_no_panel_lies_on_another(board: dict[str, Any]) -> None:
    source = yaml.safe_load((GRAFANA / "datasource.yaml").read_text("utf-8"))["datasources"][0]
    taken: set[tuple[int, int]] = set()
    for panel in board["panels"]:
        assert panel["datasource"] == {"type": source["type"], "uid": source["uid"]}
        assert panel["description"]
        at = panel["gridPos"]
        place = {(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])}
        assert max(x for x, _ in place) < 24
        assert not place & taken
        taken |= place
    identities = [panel["id"] for panel in board["panels"]]
    assert len(set(identities)) == len(identities)


def test_boards_are_told_apart() -> None:
    assert len({board["uid"] for board in BOARDS.values()}) == len(BOARDS) > 1


def test_an_alarm_says_what_is_and_what_to_do() -> None:
    for group in yaml.safe_load((PROMETHEUS / "rules.yaml").read_text("utf-8"))["groups"]:
        for rule in group["rules"]:
            assert set(rule["annotations"]) == {"summary", "fix"}
            assert rule["labels"]["severity"] in {"warning", "critical"}


def test_each_rule_is_seen_to_fire() -> None:
    tests = (PROMETHEUS / "rules_test.yaml").read_text("utf-8")
    assert {name for name in RULES if not re.search(rf"\b{name}\b", tests)} == set()


@pytest.fixture
def promtool() -> str:
    found = shutil.which("promtool")
    if found is None:
        pytest.skip("no promtool here (Debian: apt install prometheus)")
    return found


def test_prometheus_takes_its_configuration(promtool: str) -> None:
    _run(promtool, "check", "config", str(PROMETHEUS / "prometheus.yaml"))


def test_the_rules_fire_when_they_should_and_not_before(promtool: str) -> None:
    _run(promtool, "test", "rules", str(PROMETHEUS / "rules_test.yaml"))


def test_prometheus_takes_what_every_panel_asks(promtool: str, tmp_path: Path) -> None:
    asked = [expr.replace("$__rate_interval", "1m") for expr in PANELS.values()]
    rules = [{"record": f"panel:{number}", "expr": expr} for number, expr in enumerate(asked)]
    file = tmp_path / "panels.yaml"
    file.write_text(yaml.safe_dump({"groups": [{"name": "panels", "rules": rules}]}))
    _run(promtool, "check", "rules", str(file))


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
