"""The pages of somebody's own notices: the list, following one, and how to be told."""

from functools import partial
from typing import Any
from uuid import UUID

from django.db import connection
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from concordat.core.screens import show_form, show_list
from concordat.people.acting import PURPOSE
from concordat.people.adapters import speak_with
from concordat.people.forms import sent
from concordat.people.http import SignedInRequest
from concordat.people.stages import Stage, open_to

from . import actions, forms, rules
from .models import Notice


@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    """List what stands for the reader, the newest first; a message may lead here for another membership."""
    wanted = request.GET.get("as", str(request.acting.id))
    if wanted != str(request.acting.id) and wanted in {str(one.id) for one in request.memberships}:
        return act_first(request)
    context: dict[str, Any] = {
        "new": Notice.objects.filter(seen_at=None, over_at=None).count(),
        "no_messages": rules.refuse_looking_after_messages(request.acting),
        "no_letters": rules.refuse_letters(request.acting),
    }
    return show_list(request, "notices/index.html", Notice.objects.filter(over_at=None), **context)


@require_safe
def read(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Go to what a notice is about; whether it may be opened is decided there, now."""
    notice = Notice.objects.filter(pk=pk).first()
    if notice is None:
        return elsewhere(request, pk)
    actions.see(notice, by=request.acting)
    request.session[PURPOSE] = notice.purpose
    return redirect(notice.address)


def elsewhere(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Ask to change for whom to act, where it is one's own notice in another organisation; else there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access.mine_elsewhere(%s)", [pk])
        (other,) = cursor.fetchone()
    if other is None:
        raise Http404
    return act_first(request)


def act_first(request: SignedInRequest) -> HttpResponse:
    """Lead to the page where one chooses for whom to act, and back here."""
    return redirect(f"{reverse('people:acting')}?{urlencode({'next': request.get_full_path()})}")


@require_POST
def read_all(request: SignedInRequest) -> HttpResponse:
    """Mark everything as seen."""
    actions.see_all(by=request.acting)
    return redirect("notices:index")


@open_to(Stage.CONFIRMED)
def preferences(request: SignedInRequest) -> HttpResponse:
    """Choose in which language, when and how to be told."""
    user = request.user
    now = {"language": user.language, "rhythm": user.rhythm, "on_paper": "paper" if user.on_paper else "mail"}
    response = show_form(
        request, forms.PreferencesForm(sent(request), initial=now), partial(actions.prefer, user, by=user),
        title=_("How you are told"), done=_("Your choice is kept."), to="people:account",
        cancel_url=reverse("people:account"), button=_("Save"),
    )  # fmt: skip
    if request.method == "POST":
        speak_with(response, user)
    return response
