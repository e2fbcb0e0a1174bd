"""The pages of exports: what there is, asking for one, agreeing, stopping, fetching the sealed file."""

from functools import partial
from typing import cast
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from concordat.core.codes import Purpose
from concordat.core.forms import SureForm
from concordat.core.purposes import for_purpose
from concordat.core.screens import show_form, show_list
from concordat.ledger.middleware import actor_of
from concordat.people.confirm import confirmed_recently
from concordat.people.forms import sent
from concordat.people.http import SignedInRequest

from . import actions, rules
from .forms import AskForm
from .models import Export
from .shown import Shown


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def index(request: SignedInRequest) -> HttpResponse:
    """List the exports of one's organisation, and say what is in one."""
    exports = Export.objects.select_related("asked_by", "agreed_by", "stopped_by")
    return show_list(
        request, "exports/index.html", [Shown(one, request.acting) for one in exports],
        refusal=rules.refuse_asker(request.acting), is_told=request.acting.has(*rules.TOLD),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
@confirmed_recently
def ask(request: SignedInRequest) -> HttpResponse:
    """Ask for everything."""
    return show_form(
        request, AskForm(sent(request)), partial(actions.ask, by=request.acting), template="exports/ask.html",
        title=_("Export everything your organisation owns"), button=_("Ask for the export"),
        done=_("The export is asked for. The others who lead your organisation are told."),
        to=reverse("exports:index"), cancel_url=reverse("exports:index"), refusal=rules.refuse_asker(request.acting),
        alone=rules.is_alone(request.acting),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
@confirmed_recently
def agree(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Agree, as a second person."""
    export = get_object_or_404(Export.objects.select_related("asked_by"), pk=pk)
    return show_form(
        request, SureForm(sent(request)), partial(actions.agree, export, by=request.acting),
        title=_("Agree to this export?"), caption=_("Asked for by %(name)s") % {"name": export.asked_by.shown_name},
        button=_("Agree to it"),
        intro=_(
            "Everything that your organisation owns goes into one file that opens with the key of whoever asked: about "
            "every person, whoever is assigned. Speak with them before you agree, not by e-mail."
        ),
        done=_("The export is made within minutes."), to=reverse("exports:index"), cancel_url=reverse("exports:index"),
        refusal=rules.refuse_agree(export, by=request.acting),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def stop(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Stop an export."""
    export = get_object_or_404(Export.objects.select_related("asked_by"), pk=pk)
    return show_form(
        request, SureForm(sent(request)), partial(actions.stop, export, by=request.acting), kind="warning",
        title=_("Stop this export?"), caption=_("Asked for by %(name)s") % {"name": export.asked_by.shown_name},
        button=_("Stop it"),
        intro=_("A file that is there is deleted. What was fetched before cannot be taken back."),
        done=_("The export is stopped."), to=reverse("exports:index"), cancel_url=reverse("exports:index"),
        refusal=rules.refuse_stop(export, by=request.acting),
    )  # fmt: skip


@never_cache
@require_POST
@for_purpose(Purpose.ADMINISTRATION)
@confirmed_recently
def fetch(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Hand out the sealed file."""
    export = get_object_or_404(Export, pk=pk)
    actions.fetch(export, by=request.acting)
    actor = actor_of(request)
    assert actor
    name = f"{request.acting.organisation.slug}-{export.asked_at:%Y-%m-%d}.age"
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=name),
        "X-Content-Type-Options": "nosniff",
    }
    pieces = actions.pieces_of(export, actor)
    streamed = StreamingHttpResponse(pieces, content_type="application/octet-stream", headers=headers)
    return cast("HttpResponse", streamed)  # the decorators pass either on
