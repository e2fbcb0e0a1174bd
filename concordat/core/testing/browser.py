"""A real browser on the real server: fixtures for journeys.

The server is the process that an operator runs, on a copy of the template database. A machine without Chromium skips
the journeys and says which command gets it.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, sync_playwright

from concordat.cli import lifeline, ports
from concordat.cli.commands.start import wait_for_answer
from concordat.core.postgres import load_keys
from concordat.core.postgres.roles import APP, BACKUP, OWNER, SIGNIN
from concordat.core.testing import throwaway

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
NOWHERE_ELSE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"
FIRST_PORT = 8400


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Give the browser of this process; each test makes its own contexts in it and closes them."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        pytest.skip("There is no Chromium on this machine. It comes with: apt install chromium")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the driver's loop runs in this thread, the database beside it
    arguments = [NOWHERE_ELSE, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def site(own_database: str, template_database: Path) -> Iterator[str]:
    """Serve the database of this test alone, as the demonstration does, and return the address."""
    with served(external(template_database, own_database) | {"CONCORDAT_DEMO": "1"}) as (address, _child):
        yield address


@contextmanager
def served(environment: dict[str, str]) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Have the real server run inside the block; returns its address and its process."""
    port, sockets = ports.listen(FIRST_PORT)
    numbers = [each.fileno() for each in sockets]
    child = lifeline.spawn("serve", *map(str, numbers), keep=numbers, environment=environment)
    try:
        wait_for_answer(port, child)
        yield f"http://localhost:{port}", child
    finally:
        lifeline.end(child)
        for each in sockets:
            each.close()


def external(home: Path, database: str) -> dict[str, str]:
    """Return the settings under which another process uses a database of the throw-away server."""
    keys = load_keys(home)
    socket = quote(str(throwaway.cluster(home).socket_folder), safe="")
    passwords = {
        APP: "CONCORDAT_APP_PASSWORD",
        SIGNIN: "CONCORDAT_SIGNIN_PASSWORD",
        BACKUP: "CONCORDAT_BACKUP_PASSWORD",
    }
    return {
        "DATABASE_URL": f"postgresql://{OWNER}:{keys[OWNER]}@/{database}?host={socket}",
        **{setting: keys[role] for role, setting in passwords.items()},
        **{f"CONCORDAT_{name.upper()}": keys[name] for name in ("secret_key", "context_key", "seal_key", "log_key")},
    }
