"""The pages of a case. A hidden case is simply not found; what a page shows was loaded under the policies."""

from functools import partial
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from concordat.access.sight import NEVER
from concordat.cases import actions, rules
from concordat.cases.models import AllowList, Case, Link
from concordat.core.cells import csv_file
from concordat.core.codes import Purpose
from concordat.core.edits import hold_to_change
from concordat.core.forms import SureForm
from concordat.core.parts import Tab
from concordat.core.purposes import for_purpose
from concordat.core.screens import show_form, show_list
from concordat.core.wiring import wired
from concordat.core.wording import by_time
from concordat.ledger.log import record
from concordat.merging.models import Merge
from concordat.merging.rules import refuse_to_look
from concordat.people.confirm import confirmed_recently
from concordat.people.forms import sent
from concordat.people.http import SignedInRequest
from concordat.people.memberships import purposes_of

from . import answering, asking, caseload, delivery, named, overview
from . import readers as reading
from . import records as shelves
from .beside import Beside
from .forms import CasesForm, ExportForm, NamedForm, ReadersForm, WhyForm
from .stub import of_a_case

PER_PAGE = 25
NAMED = Exists(AllowList.objects.filter(case=OuterRef("pk"), ends_at=None))  # part of a question that is asked anyway
MERGED = Exists(Merge.objects.filter(Q(kept=OuterRef("pk")) | Q(folded=OuterRef("pk")), undone_at=None))
SHOWN = 8  # entries of the timeline; the rest is one link away


def index(request: SignedInRequest) -> HttpResponse:
    """List the cases that one may see, by reference."""
    form = CasesForm(request.GET or None)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = caseload.listed(request.acting, show=wanted.get("show", ""), text=wanted.get("text", ""))
    purposes = purposes_of(request.acting)
    context: dict[str, Any] = {
        "refusal": caseload.refuse_export(request.acting),
        "alike_refusal": refuse_to_look(request.acting),
        "purpose": reading.purpose_words(request.purpose),
        "change_url": reverse("people:acting") if len(purposes) > 1 else "",
    }
    return show_list(request, "cases/index.html", found, form=form, **context)


@of_a_case
def detail(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Show the first page of a case, or what is open of another organisation's."""
    case = get_object_or_404(Case.objects.annotate(for_named_only=NAMED, merged=MERGED), pk=pk)
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
        "answering": answering.answering(beside),
        "merges": beside.merges,
        "for_named_only": getattr(case, "for_named_only", False),
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


@of_a_case
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


@of_a_case
def sessions(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """List the sessions: in full what is one's own, as dates what a partner gives."""
    beside = own(request, pk)
    return show(request, "cases/sessions.html", beside, sessions=delivery.sessions(beside))


@of_a_case
def records(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Show what is recorded, by category: one's own, and what partners give."""
    beside = own(request, pk)
    return show(request, "cases/records.html", beside, shelves=shelves.shelves(beside), closed=overview.closed(beside))


@for_purpose(Purpose.ADMINISTRATION)
@of_a_case
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
@of_a_case
def sheet(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Print for the person who has seen their data; that it was printed stands in the log with its code."""
    beside = own(request, pk)
    seen = reading.seen_by(beside.case)
    paper = reading.sheet(beside.case, seen, request.acting)
    record("case.readers_printed", owner=beside.case.owner_id, case=beside.case.pk, code=paper.code)
    context = {
        "case": beside.case, "sheet": paper, "seen": seen, "answering": answering.answering(beside),
        "back": reverse("cases:readers", args=[pk]),
    }  # fmt: skip
    return render(request, "cases/sheet.html", context)


@of_a_case
def why(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Answer why something is open or not, from one's own case."""
    beside = own(request, pk)
    people = asking.people(beside)
    form = WhyForm(request.GET or None, people=people)
    context: dict[str, Any] = {"form": form, "given": None}
    if form.is_valid():
        context |= asking.answer(beside, people, form.cleaned_data)
    return show(request, "cases/why.html", beside, **context)


# ---- named people only ----------------------------------------------------------------------------------------------


@of_a_case
@confirmed_recently
def name(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Say who alone may see a case, why, and when that is looked at again."""
    beside = own(request, pk)
    case = hold_to_change(request, beside.case)
    listed = named.standing(case)
    form = NamedForm(sent(request), people=named.people(beside), initial=named.initial(listed, request.acting))
    return show_form(
        request, form, partial(actions.name_people, case, by=request.acting), changes=listed or case,
        title=_("Who alone may see this case"), caption=overview.title_of(beside),
        refusal=rules.refuse_to_name(case, by=request.acting), listed=listed, button=_("Only they may see it"),
        done=_("Only the people whom you named may see this case now."), to=case.get_absolute_url(),
        cancel_url=case.get_absolute_url(), template="cases/name.html",
    )  # fmt: skip


@of_a_case
@confirmed_recently
def lift(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Open a case again to whoever may see it by post, assignment and agreement."""
    beside = own(request, pk)
    listed = get_object_or_404(AllowList.objects.select_related("case"), case=pk, ends_at=None)
    return show_form(
        request, SureForm(sent(request)), lambda: actions.lift_list(listed, by=request.acting),
        title=_("Open this case again"), caption=overview.title_of(beside),
        intro=_("Whoever may see it by post, assignment and agreement sees it again, from this second on."),
        refusal=rules.refuse_to_lift(listed, by=request.acting), button=_("Open it again"), kind="warning",
        done=_("The case is open again to whoever may see it."), to=beside.case.get_absolute_url(),
        cancel_url=reverse("cases:name", args=[pk]),
    )  # fmt: skip


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
    found = Case.objects.select_related("owner").annotate(merged=MERGED)
    case = get_object_or_404(found, pk=pk, owner=request.acting.organisation_id)
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
