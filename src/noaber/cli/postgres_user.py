"""Whom PostgreSQL runs as: it refuses to be root, so as root we lend it an unprivileged user."""

import contextlib
import os
import pwd
from dataclasses import dataclass
from pathlib import Path

from noaber.cli.failures import CommandFailure

UNPRIVILEGED_USERS = ("postgres", "nobody")


@dataclass(frozen=True, slots=True)
class RunAs:
    """The user that PostgreSQL runs as; None in the fields means: whoever we are."""

    name: str
    uid: int | None = None
    gid: int | None = None

    @property
    def is_other(self) -> bool:
        return self.uid is not None


def choose_user(clusters: Path) -> RunAs:
    """The user for the PostgreSQL processes: ourselves; as root the owner of the data or a lowly user."""
    if os.getuid() != 0:
        return RunAs(name=str(os.getuid()))
    with contextlib.suppress(FileNotFoundError, KeyError):
        owner = pwd.getpwuid(clusters.stat().st_uid)
        if owner.pw_uid != 0:
            return RunAs(owner.pw_name, owner.pw_uid, owner.pw_gid)
    for name in UNPRIVILEGED_USERS:
        with contextlib.suppress(KeyError):
            found = pwd.getpwnam(name)
            if found.pw_uid > 0:
                return RunAs(found.pw_name, found.pw_uid, found.pw_gid)
    raise CommandFailure(
        "PostgreSQL does not run as root and there is no user 'postgres' or 'nobody' to run it as. "
        "Make one with: useradd --system postgres"
    )


def check_reachable(folder: Path) -> None:
    """Refuse a folder that an unprivileged user cannot get to because a folder above it is closed."""
    for place in folder.resolve().parents:
        if not place.stat().st_mode & 0o001:
            raise CommandFailure(
                f"PostgreSQL runs as an unprivileged user and cannot reach {folder}, "
                f"because {place} is closed to others. "
                "Set NOABER_STATE_DIR to another folder, for example /var/lib/noaber/own."
            )
