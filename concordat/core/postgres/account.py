"""As whom PostgreSQL runs: it refuses to run as root, so root hands it to a service user of its own."""

import os
import pwd
import subprocess
from pathlib import Path
from typing import TypedDict

from concordat.core.errors import Refused

SERVICE_USER = "concordat-postgres"


class Identity(TypedDict, total=False):
    """The arguments of `subprocess` that change the user; empty when nothing changes."""

    user: int
    group: int
    extra_groups: list[int]


def is_root() -> bool:
    """Tell whether the server must be handed to the service user."""
    return os.geteuid() == 0


def identity() -> Identity:
    """Return as whom the programs of PostgreSQL are to run."""
    if not is_root():
        return {}
    account = service_account()
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def service_account() -> pwd.struct_passwd:
    """Return the service user, made on first need."""
    try:
        return pwd.getpwnam(SERVICE_USER)
    except KeyError:
        make_service_user()
        return pwd.getpwnam(SERVICE_USER)


def make_service_user() -> None:
    """Make the service user: no home, no password, no shell."""
    command = ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", SERVICE_USER]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise Refused(
            f"PostgreSQL does not run as root, and the user {SERVICE_USER} could not be made. "
            f"Run this, or start Concordat as an ordinary user: {' '.join(command)}"
        ) from error


def hand_over(path: Path) -> None:
    """Give a file or folder to the service user when there is one."""
    who = identity()
    if who:
        os.chown(path, who["user"], who["group"])


def can_reach(folder: Path) -> bool:
    """Tell whether the service user can walk down to a folder (every folder on the way is open to all for passing)."""
    existing = [part for part in (folder, *folder.parents) if part.exists()]
    return all(part.stat().st_mode & 0o001 for part in existing)
