"""Whether Concordat runs from this state folder, and where: a lock that dies with its process, and a note beside it."""

import fcntl
import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TextIO

from concordat.core.errors import Refused
from concordat.core.postgres.keys import make_home, write_private


@dataclass(frozen=True)
class Running:
    """The process that serves, and the address that it serves."""

    pid: int
    address: str
    since: str


def note(home: Path, running: Running) -> None:
    """Tell the other commands."""
    write_private(home / "running.json", json.dumps(asdict(running)))


def find(home: Path) -> Running | None:
    """Return what runs from this folder, if anything does."""
    lock = home / "running.lock"
    if not lock.exists():
        return None
    with lock.open("r") as file:
        if _take(file):
            return None
    try:
        return Running(**json.loads((home / "running.json").read_text()))
    except FileNotFoundError:
        return Running(pid=0, address="(still starting)", since="")


@contextmanager
def claim(home: Path) -> Iterator[None]:
    """Be the only one who serves from this folder."""
    make_home(home)
    with (home / "running.lock").open("w") as file:
        if not _take(file):
            other = find(home)
            raise Refused(f"Concordat already runs from {home} at {other.address if other else '(stopping)'}")
        (home / "running.json").unlink(missing_ok=True)
        yield


def tell_systemd(state: str) -> None:
    """Tell the system that started this process how far it is (sd_notify); where nobody wants to know, nothing."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if address:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
            line.connect(address.replace("@", "\0", 1))
            line.sendall(state.encode())


def _take(file: TextIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
