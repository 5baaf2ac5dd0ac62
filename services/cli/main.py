"""The command `counterclaim`."""

from __future__ import annotations

import errno
import sys
from contextlib import suppress
from importlib import import_module

import typer

from schemas.errors import CounterclaimError
from schemas.printable import printable

COMMANDS = {
    "read": "pipes.read_command",
    "trace": "pipes.trace_command",
    "compare": "pipes.compare_command",
    "replay": "pipes.replay_command",
    "publish": "service.publish",
    "worker": "service.worker",
    "desk": "service.desk",
    "demo": "demo.demo",
    "topics": "service.topics",
    "notify": "notify.app",
    "dead-letters": "dead_letters.app",
    "desk-store": "desk_store.app",
    "desk-users": "desk_users.app",
    "entities": "tallies.app",
    "review": "review.app",
    "figure": "figure.figure",
    "explain": "explain.explain",
    "export": "export.export",
}
"""Name → where it stands below services.cli. Only the one that is called is imported: all of them take 3 s of CPU, most
of it for the desk's libraries, and a pipe of `read` needs none of those."""


_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def command(arguments: list[str]) -> typer.Typer:
    """The command with the one subcommand that `arguments` call, or with all where they call none."""
    app = typer.Typer(
        help="Watches the news for numbers that disagree: who says what, how it changed, who contradicts whom.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    called = [name for name in arguments[:1] if name in COMMANDS]
    app.callback()(lambda: None)  # with a single subcommand Typer would otherwise drop its name
    for name in called or COMMANDS:
        module, _, attribute = COMMANDS[name].partition(".")
        found = getattr(import_module(f"services.cli.{module}"), attribute)
        if isinstance(found, typer.Typer):
            app.add_typer(found, name=name)
        else:
            app.command(name)(found)
    return app


def main() -> None:
    """Entry point: a known error is one clear line and exit code 2, and a closed pipe is no error."""
    try:
        command(sys.argv[1:])()
    except CounterclaimError as error:
        sys.stderr.write(f"error: {printable(str(error))}\n")
        raise SystemExit(2) from None
    except BrokenPipeError:
        sys.stderr.close()  # the reader left; Python would complain again while flushing at exit
        raise SystemExit(141) from None
    except OSError as error:
        if error.errno not in _FULL:
            raise
        with suppress(OSError):
            sys.stdout.close()  # as above
        sys.stderr.write(f"error: the output cannot be written: {error.strerror}; what was written is not whole\n")
        raise SystemExit(2) from None
