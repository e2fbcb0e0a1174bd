"""Hold checkpoints that partners have kept against each other and against this log."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from concordat.ledger import checking, note


class Command(BaseCommand):
    help = "Say whether checkpoints that partners have kept are about this log, and about one and the same."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the files."""
        parser.add_argument("one", type=Path)
        parser.add_argument("other", type=Path)

    def handle(self, *_args: object, one: Path, other: Path, **_options: object) -> None:
        """Print what is wrong; where each is about this log, both are about one."""
        faults: list[checking.Fault] = []
        for file in (one, other):
            try:
                faults += checking.kept(file)
            except (OSError, UnicodeDecodeError, note.Unreadable) as error:
                raise CommandError(f"{file} is no checkpoint that can be read: {error}") from error
        if faults:
            raise CommandError("\n".join(map(str, [*faults, "They are not both about this log."])))
        self.stdout.write("Both are about this log, so they are about one and the same.")
