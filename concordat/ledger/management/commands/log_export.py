"""Write the log into a file that anybody can check, with the program that checks it. Run as the owner."""

import os
import shutil
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from concordat.ledger import outside, tree
from concordat.ledger.checkpoints import key_of_log, place_lines
from concordat.ledger.exporting import export

VERIFIER = Path(outside.__file__).with_name("verify_log.py")


class Command(BaseCommand):
    help = "Write the log, its checkpoints and signatures into a file, with the program that checks it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, and how much of the lines is in it."""
        parser.add_argument("file", type=Path, help="the file to write; it must not exist yet")
        parser.add_argument(
            "--hashes-only", action="store_true", help="leave out what the lines say: for somebody who may not know it"
        )

    def handle(self, *_args: object, file: Path, hashes_only: bool, **_options: object) -> None:
        """Write the file, readable by its owner only, and the program beside it."""
        place_lines()
        size = tree.size_of_tree()
        try:
            write(file, size, hashes_only=hashes_only)
            if not file.with_name(VERIFIER.name).exists():
                shutil.copyfile(VERIFIER, file.with_name(VERIFIER.name))
        except OSError as error:
            raise CommandError(f"{file} cannot be written: {error.strerror}.") from error
        self.stdout.write(f"{size} lines are in {file}. Check them with: python3 {VERIFIER.name} {file.name}")
        self.stdout.write(f"The key of the log: {key_of_log()}\nIts fingerprint: {key_of_log().fingerprint}")
        if not hashes_only:
            self.stdout.write("The file says who has read what about whom. Keep it as you keep a backup.")


@transaction.atomic
def write(file: Path, size: int, *, hashes_only: bool) -> None:
    """Write line by line; all of it is of one moment, because lines only come after those."""
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        out.writelines(export(hashes_only=hashes_only, size=size))
        out.flush()
        os.fsync(out.fileno())
