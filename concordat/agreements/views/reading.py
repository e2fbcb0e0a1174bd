"""Reading agreements: the list, one agreement, one version, two versions side by side, on paper."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from concordat.agreements import compared, listing, mandates, opening, overview, paper, rules
from concordat.agreements.forms import CompareForm
from concordat.agreements.status import status
from concordat.core.codes import Purpose
from concordat.core.purposes import for_purpose
from concordat.core.wiring import wired
from concordat.documents.answer import as_file
from concordat.people.http import SignedInRequest

from .finding import find_agreement, find_version


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def index(request: SignedInRequest) -> HttpResponse:
    """List the agreements of one's organisation by state, and what lapses next."""
    context = {**listing.listed(request.acting), "mandates": mandates.listed(request.acting)}
    context["refusal"] = rules.refuse_draft(request.acting)
    return render(request, "agreements/index.html", context)


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def detail(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Show an agreement: the version that holds, or the newest where none does."""
    agreement = find_agreement(pk)
    shown = overview.shown_version(agreement, status(agreement))
    return render(request, "agreements/detail.html", overview.detail(agreement, shown, request.acting))


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def version(request: SignedInRequest, pk: UUID, number: int) -> HttpResponse:
    """Show one version, and what signing it would change."""
    found = find_version(pk, number)
    context = overview.detail(found.agreement, found, request.acting)
    return render(request, "agreements/version.html", context)


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def compare(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Show two versions side by side: their words, and what they give."""
    agreement = find_agreement(pk)
    chosen = compared.chosen(agreement, request.GET)
    form = CompareForm(compared.numbers(agreement), data=request.GET or None, initial=chosen)
    return render(request, "agreements/compare.html", {"form": form, **compared.side_by_side(agreement, chosen)})


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def print_version(request: SignedInRequest, pk: UUID, number: int) -> HttpResponse:
    """Show one version as a sheet for paper, with its check number."""
    found = find_version(pk, number)
    address = request.build_absolute_uri(request.path)
    return render(request, "agreements/print_version.html", paper.sheet_of(found, address=address))


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def opens(request: SignedInRequest, pk: UUID, number: int) -> HttpResponse:
    """Show what a version would open and close, by trying it out."""
    found = find_version(pk, number)
    tried = wired("SIMULATE")(found, by=request.acting)
    return render(request, "agreements/opens.html", opening.page(found, tried, request.acting))


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def file(_request: SignedInRequest, pk: UUID, number: int, kind: str) -> HttpResponse:
    """Hand out one version as a file to keep."""
    found = find_version(pk, number)
    name = slugify(f"{found.agreement.reference}-{number}") or "agreement"
    return as_file(paper.document_of(found), kind, name=name)
