"""Check the whole log: lines, places, tree, checkpoints and signatures. Run as the owner."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from concordat.ledger import checking, note
from concordat.ledger.checkpoints import place_lines
from concordat.ledger.models import Checkpoint

SHOWN = 50  # faults


class Command(BaseCommand):
    help = "Check every line of the log, its tree, and what was signed about it (as the owner of the database)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what partners have kept, and keys that were used before."""
        parser.add_argument("--against", type=Path, action="append", default=[], metavar="FILE",
                            help="a checkpoint that a partner has kept; may be given several times")  # fmt: skip
        parser.add_argument("--earlier-key", action="append", default=[], metavar="FINGERPRINT",
                            help="a key with which this server signed before; without spaces")  # fmt: skip

    def handle(self, *_args: object, against: list[Path], earlier_key: list[str], **_options: object) -> None:
        """Print each fault; end with an error where there is one."""
        place_lines()
        faults = [*checking.lines_and_tree(), *checking.signatures({one.replace(" ", "") for one in earlier_key})]
        for file in against:
            try:
                faults += checking.kept(file)
            except (OSError, UnicodeDecodeError, note.Unreadable) as error:
                raise CommandError(f"{file} is no checkpoint that can be read: {error}") from error
        for fault in faults[:SHOWN]:
            self.stdout.write(str(fault))
        lines, last = counts()
        if faults:
            raise CommandError(f"{len(faults)} faults in {lines} lines. Keep this copy, and compare it with a backup.")
        self.stdout.write(f"{lines} lines checked, the last at place {last}: every leaf and every place holds.")
        self.stdout.write(about_checkpoints())


def counts() -> tuple[int, int]:
    """Return how many lines there are, and the last place."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), coalesce(max(position), 0) FROM ledger_leaf")
        lines, last = cursor.fetchone()
    return lines, last


def about_checkpoints() -> str:
    """Say how far the log is signed and countersigned."""
    newest = Checkpoint.objects.first()
    seen = Checkpoint.objects.filter(countersignatures__isnull=False).first()
    if newest is None:
        return "No checkpoint was made yet; the worker makes them."
    until = f"up to place {seen.size}" if seen else "nowhere: no partner has signed yet"
    return f"Signed up to place {newest.size}; countersigned {until}."
