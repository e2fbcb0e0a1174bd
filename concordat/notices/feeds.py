"""What people and their accounts give to notices and to Today: lost second factors, invitations nobody took up."""

from collections.abc import Iterable
from datetime import timedelta

from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from concordat.core.parts import Action, Card
from concordat.people import rules
from concordat.people.models import FactorReset, Invitation, Membership
from concordat.people.models.reset import OPEN
from concordat.people.roles import Role

from .about import About, Occasion

TWO_WEEKS = timedelta(days=14)


def to_confirm(by: Membership) -> list[FactorReset]:
    """Return the lost second factors that wait for somebody else, and could be confirmed by the reader."""
    if not by.has(*rules.VOUCHERS):
        return []
    asked = FactorReset.objects.filter(asked_at__gt=now() - OPEN, confirmed_at=None, withdrawn_at=None)
    found = asked.select_related("membership__organisation", "asked_by")
    return [one for one in found if not rules.refuse_to_confirm_reset(one, by=by)]


def cards(by: Membership) -> Iterable[Card]:
    """Return the lost second factors to confirm."""
    for reset in to_confirm(by):
        yield Card(
            due=localdate(reset.asked_at + OPEN),
            title=_("Confirm who %(name)s is: the second factor is lost") % {"name": reset.membership},
            place=_("Asked by %(name)s") % {"name": reset.asked_by},
            actions=[Action(_("Look at it"), page(reset.membership), kind="primary")],
            because=_("It takes two people. Without a second one it lapses after two days, and nothing changes."),
        )


def occasions(by: Membership) -> Iterable[Occasion]:
    """Return lost second factors, to confirm or taken off of late, and invitations that ran out."""
    for reset in to_confirm(by):
        yield Occasion(About.FACTOR_TO_CONFIRM, reset.pk, page(reset.membership))
    if by.has(*rules.VOUCHERS):
        for reset in FactorReset.objects.filter(confirmed_at__gt=now() - TWO_WEEKS).select_related("membership"):
            yield Occasion(About.FACTOR_RESET, reset.pk, page(reset.membership))
    if by.has(Role.ADMINISTRATOR):
        yield from run_out(by)


def run_out(by: Membership) -> Iterable[Occasion]:
    """Return the invitations of the last two weeks that nobody took up in time."""
    members = {one.pk: one for one in Membership.objects.filter(organisation=by.organisation_id)}
    over = Invitation.objects.filter(
        membership_id__in=members, used_at=None, expires_at__lte=now(), expires_at__gt=now() - TWO_WEEKS
    )
    for one in over:
        newer = Invitation.objects.filter(membership_id=one.membership_id, created_at__gt=one.created_at)
        if not rules.has_ended(members[one.membership_id]) and not newer.exists():
            yield Occasion(About.INVITATION_OVER, one.pk, reverse("people:members"))


def page(membership: Membership) -> str:
    return reverse("notices:lost_factor", args=[membership.pk])
