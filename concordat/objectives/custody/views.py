"""The pages of interference: the list with its figures, one report with both positions, each step, and its paper."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from concordat.core.codes import Purpose
from concordat.core.purposes import for_purpose
from concordat.core.screens import show_form, show_list
from concordat.documents.answer import as_file
from concordat.people.forms import sent
from concordat.people.http import SignedInRequest

from . import actions, figures, rules
from .agreed import agreed
from .forms import AnswerForm, ReplyForm, ReportForm
from .models import Interference
from .paper import paper

EVERYTHING = Interference.objects.select_related("owner", "to", "terms", "place", "answered_by", "replied_by")


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def index(request: SignedInRequest) -> HttpResponse:
    """List what was reported, what waits first, with the figures of a year."""
    by = request.acting
    reports = list(EVERYTHING.all())
    reports.sort(
        key=lambda one: (one.answered_at is not None, one.due_on if not one.answered_at else one.made_at.date())
    )
    lately = [one for one in reports if one.happened_on >= figures.since()]
    refusal = rules.refuse_reporting(by)
    return show_list(
        request, "custody/index.html", [(one, rules.state_of(one)) for one in reports],
        lines=figures.of_reports(lately), refusal=refusal, agreed=agreed(),
        sessions=None if refusal else figures.of_sessions(by.organisation_id),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def report(request: SignedInRequest) -> HttpResponse:
    """Report that something went against the terms."""
    back = reverse("custody:index")
    return show_form(
        request, ReportForm(sent(request), agreed=agreed(), by=request.acting),
        partial(actions.report, by=request.acting),
        title=_("Report interference with sessions"), button=_("Report it"),
        intro=_(
            "The authority reads this and your organisation’s name, not yours. It answers within ten working days. "
            "To report has no consequence for you, for your organisation or for the person."
        ),
        refusal=rules.refuse_reporting(request.acting), done=_("It is reported."), to=back, cancel_url=back,
    )  # fmt: skip


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def interference(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Show a report, the answer and what is said to it, side by side."""
    one = get_object_or_404(EVERYTHING, pk=pk)
    refusals = {
        "answer": rules.refuse_answer(one, by=request.acting), "reply": rules.refuse_reply(one, by=request.acting),
    }  # fmt: skip
    theirs = one.to_id == request.acting.organisation_id
    context = {"one": one, "state": rules.state_of(one), "refusals": refusals, "theirs": theirs}
    return render(request, "custody/interference.html", context)


@for_purpose(Purpose.ADMINISTRATION)
def answer(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Answer as the authority."""
    one = get_object_or_404(EVERYTHING, pk=pk)
    return show_form(
        request, AnswerForm(sent(request)), partial(actions.answer, one, by=request.acting),
        title=_("Answer the report"), caption=one.reference, intro=one.words, button=_("Send the answer"),
        done=_("The answer is sent."),
        refusal=rules.refuse_answer(one, by=request.acting), to=one.get_absolute_url(),
        cancel_url=one.get_absolute_url(),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def reply(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Say as the provider whether it is settled."""
    one = get_object_or_404(EVERYTHING, pk=pk)
    return show_form(
        request, ReplyForm(sent(request)), partial(actions.reply, one, by=request.acting), title=_("Is it settled?"),
        caption=one.reference, intro=one.answer, button=_("Keep this"), done=_("It is kept."),
        refusal=rules.refuse_reply(one, by=request.acting), to=one.get_absolute_url(),
        cancel_url=one.get_absolute_url(),
    )  # fmt: skip


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def on_paper(_request: SignedInRequest, pk: UUID, kind: str) -> HttpResponse:
    """Hand out a report as a file, with both positions."""
    one = get_object_or_404(EVERYTHING, pk=pk)
    return as_file(paper(one), kind, name=one.reference)
