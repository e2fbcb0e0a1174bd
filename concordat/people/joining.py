"""How an invitation is taken up: with its link or code, by somebody new or by somebody who has an account."""

from functools import partial

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.core.internal import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from concordat.core.errors import Refused
from concordat.core.screens import show_form

from . import actions, forms
from .acting import act_for
from .adapters import TOO_OFTEN
from .forms import sent
from .models import Invitation
from .providers import provider_of
from .stages import Stage, open_to

CODE = "invitation"  # where a session keeps the code


@open_to(Stage.ANYBODY)
@never_cache
def invitation(request: HttpRequest) -> HttpResponse:
    """Ask for the code of an invitation on paper."""
    form = forms.CodeForm(sent(request))
    return show_form(
        request, form, partial(open_invitation, request), title=_("Take up an invitation"), button=_("Continue"),
        to="people:join",
    )  # fmt: skip


@open_to(Stage.ANYBODY)
@never_cache
def invitation_link(request: HttpRequest, code: str) -> HttpResponse:
    """Follow the link of an invitation; the code leaves the address at once."""
    try:
        open_invitation(request, code=code)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("people:invitation")
    return redirect("people:join")


def open_invitation(request: HttpRequest, *, code: str) -> Invitation:
    """Remember a code that is valid; guessing is slow."""
    if not ratelimit.consume(request, app="allauth.account", action="invitation", limit_get=True):
        raise Refused(str(TOO_OFTEN))
    found = actions.find_invitation(code)
    if found is None:
        raise Refused(_("There is no invitation with this code, or it is not valid any more. Ask for a new one."))
    request.session[CODE] = code
    return found


@open_to(Stage.ANYBODY)
@never_cache
def join(request: HttpRequest) -> HttpResponse:
    """Show what the invitation is for, and take it up."""
    code = request.session.get(CODE, "")
    found = actions.find_invitation(code)
    if found is None:
        return redirect("people:invitation")
    signed_in = request.user.is_authenticated
    membership = actions.membership_of(found)
    form = forms.Nothing(sent(request)) if signed_in else forms.JoinForm(sent(request), email=found.email)
    if form.is_valid():
        try:
            take_up(request, code, form.cleaned_data.get("password", ""))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("/")
    provider = provider_of(slug=membership.organisation.slug)
    context = {"form": form, "membership": membership, "invitation": found, "provider": provider}
    return render(request, "people/join.html", context, status=422 if form.is_bound else 200)


def take_up(request: HttpRequest, code: str, password: str) -> None:
    """Join with the account that is signed in, or with a new one, which is then signed in."""
    if request.user.is_authenticated:
        act_for(request, actions.join(code, user=request.user))
    else:
        user = actions.join_as_new(code, password=password)
        get_adapter(request).login(request, user)
        record_authentication(request, user, method="password")
    request.session.pop(CODE, None)
    messages.success(request, _("Welcome. You have taken up the invitation."))
