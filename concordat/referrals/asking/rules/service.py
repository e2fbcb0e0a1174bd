"""Who may offer a service, and under which terms."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from concordat.agreements.models import Agreement, Kind
from concordat.organisations.models import Place
from concordat.people.models import Membership
from concordat.people.roles import Role
from concordat.referrals.asking.terms import Papers, refuse_places
from concordat.referrals.models import Service

OFFERERS = (Role.COORDINATOR, Role.DIRECTOR)


def refuse_to_offer(*, by: Membership, service: Service | None = None) -> str | None:
    """Say why somebody may not offer a service, or change one that is offered."""
    if service is not None and service.organisation_id != by.organisation_id:
        return _("Only %(organisation)s can change what it offers.") % {"organisation": service.organisation}
    if not by.has(*OFFERERS):
        return _("A coordinator or the director says what your organisation offers.")
    return None


def refuse_offer(
    *, terms: Agreement, places: Collection[Place], method: str, target: str, known: Papers, by: Membership
) -> str | None:
    """Say why a service cannot be offered like this: every place that is named needs terms in force."""
    if terms.kind != Kind.TERMS or by.organisation_id not in (terms.party_a_id, terms.party_b_id):
        return _("Choose terms to which your organisation is a party.")
    if not target:
        return _(
            "Say what the service is about: attitudes, behaviour, both, skills, wellbeing or ties. "
            "Persons are shown it."
        )
    if not method.strip():
        return _("Say which method you use and why it should help.")
    if not places:
        return _("Choose at least one place where you offer it.")
    return refuse_places(terms, places, known)


def refuse_closing(service: Service, *, by: Membership) -> str | None:
    """Say why a service cannot be taken out of the directory."""
    if refusal := refuse_to_offer(by=by, service=service):
        return refusal
    return _("This service is no longer offered.") if service.closed_at else None
