"""The pages of a case. A hidden case is simply not found; what a page shows was loaded under the policies."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from concordat.access.sight import NEVER
from concordat.cases.models import Case, Link
from concordat.core.cells import csv_file
from concordat.core.codes import Purpose
from concordat.core.parts import Tab
from concordat.core.purposes import for_purpose
from concordat.core.screens import show_list
from concordat.core.wiring import wired
from concordat.core.wording import by_time
from concordat.ledger.log import record
from concordat.people.http import SignedInRequest
from concordat.people.memberships import purposes_of

from . import asking, caseload, delivery, overview
from . import readers as reading
from . import records as shelves
from .beside import Beside
from .forms import CasesForm, ExportForm, ReadersForm, WhyForm

PER_PAGE = 25
SHOWN = 8  # entries of the timeline; the rest is one link away


def index(request: SignedInRequest) -> HttpResponse:
    """List the cases that one may see, by reference."""
    form = CasesForm(request.GET or None)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = caseload.listed(request.acting, show=wanted.get("show", ""), text=wanted.get("text", ""))
    purposes = purposes_of(request.acting)
    context: dict[str, Any] = {
        "refusal": caseload.refuse_export(request.acting),
        "purpose": reading.purpose_words(request.purpose),
        "change_url": reverse("people:acting") if len(purposes) > 1 else "",
    }
    return show_list(request, "cases/index.html", found, form=form, **context)


def detail(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Show the first page of a case, or what is open of another organisation's."""
    case = get_object_or_404(Case, pk=pk)
    if case.owner_id != request.acting.organisation_id:
        return of_others(request, case)
    case.owner = request.acting.organisation
    beside = Beside(case, request.acting, request.purpose)
    events = gathered("CASE_EVENTS", beside)
    events.sort(key=lambda event: by_time(event.at), reverse=True)
    versions = overview.goal_sets(beside)
    context = {
        "lede": overview.lede(beside),
        "who": overview.who(beside),
        "goal_set": versions[0] if versions else None,
        "goals": overview.goals(beside, versions[0]) if versions else [],
        "agreed": overview.signed_words(beside, versions[0]) if versions else "",
        "sent": delivery.sent_referrals(beside) if case.owner.is_authority else [],
        "notices": gathered("CASE_NOTICES", beside),
        "dates": sorted(gathered("CASE_DATES", beside), key=lambda one: by_time(one.at)),
        "events": events if "all" in request.GET else events[:SHOWN],
        "earlier": 0 if "all" in request.GET else max(0, len(events) - SHOWN),
        "why": overview.why_this_case(beside),
        "sights": [overview.shown(sight) for sight in beside.sights],
        "columns": overview.columns(),
        "closed": overview.closed(beside),
        "actions": gathered("CASE_ACTIONS", beside),
        "never": NEVER,
    }
    return show(request, "cases/detail.html", beside, **context)


def of_others(request: SignedInRequest, case: Case) -> HttpResponse:
    """Lead to one's own case of the same person, or show what is open of a case without one."""
    link = Link.objects.filter(Q(authority_case=case) | Q(civil_case=case)).first()
    if link:
        return redirect(
            "cases:detail", link.civil_case_id if link.authority_case_id == case.pk else link.authority_case_id
        )
    beside = Beside(case, request.acting, request.purpose)
    context = {"case": case, "title": overview.title_of(beside), "shelves": shelves.shelves(beside)}
    return render(request, "cases/given.html", context)


def plan(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Show the goals in every version, reviews, the end report and what the person agreed to."""
    beside = own(request, pk)
    context = {
        "versions": delivery.versions(beside, overview.goal_sets(beside)),
        "reviews": delivery.reviews(beside),
        "reports": delivery.end_reports(beside),
        "agreements": delivery.participations(beside),
        "sent": delivery.sent_referrals(beside),
    }
    return show(request, "cases/plan.html", beside, **context)


def sessions(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """List the sessions: in full what is one's own, as dates what a partner gives."""
    beside = own(request, pk)
    return show(request, "cases/sessions.html", beside, sessions=delivery.sessions(beside))


def records(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Show what is recorded, by category: one's own, and what partners give."""
    beside = own(request, pk)
    return show(request, "cases/records.html", beside, shelves=shelves.shelves(beside), closed=overview.closed(beside))


@for_purpose(Purpose.ADMINISTRATION)
def readers(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """List who has read the case, out of the log."""
    beside = own(request, pk)
    form = ReadersForm(request.GET or None)
    wanted = form.cleaned_data if form.is_valid() else {}
    rows = reading.lines_about(
        beside.case, others_only=wanted.get("who") == "others", start=wanted.get("start"), end=wanted.get("end")
    )
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    lines = reading.readings(page.object_list)
    return show(request, "cases/readers.html", beside, page=page, lines=lines, form=form)


@for_purpose(Purpose.ADMINISTRATION)
def sheet(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Print for the person who has seen their data; that it was printed stands in the log with its code."""
    beside = own(request, pk)
    seen = reading.seen_by(beside.case)
    paper = reading.sheet(beside.case, seen, request.acting)
    record("case.readers_printed", owner=beside.case.owner_id, case=beside.case.pk, code=paper.code)
    context = {"case": beside.case, "sheet": paper, "seen": seen, "back": reverse("cases:readers", args=[pk])}
    return render(request, "cases/sheet.html", context)


def why(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Answer why something is open or not, from one's own case."""
    beside = own(request, pk)
    givers, others = asking.givers(beside), asking.colleagues(beside)
    form = WhyForm(request.GET or None, givers=givers, colleagues=others)
    context: dict[str, Any] = {"form": form, "given": None}
    if form.is_valid():
        context |= asking.answer(beside, givers, others, form.cleaned_data)
    return show(request, "cases/why.html", beside, **context)


@for_purpose(Purpose.ADMINISTRATION)
def export(request: SignedInRequest) -> HttpResponse:
    """Hand out the list of cases as a file, for a purpose that is stated first and stands in the log."""
    form = ExportForm(request.POST if request.method == "POST" else None)
    if refusal := caseload.refuse_export(request.acting):
        return render(request, "cases/export.html", {"refusal": refusal}, status=403)
    if not form.is_valid():
        return render(request, "cases/export.html", {"form": form}, status=422 if form.is_bound else 200)
    rows = caseload.as_rows(request.acting)
    record(
        "caseload.exported", owner=request.acting.organisation_id, categories=caseload.CATEGORIES, rows=len(rows),
        taken_for=form.cleaned_data["taken_for"],
    )  # fmt: skip
    return csv_file(f"caseload-{localdate().isoformat()}.csv", caseload.heading(), rows)


# ---- what the pages share --------------------------------------------------------------------------------------------


def own(request: SignedInRequest, pk: UUID) -> Beside:
    """Find a case of one's own organisation."""
    case = get_object_or_404(Case.objects.select_related("owner"), pk=pk, owner=request.acting.organisation_id)
    return Beside(case, request.acting, request.purpose)


def gathered(name: str, beside: Beside) -> list[Any]:
    """Collect what every room gives to a case."""
    return [one for source in wired(name) for one in source(beside.asked)]


def show(request: SignedInRequest, template: str, beside: Beside, **context: object) -> HttpResponse:
    """Show a page of a case under its tabs."""
    title = overview.title_of(beside)
    return render(
        request, template, {"case": beside.case, "title": title, "tabs": tabs(request, beside.case), **context}
    )


def tabs(request: SignedInRequest, case: Case) -> list[Tab]:
    here = request.resolver_match.url_name if request.resolver_match else ""
    pages = {
        "detail": _("Overview"),
        "plan": _("Plan"),
        "sessions": _("Sessions"),
        "records": _("Records"),
        "readers": _("Who has read this"),
    }
    return [Tab(words, reverse(f"cases:{name}", args=[case.pk]), current=name == here) for name, words in pages.items()]
