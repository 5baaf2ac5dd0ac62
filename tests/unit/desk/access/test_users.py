"""The file of those who may sign in, and the command that writes it."""

from __future__ import annotations

import hmac
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from schemas.errors import BadSetting
from services.cli.desk_users import app
from services.desk.access.people import Role
from services.desk.access.users import User, as_text, hashed, new_token, parse, user_of, with_user, without_user
from services.desk.access.users_file import UsersFile, write
from tests.unit.desk.access.desk import NOON

OLD = new_token()


def user(name: str, token: str = OLD, role: Role = "editor") -> User:
    return User(name=name, role=role, sha256=hashed(token), since=NOON)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "users.jsonl"
    monkeypatch.setenv("COUNTERCLAIM_DESK_USERS_FILE", str(path))
    return path


def test_a_token_is_shown_once_and_kept_as_its_hash(path: Path) -> None:
    done = CliRunner().invoke(app, ["add", "Ana Lišić", "--role", "editor"])
    assert done.exit_code == 0
    token = done.stdout.strip()
    assert token.startswith("desk_")
    assert token not in path.read_text("utf-8")
    found = user_of(UsersFile(path).users(), token)
    assert found is not None
    assert (found.name, found.role) == ("Ana Lišić", "editor")
    assert path.stat().st_mode & 0o777 == 0o600
    listed = CliRunner().invoke(app, ["list"])
    assert "Ana Lišić" in listed.stdout
    assert found.sha256[:8] not in listed.stdout


def test_who_is_removed_is_not_in_the_file_and_mode_and_others_stay(path: Path) -> None:
    for name in ("Ana", "Rui"):
        assert CliRunner().invoke(app, ["add", name]).exit_code == 0
    path.chmod(0o640)
    assert CliRunner().invoke(app, ["remove", "Ana"]).exit_code == 0
    assert [user.name for user in UsersFile(path).users()] == ["Rui"]
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(
    "name", ["", " Ana", "Ana ", "A" * 201, "A\nb", "Ana\u202e", "A\u200bna", "\x1b[31mAna", "ANA", "Ａｎａ"]
)
def test_a_name_that_cannot_be_told_apart_is_refused_and_nothing_changes(path: Path, name: str) -> None:
    write(path, [user("Ana")])
    before = path.read_bytes()
    done = CliRunner().invoke(app, ["add", "--", name])
    assert isinstance(done.exception, BadSetting)
    assert str(done.exception).startswith("NAME: ")
    assert path.read_bytes() == before


def test_without_a_file_the_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COUNTERCLAIM_DESK_USERS_FILE", raising=False)
    with pytest.raises(BadSetting, match="COUNTERCLAIM_DESK_USERS_FILE: is not set"):
        CliRunner().invoke(app, ["list"], catch_exceptions=False)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="No such file or directory; give a path in a folder"):
        write(tmp_path / "nowhere" / "users.jsonl", [])


def test_a_file_everyone_may_write_lets_nobody_in(path: Path) -> None:
    write(path, [user("Ana")])
    path.chmod(0o602)
    with pytest.raises(BadSetting, match="everyone on this machine may write it; chmod o-w"):
        UsersFile(path)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{}", "line 1: name: Field required"),
        (
            '{"name": "Ana", "role": "boss", "sha256": "x", "since": "2024-03-01T00:00Z"}',
            "line 1: role: Input should be",
        ),
        (as_text([user("Ana")]) + "\n" + as_text([user("ana")]), "line 3: NAME: 'Ana' (editor) is there already"),
        (as_text([user(" ")]), "line 1: NAME: ' ' is empty"),
        (as_text([user("Ana")]).replace("sha256", "token"), "line 1: sha256: Field required"),
    ],
)
def test_a_mistake_in_the_file_is_named_with_its_line_and_no_hash(text: str, problem: str) -> None:
    with pytest.raises(BadSetting) as caught:
        parse(text, "users.jsonl")
    assert f"users.jsonl: {problem}" in str(caught.value)
    assert hashed(OLD)[:8] not in str(caught.value)


def test_a_file_that_is_no_text_is_named(path: Path) -> None:
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(BadSetting, match="byte 0 is not UTF-8"):
        UsersFile(path)


@given(st.lists(st.tuples(st.text(max_size=20), st.sampled_from(["reader", "editor", "admin"])), max_size=6))
def test_the_file_reads_as_it_was_written(people: list[tuple[str, Role]]) -> None:
    users: tuple[User, ...] = ()
    for name, role in people:
        try:
            users = with_user(users, user(name, role=role))
        except BadSetting:
            continue
    assert parse(as_text(users), "f") == users
    for one in users:
        assert one not in without_user(users, one.name)


def test_a_right_token_a_wrong_one_and_one_nearly_right_take_as_many_comparisons(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tokens = [new_token() for _ in range(5)]
    users = [user(f"U{number}", token) for number, token in enumerate(tokens)]
    compared: list[tuple[str, str]] = []
    true = hmac.compare_digest

    def counting(one: str, other: str) -> bool:
        compared.append((one, other))
        return true(one, other)

    monkeypatch.setattr(hmac, "compare_digest", counting)
    for token, name in ((tokens[0], "U0"), (tokens[4], "U4"), (tokens[2][:-1], None), ("", None), ("\ud800", None)):
        compared.clear()
        found = user_of(users, token)
        assert (found.name if found else None) == name
        assert [len(one) for pair in compared for one in pair] == [64] * 10  # whole hashes, all of them, never tokens
