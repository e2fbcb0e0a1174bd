"""The first page of the safety of workers, how all workers stand, and what the organisation decided for them."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from concordat.core.codes import Purpose
from concordat.core.edits import hold_to_change
from concordat.core.purposes import for_purpose
from concordat.people.forms import sent
from concordat.people.http import SignedInRequest
from concordat.safety import listing, rules
from concordat.safety.actions import wellbeing as actions
from concordat.safety.forms import TermsForm
from concordat.safety.models import BoundaryReport, Incident, PassedOn, Pause, Supervisor, Support, Terms, Threat

from .steps import step

RECENT = 25


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def index(request: SignedInRequest) -> HttpResponse:
    """Show what anybody can do at once, and what of it is seen by whoever looks."""
    by = request.acting
    own = {"owner": by.organisation_id}
    context = {
        "civil": not by.organisation.is_authority,
        "reports": BoundaryReport.objects.filter(**own).select_related("reporter")[:RECENT],
        "received": PassedOn.objects.filter(to=by.organisation_id).select_related("owner")[:RECENT],
        "incidents": Incident.objects.select_related("owner")[:RECENT],
        "incident_refusal": rules.refuse_terms(by=by),
        "threats": Threat.objects.select_related("worker", "owner")[:RECENT],
        "supports": Support.objects.filter(**own).select_related("worker")[:RECENT],
        "pauses": Pause.objects.filter(ends_at=None, **own).select_related("worker", "case", "other")[:RECENT],
        "supervisor": Supervisor.objects.filter(worker=by, ends_at=None).select_related("member").first(),
        "supervised": Supervisor.objects.filter(member=by, ends_at=None).select_related("worker"),
        "leads": by.has(*rules.NAMERS),
        "pause_refusal": rules.refuse_civil(by),
    }
    return render(request, "safety/index.html", context)


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def workers(request: SignedInRequest) -> HttpResponse:
    """Show with how many persons everybody works, and when they were last at supervision; to whoever leads them."""
    by = request.acting
    rows = [
        (one, rules.refuse_naming(one.worker, by=by), rules.refuse_reason(one.worker, by=by))
        for one in listing.workers(by)
    ]
    context = {
        "rows": rows, "pairings": listing.lone_pairings(by), "refusal": rules.refuse_terms(by=by),
        "terms": get_object_or_404(Terms, owner=by.organisation_id),
    }  # fmt: skip
    return render(request, "safety/workers.html", context)


@for_purpose(Purpose.ADMINISTRATION)
def terms(request: SignedInRequest) -> HttpResponse:
    """Decide the cap, when pairings are looked at, and the key."""
    own = hold_to_change(request, get_object_or_404(Terms, owner=request.acting.organisation_id))
    filled = {"cap": own.cap, "pairing_months": own.pairing_months, "public_key": own.public_key}
    return step(
        request, TermsForm(sent(request), initial=filled), partial(actions.decide_terms, own, by=request.acting),
        back=reverse("safety:workers"), title=_("What is decided for your workers"), changes=own,
        refusal=rules.refuse_terms(by=request.acting),
    )  # fmt: skip
