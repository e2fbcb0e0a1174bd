"""The pages of boundary reports: reporting, one report, its answer, what is passed on, and long pairings."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from concordat.core.codes import Purpose
from concordat.core.purposes import for_purpose
from concordat.ledger.log import record_opened
from concordat.people.forms import sent
from concordat.people.http import SignedInRequest
from concordat.safety import listing, rules
from concordat.safety.actions import boundary as actions
from concordat.safety.actions.quietly import NOBODY
from concordat.safety.forms import LookForm, PairingForm, PassOnForm, ReportForm
from concordat.safety.models import BoundaryReport, PassedOn

from .steps import step

REPORTS = BoundaryReport.objects.select_related("reporter", "looked_by", "owner")


@for_purpose(Purpose.ADMINISTRATION)
def report(request: SignedInRequest) -> HttpResponse:
    """Report an approach to oneself."""
    return step(
        request, ReportForm(sent(request)), partial(actions.report, by=request.acting), back=reverse("safety:index"),
        title=_("Report pressure or an approach"), button=_("Report it"),
        intro=_(
            "Telling early is never misconduct, also where you hesitated, gave way a little or are not sure. You and "
            "the safeguarding lead read this; where there is no lead, the director does. The prison and your "
            "coordinator do not."
        ),
        done=_("It is reported. The safeguarding lead looks at it within 3 working days."),
        refusal=rules.refuse_civil(request.acting),
    )  # fmt: skip


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def boundary(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Show one report to whoever told and to the lead."""
    found = get_object_or_404(REPORTS, pk=pk)
    record_opened("boundary.read", [NOBODY], case=None, categories=[], report=pk)
    context = {
        "report": found, "passed": found.passed_on.select_related("to"),
        "refusals": {
            "look": rules.refuse_look(found, by=request.acting),
            "pass_on": rules.refuse_pass_on(found, by=request.acting),
        },
    }  # fmt: skip
    return render(request, "safety/boundary.html", context)


@for_purpose(Purpose.ADMINISTRATION)
def look(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Say what is done now."""
    found = get_object_or_404(REPORTS, pk=pk)
    return step(
        request, LookForm(sent(request)), partial(actions.look, found, by=request.acting),
        back=reverse("safety:boundary", args=[pk]), title=_("Answer the worker"),
        refusal=rules.refuse_look(found, by=request.acting),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def pass_on(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Pass the least of it on."""
    found = get_object_or_404(REPORTS, pk=pk)
    form = PassOnForm(sent(request), authorities=listing.authorities(request.acting), initial=_ground(found))
    return step(
        request, form, partial(actions.pass_on, found, by=request.acting),
        back=reverse("safety:boundary", args=[pk]), title=_("Pass the least of it on"), button=_("Pass it on"),
        intro=_("The integrity officer reads your words, the ground and your organisation’s name, and nothing else."),
        refusal=rules.refuse_pass_on(found, by=request.acting), kind="warning",
    )  # fmt: skip


def _ground(report: BoundaryReport) -> dict[str, str]:
    return {"ground": report.above[0]} if report.above else {}


@for_purpose(Purpose.ADMINISTRATION)
def passed(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Show the integrity officer what was passed on, and note that it was read."""
    received = PassedOn.objects.filter(to=request.acting.organisation_id).select_related("owner", "read_by")
    found = get_object_or_404(received, pk=pk)
    if request.method == "POST":
        actions.take_note(found, by=request.acting)
    return render(request, "safety/passed.html", {"passed": found})


@for_purpose(Purpose.ADMINISTRATION)
def pairings(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Say what comes of looking at a worker's long pairings."""
    worker = get_object_or_404(listing.colleagues(request.acting), pk=pk)
    refusal = None if pk in rules.workers_of(request.acting) else _("The safeguarding lead looks at it.")
    return step(
        request, PairingForm(sent(request)), partial(actions.look_at_pairings, worker, by=request.acting),
        back=reverse("safety:workers"), title=_("One worker alone with one person"), caption=worker.shown_name,
        intro=_("A long pairing can be good for the person. It is looked at so that the worker is not alone with it."),
        refusal=refusal,
    )  # fmt: skip
