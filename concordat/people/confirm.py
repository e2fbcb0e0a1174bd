"""Ask for the second factor once more before a weighty act, and come back with everything that was typed.

Nothing is stored in between: the page that asks for the code carries the form along, and after a right code the
browser itself sends it on (status 307).
"""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, cast
from urllib.parse import urlencode

from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from . import door, second_factor
from .forms import ConfirmForm, PasskeyConfirmForm
from .http import SignedInRequest
from .kept import fields_of

View = TypeVar("View", bound=Callable[..., HttpResponse])
CONFIRMED = 2  # the level


def confirmed_recently(view: View) -> View:
    """Open a view only with a second factor confirmed within the last ten minutes; ask for the code otherwise."""

    @wraps(view)
    def wrapped(request: SignedInRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.level >= CONFIRMED:
            return view(request, *args, **kwargs)
        if request.method == "POST":
            return show_question(request, ConfirmForm(user=request.user), then=request.get_full_path(), carries=True)
        return redirect(f"{reverse('people:confirm')}?{urlencode({'next': request.get_full_path()})}")

    return cast("View", wrapped)


def show_question(
    request: SignedInRequest, form: ConfirmForm | PasskeyConfirmForm, *, then: str, carries: bool
) -> HttpResponse:
    """Show the page that asks for the code, with what was sent in hidden fields."""
    failed = isinstance(form, PasskeyConfirmForm) and form.is_bound
    if failed:
        form = ConfirmForm(user=request.user)
    context = {
        "form": form,
        "passkey_failed": failed,
        "then": then,
        "carries": carries,
        "carried": fields_of(request) if carries else [],
        "lost_files": bool(request.FILES),
        "persona_code": door.code_for(request),
        "passkey": begin_authentication(request.user) if second_factor.passkeys_of(request.user) else None,
    }
    return render(request, "people/confirm.html", context, status=422 if form.is_bound or failed else 403)


def next_of(request: HttpRequest, default: str = "/") -> str:
    """Return the address in `next`, if it is one of this server."""
    wanted = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if wanted and safe else default
