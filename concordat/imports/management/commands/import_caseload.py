"""Stage a caseload file from the command line. It loads nothing: an import officer confirms it in the browser.

The file is staged as a named import officer, under that officer's signed context and with a line in the log.
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from django.urls import reverse

from concordat.core.errors import Refused
from concordat.imports import actions
from concordat.imports.acting import sign_as
from concordat.imports.models import Upload
from concordat.imports.reading import MAX_BYTES
from concordat.people.memberships import LIVE
from concordat.people.models import Membership, User
from concordat.people.roles import Role
from concordat.people.router import SIGNIN


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
        data, by = read(file), officer_of(slug, officer)
        with transaction.atomic():
            sign_as(by)
            upload = actions.stage(data, name=file.name, from_command_line=True, by=by)
        self.stdout.write(
            f"Staged for {by.organisation}. Nothing is loaded yet: {by.shown_name} confirms the columns at"
        )
        self.stdout.write(address(upload))


def read(file: Path) -> bytes:
    """Return the bytes of the file, and no more than may be kept."""
    try:
        with file.open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise Refused(f"{file} cannot be read: {error.strerror}.") from error


def officer_of(slug: str, officer: str) -> Membership:
    """Return the membership of an import officer of that organisation; who is none is not told apart from nobody."""
    found = Membership.objects.using(SIGNIN).filter(
        LIVE, organisation__slug=slug, roles__contains=[Role.IMPORT_OFFICER]
    )
    by = found.select_related("organisation").filter(**_named(officer)).first()
    if by is None:
        raise Refused(f"{officer} is no import officer of an organisation with the short address {slug}.")
    return by


def _named(officer: str) -> dict[str, Any]:
    try:
        return {"id": UUID(officer)}
    except ValueError:
        return {
            "user_id__in": list(User.objects.filter(email__iexact=officer, is_active=True).values_list("id", flat=True))
        }  # unlogged: no record


def address(upload: Upload) -> str:
    """Return where the columns of a file are confirmed."""
    host = settings.HOSTS[0]
    server = f"http://{host}:{settings.PORT}" if settings.LOCAL else f"https://{host}"
    return server + reverse("imports:columns", args=[upload.pk])
