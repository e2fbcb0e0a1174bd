"""Why something about memberships and invitations is refused, in words for the user; None when it is allowed."""

from collections.abc import Collection

from django.utils import timezone
from django.utils.translation import gettext as _

from concordat.organisations.models import Organisation

from .models import Membership
from .roles import Role


def refuse_roles(roles: Collection[str]) -> str | None:
    """Say why nobody can have these roles together."""
    if not roles:
        return _("Choose at least one role.")
    if Role.ADMINISTRATOR in roles and len(set(roles)) > 1:
        return _("An administrator sees no content, so this role goes with no other.")
    return None


def refuse_looking_after(by: Membership, organisation: Organisation) -> str | None:
    """Say why `by` does not look after the memberships of an organisation."""
    if not by.has(Role.ADMINISTRATOR) or by.organisation_id != organisation.id:
        return _("Only an administrator of %(organisation)s can do this.") % {"organisation": organisation}
    return None


def refuse_invite(by: Membership, organisation: Organisation, roles: Collection[str]) -> str | None:
    """Say why `by` cannot invite somebody to an organisation with these roles."""
    return refuse_looking_after(by, organisation) or refuse_roles(roles)


def refuse_alter(by: Membership, membership: Membership) -> str | None:
    """Say why `by` cannot change, end or invite again this membership."""
    if refusal := refuse_looking_after(by, membership.organisation):
        return refusal
    if by.user_id == membership.user_id:
        return _("Nobody changes their own membership. Another administrator can do it.")
    if has_ended(membership):
        return _("This membership has ended. Invite the person again to begin a new one.")
    return None


def has_ended(membership: Membership) -> bool:
    """Tell whether a membership is over."""
    return membership.valid_until is not None and membership.valid_until <= timezone.now()
