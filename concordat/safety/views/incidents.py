"""The pages of critical incidents: recording, one incident with its timeline, its review, and the reply of a party."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from concordat.agreements.sides import partners_of
from concordat.core.codes import Purpose
from concordat.core.forms import SureForm
from concordat.core.purposes import for_purpose
from concordat.people.forms import sent
from concordat.people.http import SignedInRequest
from concordat.safety import rules
from concordat.safety.actions import incidents as actions
from concordat.safety.forms import FactForm, IncidentForm, InvolveForm, NoteForm, StartForm
from concordat.safety.models import Incident, Note, Subject

from .steps import step

WRITTEN = (Subject.SAFEGUARD, Subject.FINDING, Subject.RECOMMENDATION, Subject.TOLD, Subject.DELAY)


def found(pk: UUID) -> Incident:
    return get_object_or_404(Incident.objects.select_related("owner", "started_by", "finished_by"), pk=pk)


def back(pk: UUID) -> str:
    return reverse("safety:incident", args=[pk])


@for_purpose(Purpose.ADMINISTRATION)
def record(request: SignedInRequest) -> HttpResponse:
    """Record an incident."""
    return step(
        request, IncidentForm(sent(request)), partial(actions.record, by=request.acting), back=reverse("safety:index"),
        title=_("Record a critical incident"), refusal=rules.refuse_terms(by=request.acting),
        intro=_("People first: staff, the person, the family, victims. From now on nothing is deleted."),
    )  # fmt: skip


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def incident(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Show an incident: facts in their order, the review, what is recommended; to a party what is written for it."""
    shown, by = found(pk), request.acting
    own = shown.owner_id == by.organisation_id
    context: dict[str, Any] = {
        "incident": shown, "own": own, "moments": shown.moments.all(),
        "notes": shown.notes.select_related("author", "by"), "parties": shown.parties.select_related("party"),
        "subjects": [(one, one.label) for one in WRITTEN] if own else [],
        "refusals": {
            "review": rules.refuse_review(shown, by=by), "start": rules.refuse_start(shown, by=by),
            "finish": rules.refuse_finish(shown, by=by),
        },
    }  # fmt: skip
    return render(request, "safety/incident.html", context)


@for_purpose(Purpose.ADMINISTRATION)
def fact(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Add a fact."""
    return step(
        request, FactForm(sent(request)), partial(actions.add_fact, found(pk), by=request.acting), back=back(pk),
        title=_("Add a fact"), refusal=rules.refuse_review(found(pk), by=request.acting),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def start(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Begin the review."""
    return step(
        request, StartForm(sent(request)), partial(actions.start, found(pk), by=request.acting), back=back(pk),
        title=_("Begin the review"), refusal=rules.refuse_start(found(pk), by=request.acting),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def party(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Make an organisation a party."""
    form = InvolveForm(sent(request), partners=partners_of(request.acting.organisation_id))
    return step(
        request, form, partial(actions.involve, found(pk), by=request.acting), back=back(pk),
        title=_("Involve a party"), refusal=rules.refuse_review(found(pk), by=request.acting),
        intro=_("It reads the terms, findings, recommendations and notes of delay, and may reply. Not the timeline."),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def write(request: SignedInRequest, pk: UUID, subject: str) -> HttpResponse:
    """Write down a safeguard, a finding, a recommendation, what is told, or a delay."""
    if subject not in WRITTEN:
        raise Http404
    of = Subject(subject)
    return step(
        request, NoteForm(sent(request), subject=of),
        partial(actions.write, found(pk), subject=of, by=request.acting), back=back(pk), title=of.label,
        refusal=rules.refuse_review(found(pk), by=request.acting),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def reply(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Reply as a party."""
    return step(
        request, NoteForm(sent(request), subject=Subject.REPLY),
        partial(actions.reply, found(pk), by=request.acting), back=back(pk), title=_("Reply to the review"),
        refusal=rules.refuse_reply(found(pk), by=request.acting),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def finish(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Finish the review."""
    return step(
        request, SureForm(sent(request)), partial(actions.finish, found(pk), by=request.acting), back=back(pk),
        title=_("Finish the review"), button=_("Finish it"), kind="warning",
        refusal=rules.refuse_finish(found(pk), by=request.acting),
    )  # fmt: skip


@require_POST
@for_purpose(Purpose.ADMINISTRATION)
def done(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Say that what was recommended is done."""
    recommendation = get_object_or_404(Note, pk=pk, subject=Subject.RECOMMENDATION)
    actions.say_done(recommendation, by=request.acting)
    messages.success(request, _("It is done."))
    return redirect("safety:incident", pk=recommendation.incident_id)
