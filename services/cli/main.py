"""The command `counterclaim`."""

from __future__ import annotations

import sys

import typer

from schemas.errors import CounterclaimError
from schemas.printable import printable
from services.cli import dead_letters, desk_store, desk_users, notify, pipes, review, service, tallies
from services.cli.demo import demo
from services.cli.explain import explain
from services.cli.figure import figure

app = typer.Typer(
    help="Watches the news for numbers that disagree: who says what, how it changed, who contradicts whom.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("read")(pipes.read_command)
app.command("trace")(pipes.trace_command)
app.command("compare")(pipes.compare_command)
app.command("replay")(pipes.replay_command)
app.command()(service.publish)
app.command()(service.worker)
app.command()(service.desk)
app.command()(demo)
app.command()(service.topics)
app.add_typer(notify.app, name="notify")
app.add_typer(dead_letters.app, name="dead-letters")
app.add_typer(desk_store.app, name="desk-store")
app.add_typer(desk_users.app, name="desk-users")
app.add_typer(tallies.app, name="entities")
app.add_typer(review.app, name="review")
app.command()(figure)
app.command()(explain)


def main() -> None:
    """Entry point: a known error is one clear line and exit code 2, and a closed pipe is no error."""
    try:
        app()
    except CounterclaimError as error:
        sys.stderr.write(f"error: {printable(str(error))}\n")
        raise SystemExit(2) from None
    except BrokenPipeError:
        sys.stderr.close()  # the reader left; Python would complain again while flushing at exit
        raise SystemExit(141) from None
