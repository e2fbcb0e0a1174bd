"""Load the holidays of an organisation. Run by the operator of the server, as the owner of the tables."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from concordat.clocks import loading
from concordat.clocks.models import Calendar, Holiday, Source
from concordat.core.errors import Refused
from concordat.organisations.models import Organisation
from concordat.people.management.commands.create_admin import refuse_other_roles


class Command(BaseCommand):
    help = "Load the holidays by which an organisation counts working days."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("organisation", help="its name or short address")
        parser.add_argument("--country", default="", help="two letters; the list that comes with Concordat")
        parser.add_argument("--part", default="", help="a part of the country that has holidays of its own")
        parser.add_argument("--file", type=Path, help="lines of date and name, or a calendar file (.ics)")

    def handle(self, *_args: object, **options: Any) -> None:  # noqa: ANN401 - as they were parsed
        """Load them, with a line of the log that says that the operator did it."""
        refuse_other_roles()
        if bool(options["country"]) == bool(options["file"]):
            raise CommandError("Say either --country or --file.")
        name = options["organisation"]
        found = Organisation.objects.filter(name=name) | Organisation.objects.filter(slug=name)
        organisation = found.first()
        if organisation is None:
            raise CommandError(f"There is no organisation {name}.")
        try:
            days = read(options)
        except (Refused, OSError) as refusal:
            raise CommandError(str(refusal)) from refusal
        with transaction.atomic():
            many = load(organisation, days, options)
        self.stdout.write(f"{many} new holidays of {organisation.name}; {len(days)} were read.")


def read(options: dict[str, Any]) -> dict[Any, str]:
    """Read the days from where the operator said."""
    if options["file"]:
        return loading.of_file(options["file"].read_bytes())
    return loading.of_country(options["country"], options["part"])


def load(organisation: Organisation, days: dict[Any, str], options: dict[str, Any]) -> int:
    """Declare the days that are new; return how many."""
    calendar, _made = Calendar.objects.get_or_create(
        owner=organisation,
        defaults={
            "name": options["country"].upper() or organisation.name, "country": options["country"].upper(),
            "subdivision": options["part"], "rest_days": [6, 7],
        },
    )  # fmt: skip
    known = set(calendar.holidays.values_list("day", flat=True))
    source = Source.FILE if options["file"] else Source.COUNTRY
    new = [Holiday(calendar=calendar, day=day, name=name[:200], source=source) for day, name in days.items()]
    made = Holiday.objects.bulk_create([one for one in new if one.day not in known])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ledger.append('system', 'calendar.holidays', NULL, jsonb_build_array(jsonb_build_object("
            "'owner', %s::int, 'detail', jsonb_build_object('calendar', %s::text, 'days', %s::int))))",
            [organisation.pk, str(calendar.pk), len(made)],
        )
    return len(made)
