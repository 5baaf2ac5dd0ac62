"""The pipes as a person uses them: lines in, lines out, and a clear word for a line that cannot be used."""

from __future__ import annotations

import json
import os
import subprocess
from typing import Any

import pytest

from tests.integration.running import COMMAND

FLOOD = {
    "id": "flood-1",
    "publisher": "The Valley News",
    "published": "2024-03-02",
    "text": "The mayor said 12 people were killed when the river rose. According to the army, 30 people were killed.",
}


def run(*arguments: str, stdin: str = "", **variables: str) -> tuple[int, list[dict[str, Any]], str]:
    """Exit code, the lines of standard output, standard error."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("COUNTERCLAIM_")}
    done = subprocess.run(
        [COMMAND, *arguments], input=stdin, capture_output=True, text=True, check=False, env=environment | variables
    )
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def lines(*rows: Any) -> str:
    return "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)


def test_read_gives_claims_whose_words_stand_at_their_offsets() -> None:
    code, claims, err = run("read", stdin=lines(FLOOD))
    assert (code, err) == (0, "")
    assert [(claim["speaker"], claim["value"], claim["metric"]) for claim in claims] == [
        ("mayor", 12, "deaths"),
        ("army", 30, "deaths"),
    ]
    for claim in claims:
        assert FLOOD["text"][claim["start"] : claim["end"]] == claim["words"]


def test_read_gives_flat_figures_and_mentions() -> None:
    code, figures, _ = run("read", "--format", "figures", stdin=lines(FLOOD))
    assert code == 0
    assert [(f["id"], f["value_low"], f["value_high"], f["modifier"], f["kind"]) for f in figures] == [
        ("flood-1", 12, 12, None, "deaths"),
        ("flood-1", 30, 30, None, "deaths"),
    ]
    text = "Anna Berg flew from Warsaw to Minsk."
    _, mentions, _ = run("read", "--format", "mentions", stdin=lines({"id": "m", "text": text}))
    assert [(m["text"], m["type"], m["entity"]) for m in mentions][1:] == [
        ("Warsaw", "GPE", "Q270"),
        ("Minsk", "GPE", "Q2280"),
    ]


def test_a_bad_line_is_named_and_the_good_one_behind_it_is_read() -> None:
    code, claims, err = run("read", stdin=lines("{", [1], {"id": "x"}, {"id": "y", "text": 5}, FLOOD))
    assert code == 1
    assert len(claims) == 2
    assert [line.split(":")[0] for line in err.splitlines()] == ["line 1", "line 2", "line 3", "line 4"]
    assert "line 3: text: is missing" in err


def test_trace_names_the_article_a_copy_repeats() -> None:
    body = " ".join(f"Sentence {n} of the report tells of bridge {n * 7} and road {n * 3}." for n in range(40))
    rows = [
        {"id": "wire", "text": body},
        {"id": "same", "text": body},
        {"id": "abridged", "text": body[: len(body) // 2]},
        {"id": "other", "text": "The council met on Monday and spoke of nothing but schools and their kitchens."},
    ]
    code, traced, _ = run("trace", stdin=lines(*rows))
    assert code == 0
    assert [(row["id"], row["copy_of"], row["kind"], row["lineage"]) for row in traced] == [
        ("wire", None, "new", "wire"),
        ("same", "wire", "exact", "wire"),
        ("abridged", "wire", "abridged", "wire"),
        ("other", None, "new", "other"),
    ]


def test_compare_judges_a_pair_and_names_what_a_side_lacks() -> None:
    side = {"as_of": "2024-03-02T12:00", "article": "a", "metric": "deaths", "unit": "people", "kind": "cumulative"}
    pair: dict[str, Any] = {
        "id": "p",
        "a": {**side, "value": "12", "speaker": "the mayor"},
        "b": {**side, "value": "about 30", "speaker": "the army"},
        "relation": {},
    }
    lacking = {**pair, "a": {key: value for key, value in pair["a"].items() if key != "speaker"}}
    code, judged, err = run("compare", stdin=lines(pair, lacking))
    assert code == 1
    assert [(row["id"], row["verdict"], row["severity"], row["alert"], row["hold"]) for row in judged] == [
        ("p", "conflict", "warning", True, False)
    ]
    assert err.startswith("line 2: a.speaker: is missing")


def test_replay_gives_the_alert_and_with_verdicts_every_comparison() -> None:
    code, alerts, _ = run("replay", stdin=lines(FLOOD))
    assert code == 0
    (alert,) = alerts
    assert alert["attribution"] == "Mayor says 12 people were killed; army says 30 people were killed"
    assert [(claim["article"], claim["publisher"], claim["low"]) for claim in alert["claims"]] == [
        ("flood-1", "The Valley News", 12),
        ("flood-1", "The Valley News", 30),
    ]
    _, everything, _ = run("replay", "--verdicts", stdin=lines(FLOOD))
    assert [row["verdict"]["verdict"] for row in everything if "one" in row] == ["conflict"]


def test_a_replay_says_the_same_twice() -> None:
    assert run("replay", "--verdicts", stdin=lines(FLOOD)) == run("replay", "--verdicts", stdin=lines(FLOOD))


def test_articles_without_a_date_before_the_first_dated_one_came_with_it() -> None:
    undated = {"id": "notice", "publisher": "The Post", "text": "Elsewhere a fire killed 9 people in Oru."}
    first = {
        "id": "one",
        "publisher": "The Post",
        "published": "2019-03-04",
        "text": "The storm killed 12 people in Oru.",
    }
    later = {
        "id": "two",
        "publisher": "The News",
        "published": "2019-03-05",
        "text": "The storm killed 90 people in Oru.",
    }
    dated, with_notice = (
        [row["verdict"]["reason"] for row in run("replay", "--verdicts", stdin=lines(*given))[1] if "one" in row]
        for given in ((first, later), (undated, first, later))
    )
    assert dated
    assert set(dated) <= set(with_notice)


def test_a_dash_is_standard_input_and_a_file_that_is_not_there_is_named() -> None:
    line = lines({"id": "one", "published": "2030-03-04", "text": "Police said 12 people were hurt."})
    assert run("read", "-", stdin=line) == run("read", stdin=line)
    code, _, err = run("read", "/nowhere/articles.jsonl")
    assert (code, "/nowhere/articles.jsonl: there is no such file" in err) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "variables", "said"),
    [
        (["worker"], {}, "COUNTERCLAIM_BOOTSTRAP_SERVERS: is not set"),
        (["worker"], {"COUNTERCLAIM_BOOTSTRAP_SERVERS": "http://kafka"}, "is not host:port"),
        (["entities"], {"COUNTERCLAIM_BOOTSTRAP_SERVERS": "127.0.0.1:1"}, "no broker answers at 127.0.0.1:1"),
        (["topics"], {"COUNTERCLAIM_SESSION_TIMEOUT": "soon"}, "COUNTERCLAIM_SESSION_TIMEOUT"),
        (["worker", "reed"], {"COUNTERCLAIM_BOOTSTRAP_SERVERS": "127.0.0.1:1"}, "'reed' is not a stage"),
        (["desk"], {"COUNTERCLAIM_BOOTSTRAP_SERVERS": "127.0.0.1:1"}, "counterclaim desk-users add NAME"),
        (
            ["desk", "--no-sign-in", "--host", "0.0.0.0"],  # noqa: S104
            {"COUNTERCLAIM_BOOTSTRAP_SERVERS": "127.0.0.1:1"},
            "not loopback",
        ),
        (["desk", "--no-sign-in"], {"COUNTERCLAIM_BOOTSTRAP_SERVERS": "127.0.0.1:1"}, "no broker answers"),
    ],
)
def test_a_wrong_start_says_the_name_the_value_and_the_fix(
    arguments: list[str], variables: dict[str, str], said: str
) -> None:
    code, _, err = run(*arguments, **variables)
    assert code == 2
    assert said in err
    assert "Traceback" not in err
