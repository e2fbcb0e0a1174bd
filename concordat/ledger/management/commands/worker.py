"""Do what waits: the lines of the log get their places, and rooms do their part. Reminders and mail join it later."""

import signal
import threading

from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError, connection

from concordat.core.wiring import wired

PAUSE = 5.0  # seconds


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
        ended = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: ended.set())
        more = False
        while not ended.wait(0 if more else PAUSE):
            try:
                more = do_what_waits()
            except OperationalError:
                more = False
                connection.close()


def do_what_waits() -> bool:
    """Do one round of everything; return whether something has more to do at once."""
    place_lines()
    done = [work() for work in wired("WORK")]
    return True in done


def place_lines() -> None:
    """Give every committed line of the log its place."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT ledger.sequence()")
