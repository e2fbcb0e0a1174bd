"""The pages of a directory file: what waits, each service to be completed and confirmed, or left out."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from concordat.core.codes import Purpose
from concordat.core.edits import hold_to_change
from concordat.core.purposes import for_purpose
from concordat.core.screens import show_form, show_list
from concordat.imports import directory
from concordat.imports.forms import DirectoryForm
from concordat.imports.models import Offer
from concordat.organisations.models import Place
from concordat.people.http import SignedInRequest
from concordat.referrals.asking.forms import ServiceForm
from concordat.referrals.asking.rules import refuse_to_offer
from concordat.referrals.asking.terms import papers
from concordat.referrals.asking.views.directory import all_places, missing

WAITING = Offer.objects.filter(decided_at=None)


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def offers(request: SignedInRequest) -> HttpResponse:
    """List the services of files that wait for a coordinator."""
    waiting = WAITING.select_related("staged_by")
    return show_list(request, "imports/offers.html", waiting, refusal=refuse_to_offer(by=request.acting))


@for_purpose(Purpose.ADMINISTRATION)
def new_directory(request: SignedInRequest) -> HttpResponse:
    """Bring in a file of services; nothing of it stands in the directory yet."""
    form = DirectoryForm(request.POST or None, request.FILES or None)
    return show_form(
        request, form, partial(directory.stage_directory, by=request.acting), title=_("Bring in services"),
        intro=_("A file in the shape of Open Referral (HSDS 3, JSON). You look at each service before it is offered."),
        button=_("Read the file"), cancel_url=reverse("imports:offers"), to=reverse("imports:offers"),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def offer(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Complete and confirm one service."""
    found = hold_to_change(request, get_object_or_404(Offer, pk=pk))
    if found.decided_at:
        return redirect(found.service or "imports:offers")
    known = papers()
    places = all_places(known)
    initial = directory.initial_of(found, known, list(Place.objects.filter(pk__in=places)))
    form = ServiceForm(request.POST or None, initial=initial, terms=known.in_force, places=places)
    return show_form(
        request, form, partial(directory.confirm, found, by=request.acting), template="imports/offer.html",
        changes=found, about=(found,),
        title=_("Confirm the service"), done=_("The service stands in the directory."),
        button=_("Put it in the directory"), cancel_url=reverse("imports:offers"), missing=missing(known),
        refusal=refuse_to_offer(by=request.acting), said_places=[name for _id, name in found.places if name],
        standing=directory.service_of(found), offer=found,
    )  # fmt: skip


@require_POST
@for_purpose(Purpose.ADMINISTRATION)
def discard_offer(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Leave a service out."""
    directory.discard(get_object_or_404(Offer, pk=pk), by=request.acting)
    return redirect("imports:offers")
