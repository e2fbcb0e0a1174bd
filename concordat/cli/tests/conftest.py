"""Tests of the command run it as an operator does: another process, judged by what it prints and its exit code."""

import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from concordat.cli.clients import DEBIAN, major_version
from concordat.core.postgres import Cluster
from concordat.core.testing import throwaway

Concordat = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def concordat(state_folder: Path) -> Concordat:
    """Return a function that runs a command on the installation of this file's tests."""

    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "concordat", *arguments]
        settings = os.environ | {"CONCORDAT_HOME": str(state_folder), "CONCORDAT_DEMO": "0"} | environment
        return subprocess.run(command, env=settings, capture_output=True, text=True, check=False, timeout=120)

    return run


@dataclass
class External:
    """A server that the machine brought along, and the settings for it."""

    server: Cluster
    settings: dict[str, str]

    def as_superuser(self, statement: str) -> None:
        with psycopg.connect(self.server.dsn("postgres", "postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    def run_script(self, script: str) -> subprocess.CompletedProcess[str]:
        assert self.server.programs is not None
        command = [
            str(self.server.programs / "psql"),
            "-X",
            "-v",
            "ON_ERROR_STOP=1",
            self.server.dsn("postgres", "postgres"),
        ]
        return subprocess.run(command, input=script, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def external() -> Iterator[External]:
    """Start the machine's own PostgreSQL on a throw-away folder, without any of our roles."""
    found = sorted(DEBIAN.glob("*/bin/initdb"), key=major_version)
    if not found:
        pytest.skip("This machine has no PostgreSQL server of its own. It comes with: apt install postgresql")
    home = throwaway.make_folder()
    server = Cluster(home, fast=True, programs=found[0].parent)
    server.start()
    socket = quote(str(server.socket_folder), safe="")
    settings = {"DATABASE_URL": f"postgresql://concordat_owner:{secrets.token_hex()}@/concordat?host={socket}"}
    settings |= {f"CONCORDAT_{name}_PASSWORD": secrets.token_hex() for name in ("APP", "SIGNIN", "BACKUP")}
    settings |= {f"CONCORDAT_{name}_KEY": secrets.token_urlsafe(48) for name in ("SECRET", "CONTEXT", "SEAL", "LOG")}
    yield External(server, settings)
    server.stop()
    throwaway.discard(home)
