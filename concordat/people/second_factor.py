"""What the second factor of a session is worth now, and the secrets behind it."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from concordat.core.errors import Refused

from .log import record_signin
from .models import User
from .router import SIGNIN

RECENT = 10 * 60  # seconds: a weighty act asks for the code again after that
FRESH = 15 * 60  # seconds after signing in within which the first second factor may be set up
AT_PROVIDER = "second factor at a provider"  # of an organisation that says so; weighty acts ask for our own
DOOR = "door"  # how somebody came in who took the demonstration's door


@dataclass(frozen=True)
class Proof:
    """How somebody proved who they are, and how many seconds ago."""

    method: str
    age: float


def proofs_of(request: HttpRequest) -> list[Proof]:
    """Return the proofs of this session; one from the future (a clock set back) counts as very old."""
    records = get_authentication_records(request, request.user)
    ages = [(record["method"], time.time() - record["at"]) for record in records]
    return [Proof(method, age if age >= 0 else float("inf")) for method, age in ages]


def level_of(request: HttpRequest) -> int:
    """Return 2 when the second factor was confirmed within the last minutes, 1 when this session has one, else 0."""
    proofs = proofs_of(request)
    if any(proof.method == "mfa" and proof.age < RECENT for proof in proofs):
        return 2
    return 1 if any(proof.method in {"mfa", DOOR, AT_PROVIDER} for proof in proofs) else 0


def is_fresh(request: HttpRequest) -> bool:
    """Tell whether somebody signed in only just now."""
    return any(proof.age < FRESH for proof in proofs_of(request))


def exists_for(user_id: UUID) -> bool:
    """Tell whether a user has a second factor of any kind; recovery codes alone are none."""
    return bool(Authenticator.objects.filter(user_id=user_id).exclude(type=Authenticator.Type.RECOVERY_CODES).exists())


def has_app(user: User) -> bool:
    """Tell whether an authenticator app is set up."""
    return bool(Authenticator.objects.filter(user_id=user.id, type=Authenticator.Type.TOTP).exists())


def address_of(user: User, secret: str) -> str:
    """Return the address that an authenticator app reads from a square."""
    return str(get_adapter().build_totp_url(user, secret))


def set_up(user: User, *, secret: str, request: HttpRequest | None = None) -> None:
    """Make `secret` the only app of a user, with fresh recovery codes; the session counts as confirmed."""
    with transaction.atomic(using=SIGNIN):
        Authenticator.objects.filter(user_id=user.id).exclude(type=Authenticator.Type.WEBAUTHN).delete()
        app = TOTP.activate(user, secret).instance
        RecoveryCodes.activate(user)
        record_signin("second factor set up", user.id)
    if request:
        record_authentication(request, user, method="mfa", id=app.pk, type=app.type)


# ---- passkeys -------------------------------------------------------------------------------------------------------


def passkeys_of(user: User) -> list[Authenticator]:
    """Return the passkeys of a user."""
    return list(Authenticator.objects.filter(user_id=user.id, type=Authenticator.Type.WEBAUTHN).order_by("created_at"))


def add_passkey(user: User, given: Mapping[str, Any], *, request: HttpRequest) -> None:
    """Add a passkey, with recovery codes where there are none yet; the session counts as confirmed."""
    with transaction.atomic(using=SIGNIN):
        passkey = WebAuthn.add(user, given["name"], given["credential"]).instance
        if not Authenticator.objects.filter(user_id=user.id, type=Authenticator.Type.RECOVERY_CODES).exists():
            RecoveryCodes.activate(user)
        record_signin("passkey added", user.id)
    record_authentication(request, user, method="mfa", id=passkey.pk, type=passkey.type)


def remove_passkey(user: User, passkey: Authenticator) -> None:
    """Remove a passkey; never the last second factor, or a password alone would open everything again."""
    with transaction.atomic(using=SIGNIN):
        kept = Authenticator.objects.filter(user_id=user.id).exclude(pk=passkey.pk)
        if not kept.exclude(type=Authenticator.Type.RECOVERY_CODES).exists():
            raise Refused(_("This is your only second factor. Set up another one first."))
        Authenticator.objects.filter(user_id=user.id, pk=passkey.pk).delete()
        record_signin("passkey removed", user.id)


def recovery_codes_of(user: User) -> list[str]:
    """Return the recovery codes that are not used yet."""
    found = Authenticator.objects.filter(user_id=user.id, type=Authenticator.Type.RECOVERY_CODES).first()
    return list(RecoveryCodes(found).get_unused_codes()) if found else []


def renew_recovery_codes(user: User) -> None:
    """Replace all recovery codes; the old ones are worth nothing from now on."""
    with transaction.atomic(using=SIGNIN):
        Authenticator.objects.filter(user_id=user.id, type=Authenticator.Type.RECOVERY_CODES).delete()
        RecoveryCodes.activate(user)
        record_signin("recovery codes renewed", user.id)
