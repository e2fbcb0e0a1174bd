"""Check every line of the log: that its leaf still fits its rows, and that no place is missing. Run as the owner."""

from django.core.management.base import BaseCommand, CommandError
from django.db import connection


class Command(BaseCommand):
    help = "Check every line of the log and the gaps between them (as the owner of the database)."

    def handle(self, *_args: object, **_options: object) -> None:
        """Print each fault; end with an error where there is one."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT ledger.sequence()")
            cursor.execute("SELECT place, fault FROM ledger.verify() ORDER BY place")
            faults = cursor.fetchall()
            cursor.execute("SELECT count(*), max(position) FROM ledger_leaf")
            lines, last = cursor.fetchone()
        for place, fault in faults:
            self.stdout.write(f"line {place or 'without a place'}: {fault}")
        if faults:
            raise CommandError(f"{len(faults)} faults in {lines} lines. Keep this copy, and compare it with a backup.")
        self.stdout.write(f"{lines} lines checked, the last at place {last or 0}: every leaf and every place holds.")
