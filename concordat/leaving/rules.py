"""Why an organisation does not leave, in words; None when it may."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concordat.exports.rules import AGREEING
from concordat.people.models import Membership
from concordat.people.roles import Role

from .models import Departure

DECLARERS = (Role.DIRECTOR, Role.SIGNATORY)

CONSTRAINT_SENTENCES = {
    "departure_is_one_at_a_time": gettext_lazy("It is declared already that your organisation leaves."),
    "departure_is_confirmed_by_another": gettext_lazy("Somebody else has to confirm: it takes two people."),
    "departure_is_not_undone": gettext_lazy(
        "Your organisation has left. To come back it is invited anew by whoever runs the server, and signs anew."
    ),
    "departure_says_why": gettext_lazy("Say why your organisation leaves; its partners read it."),
}


def refuse_declare(by: Membership) -> str | None:
    """Say why somebody does not declare that the organisation leaves."""
    if not by.has(*DECLARERS):
        return _("The director or an authorised signatory declares that the organisation leaves.")
    if Departure.objects.filter(organisation=by.organisation_id, withdrawn_at=None).exists():
        return str(CONSTRAINT_SENTENCES["departure_is_one_at_a_time"])
    return None


def refuse_confirm(departure: Departure, *, by: Membership) -> str | None:
    """Say why somebody does not confirm it."""
    if departure.organisation_id != by.organisation_id or not by.has(*AGREEING):
        return _("Somebody else who leads the organisation that leaves confirms it.")
    if departure.declared_by_id == by.pk:
        return str(CONSTRAINT_SENTENCES["departure_is_confirmed_by_another"])
    return refuse_over(departure)


def refuse_withdraw(departure: Departure, *, by: Membership) -> str | None:
    """Say why somebody does not withdraw it."""
    if departure.organisation_id != by.organisation_id or not by.has(*AGREEING):
        return _("Somebody who leads the organisation that leaves withdraws it.")
    return refuse_over(departure)


def refuse_over(departure: Departure) -> str | None:
    if departure.withdrawn_at:
        return _("This was withdrawn: your organisation stays.")
    return str(CONSTRAINT_SENTENCES["departure_is_not_undone"]) if departure.confirmed_at else None
