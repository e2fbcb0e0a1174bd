"""Everything that changes users, memberships and invitations.

Memberships are written as the application, under its policies and with a line of the log for the organisation;
users and invitations through the sign-in role.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.db import IntegrityError, connections, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from concordat.core.errors import Refused
from concordat.ledger import log
from concordat.organisations.models import Organisation

from . import clock, second_factor
from .clock import Clock
from .codes import hash_of, make_code
from .log import record_signin
from .models import Invitation, Membership, Persona, User
from .router import SIGNIN
from .rules import refuse_alter, refuse_invite, refuse_roles

VALID = timedelta(days=7)


@dataclass(frozen=True)
class Invited:
    """An invitation with its code, which exists nowhere else."""

    invitation: Invitation
    membership: Membership
    code: str


# ---- by an administrator ----------------------------------------------------------------------------------


@transaction.atomic
def invite(
    organisation: Organisation, *, shown_name: str, title: str, roles: Collection[str], email: str, by: Membership
) -> Invited:
    """Make a membership that nobody has taken up yet, and the code to do so."""
    if refusal := refuse_invite(by, organisation, roles):
        raise Refused(refusal)
    membership = Membership(
        user_id=uuid4(), organisation=organisation, shown_name=shown_name, title=title, roles=sorted(roles),
        valid_from=clock.now("default"),
    )  # fmt: skip
    membership.save(force_insert=True)
    log.record("membership.invited", owner=organisation.id, membership=membership.id, roles=membership.roles)
    return make_invitation(membership, email=email, by=by)


@transaction.atomic
def invite_again(membership: Membership, *, by: Membership) -> Invited:
    """Make a new code: for an invitation that was lost, or for somebody who has forgotten their password."""
    if refusal := refuse_alter(by, membership):
        raise Refused(refusal)
    before = Invitation.objects.filter(membership_id=membership.id).first()
    email = before.email if before else User.objects.values_list("email", flat=True).get(id=membership.user_id)
    log.record("membership.invited_again", owner=membership.organisation_id, membership=membership.id)
    return make_invitation(membership, email=email, by=by)


@transaction.atomic
def change_roles(membership: Membership, *, roles: Collection[str], by: Membership) -> Membership:
    """Give a membership other roles; they hold from the next request on."""
    if refusal := refuse_alter(by, membership) or refuse_roles(roles):
        raise Refused(refusal)
    before, membership.roles = membership.roles, sorted(roles)
    membership.save(update_fields=["roles"])
    log.record(
        "membership.roles_changed",
        owner=membership.organisation_id,
        membership=membership.id,
        before=before,
        roles=membership.roles,
    )
    return membership


@transaction.atomic
def end(membership: Membership, *, by: Membership) -> Membership:
    """End a membership now: at the next request of its holder nothing of the organisation is open any more."""
    if refusal := refuse_alter(by, membership):
        raise Refused(refusal)
    membership.valid_until = clock.now("default")
    membership.save(update_fields=["valid_until"])
    Invitation.objects.filter(membership_id=membership.id, used_at=None).update(expires_at=Clock())
    log.record("membership.ended", owner=membership.organisation_id, membership=membership.id)
    return membership


def make_invitation(membership: Membership, *, email: str, by: Membership | None) -> Invited:
    """Make the code to take up a membership; codes made before are worth nothing any more."""
    code, at = make_code(), clock.now()
    with transaction.atomic(using=SIGNIN):
        Invitation.objects.filter(membership_id=membership.id, used_at=None).update(expires_at=at)
        invitation = Invitation.objects.create(
            membership_id=membership.id, email=User.objects.normalize_email(email).lower(), code_hash=hash_of(code),
            created_at=at, created_by=by.id if by else None, expires_at=at + VALID,
        )  # fmt: skip
    return Invited(invitation, membership, code)


# ---- by the person who was invited -------------------------------------------------------------------------


def find_invitation(code: str) -> Invitation | None:
    """Return the invitation of a code, while it can be taken up."""
    return Invitation.objects.filter(code_hash=hash_of(code), used_at=None, expires_at__gt=Clock()).first()


def membership_of(invitation: Invitation) -> Membership:
    """Return what an invitation leads to."""
    return Membership.objects.using(SIGNIN).select_related("organisation").get(id=invitation.membership_id)


def join_as_new(code: str, *, password: str) -> User:
    """Take up an invitation with a new account; for a membership that its holder has already, set a new password."""
    with transaction.atomic(using=SIGNIN):
        invitation = find_invitation(code)
        if invitation is None:
            raise Refused(_("This invitation is not valid any more. Ask for a new one."))
        number = membership_of(invitation).user_id
        known = User.objects.filter(id=number).first()
        if known is None and User.objects.filter(email__iexact=invitation.email).exists():
            raise Refused(_("There is an account with this address already. Sign in with it first, then join."))
        user = known or User(id=number, email=invitation.email, language=get_language() or "en")
        user.set_password(password)
        user.save(force_insert=known is None, update_fields=["password"] if known else None)
        take_up(code, user)
        record_signin("password changed" if known else "account made", user.id)
    return user


def join(code: str, *, user: User) -> UUID:
    """Take up an invitation with the account that somebody is signed in with."""
    with transaction.atomic(using=SIGNIN):
        return take_up(code, user)


def take_up(code: str, user: User) -> UUID:
    """Bind the membership of a code to a user; a function of the owner does it, once and in time."""
    try:
        with transaction.atomic(using=SIGNIN), connections[SIGNIN].cursor() as cursor:
            cursor.execute("SELECT people.take_up(%s, %s)", [hash_of(code), user.id])
            (membership,) = cursor.fetchone()
    except IntegrityError as error:
        raise Refused(_("This invitation is for somebody else: you act for this organisation already.")) from error
    if membership is None:
        raise Refused(_("This invitation is not valid any more. Ask for a new one."))
    record_signin("invitation taken up", user.id)
    assert isinstance(membership, UUID)
    return membership


# ---- for the demonstration ---------------------------------------------------------------------------------


def make_persona(user_id: UUID, *, email: str, order: int, story: str, language: str = "en") -> User:
    """Make a user whom the demonstration's door signs in; without a password, with a second factor of its own."""
    with transaction.atomic(using=SIGNIN):
        user = User(id=user_id, email=email, language=language)
        user.set_unusable_password()
        user.save(force_insert=True)
        Persona.objects.create(user=user, order=order, story=story)
        second_factor.set_up(user, secret=generate_totp_secret())
    return user
