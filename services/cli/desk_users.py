"""`counterclaim desk-users`: who may sign in to the desk by token."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from schemas.errors import BadSetting
from schemas.printable import printable
from services.desk.access.people import Role
from services.desk.access.users import User, hashed, new_token, with_user, without_user
from services.desk.access.users_file import UsersFile, write
from services.platform.settings import PREFIX, load_settings

app = typer.Typer(
    help="Who may sign in to the desk: add, list, remove. A running desk sees it at once.", no_args_is_help=True
)

_File = Annotated[Path | None, typer.Option("--file", help=f"Else {PREFIX}DESK_USERS_FILE says which.")]
_Name = Annotated[str, typer.Argument(metavar="NAME", help="As it stands beside everything they do at the desk.")]


@app.command()
def add(
    name: _Name,
    role: Annotated[Role, typer.Option(help="reader looks; editor also acts; admin also runs the desk.")] = "reader",
    file: _File = None,
) -> None:
    """Let somebody in, and print their token: the only time it can be seen."""
    path = _path(file)
    token = new_token()
    user = User(name=name, role=role, sha256=hashed(token), since=datetime.now(UTC))
    write(path, with_user(_users(path), user))
    typer.echo(f"{name} is {role} at this desk; the token is shown this once:", err=True)
    typer.echo(token)


@app.command("list")
def list_users(file: _File = None) -> None:
    """Everybody who has a token, in the order they were added."""
    users = _users(_path(file))
    table = Table("name", "role", "since")
    for user in users:
        table.add_row(escape(printable(user.name)), user.role, f"{user.since:%Y-%m-%d %H:%M}Z")
    Console().print(table if users else "nobody can sign in by token yet")


@app.command()
def remove(name: _Name, file: _File = None) -> None:
    """Put somebody out: their token and every browser they are signed in with stop counting at once."""
    path = _path(file)
    write(path, without_user(_users(path), name))
    typer.echo(f"{name} can no longer sign in")


def _path(file: Path | None) -> Path:
    path = file or load_settings().desk_users_file
    if path is None:
        raise BadSetting(f"{PREFIX}DESK_USERS_FILE: is not set; set it to a path, or give --file")
    return path


def _users(path: Path) -> tuple[User, ...]:
    """Who is in the file, nobody while there is none."""
    return UsersFile(path).users() if path.exists() else ()
