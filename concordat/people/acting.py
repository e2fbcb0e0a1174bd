"""The middleware that finds out who asks and for whom they act, and that keeps others out.

It stands before `ledger.middleware.SignedTransaction`, which signs what it finds: `request.acting`, `request.level`
and `request.purpose`. Without the second factor, where it is obligatory, nobody acts, so no policy opens anything.
"""

from collections.abc import Callable
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from . import kept, second_factor, sessions, tokens
from .http import RecognisedRequest
from .memberships import held_memberships_of, live_memberships_of, must_confirm, purposes_of, whom_to_ask
from .models import Membership, User
from .providers import elsewhere
from .stages import Stage, stage_of

CHOICE, PURPOSE = "acting", "purpose"  # where a session keeps what its user chose
THROUGH = "through"  # and through which organisation its user came, if through one
READS = ("GET", "HEAD")
# what the keys begin with that a session keeps when its user acts for somebody else: who they are, how they proved it
LASTING = ("_auth_user_", "account_authentication_methods", THROUGH)


class Acting:
    """Put `acting`, `memberships`, `level` and `purpose` on the request; keep out who has not come far enough."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: RecognisedRequest) -> HttpResponse:
        recognise(request)
        response = self.get_response(request)
        if request.user.is_authenticated:
            # after signing out, the browser's way back must show nothing
            patch_cache_control(response, private=True, no_store=True)
        return response

    def process_view(
        self, request: RecognisedRequest, view: Callable[..., HttpResponse], _args: object, _kwargs: object
    ) -> HttpResponse | None:
        stage = stage_of(view)
        if stage >= Stage.SIGNED_IN and not isinstance(request.user, User):
            return ask_to_sign_in(request, stage)
        if stage >= Stage.CONFIRMED and lacks_second_factor(request):
            return ask_for_second_factor(request)
        if stage >= Stage.MEMBER and request.acting is None:
            return ask_for_whom(request)
        return None


def recognise(request: RecognisedRequest) -> None:
    """Read who asks, anew at each request."""
    request.memberships, request.elsewhere, request.level, request.purpose = [], [], 0, ""
    request.acting = request.token = None
    if tokens.comes_with_one(request):
        tokens.recognise(request)
    else:
        recognise_session(request)


def recognise_session(request: RecognisedRequest) -> None:
    """Read who asks from the cookie."""
    if not isinstance(request.user, User):
        return
    sessions.note_seen(request)
    live = live_memberships_of(request.user.id)
    closed = elsewhere(live, request.session.get(THROUGH))
    request.memberships = [one for one in live if one.id not in closed]
    request.elsewhere = [one for one in live if one.id in closed]
    request.level = second_factor.level_of(request)
    chosen = choice_of(request)
    if chosen is None or lacks_second_factor(request):
        return
    request.acting = chosen
    wanted, possible = request.session.get(PURPOSE), purposes_of(chosen)
    request.purpose = wanted if wanted in possible else possible[0]


def choice_of(request: RecognisedRequest) -> Membership | None:
    """Return the membership that was chosen and still holds; who has only one need not choose."""
    if CHOICE not in request.session and len(request.memberships) == 1:
        request.session[CHOICE] = str(request.memberships[0].id)
    return next((one for one in request.memberships if str(one.id) == request.session.get(CHOICE)), None)


def act_for(request: HttpRequest, chosen: UUID, *, purpose: str = "") -> None:
    """Act for this membership from now on.

    Nothing of the organisation before stays in the session, and a form that was opened under it is refused: its token
    does not hold any more. What was typed there for one organisation is never sent as another.
    """
    if request.session.get(CHOICE) != str(chosen):
        for key in [key for key in request.session.keys() if not key.startswith(LASTING)]:  # noqa: SIM118 - no dict
            del request.session[key]
        rotate_token(request)
    request.session[CHOICE], request.session[PURPOSE] = str(chosen), purpose


def lacks_second_factor(request: RecognisedRequest) -> bool:
    """Tell whether this session still owes a second factor."""
    return request.level == 0 and must_confirm(request.memberships)


def ask_to_sign_in(request: HttpRequest, stage: Stage) -> HttpResponse:
    """Lead to the sign-in page; what was sent too late is kept for its sender."""
    if request.method in READS:
        return redirect(f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}")
    if stage is Stage.MEMBER and request.method == "POST" and kept.keep(request):
        messages.info(request, _("You were signed out, but what you typed is kept. Sign in and you can send it again."))
        return redirect(f"{reverse('account_login')}?{urlencode({'next': reverse('people:kept')})}")
    return redirect("account_login")


def ask_for_second_factor(request: RecognisedRequest) -> HttpResponse:
    """Lead to the code, or to setting up the app that makes it."""
    assert isinstance(request.user, User)
    if second_factor.exists_for(request.user.id):
        return redirect(f"{reverse('people:confirm')}?{urlencode({'next': back_to(request)})}")
    messages.info(
        request, _("Before anything else set up a second factor: your post lets you see what is kept about people.")
    )
    return redirect("people:set_up")


def ask_for_whom(request: RecognisedRequest) -> HttpResponse:
    """Ask for which organisation to act; who has none is told whom to ask."""
    assert isinstance(request.user, User)
    if request.memberships:
        return redirect(f"{reverse('people:acting')}?{urlencode({'next': back_to(request)})}")
    context = {"ask": whom_to_ask(request.user.id), "held": held_memberships_of(request.user.id)}
    return render(request, "people/no_membership.html", context, status=403)


def back_to(request: HttpRequest) -> str:
    """Return where to go on afterwards: the page that was asked for, unless something was sent to it."""
    return request.get_full_path() if request.method in READS else "/"
