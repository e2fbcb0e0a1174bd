"""Do what waits: lines of the log get their places, checkpoints are signed, and rooms do their part, such as mail."""

import logging
import os
import signal
import threading
from contextlib import suppress

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection, connections

from concordat.core.wiring import wired
from concordat.ledger.checkpoints import make_when_due, place_lines
from concordat.ledger.pulse import beat

PAUSE = 5.0  # seconds
POLITE = 10  # how far it steps back behind the processes that answer people
LOG = logging.getLogger("concordat.worker")


class Command(BaseCommand):
    help = "Do the work that waits, until asked to end."

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer a single round, for tests and for an operator who wants to see it happen."""
        parser.add_argument("--once", action="store_true", help="do what waits now, and end")

    def handle(self, *_args: object, once: bool, **_options: object) -> None:
        """Place lines every few seconds; a database that is away is waited for."""
        if once:
            do_what_waits()
            return
        os.nice(POLITE)
        ended = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: ended.set())
        more = False
        while not ended.wait(0 if more else PAUSE):
            more = try_to_work()


def try_to_work() -> bool:
    """Do one round and say whether more waits; whatever fails is tried again, and said without what is in it."""
    try:
        step_back()
        return do_what_waits()
    except Exception:
        LOG.exception("A round of the worker failed; it is tried again.")
        connection.close()
        return False


def step_back() -> None:
    """Have what our own PostgreSQL does for this process step back as it does; a connection may be a new one."""
    if not settings.EMBEDDED:
        return  # the numbers of its processes are those of another machine
    for one in (connections["default"], connections["signin"]):
        one.ensure_connection()
        with suppress(ProcessLookupError, PermissionError):
            os.setpriority(os.PRIO_PROCESS, one.connection.info.backend_pid, POLITE)


def do_what_waits() -> bool:
    """Do one round of everything; return whether something has more to do at once."""
    place_lines()
    done = [work() for work in wired("WORK")]
    place_lines()  # of what the rooms have just done
    make_when_due()
    beat()
    return True in done
