"""For whom somebody may act at this moment, asked through the sign-in role: there is no context yet."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from concordat.core.codes import Purpose
from concordat.organisations.models import Organisation

from .clock import Clock
from .models import Hold, Membership
from .roles import ROLE_PURPOSES, Role
from .router import SIGNIN

LIVE = Q(valid_from__lte=Clock()) & (Q(valid_until=None) | Q(valid_until__gt=Clock()))


def live_memberships_of(user_id: UUID) -> list[Membership]:
    """Return the memberships of a user that hold now; it is asked at each request, so a leaver is out at once."""
    found = usable().select_related("organisation").filter(user_id=user_id)
    return list(found.order_by("organisation__sort_key", "pk"))


def usable() -> QuerySet[Membership]:
    """Return every membership that holds now and is not closed, of whomever."""
    return Membership.objects.using(SIGNIN).filter(LIVE).exclude(id__in=Hold.objects.values("membership_id"))


def held_memberships_of(user_id: UUID) -> list[Membership]:
    """Return those that are closed until two people of their organisation have confirmed who the user is."""
    found = Membership.objects.using(SIGNIN).select_related("organisation").filter(LIVE, user_id=user_id)
    return list(found.filter(id__in=Hold.objects.values("membership_id")))


def must_confirm(memberships: Iterable[Membership]) -> bool:
    """Tell whether the second factor is obligatory: for whoever has a role, and so may see a person's record."""
    return any(membership.roles for membership in memberships)


def purposes_of(membership: Membership) -> list[str]:
    """Return the purposes that somebody may read for, where a page leaves a choice."""
    found = [purpose.value for role in membership.roles for purpose in ROLE_PURPOSES.get(role, ())]
    return list(dict.fromkeys(found)) or [Purpose.ADMINISTRATION.value]


def whom_to_ask(user_id: UUID) -> list[tuple[Organisation, list[Membership]]]:
    """Return the organisations that somebody acted for, each with its administrators of today."""
    left = Membership.objects.using(SIGNIN).filter(user_id=user_id).values_list("organisation_id", flat=True)
    organisations = Organisation.objects.using(SIGNIN).filter(id__in=list(left))
    return [(organisation, list(administrators_of(organisation))) for organisation in organisations]


def administrators_of(organisation: Organisation) -> QuerySet[Membership]:
    """Return who looks after the memberships of an organisation."""
    members = Membership.objects.using(SIGNIN).filter(LIVE, organisation_id=organisation.id)
    return members.filter(roles__contains=[Role.ADMINISTRATOR])
