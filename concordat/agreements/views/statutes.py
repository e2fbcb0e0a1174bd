"""Reading what a body may see by statute: it is open to everybody who is signed in, as a law is."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from concordat.agreements import mandates
from concordat.core.codes import Purpose
from concordat.core.purposes import for_purpose
from concordat.documents.answer import as_file
from concordat.people.http import SignedInRequest


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def mandate(request: SignedInRequest, mandate: UUID) -> HttpResponse:
    """Show a mandate."""
    found = get_object_or_404(mandates.MANDATES, pk=mandate)
    return render(request, "agreements/mandate.html", mandates.shown(found, request.acting))


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def mandate_file(request: SignedInRequest, mandate: UUID, kind: str) -> HttpResponse:
    """Hand out a mandate as a file to keep."""
    found = get_object_or_404(mandates.MANDATES, pk=mandate)
    name = slugify(f"mandate-{found.body.slug}-{found.over.slug}")
    return as_file(mandates.document_of(found, request.acting), kind, name=name)
