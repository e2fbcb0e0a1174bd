"""Signing in through one's organisation: from its name to the provider and back, and who that is here.

Nobody signs up this way. A subject of a provider is somebody who acts for that organisation already, or holds its
invitation, by an address that the provider has verified. What it opens is that organisation and no other: whoever runs
a provider could say of anybody that they have come in.
"""

import time
from dataclasses import asdict
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.core.internal import ratelimit
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from concordat.core.errors import Refused
from concordat.core.screens import show_form

from . import actions, clock, forms, oidc
from .acting import THROUGH, act_for
from .adapters import TOO_OFTEN
from .forms import sent
from .joining import CODE
from .log import record_signin
from .memberships import LIVE
from .models import Membership, Provider, Subject, User
from .providers import client_of, provider_of
from .router import SIGNIN
from .second_factor import AT_PROVIDER
from .stages import Stage, open_to

ASKED = "asked a provider"  # where a session keeps what was asked
IN_TIME = 600  # seconds to come back


@open_to(Stage.ANYBODY)
@never_cache
def through(request: HttpRequest) -> HttpResponse:
    """Ask for the short name of one's organisation; which ones there are is not listed to strangers."""
    return show_form(
        request, forms.OrganisationForm(sent(request)), lambda slug: provider_for(request, slug=slug),
        title=_("Sign in through your organisation"), button=_("Continue"),
        to=reverse("people:through_organisation", args=[slug_in(request)]), cancel_url=reverse("account_login"),
    )  # fmt: skip


def slug_in(request: HttpRequest) -> str:
    """Return what was typed, as it stands in an address."""
    typed = request.POST.get("slug", "").strip().lower()
    return typed if typed.replace("-", "").replace("_", "").isalnum() and typed.isascii() else "none"


def provider_for(request: HttpRequest, *, slug: str) -> Provider:
    """Return the provider of an organisation; guessing is slow, and so is having us call it."""
    if not ratelimit.consume(request, app="allauth.account", action="through", limit_get=True):
        raise Refused(str(TOO_OFTEN))
    found = provider_of(slug=slug)
    if found is None:
        raise Refused(_("There is no organisation by this short name that has a sign-in of its own."))
    return found


@open_to(Stage.ANYBODY)
@never_cache
def through_organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """Say where the browser goes next. A link leads there: a form could not, for the policy of our pages."""
    found = provider_of(slug=slug)
    if found is None:
        raise Http404
    host = found.issuer.partition("://")[2].partition("/")[0]
    return render(request, "people/through.html", {"provider": found, "host": host})


@open_to(Stage.ANYBODY)
@never_cache
def go_through(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the browser to the provider."""
    if provider_of(slug=slug) is None:
        raise Http404
    asked = oidc.Asked.new()
    try:
        found = provider_for(request, slug=slug)
        address = oidc.address_to_go(client_of(found, request), asked)
    except Refused as refusal:
        return refused(request, str(refusal))
    request.session[ASKED] = {**asdict(asked), "provider": str(found.id), "at": time.time()}
    return redirect(address)


@open_to(Stage.ANYBODY)
@never_cache
def come_back(request: HttpRequest) -> HttpResponse:
    """Take the provider's answer, once and in time, and sign in whoever that is here."""
    asked = request.session.pop(ASKED, None)
    try:
        provider, kept = expected(request, asked)
        claims = oidc.claims_for(client_of(provider, request), kept, code=request.GET.get("code", ""))
        user = whoever_is(request, provider, claims)
    except Refused as refusal:
        record_signin("sign-in through an organisation refused", None)
        return refused(request, str(refusal))
    return enter(request, user, provider, claims)


def expected(request: HttpRequest, asked: dict[str, Any] | None) -> tuple[Provider, oidc.Asked]:
    """Check that the answer belongs to what this browser asked."""
    again = Refused(_("This sign-in was not begun in this browser, or took too long. Begin again."))
    state = request.GET.get("state", "")
    if not asked or not constant_time_compare(state, asked["state"]) or time.time() - asked["at"] > IN_TIME:
        raise again
    found = (
        Provider.objects.using(SIGNIN).select_related("organisation").filter(id=asked["provider"], enabled=True).first()
    )
    if found is None or request.GET.get("iss", found.issuer) != found.issuer:
        raise again
    if "error" in request.GET or "code" not in request.GET:
        raise Refused(_("Your organisation did not sign you in. Begin again, or ask its administrator."))
    return found, oidc.Asked(asked["state"], asked["nonce"], asked["verifier"])


def whoever_is(request: HttpRequest, provider: Provider, claims: dict[str, Any]) -> User:
    """Return the user of a subject: bound before, or bound now by a verified address, or invited by it."""
    bound = Subject.objects.select_related("user").filter(
        organisation=provider.organisation_id, issuer=provider.issuer, subject=str(claims["sub"])
    )
    if known := bound.first():
        return must_act(known.user, provider)
    email = str(claims.get(provider.claim, "")).strip().lower()
    if not email or claims.get("email_verified") is not True:
        raise Refused(_("Your organisation did not say that it has verified your address. Ask its administrator."))
    user = User.objects.filter(email__iexact=email).first()
    user = invited(request, provider, email, user) or user
    if user is None:
        raise Refused(_("Nobody acts for this organisation under your address. Ask its administrator to invite you."))
    return bind(must_act(user, provider), provider, str(claims["sub"]))


def must_act(user: User, provider: Provider) -> User:
    """Return the user if they act for the organisation now."""
    acts = Membership.objects.using(SIGNIN).filter(LIVE, user_id=user.id, organisation_id=provider.organisation_id)
    if not user.is_active or not acts.exists():
        raise Refused(_("Nobody acts for this organisation under your address. Ask its administrator to invite you."))
    return user


def invited(request: HttpRequest, provider: Provider, email: str, user: User | None) -> User | None:
    """Take up the invitation that this browser has opened, where it went to this address and this organisation."""
    code = request.session.get(CODE, "")
    found = actions.find_invitation(code)
    if found is None or found.email != email:
        return None
    if actions.membership_of(found).organisation_id != provider.organisation_id:
        return None
    if user is None:
        return actions.join_through(code)
    actions.join(code, user=user)
    return user


def bind(user: User, provider: Provider, subject: str) -> User:
    """Bind a subject to a user, once: another subject with the same address is somebody else."""
    try:
        with transaction.atomic(using=SIGNIN):
            Subject.objects.create(
                issuer=provider.issuer, organisation=provider.organisation_id, subject=subject, user=user,
                bound_at=clock.now(),
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused(
            _("This address belongs to another account of your organisation. Ask its administrator.")
        ) from error
    record_signin("bound to an organisation's sign-in", user.id)
    return user


def enter(request: HttpRequest, user: User, provider: Provider, claims: dict[str, Any]) -> HttpResponse:
    """Sign in, for this organisation only; the second factor is ours unless the organisation's counts."""
    get_adapter().login(request, user)
    wanted = provider.second_factor
    amr = claims.get("amr")
    given = [*(amr if isinstance(amr, list) else []), claims.get("acr")]
    record_authentication(request, user, method=AT_PROVIDER if wanted and wanted in given else "provider")
    request.session[THROUGH] = provider.organisation_id
    own = Membership.objects.using(SIGNIN).filter(LIVE, user_id=user.id, organisation_id=provider.organisation_id)
    act_for(request, own.values_list("id", flat=True)[0])
    return redirect(get_adapter().get_login_redirect_url(request))


def refused(request: HttpRequest, words: str) -> HttpResponse:
    """Say why nobody is signed in."""
    messages.error(request, words)
    return redirect("account_login")
