"""Stage a caseload file from the command line. It loads nothing: an import officer confirms it in the browser.

The file is staged as a named import officer, under that officer's signed context and with a line in the log.
"""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import transaction

from concordat.imports import actions
from concordat.imports.acting import sign_as
from concordat.imports.staging import address, officer_of, read
from concordat.people.roles import Role


class Command(BaseCommand):
    help = "Stage a caseload from a CSV file or an Excel workbook; an import officer confirms it in the browser."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("file", type=Path, help="the file, as the other system exported it")
        parser.add_argument(
            "--for", dest="slug", required=True, metavar="ORGANISATION", help="short address of the organisation"
        )
        parser.add_argument(
            "--officer", required=True, help="e-mail address, or number of the membership, of an import officer"
        )

    def handle(self, *_args: object, file: Path, slug: str, officer: str, **_options: object) -> None:
        """Read the file, keep it, and say where it is confirmed."""
        data = read(file)
        by = officer_of(slug, officer, roles=[Role.IMPORT_OFFICER], called="import officer")
        with transaction.atomic():
            sign_as(by)
            upload = actions.stage(data, name=file.name, from_command_line=True, by=by)
        self.stdout.write(
            f"Staged for {by.organisation}. Nothing is loaded yet: {by.shown_name} confirms the columns at"
        )
        self.stdout.write(address(upload.get_absolute_url()))
