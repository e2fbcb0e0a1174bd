"""The pages of supervision, of support after an incident, and of the right to stop."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from concordat.cases.models import Case
from concordat.core.codes import Purpose
from concordat.core.purposes import for_purpose
from concordat.people.forms import sent
from concordat.people.http import SignedInRequest
from concordat.people.models import Membership
from concordat.safety import listing, rules
from concordat.safety.actions import wellbeing as actions
from concordat.safety.forms import (
    AttendanceForm,
    OtherForm,
    PauseForm,
    ReasonForm,
    SupervisorForm,
    SupportForm,
    TalkForm,
)
from concordat.safety.models import Pause, Support

from .steps import step


def colleague(request: SignedInRequest, pk: UUID) -> Membership:
    return get_object_or_404(listing.colleagues(request.acting), pk=pk)


@for_purpose(Purpose.ADMINISTRATION)
def supervisor(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Name a worker's reflective supervisor."""
    worker, by = colleague(request, pk), request.acting
    fit = listing.colleagues(by).exclude(pk=pk).exclude(roles__overlap=list(rules.LINE_MANAGEMENT))
    return step(
        request, SupervisorForm(sent(request), colleagues=fit), partial(actions.name_supervisor, worker, by=by),
        back=reverse("safety:workers"), title=_("Who supervises reflectively?"), caption=worker.shown_name,
        refusal=rules.refuse_naming(worker, by=by),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def attended(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Record that a worker was at supervision."""
    worker = colleague(request, pk)
    return step(
        request, AttendanceForm(sent(request)), partial(actions.record_attendance, worker, by=request.acting),
        back=reverse("safety:index"), title=_("Supervision took place"), caption=worker.shown_name,
        intro=_("Only the day is kept. What was said there is written down nowhere."),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def reason(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Let a worker go on beyond a limit, and say why."""
    worker, by = colleague(request, pk), request.acting
    return step(
        request, ReasonForm(sent(request)), partial(actions.give_reason, worker, by=by),
        back=reverse("safety:workers"), title=_("Let a worker go on beyond a limit"), caption=worker.shown_name,
        intro=_("It holds for 30 days. The worker and the safeguarding lead read it."),
        refusal=rules.refuse_reason(worker, by=by),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def begin_support(request: SignedInRequest) -> HttpResponse:
    """Begin what is owed to a worker after an incident."""
    by = request.acting
    whom = listing.colleagues(by).filter(pk__in=rules.workers_of(by) | {by.pk})
    return step(
        request, SupportForm(sent(request), workers=whom, initial={"worker": by.pk}),
        partial(actions.begin_support, by=by), back=reverse("safety:index"),
        title=_("Ask for support after an incident"), button=_("Ask for it"),
        intro=_("Support is offered within 24 hours, and a talk outside line management within 72 hours."),
        refusal=rules.refuse_civil(by),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def support(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Show what is owed to a worker after an incident; record that it was offered, or declined."""
    found, by = get_object_or_404(Support.objects.select_related("worker", "offered_by"), pk=pk), request.acting
    if request.method == "POST":
        change = actions.decline_support if "decline" in request.POST else actions.offer_support
        change(found, by=by)
        return redirect("safety:support", pk=pk)
    refusals = {
        "offer": rules.refuse_offer(found, by=by), "decline": rules.refuse_decline(found, by=by),
        "talk": rules.refuse_talk(found, by=by),
    }  # fmt: skip
    return render(request, "safety/support.html", {"support": found, "refusals": refusals})


@for_purpose(Purpose.ADMINISTRATION)
def talk(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Record that the talk took place."""
    found, by = get_object_or_404(Support, pk=pk), request.acting
    return step(
        request, TalkForm(sent(request)), partial(actions.record_talk, found, by=by),
        back=reverse("safety:support", args=[pk]), title=_("The talk took place"),
        intro=_("What was said stays between the two."), refusal=rules.refuse_talk(found, by=by),
    )  # fmt: skip


def pause(request: SignedInRequest) -> HttpResponse:
    """Stop work on a case."""
    by = request.acting
    own = Case.objects.filter(assignments__membership=by, assignments__ends_at=None, closed_at=None).distinct()
    return step(
        request, PauseForm(sent(request), cases=own), partial(actions.pause, by=by), back=reverse("safety:index"),
        title=_("Pause work on a case"), button=_("Pause it now"),
        intro=_("Nobody asks why, and nothing follows for you. A coordinator offers the person another worker."),
        refusal=rules.refuse_civil(by),
    )  # fmt: skip


def other(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Offer the person another worker."""
    found, by = get_object_or_404(Pause.objects.select_related("case"), pk=pk), request.acting
    fit = listing.colleagues(by).filter(roles__overlap=list(listing.CARRIERS)).exclude(pk=found.worker_id)
    return step(
        request, OtherForm(sent(request), colleagues=fit), partial(actions.offer_other, found, by=by),
        back=reverse("safety:index"), title=_("Offer the person another worker"), caption=found.case.working_code,
        intro=_("Assign that worker to the case as well. Do not tell the person why the first one paused."),
        refusal=rules.refuse_other(found, by=by),
    )  # fmt: skip


@require_POST
def resume(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Take the work up again."""
    actions.resume(get_object_or_404(Pause, pk=pk), by=request.acting)
    messages.success(request, _("You work on this case again."))
    return redirect("safety:index")
