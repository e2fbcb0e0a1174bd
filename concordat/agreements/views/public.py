"""The open parts of agreements, for everybody, also without signing in; and the same for a party before it signs."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from concordat.agreements import opened
from concordat.agreements import public as shown
from concordat.agreements.document import check_number
from concordat.agreements.models import OpenPart
from concordat.core.codes import Purpose
from concordat.core.purposes import for_purpose
from concordat.core.screens import show_list
from concordat.documents.answer import as_file
from concordat.people.http import SignedInRequest
from concordat.people.stages import Stage, open_to

from .finding import find_version


@open_to(Stage.ANYBODY)
@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """List the open parts that are published, the newest first."""
    parts = opened.published()
    known = opened.states(parts) if parts else {}
    rows = [{"version": one.version_id, **line(one, known[one.version_id])} for one in parts]
    return show_list(request, "agreements/public.html", rows)


def line(part: OpenPart, code: str) -> dict[str, Any]:
    said = opened.read(part)
    whole = shown.page(said, code=code, whole="", own="")
    return {name: whole[name] for name in ("title", "caption", "parties", "days", "state")}


def found(version: UUID) -> tuple[OpenPart, dict[str, Any]]:
    """Return a published open part with what its page shows, or the page that is not found."""
    part = get_object_or_404(OpenPart.objects.exclude(published_at=None), pk=version)
    return part, shown.page(
        opened.read(part), code=opened.states([part])[part.version_id], whole=part.whole_hash, own=part.hash
    )


@open_to(Stage.ANYBODY)
@require_safe
def published(request: HttpRequest, version: UUID) -> HttpResponse:
    """Show one open part."""
    part, context = found(version)
    return render(request, "agreements/published.html", {"part": part, **context})


@open_to(Stage.ANYBODY)
@require_safe
def published_text(_request: HttpRequest, version: UUID) -> HttpResponse:
    """Hand out an open part to the letter: its SHA-256 is the check number that the signed text names."""
    part, _context = found(version)
    return HttpResponse(part.text.encode(), content_type="application/json; charset=utf-8", headers={
        "X-Open-Part-SHA256": part.hash, "X-Signed-Text-SHA256": part.whole_hash,
    })  # fmt: skip


@open_to(Stage.ANYBODY)
@require_safe
def published_file(_request: HttpRequest, version: UUID, kind: str) -> HttpResponse:
    """Hand out one open part as a file to keep."""
    part, context = found(version)
    return as_file(shown.document_of(context), kind, name=f"open-part-{part.hash[:8]}")


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def open_part(request: SignedInRequest, pk: UUID, number: int) -> HttpResponse:
    """Show a party what the public reads of a version, or will read once both have signed it."""
    version = find_version(pk, number)
    text = opened.own_part(version)
    context: dict[str, Any] = {"agreement": version.agreement, "version": version}
    if text:
        context |= shown.page(json.loads(text), code=None, whole=version.hash, own=check_number(text))
    else:
        context["title"] = _("What the public reads of it")
    return render(request, "agreements/open_part.html", context)
