"""A draft as a workbook: downloading it, and filling the draft in from it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from concordat.agreements import actions, drafting, forms
from concordat.agreements.filled import filled
from concordat.agreements.models import Version
from concordat.agreements.workbook import MEDIA, book_of, fingerprint
from concordat.core.codes import Purpose
from concordat.core.errors import Refused
from concordat.core.purposes import for_purpose
from concordat.people.forms import sent
from concordat.people.http import SignedInRequest

from .writing import edit_url, to_edit


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def workbook(request: SignedInRequest, pk: UUID, number: int) -> HttpResponse:
    """Hand out a draft as a workbook to fill in."""
    found = to_edit(request, pk, number)
    answer = HttpResponse(book_of(found), content_type=MEDIA)
    name = slugify(f"{found.agreement.reference}-{number}") or "draft"
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer


@for_purpose(Purpose.ADMINISTRATION)
def fill_in(request: SignedInRequest, pk: UUID, number: int) -> HttpResponse:
    """Show what a workbook would change; change it once that is confirmed."""
    found = to_edit(request, pk, number)
    if "book" in request.POST:
        return confirmed(request, found)
    form = forms.FillInForm(sent(request), request.FILES or None)
    if form.is_valid():
        try:
            return changes(request, found, form.cleaned_data["data"])
        except Refused as refusal:
            form.add_error("file", str(refusal))
    context = {"form": form, "title": _("Fill in from a workbook"), "version": found, "button": _("Show the changes")}
    status = 422 if form.is_bound else 200
    return render(request, "agreements/fill_in.html", context | around(found), status=status)


def around(version: Version) -> dict[str, Any]:
    return {"caption": drafting.caption(version), "cancel_url": edit_url(version)}


def changes(
    request: SignedInRequest, version: Version, data: bytes, *, refusal: str = "", status: int = 200
) -> HttpResponse:
    """Show what would change, line by line, and what is wrong with which row."""
    asked = filled(version, data)
    context = {"asked": asked, "version": version, "refusal": refusal}
    context["form"] = forms.carrying(data, fingerprint(version))
    status = 422 if asked.wrong else status
    return render(request, "agreements/workbook_changes.html", context | around(version), status=status)


def confirmed(request: SignedInRequest, version: Version) -> HttpResponse:
    """Read the workbook again and make its changes, all or none."""
    form = forms.ConfirmFillInForm(request.POST)
    if not form.is_valid():
        raise Refused(str(form.non_field_errors()[0]))
    data, seen = form.cleaned_data["data"], form.cleaned_data["seen"]
    asked = filled(version, data)
    if asked.wrong:
        return changes(request, version, data)
    try:
        actions.fill_in(version, steps=asked.steps, seen=seen, by=request.acting)
    except Refused as refusal:
        return changes(request, version, data, refusal=str(refusal), status=409)
    messages.success(request, _("The draft is filled in. The check below says what is still missing."))
    return redirect(edit_url(version))
