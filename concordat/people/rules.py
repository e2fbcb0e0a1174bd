"""Why something about memberships and invitations is refused, in words for the user; None when it is allowed."""

from collections.abc import Collection, Iterable

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from concordat.organisations.models import Organisation

from .models import FactorReset, Membership, Provider, Token
from .oidc import refuse_address
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
    return refuse_ended(membership)


def refuse_move(by: Membership, membership: Membership, *, roles: Collection[str], title: str, unit: str) -> str | None:
    """Say why `by` cannot give a membership other roles, another post or unit."""
    if refusal := refuse_alter(by, membership) or refuse_roles(roles):
        return refusal
    if (sorted(roles), title, unit) == (sorted(membership.roles), membership.title, membership.unit):
        return _("Nothing would change. Choose what is to be other than now.")
    return None


def refuse_provider(
    by: Membership, organisation: Organisation, *, before: Provider | None, issuer: str, secret: str
) -> str | None:
    """Say why `by` cannot set where the people of an organisation sign in."""
    if refusal := refuse_looking_after(by, organisation) or refuse_address(issuer):
        return refusal
    if not secret and before is None:
        return _("Enter the secret that the provider gave.")
    if before and before.issuer != issuer and not secret:
        return _("Another issuer has another secret. Enter it.")
    return None


# ---- tokens for machines ------------------------------------------------------------------------------------------

CONFIRMED = 2  # the level of a second factor confirmed just now
MOST_TOKENS = 20


def refuse_tokens(by: Membership, *, permitted: bool) -> str | None:
    """Say why a member of an organisation cannot have a token."""
    if by.has(Role.ADMINISTRATOR):
        return _("An administrator sees no content, so a machine has nothing to do for you.")
    if not permitted:
        return _("%(organisation)s has not permitted tokens. An administrator can permit them.") % {
            "organisation": by.organisation
        }
    return None


def refuse_token(
    by: Membership, *, permitted: bool, level: int, purpose: str, possible: Collection[str], live: int
) -> str | None:
    """Say why this token cannot be made. `level` is that of the second factor, `live` how many there are."""
    if refusal := refuse_tokens(by, permitted=permitted):
        return refusal
    if level < CONFIRMED:
        return _("Confirm your second factor first.")
    if purpose not in possible:
        return _("Your post does not read for this purpose.")
    if live >= MOST_TOKENS:
        return _("You have %(count)s tokens that live. End one that is not used any more.") % {"count": MOST_TOKENS}
    return None


def refuse_to_end_token(by: Membership, token: Token) -> str | None:
    """Say why somebody cannot end a token: neither its holder nor an administrator of its organisation."""
    if token.membership_id != by.id and refuse_looking_after(by, by.organisation) is not None:
        return _("Its holder or an administrator ends a token.")
    if token.organisation != by.organisation_id:
        return _("Its holder or an administrator ends a token.")
    return _("This token has ended already.") if token.ended_at or token.expires_at <= timezone.now() else None


CONSTRAINT_SENTENCES = {
    "reset_is_confirmed_by_another": gettext_lazy(
        "You asked for it. Somebody else has to make sure of the person and confirm: nobody does it alone."
    ),
    "reset_is_open": gettext_lazy("This was withdrawn, or nobody confirmed it within two days. Ask again."),
}

# ---- a lost second factor ----------------------------------------------------------------------------------------

VOUCHERS = (Role.ADMINISTRATOR, Role.SIGNATORY, Role.DIRECTOR)


def refuse_vouching(by: Membership, membership: Membership) -> str | None:
    """Say why `by` cannot say who somebody is: for another organisation, without such a post, or for oneself."""
    if by.organisation_id != membership.organisation_id or not by.has(*VOUCHERS):
        return _("Two people of %(organisation)s do this: administrators, signatories or the director.") % {
            "organisation": membership.organisation
        }
    if by.user_id == membership.user_id:
        return _("Nobody does this for themselves. Ask two others of your organisation.")
    return refuse_ended(membership)


def refuse_to_ask_reset(
    membership: Membership, *, resets: Iterable[FactorReset], has_factor: bool, by: Membership
) -> str | None:
    """Say why `by` cannot ask for a second factor to be taken off. `has_factor`: there is one, or a hold to lift."""
    if refusal := refuse_vouching(by, membership):
        return refusal
    if any(one.is_open(timezone.now()) for one in resets):
        return _("This is asked already. Somebody else has to confirm it.")
    if not has_factor:
        return _("%(name)s has no second factor. A new invitation is enough.") % {"name": membership}
    return None


def refuse_to_confirm_reset(reset: FactorReset, *, by: Membership) -> str | None:
    """Say why `by` cannot confirm what somebody else asked."""
    if refusal := refuse_vouching(by, reset.membership):
        return refusal
    if reset.asked_by.user_id == by.user_id:
        return _("You asked for it. Somebody else has to make sure of the person and confirm: nobody does it alone.")
    if reset.confirmed_at:
        return _("This is confirmed already.")
    if not reset.is_open(timezone.now()):
        return _("This was withdrawn, or nobody confirmed it within two days. Ask again.")
    return None


def refuse_to_withdraw_reset(reset: FactorReset, *, by: Membership) -> str | None:
    """Say why `by` cannot withdraw what was asked."""
    if refusal := refuse_vouching(by, reset.membership):
        return refusal
    return None if reset.is_open(timezone.now()) else _("This is confirmed or over already.")


def refuse_invite_again(
    by: Membership, membership: Membership, *, resets: Iterable[FactorReset], has_factor: bool
) -> str | None:
    """Say why `by` cannot make a new way in: after a reset, before the person is back, nobody does that alone."""
    if refusal := refuse_alter(by, membership):
        return refusal
    if not has_factor and any(one.confirmed_at for one in resets):
        return _(
            "The second factor of this member was taken off and is not set up again, so nobody makes a new way in "
            "alone. Two of you confirm once more who the person is."
        )
    return None


def refuse_ended(membership: Membership) -> str | None:
    """Say that a membership is over."""
    return (
        _("This membership has ended. Invite the person again to begin a new one.") if has_ended(membership) else None
    )


def has_ended(membership: Membership) -> bool:
    """Tell whether a membership is over."""
    return membership.valid_until is not None and membership.valid_until <= timezone.now()
