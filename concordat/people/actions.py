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

from concordat.core.edits import hold, take_turn
from concordat.core.errors import Refused
from concordat.ledger import log
from concordat.organisations.models import Organisation

from . import clock, oidc, tokens
from . import second_factor as factors
from .clock import Clock
from .codes import hash_of, make_code
from .log import record_signin
from .models import FactorReset, Hold, Invitation, Membership, Persona, Provider, Token, TokenPermit, User
from .router import SIGNIN
from .rules import (
    refuse_alter,
    refuse_invite,
    refuse_invite_again,
    refuse_looking_after,
    refuse_move,
    refuse_provider,
    refuse_to_ask_reset,
    refuse_to_confirm_reset,
    refuse_to_end_token,
    refuse_to_withdraw_reset,
    refuse_token,
)
from .seal import seal

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
    has_factor, resets = factors.exists_for(membership.user_id), membership.resets.all()
    if refusal := refuse_invite_again(by, membership, resets=resets, has_factor=has_factor):
        raise Refused(refusal)
    before = Invitation.objects.filter(membership_id=membership.id).first()
    email = before.email if before else User.objects.values_list("email", flat=True).get(id=membership.user_id)
    log.record("membership.invited_again", owner=membership.organisation_id, membership=membership.id)
    return make_invitation(membership, email=email, by=by)


@transaction.atomic
def move(
    membership: Membership, *, roles: Collection[str], title: str, unit: str, keeps_work: bool, by: Membership
) -> Membership:
    """Give a membership other roles, another post or unit; it holds from the next request on.

    Somebody who moves leaves their cases behind, unless it is said that they keep them.
    """
    hold(membership)
    if refusal := refuse_move(by, membership, roles=roles, title=title, unit=unit):
        raise Refused(refusal)
    before = {"roles": membership.roles, "title": membership.title, "unit": membership.unit}
    membership.roles, membership.title, membership.unit = sorted(roles), title, unit
    membership.save(update_fields=["roles", "title", "unit"])
    ended = 0 if keeps_work else end_work_of(membership)
    log.record(
        "membership.moved", owner=membership.organisation_id, membership=membership.id, before=before,
        roles=membership.roles, title=title, unit=unit, ended=ended,
    )  # fmt: skip
    return membership


def end_work_of(membership: Membership) -> int:
    """End all that somebody is assigned to. An administrator sees no case, so the database does it and counts."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT access.end_work_of(%s)", [membership.id])
        (ended,) = cursor.fetchone()
    return int(ended)


@transaction.atomic
def end(membership: Membership, *, by: Membership) -> Membership:
    """End a membership now: at the next request of its holder nothing of the organisation is open any more."""
    hold(membership)
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


@transaction.atomic
def set_provider(
    organisation: Organisation, *, before: Provider | None, issuer: str, client_id: str, secret: str, claim: str,
    second_factor: str, required: bool, enabled: bool, by: Membership,
) -> Provider:  # fmt: skip
    """Set where the people of an organisation sign in; it has to answer now, unless it is switched off."""
    if before:
        hold(before)
    if refusal := refuse_provider(by, organisation, before=before, issuer=issuer, secret=secret):
        raise Refused(refusal)
    if enabled:
        oidc.discover(issuer)
    found = before or Provider(organisation=organisation)
    found.issuer, found.client_id, found.claim, found.second_factor = issuer, client_id, claim, second_factor
    found.required, found.enabled, found.changed_at, found.changed_by = required, enabled, clock.now("default"), by
    fields = ["issuer", "client_id", "claim", "second_factor", "required", "enabled", "changed_at", "changed_by"]
    if secret:
        found.sealed_secret = seal(secret, use="provider", owner=organisation.id)
        fields.append("sealed_secret")
    found.save(force_insert=before is None, update_fields=fields if before else None)
    log.record(
        "provider.set", owner=organisation.id, provider=found.id, issuer=issuer, required=required, enabled=enabled,
        second_factor=second_factor,
    )  # fmt: skip
    return found


@transaction.atomic
def permit_tokens(organisation: Organisation, *, allowed: bool, by: Membership) -> TokenPermit:
    """Permit the members of an organisation to use tokens, or forbid it: then none works from the next request on."""
    take_turn(organisation)
    if refusal := refuse_looking_after(by, organisation):
        raise Refused(refusal)
    before = TokenPermit.objects.filter(organisation=organisation).first()
    found = before or TokenPermit(organisation=organisation)
    found.allowed, found.changed_at, found.changed_by = allowed, clock.now("default"), by
    fields = ["allowed", "changed_at", "changed_by"]
    found.save(force_insert=before is None, update_fields=fields if before else None)
    log.record("tokens.permitted" if allowed else "tokens.forbidden", owner=organisation.id)
    return found


# ---- a token, by its holder -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Made:
    """A token with its key, which exists nowhere else."""

    token: Token
    key: str


@transaction.atomic
def make_token(
    *, name: str, purpose: str, scopes: Collection[str], days: int, user: User, level: int, through: int | None = None,
    by: Membership,
) -> Made:  # fmt: skip
    """Make a token for the membership that somebody acts under; `days` is its life, `level` their second factor's."""
    live = tokens.live_count(by)
    if refusal := refuse_token(
        by, permitted=tokens.is_permitted(by.organisation_id), level=level, purpose=purpose,
        possible=tokens.possible_purposes(by), live=live,
    ):  # fmt: skip
        raise Refused(refusal)
    key, at = tokens.make_key(), clock.now()
    with transaction.atomic(using=SIGNIN):
        token = Token.objects.create(
            user=user, membership_id=by.id, organisation=by.organisation_id, name=name, purpose=purpose,
            scopes=sorted(scopes), key_hash=tokens.hash_of(key), stamp=tokens.stamp_of(user), through=through,
            made_at=at, expires_at=at + timedelta(days=days),
        )  # fmt: skip
    log.record("token.made", owner=by.organisation_id, token=token.id, purpose=purpose, scopes=token.scopes, days=days)
    return Made(token, key)


@transaction.atomic
def end_token(token: Token, *, by: Membership) -> Token:
    """End a token: from the next request on it opens nothing."""
    if refusal := refuse_to_end_token(by, token):
        raise Refused(refusal)
    token.ended_at, token.ended_by = clock.now(), by.id
    token.save(update_fields=["ended_at", "ended_by"])
    log.record("token.ended", owner=by.organisation_id, token=token.id, holder=token.membership_id)
    return token


# ---- a lost second factor, by two people ---------------------------------------------------------------------


@transaction.atomic
def ask_reset(membership: Membership, *, checked: str, statement: str, by: Membership) -> FactorReset:
    """Say that somebody has lost their second factor, and how one made sure who they are."""
    needs = factors.exists_for(membership.user_id) or is_held(membership)
    asked = list(FactorReset.objects.filter(membership=membership))
    after_reset = any(one.confirmed_at for one in asked)
    if refusal := refuse_to_ask_reset(membership, resets=asked, has_factor=needs or after_reset, by=by):
        raise Refused(refusal)
    reset = FactorReset(
        organisation=membership.organisation, membership=membership, checked=checked, statement=statement, asked_by=by
    )
    reset.save(force_insert=True)
    log.record("factor.reset_asked", owner=by.organisation_id, membership=membership.id, reset=reset.id)
    return reset


@transaction.atomic
def confirm_reset(reset: FactorReset, *, checked: str, statement: str, by: Membership) -> Invited | None:
    """Confirm it as the second one: the factor, the password and all sessions are gone, and a code leads back in.

    Returns None where only a hold was lifted: then the person signs in as before.
    """
    if refusal := refuse_to_confirm_reset(reset, by=by):
        raise Refused(refusal)
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT access.confirm_reset(%s, %s, %s)", [reset.id, checked, statement])
        (taken_off,) = cursor.fetchone()
    what = "factor.reset" if taken_off else "membership.hold_lifted"
    log.record(what, owner=by.organisation_id, membership=reset.membership_id, reset=reset.id)
    if not taken_off:
        return None
    email = User.objects.values_list("email", flat=True).get(id=reset.membership.user_id)
    return make_invitation(reset.membership, email=email, by=by)


@transaction.atomic
def withdraw_reset(reset: FactorReset, *, by: Membership) -> FactorReset:
    """Withdraw what was asked, by whoever could have confirmed it."""
    hold(reset)
    if refusal := refuse_to_withdraw_reset(reset, by=by):
        raise Refused(refusal)
    reset.withdrawn_at = clock.now("default")
    reset.save(update_fields=["withdrawn_at"])
    log.record("factor.reset_withdrawn", owner=by.organisation_id, membership=reset.membership_id, reset=reset.id)
    return reset


def is_held(membership: Membership) -> bool:
    """Tell whether a membership is closed because another organisation renewed its holder's second factor."""
    return Hold.objects.filter(membership_id=membership.id).exists()


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


def join_through(code: str) -> User:
    """Take up an invitation with a new account that has no password: its holder signs in through the organisation."""
    with transaction.atomic(using=SIGNIN):
        invitation = find_invitation(code)
        if invitation is None:
            raise Refused(_("This invitation is not valid any more. Ask for a new one."))
        user = User(id=membership_of(invitation).user_id, email=invitation.email, language=get_language() or "en")
        user.set_unusable_password()
        user.save(force_insert=True)
        take_up(code, user)
        record_signin("account made", user.id)
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
        factors.set_up(user, secret=generate_totp_secret())
    return user
