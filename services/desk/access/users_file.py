"""The file of those who may sign in: read anew whenever it changed, so that who is removed is out at once."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from schemas.errors import BadSetting
from services.desk.access.users import User, as_text, parse

_Version = tuple[int, int, int]


class UsersFile:
    """The users in a file. Raises BadSetting when made, and later too, if the file cannot be read or has a mistake:
    going on with what it said before would keep somebody in whom a hand-edit meant to put out."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._version: _Version | None = None
        self._users: tuple[User, ...] = ()
        self.users()

    def users(self) -> tuple[User, ...]:
        """Who is in it now. Costs a stat (some 2 us) while it stays the same."""
        try:
            found = self.path.stat()
            version = (found.st_mtime_ns, found.st_size, found.st_ino)
            if version != self._version:
                if found.st_mode & stat.S_IWOTH:
                    raise BadSetting(f"{self.path}: everyone on this machine may write it; chmod o-w it")
                self._users = parse(self.path.read_text("utf-8"), str(self.path))
                self._version = version
        except OSError as error:
            raise BadSetting(f"{self.path}: {error.strerror}; `counterclaim desk-users add NAME` makes it") from None
        except UnicodeDecodeError as error:
            raise BadSetting(f"{self.path}: byte {error.start} is not UTF-8; save the file as UTF-8") from None
        return self._users


def write(path: Path, users: Sequence[User]) -> None:
    """Puts `users` in place of what the file said, at once: a desk that reads meanwhile sees the old or the new.

    A new file is its owner's alone; of an old one owner and mode stay. Raises BadSetting if it cannot be written.
    """
    try:
        before = path.stat() if path.exists() else None
        number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")  # mode 0600
        written = Path(name)
        try:
            with os.fdopen(number, "w", encoding="utf-8") as file:
                file.write(as_text(users))
                file.flush()
                os.fsync(file.fileno())
                if before is not None:
                    os.fchmod(file.fileno(), stat.S_IMODE(before.st_mode))
                    with suppress(PermissionError):  # only root may give a file to the user that runs the desk
                        os.fchown(file.fileno(), before.st_uid, before.st_gid)
            written.replace(path)
        finally:
            written.unlink(missing_ok=True)
    except OSError as error:
        raise BadSetting(f"{path}: {error.strerror}; give a path in a folder this command may write") from None
