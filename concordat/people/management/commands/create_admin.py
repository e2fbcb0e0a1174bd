"""Invite the first administrator of an organisation. Run by the operator of the server, as the owner of the tables."""

from argparse import ArgumentParser
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import connection, transaction
from django.db.models import Max
from django.utils.text import slugify

from concordat.organisations.models import Organisation, Side
from concordat.people import clock
from concordat.people.actions import VALID, Invited, make_invitation
from concordat.people.models import Membership
from concordat.people.roles import Role
from concordat.people.site import site


class Command(BaseCommand):
    help = "Invite the first administrator of an organisation; make the organisation where it is new."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("email", help="the address with which the administrator will sign in")
        parser.add_argument(
            "--organisation", required=True, help="its name; it is made when there is none by this name"
        )
        parser.add_argument("--name", default="Administrator", help="the name shown to others")
        parser.add_argument("--side", choices=Side.values, help="for a new organisation: authority or civil society")
        parser.add_argument("--short", help="for a new organisation: two or three letters for its badge")

    def handle(self, *_args: object, **options: Any) -> None:  # noqa: ANN401 - as they were parsed
        """Make what is missing and print how to come in."""
        refuse_other_roles()
        try:
            validate_email(options["email"])
        except ValidationError as error:
            raise CommandError(f"{options['email']} is no e-mail address.") from error
        with transaction.atomic():
            organisation = find_or_make(options)
            invited = invite_administrator(organisation, name=options["name"], email=options["email"])
        self.stdout.write(f"Code of the invitation, valid for {VALID.days} days, counts once: {invited.code}")
        self.stdout.write(f"To be typed in at {site()}/account/invitation/")
        self.stdout.write(f"The same as a link: {site()}/account/invitation/{invited.code}/")


def refuse_other_roles() -> None:
    """Refuse to run as the application: its policies let administrators invite, and there is none yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user = tableowner FROM pg_tables WHERE tablename = 'people_membership'")
        if cursor.fetchone() != (True,):
            raise CommandError("Only the owner of the tables can do this: set CONCORDAT_DB_ROLE=owner.")


def find_or_make(options: dict[str, Any]) -> Organisation:
    """Return the organisation of that name or short address; make it when it is new."""
    name = options["organisation"]
    found = Organisation.objects.filter(name=name) | Organisation.objects.filter(slug=name)
    if organisation := found.first():
        return organisation
    if not options["side"] or not options["short"]:
        raise CommandError(f"There is no organisation {name}. To make it, say --side authority or civil, and --short.")
    number = (Organisation.objects.aggregate(last=Max("id"))["last"] or 0) + 1
    organisation = Organisation(
        id=number,
        slug=slugify(name) or f"organisation-{number}",
        name=name,
        short=options["short"][:3],
        side=options["side"],
    )
    organisation.save(force_insert=True)
    return organisation


def invite_administrator(organisation: Organisation, *, name: str, email: str) -> Invited:
    """Make the membership and its invitation, with a line of the log that says that the operator did it."""
    membership = Membership(
        user_id=uuid4(),
        organisation=organisation,
        shown_name=name,
        title="Administrator",
        roles=[Role.ADMINISTRATOR.value],
        valid_from=clock.now("default"),
    )
    membership.save(force_insert=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ledger.append('system', 'administrator.invited', NULL, jsonb_build_array(jsonb_build_object("
            "'owner', %s::int, 'detail', jsonb_build_object('membership', %s::text))))",
            [organisation.id, str(membership.id)],
        )
    return make_invitation(membership, email=email, by=None)
