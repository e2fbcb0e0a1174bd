"""Stage a directory of services from the command line. It offers nothing: a coordinator confirms it in the browser.

The file is staged as a named coordinator or director, under that person's signed context and with a line in the log.
"""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import transaction
from django.urls import reverse

from concordat.imports import directory
from concordat.imports.acting import sign_as
from concordat.imports.staging import address, officer_of, read
from concordat.referrals.asking.rules.service import OFFERERS


class Command(BaseCommand):
    help = "Stage services from an Open Referral file (HSDS 3, JSON); a coordinator confirms them in the browser."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("file", type=Path, help="the file: one service, a list of them, or a page of a list")
        parser.add_argument(
            "--for", dest="slug", required=True, metavar="ORGANISATION", help="short address of the organisation"
        )
        parser.add_argument(
            "--officer", required=True, help="e-mail address, or number of the membership, of a coordinator or director"
        )

    def handle(self, *_args: object, file: Path, slug: str, officer: str, **_options: object) -> None:
        """Read the file, keep its services, and say where they are confirmed."""
        data = read(file)
        by = officer_of(slug, officer, roles=OFFERERS, called="coordinator or director")
        with transaction.atomic():
            sign_as(by)
            offers = directory.stage_directory(data, by=by)
        self.stdout.write(
            f"Staged {len(offers)} for {by.organisation}. Nothing is offered yet: {by.shown_name} confirms them at"
        )
        self.stdout.write(address(reverse("imports:offers")))
