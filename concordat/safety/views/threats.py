"""The pages of threat files: reporting, one file, each step of it, and its sealed words to take home."""

import base64
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from concordat.core.codes import Purpose
from concordat.core.purposes import for_purpose
from concordat.ledger.log import record_opened
from concordat.people.forms import sent
from concordat.people.http import SignedInRequest
from concordat.safety import clocks, listing, rules, sealing
from concordat.safety.actions import threats as actions
from concordat.safety.actions.quietly import NOBODY
from concordat.safety.forms import FactsForm, GridForm, MeasureForm, OpenForm, StepForm, ThreatForm
from concordat.safety.models import Entry, Opening, Part, Threat

from .steps import step

THREATS = Threat.objects.select_related("owner", "worker", "authority", "reported_by", "acknowledged_by", "closed_by")


def found(pk: UUID) -> Threat:
    return get_object_or_404(THREATS, pk=pk)


@for_purpose(Purpose.ADMINISTRATION)
def report(request: SignedInRequest) -> HttpResponse:
    """Report a threat to oneself, to a colleague who cannot write now, or to the organisation."""
    by = request.acting
    form = ThreatForm(
        sent(request), workers=listing.colleagues(by), authorities=listing.authorities(by), initial={"worker": by.pk}
    )
    return step(
        request, form, partial(actions.report, by=by), back=reverse("safety:index"), title=_("Report a threat"),
        button=_("Report it"), template="safety/report_threat.html", refusal=rules.refuse_civil(by),
        done=_("It is reported. The safeguarding lead is told now, and takes it in hand within an hour."),
        authorities=listing.authorities(by),
    )  # fmt: skip


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def threat(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Show a file: what is due, the facts, the grid, the plan, and whom it is open to."""
    file, by = found(pk), request.acting
    record_opened("threat.read", [NOBODY], case=None, categories=[], threat=pk)
    entries = list(file.entries.select_related("by"))
    openings = file.openings.filter(ends_at=None).select_related("to")
    context: dict[str, Any] = {
        "threat": file, "entries": entries, "measures": file.measures.all(), "openings": openings,
        "authorities": [] if file.authority_id else listing.authorities(by),
        "steps": clocks.steps(file), "own": file.owner_id == by.organisation_id,
        "refusals": {
            "acknowledge": rules.refuse_acknowledge(file, by=by), "add": rules.refuse_add(file, by=by),
            "lead": rules.refuse_lead(file, by=by), "open": rules.refuse_opening(file, by=by),
        },
    }  # fmt: skip
    return render(request, "safety/threat.html", context)


@require_POST
@for_purpose(Purpose.ADMINISTRATION)
def acknowledge(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Take a file in hand."""
    actions.acknowledge(found(pk), by=request.acting)
    messages.success(request, _("You have taken it in hand."))
    return redirect("safety:threat", pk=pk)


def back(pk: UUID) -> str:
    return reverse("safety:threat", args=[pk])


@for_purpose(Purpose.ADMINISTRATION)
def facts(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Add facts."""
    return step(
        request, FactsForm(sent(request)), partial(actions.add, found(pk), by=request.acting), back=back(pk),
        title=_("Add facts"), refusal=rules.refuse_add(found(pk), by=request.acting),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def grid(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Write down what was talked through."""
    return step(
        request, GridForm(sent(request)), partial(actions.add, found(pk), by=request.acting), back=back(pk),
        title=_("Talk it through"), refusal=rules.refuse_add(found(pk), by=request.acting),
        intro=_("Go through these together with the worker, in words. Nothing is rated or counted."),
    )  # fmt: skip


def one_part(request: SignedInRequest, pk: UUID, part: Part, **context: Any) -> HttpResponse:  # noqa: ANN401
    """Show the form of a step of the lead."""
    file = found(pk)
    save = partial(actions.step, file, part=part, by=request.acting)
    refusal = rules.refuse_lead(file, by=request.acting)
    return step(request, StepForm(sent(request), part=part), save, back=back(pk), refusal=refusal, **context)


@for_purpose(Purpose.ADMINISTRATION)
def interim(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Write down what protects until there is a plan."""
    intro = _("Such as pausing cases, other routes and places, company on the way, another telephone, hiding names.")
    return one_part(request, pk, Part.INTERIM, title=_("What protects for now"), intro=intro)


@for_purpose(Purpose.ADMINISTRATION)
def review(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Write down a review."""
    return one_part(request, pk, Part.REVIEW, title=_("Review the plan"))


@for_purpose(Purpose.ADMINISTRATION)
def plan(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Put a measure into the plan."""
    file = found(pk)
    return step(
        request, MeasureForm(sent(request)), partial(actions.plan, file, by=request.acting), back=back(pk),
        title=_("Add a measure to the plan"), refusal=rules.refuse_lead(file, by=request.acting),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def open_to(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Open a file to a protection officer."""
    file, by = found(pk), request.acting
    return step(
        request, OpenForm(sent(request), authorities=listing.authorities(by)), partial(actions.open_to, file, by=by),
        back=back(pk), title=_("Open the file to a protection officer"), button=_("Open it"), kind="warning",
        intro=_("The protection officer of that authority reads the whole file until you take it back."),
        refusal=rules.refuse_opening(file, by=by),
    )  # fmt: skip


@require_POST
@for_purpose(Purpose.ADMINISTRATION)
def take_back(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Close a file to a protection officer again."""
    opening = get_object_or_404(Opening.objects.select_related("threat"), pk=pk, ends_at=None)
    actions.close_to(opening, by=request.acting)
    messages.success(request, _("The file is closed to them."))
    return redirect("safety:threat", pk=opening.threat_id)


@for_purpose(Purpose.ADMINISTRATION)
def close(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Close a file with what was learned."""
    file = found(pk)
    return step(
        request, StepForm(sent(request), part=Part.LESSONS), partial(actions.close, file, by=request.acting),
        back=back(pk), title=_("Close the file"), button=_("Close it"),
        refusal=rules.refuse_lead(file, by=request.acting),
    )  # fmt: skip


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def sealed(_request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Hand out the sealed words of a file, to be opened with the key where it is kept."""
    file = found(pk)
    record_opened("threat.fetched", [NOBODY], case=None, categories=[], threat=pk)
    pieces = [_piece(one, one.part) for one in Entry.objects.filter(threat=file) if one.sealed]
    pieces += [_piece(one, "plan") for one in file.measures.all() if one.sealed]
    answer = HttpResponse(sealing.bundle(pieces), content_type="application/json")
    answer["Content-Disposition"] = 'attachment; filename="threat.sealed.json"'
    return answer


def _piece(one: Any, part: str) -> dict[str, str]:  # noqa: ANN401 - an entry or a measure
    return {"part": part, "at": one.at.isoformat(), "sealed": base64.b64encode(one.sealed).decode()}
