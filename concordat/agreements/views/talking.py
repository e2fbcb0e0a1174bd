"""Talking about the clauses of a proposed text."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from concordat.agreements import actions, drafting, forms, rules
from concordat.agreements import talks as talking
from concordat.agreements.catalogue import ENTRIES
from concordat.agreements.models import Version
from concordat.core.codes import Purpose
from concordat.core.errors import Refused
from concordat.core.purposes import for_purpose
from concordat.core.screens import show_form
from concordat.people.forms import sent
from concordat.people.http import SignedInRequest

from .finding import find_version
from .writing import edit_url


def talks_url(version: Version, code: str = "") -> str:
    """Return the address of the talks, at one of the clauses."""
    there = reverse("agreements:talks", args=[version.agreement_id, version.number])
    return there + (f"#{code}" if code else "")


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def talks(request: SignedInRequest, pk: UUID, number: int) -> HttpResponse:
    """Show what was proposed, answered and taken, clause by clause."""
    found = find_version(pk, number)
    if not found.proposed_at:
        raise Http404
    return render(request, "agreements/talks.html", talking.page(found, request.acting))


@for_purpose(Purpose.ADMINISTRATION)
def suggest(request: SignedInRequest, pk: UUID, number: int, code: str) -> HttpResponse:
    """Send other words for a clause."""
    found = find_version(pk, number)
    if code not in drafting.codes(found) or not found.proposed_at:
        raise Http404
    if refusal := rules.refuse_suggest(request.acting, found, code):
        raise Refused(refusal)
    entry = ENTRIES[code]
    form = forms.SuggestForm(entry, found, sent(request), initial=talking.initial(found, code))
    return show_form(
        request,
        form,
        partial(actions.suggest, found, code=code, by=request.acting),
        title=_("Other words for clause %(number)s, %(title)s") % {"number": entry.number, "title": entry.title},
        template="agreements/suggest.html",
        about=(found,),
        to=talks_url(found, code),
        done=_("Sent. The other party reads it now."),
        button=_("Send"),
        cancel_url=talks_url(found, code),
        version=found,
    )


@for_purpose(Purpose.ADMINISTRATION)
def reply(request: SignedInRequest, pk: UUID, number: int, suggestion: UUID) -> HttpResponse:
    """Take a proposal or not."""
    found = find_version(pk, number)
    one = get_object_or_404(talking.suggestions(found), pk=suggestion)
    one.version = found
    if refusal := rules.refuse_reply(request.acting, one):
        raise Refused(refusal)
    form = forms.ReplyForm(sent(request))
    held = found.clauses.filter(code=one.code).first()
    return show_form(
        request,
        form,
        partial(actions.reply, one, by=request.acting),
        title=_("Do you take these words?"),
        template="agreements/reply.html",
        to=talks_url(found, one.code),
        done=_("Answered."),
        button=_("Answer"),
        cancel_url=talks_url(found, one.code),
        turn=talking.turn(one, held, request.acting),
        entry=ENTRIES[one.code],
    )


@require_POST
@for_purpose(Purpose.ADMINISTRATION)
def take_up(request: SignedInRequest, pk: UUID, number: int) -> HttpResponse:
    """Put what was taken into a new draft."""
    draft = actions.take_up(find_version(pk, number), by=request.acting)
    messages.success(request, _("What was taken stands in this draft. Nobody else sees it until you propose it."))
    return redirect(edit_url(draft, "clauses"))
