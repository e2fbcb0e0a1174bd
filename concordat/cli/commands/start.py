"""Start everything in order, look after it, and end it in the opposite order."""

import argparse
import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from types import FrameType
from typing import Never

import django
from django.conf import settings

from concordat.cli import database, lifeline, ports, rooms, running
from concordat.core import legal, translations
from concordat.core.errors import Refused
from concordat.core.postgres import Cluster

HELP = "start the server; Ctrl-C ends it"
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
FIRST_ANSWER = 60.0  # seconds
PEOPLE_NAMED = 8


class Ended(BaseException):
    """Somebody asked the server to end."""


def arguments(_parser: argparse.ArgumentParser) -> None:
    """Take no options: the environment says everything."""


def run(_options: argparse.Namespace) -> int:
    """Serve until somebody asks to end."""
    with running.claim(database.home()):
        try:
            with until_asked_to_end(), database.server():
                serve()
        except Ended:
            running.tell_systemd("STOPPING=1")
            print("Concordat has ended.", flush=True)
    return 0


@contextmanager
def until_asked_to_end() -> Iterator[None]:
    """Turn the first signal into `Ended`; later ones are ignored, for they would break off a clean end."""

    def end(number: int, frame: FrameType | None) -> Never:
        del number, frame
        for each in SIGNALS:
            signal.signal(each, signal.SIG_IGN)
        raise Ended

    before = [(each, signal.signal(each, end)) for each in SIGNALS]
    try:
        yield
    finally:
        for each, handler in before:
            signal.signal(each, handler)


def serve() -> None:
    """Prepare the database, start the children and wait for the first of them to end.

    Nothing before this reads the settings: an embedded server has first to make the secrets that they hold.
    """
    if not settings.LOCAL and (refusal := legal.refuse_to_serve(settings.HOME, dict(settings.LANGUAGES))):
        raise Refused(refusal)
    django.setup()
    translations.compile_all()
    step("migrate")
    if settings.DEMO and rooms.exists("demo") and nobody_can_sign_in():
        print("Loading the demonstration country ...", flush=True)
        step("demo")
    port, sockets = ports.listen(settings.PORT)
    if port != settings.PORT and settings.PROXY:
        raise Refused(
            f"Port {settings.PORT} is taken, and the web server in front sends everything there. "
            "End what has it, or set CONCORDAT_PORT here and in the web server to another one."
        )
    if port != settings.PORT:
        print(f"Port {settings.PORT} is taken, so this is port {port}.", flush=True)
    with children(sockets) as started:
        address = f"http://localhost:{port}"
        wait_for_answer(port, started[0])
        running.note(settings.HOME, running.Running(os.getpid(), address, datetime.now(UTC).isoformat("T", "seconds")))
        print(welcome(address), flush=True)
        running.tell_systemd("READY=1")
        wait_for_end(started)


def step(*command: str) -> None:
    """Run a command that has to succeed before the next thing can begin."""
    child = lifeline.spawn(*command)
    try:
        if child.wait():
            raise Refused(f"Concordat did not start: `concordat {command[0]}` failed, see above.")
    finally:
        lifeline.end(child)


@contextmanager
def children(sockets: list[socket.socket]) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Have the web server, and the worker where there is one, inside the block."""
    numbers = [each.fileno() for each in sockets]
    with ExitStack() as stack:
        started = [lifeline.spawn("serve", *map(str, numbers), keep=numbers)]
        stack.callback(lifeline.end, started[0])
        if rooms.exists("worker"):
            started.append(lifeline.spawn("worker"))
            stack.callback(lifeline.end, started[1])
        yield started


def wait_for_answer(port: int, child: subprocess.Popen[bytes]) -> None:
    """Wait until a page comes, so that the address is printed when it works."""
    end = time.monotonic() + FIRST_ANSWER
    while time.monotonic() < end and child.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=FIRST_ANSWER)
        try:
            connection.request("GET", "/", headers={"Host": settings.HOSTS[0]})
            connection.getresponse()
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
        else:
            return
        finally:
            connection.close()
    raise Refused("Concordat did not start: the web server gives no answer.")


def wait_for_end(started: list[subprocess.Popen[bytes]]) -> Never:
    """Wait for a signal; a child that ends by itself is a failure, and so is a database server that does."""
    while all(child.poll() is None for child in started) and database_lives():
        time.sleep(0.5)
    raise Refused("A part of Concordat ended by itself, so the rest was ended too. See the lines above.")


def database_lives() -> bool:
    """Tell whether the embedded server is there; an external one is looked after by others."""
    return not settings.EMBEDDED or Cluster(settings.HOME).is_our_server()


def nobody_can_sign_in() -> bool:
    """Tell whether this is the first start."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415 - needs the settings

    nobody = not get_user_model().objects.using("signin").exists()
    database.close()
    return nobody


def welcome(address: str) -> str:
    """Say where it is and who can come in."""
    lines = ["", f"Concordat is ready: {address}"]
    if nobody_can_sign_in():
        lines.append("Nobody can sign in yet. Invite the first administrator: .venv/bin/concordat create-admin")
    elif settings.DEMO:
        lines += ["This is the demonstration. One click signs you in as one of its people, among them:", *some_people()]
    return "\n".join([*lines, "Ctrl-C ends it.", ""])


def some_people() -> list[str]:
    """Name some of the people of the demonstration."""
    from concordat.people.door import with_memberships  # noqa: PLC0415 - needs the settings
    from concordat.people.models import Persona  # noqa: PLC0415 - as above

    known = with_memberships(Persona.objects.select_related("user")[:PEOPLE_NAMED])
    database.close()
    return [f"  {one.shown_name}, {one.title}, {one.organisation}" for _, members in known for one in members]
