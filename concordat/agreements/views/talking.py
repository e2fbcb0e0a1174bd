"""Talking about the clauses of a proposed text."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from concordat.agreements import actions, drafting, forms, rows, rules
from concordat.agreements import talks as talking
from concordat.agreements.catalogue import ENTRIES
from concordat.agreements.models import Kind, Version
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
def suggest_row(request: SignedInRequest, pk: UUID, number: int, thread: UUID | None = None) -> HttpResponse:
    """Propose another way for one row of the table to be, that it goes, or a new one."""
    found = find_version(pk, number)
    if not found.proposed_at or found.agreement.kind != Kind.PROTOCOL:
        raise Http404
    said = rows.threads_of(talking.suggestions(found)).get(thread, []) if thread else []
    held = found.sharingrules.select_related("owner", "version__agreement")
    rule = held.filter(pk=thread).first() if thread else None
    if thread and not said and rule is None:
        raise Http404
    if refusal := rules.refuse_suggest_row(request.acting, found, said):
        raise Refused(refusal)
    last = next((one.row for one in reversed(said) if one.row), rows.of_rule(rule) if rule else {})
    initial = rows.as_typed(last) if last else {}
    form = (
        forms.RowForm(rule, sent(request), initial=initial)
        if rule
        else forms.NewRowForm(found, sent(request), initial=initial)
    )
    there = talks_url(found, str(thread) if thread else "table")
    return show_form(
        request, form, partial(actions.suggest_row, found, thread=thread, by=request.acting),
        title=rows.title(found, rows.of_rule(rule)) if rule else _("Propose a row of the table"),
        template="agreements/suggest_row.html", about=(found,), to=there, cancel_url=there, button=_("Send"),
        done=_("Sent. The other party reads it now."),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def reply(request: SignedInRequest, pk: UUID, number: int, suggestion: UUID) -> HttpResponse:
    """Take a proposal or not."""
    found = find_version(pk, number)
    one = get_object_or_404(talking.suggestions(found), pk=suggestion)
    one.version = found
    if refusal := rules.refuse_reply(request.acting, one):
        raise Refused(refusal)
    form = forms.ReplyForm(sent(request))
    of_a_row = one.row is not None
    held = None if of_a_row else found.clauses.filter(code=one.code).first()
    turn = rows.row_turn(found, one, request.acting) if of_a_row else talking.turn(one, held, request.acting)
    return show_form(
        request,
        form,
        partial(actions.reply, one, by=request.acting),
        title=_("Do you take this row?") if of_a_row else _("Do you take these words?"),
        template="agreements/reply.html",
        to=talks_url(found, "table" if of_a_row else one.code),
        done=_("Answered."),
        button=_("Answer"),
        cancel_url=talks_url(found, one.code),
        turn=turn,
        of_a_row=of_a_row,
        entry=ENTRIES[one.code],
    )


@require_POST
@for_purpose(Purpose.ADMINISTRATION)
def take_up(request: SignedInRequest, pk: UUID, number: int) -> HttpResponse:
    """Put what was taken into a new draft."""
    draft = actions.take_up(find_version(pk, number), by=request.acting)
    messages.success(request, _("What was taken stands in this draft. Nobody else sees it until you propose it."))
    return redirect(edit_url(draft, "clauses"))
