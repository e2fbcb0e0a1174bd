"""The pages of passkeys: a second factor that lies in a telephone, a computer or a key, and can stand for the password.

A passkey needs a script by nature; an authenticator app stays the way without one.
"""

from functools import partial

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import views as webauthn
from allauth.mfa.webauthn.internal.auth import begin_registration
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from concordat.core.screens import show_form

from . import forms, second_factor
from .confirm import confirmed_recently
from .forms import sent
from .http import SignedInRequest
from .signin_transaction import in_signin
from .stages import Stage, open_to

login = never_cache(in_signin(webauthn.login_webauthn))


@open_to(Stage.SIGNED_IN)
@never_cache
def passkeys(request: SignedInRequest) -> HttpResponse:
    """List one's own passkeys and add another; the first second factor may be one, right after signing in."""
    if second_factor.exists_for(request.user.id):
        return list_and_add(request)
    if not second_factor.is_fresh(request):
        logout(request)
        messages.info(request, _("Sign in once more, then set up the second factor."))
        return redirect("account_login")
    return ask_for_passkey(request)


@confirmed_recently
def list_and_add(request: SignedInRequest) -> HttpResponse:
    """Do so with the second factor confirmed just now."""
    return ask_for_passkey(request)


@in_signin
def ask_for_passkey(request: SignedInRequest) -> HttpResponse:
    """Show the passkeys that there are, and take a new one from the browser."""
    form = forms.PasskeyForm(data=sent(request), user=request.user)
    if form.is_valid():
        second_factor.add_passkey(request.user, form.cleaned_data, request=request)
        messages.success(request, _("The passkey is added."))
        return redirect("people:recovery_codes" if form.is_first else "people:passkeys")
    options = begin_registration(request.user, passwordless=True)
    context = {
        "form": form, "passkeys": second_factor.passkeys_of(request.user), "options": options,
        "number_address": is_number(request),
    }  # fmt: skip
    return render(request, "people/passkeys.html", context, status=422 if form.is_bound else 200)


def is_number(request: HttpRequest) -> bool:
    """Tell whether the page was opened by a number instead of a name: no browser makes a passkey for that."""
    return request.get_host().partition(":")[0].replace(".", "").isdigit()


@open_to(Stage.CONFIRMED)
@confirmed_recently
def remove_passkey(request: SignedInRequest, pk: int) -> HttpResponse:
    """Remove a passkey of one's own."""
    passkey = Authenticator.objects.filter(pk=pk, user=request.user, type=Authenticator.Type.WEBAUTHN).first()
    if passkey is None:
        raise Http404
    return show_form(
        request, forms.Nothing(sent(request)), partial(second_factor.remove_passkey, request.user, passkey),
        title=_("Remove the passkey “%(name)s”") % {"name": passkey.wrap().name}, button=_("Remove it"), kind="warning",
        intro=_("Also remove it in the telephone, computer or key, where it goes on standing in the list."),
        done=_("The passkey is removed."), to="people:passkeys", cancel_url=reverse("people:passkeys"),
    )  # fmt: skip
