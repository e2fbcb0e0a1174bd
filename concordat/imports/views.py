"""The pages of an import, in the order of the officer's work: file, columns, dates, preview, load, done."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from concordat.core.codes import Purpose
from concordat.core.edits import hold_to_change
from concordat.core.errors import Refused
from concordat.core.parts import Tab
from concordat.core.purposes import for_purpose
from concordat.core.screens import show_form, show_list
from concordat.imports import actions, forms, guessing, reading, rules, words
from concordat.imports.guessing import suggested_answers
from concordat.imports.models import Upload
from concordat.imports.plan import Plan, make_plan
from concordat.imports.reading import Mapping
from concordat.people.http import SignedInRequest

PER_PAGE = 50
AGAIN = 5  # seconds after which the page of a load comes again
LIGHT = ("data", "table", "wrong")  # what a page that only names the file need not load


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def index(request: SignedInRequest) -> HttpResponse:
    """List the files of one's organisation, the newest first."""
    uploads = Upload.objects.defer(*LIGHT).select_related("staged_by")
    refusal = rules.refuse_officer(request.acting)
    return show_list(request, "imports/index.html", uploads, refusal=refusal)


@for_purpose(Purpose.ADMINISTRATION)
def new(request: SignedInRequest) -> HttpResponse:
    """Bring in a file; it is read and kept, nothing is loaded yet."""
    form = forms.FileForm(request.POST or None, request.FILES or None)
    save = partial(actions.stage, by=request.acting)
    return show_form(
        request, form, save, template="imports/new.html", title=_("Bring in a caseload"), caption=step(1),
        button=_("Read the file"), cancel_url=reverse("imports:index"),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def worksheet(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Say which worksheet of a workbook holds the list, where more than one may."""
    upload = hold_to_change(request, get_object_or_404(Upload.objects.defer("table", "wrong"), pk=pk))
    if upload.finished_at or upload.started_at or not upload.worksheets:
        return redirect(upload)
    form = forms.WorksheetForm(request.POST or None, worksheets=upload.worksheets, chosen=upload.worksheet)
    save = partial(actions.choose_worksheet, upload, by=request.acting)
    return show_form(
        request, form, save, changes=upload, template="question.html",
        title=_("Which worksheet holds the list?"), caption=step(2),
        button=_("Go on to the columns"), cancel_url=reverse("imports:index"), cancel=_("Go on later"),
        to=reverse("imports:columns", args=[pk]),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def columns(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Confirm which column holds what."""
    upload = hold_to_change(request, get_object_or_404(Upload.objects.select_related("organisation"), pk=pk))
    if upload.finished_at or upload.started_at or upload.must_choose:
        return redirect(upload)
    sheet = actions.sheet_of(upload)
    suggestion = guessing.suggest(upload, sheet)
    form = forms.ColumnsForm(request.POST or None, sheet=sheet, guessed=suggestion.mapping)
    save = partial(actions.confirm, upload, by=request.acting)
    return show_form(
        request, form, save, changes=upload, template="imports/columns.html",
        title=_("Which column holds what?"), caption=step(2),
        button=_("Confirm the columns"), cancel_url=reverse("imports:index"), cancel=_("Go on later"),
        upload=upload, sheet=sheet, note=suggestion.note, to=reverse("imports:dates", args=[pk]),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def dates(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Say how dates are written that can be read in two ways; without such dates go on."""
    upload = hold_to_change(request, get_object_or_404(Upload, pk=pk))
    if upload.page != "preview":
        return redirect(upload)
    sheet, mapping = actions.sheet_of(upload), Mapping.from_json(upload.mapping)
    asked = reading.questions(sheet, mapping)
    if not asked:
        return redirect("imports:preview", pk)
    form = forms.DatesForm(
        request.POST or None, sheet=sheet, mapping=mapping, asked=asked, given=suggested_answers(upload, sheet)
    )
    save = partial(actions.answer, upload, by=request.acting)
    return show_form(
        request, form, save, changes=upload, template="imports/dates.html",
        title=_("How are the dates written?"), caption=step(3),
        button=_("Go on to the preview"), back_url=reverse("imports:columns", args=[pk]), back=_("Columns"),
        to=reverse("imports:preview", args=[pk]),
    )  # fmt: skip


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def preview(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Show what a load would do, before anything is done."""
    upload = get_object_or_404(Upload.objects.select_related("confirmed_by"), pk=pk)
    if upload.page != "preview":
        return redirect(upload)
    plan = make_plan(upload, actions.sheet_of(upload), by=request.acting)
    if plan.comparison.result.questions:
        return redirect("imports:dates", pk)
    context = {
        "upload": upload,
        "counts": words.counts(plan.counts(), done=False),
        "notes": plan.comparison.sheet.in_words(),
        "unread": [plan.comparison.sheet.name(at) for at in plan.comparison.unread],
        "people": plan.to_write,
        "how_long": words.how_long(len(plan.comparison.result.rows)),
        "refusal": rules.refuse_load(upload, (), by=request.acting),
        "caption": step(4),
        **listed(request, plan),
    }
    return render(request, "imports/preview.html", context)


@require_POST
@for_purpose(Purpose.ADMINISTRATION)
def load(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Load what is right; a refusal is said on the page that the file is at."""
    upload = get_object_or_404(Upload.objects.defer(*LIGHT), pk=pk)
    try:
        upload = actions.load(upload, by=request.acting)
    except Refused as refusal:
        messages.warning(request, str(refusal))
        upload = Upload.objects.defer(*LIGHT).get(pk=pk)
    return redirect(upload)


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def progress(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Show how far a load is; the page comes again by itself unless the reader asks it to stand still."""
    upload = get_object_or_404(Upload.objects.defer(*LIGHT).select_related("started_by", "stopped_by"), pk=pk)
    if upload.page != "progress":
        return redirect(upload)
    follows = upload.is_loading and "still" not in request.GET
    context = {
        "upload": upload,
        "counts": words.counts(upload.counts, done=True),
        "follows": follows,
        "standing_still": rules.is_standing_still(upload),
        "refuse_stop": rules.refuse_stop(upload, by=request.acting),
        "refuse_resume": rules.refuse_resume(upload, by=request.acting),
        "refuse_discard": rules.refuse_discard(upload, by=request.acting),
    }
    response = render(request, "imports/progress.html", context)
    if follows:
        response["Refresh"] = str(AGAIN)
    return response


@require_POST
@for_purpose(Purpose.ADMINISTRATION)
def stop(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Stop a load."""
    return redirect(actions.stop(get_object_or_404(Upload.objects.defer(*LIGHT), pk=pk), by=request.acting))


@require_POST
@for_purpose(Purpose.ADMINISTRATION)
def resume(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Let a load go on."""
    return redirect(actions.resume(get_object_or_404(Upload.objects.defer(*LIGHT), pk=pk), by=request.acting))


@for_purpose(Purpose.ADMINISTRATION)
def discard(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Throw a file away."""
    upload = get_object_or_404(Upload.objects.defer(*LIGHT), pk=pk)
    if upload.finished_at:
        return redirect(upload)
    form = django_forms.Form(request.POST if request.method == "POST" else None)
    save = partial(actions.discard, upload, by=request.acting)
    return show_form(
        request, form, save, title=_("Throw this file away?"), caption=upload.name, kind="warning",
        intro=words.what_discarding_leaves(upload),
        button=_("Throw it away"), cancel_url=upload.get_absolute_url(), cancel=_("Keep it"),
        to=reverse("imports:index"), done=_("The file is deleted."),
    )  # fmt: skip


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def done(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Show what a load did, and hand back the wrong rows."""
    upload = get_object_or_404(Upload.objects.defer(*LIGHT).select_related("finished_by", "confirmed_by"), pk=pk)
    if not upload.finished_at:
        return redirect(upload)
    context = {
        "upload": upload,
        "counts": words.counts(upload.counts, done=True),
        "changed": upload.counts.get("new", 0) + upload.counts.get("changed", 0),
        "wrong": upload.counts.get("wrong", 0),
        "refusal": rules.refuse_fetch(upload, by=request.acting),
    }
    return render(request, "imports/done.html", context)


@require_POST
@for_purpose(Purpose.ADMINISTRATION)
def wrong_rows(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Hand over the wrong rows as a file; they are deleted here."""
    upload = get_object_or_404(Upload.objects.defer("data", "table"), pk=pk)
    data = actions.fetch_wrong_rows(upload, by=request.acting)
    response = HttpResponse(data, content_type="text/csv; charset=utf-8")
    name = f"wrong-rows-{localdate(upload.finished_at).isoformat()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def step(number: int) -> str:
    """Say how far one is."""
    return _("Step %(number)s of 4") % {"number": number}


def listed(request: SignedInRequest, plan: Plan) -> dict[str, Any]:
    """Return the rows of the preview's tab that was chosen, one page of them, and the tabs."""
    rows: dict[str, list[Any]] = {"wrong": plan.comparison.mistakes, "changed": plan.differing, "new": plan.new}
    shown = request.GET.get("show", "")
    if shown not in rows:
        shown = next((name for name, found in rows.items() if found), "new")
    page = Paginator(rows[shown], PER_PAGE).get_page(request.GET.get("page"))
    lines = lines_of(plan, shown, list(page))
    titles = {"wrong": _("Wrong rows (%(n)s)"), "changed": _("Differences (%(n)s)"), "new": _("New people (%(n)s)")}
    tabs = [
        Tab(titles[name] % {"n": len(found)}, f"?show={name}", current=name == shown) for name, found in rows.items()
    ]
    return {"shown": shown, "page": page, "lines": lines, "tabs": tabs}


def lines_of(plan: Plan, shown: str, rows: list[Any]) -> list[Any]:
    """Write the rows of one page."""
    if shown == "wrong":
        return list(words.wrong(plan.comparison, rows))
    return list(words.people(plan.comparison, plan.comparison.steps(rows)))
