"""The pages of leaving: who has left, what goes on, declaring, confirming, withdrawing, the certificate."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from concordat.core.codes import Purpose
from concordat.core.forms import SureForm
from concordat.core.purposes import for_purpose
from concordat.core.screens import show_form
from concordat.documents.answer import MAKERS, as_file
from concordat.ledger.log import record
from concordat.people.confirm import confirmed_recently
from concordat.people.forms import sent
from concordat.people.http import SignedInRequest

from . import actions, duties, rules
from .certificate import document_of
from .forms import DeclareForm
from .models import Departure


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def index(request: SignedInRequest) -> HttpResponse:
    """Show who leaves or has left, and what goes on for both sides."""
    found = Departure.objects.select_related("organisation", "declared_by", "confirmed_by", "withdrawn_by")
    departures = [
        {
            "departure": one,
            "agreements": duties.agreements_of(one),
            "both": duties.of_both(duties.agreements_of(one)),
            "confirm_refusal": rules.refuse_confirm(one, by=request.acting),
            "withdraw_refusal": rules.refuse_withdraw(one, by=request.acting),
            "is_own": one.organisation_id == request.acting.organisation_id,
        }
        for one in found
    ]
    context = {
        "departures": departures, "refusal": rules.refuse_declare(request.acting),
        "authorities": duties.of_authorities(),
    }  # fmt: skip
    return render(request, "leaving/index.html", context)


@for_purpose(Purpose.ADMINISTRATION)
@confirmed_recently
def declare(request: SignedInRequest) -> HttpResponse:
    """Declare that one's organisation leaves."""

    def save(reason: str, **_said: object) -> Departure:
        return actions.declare(reason=reason, by=request.acting)

    return show_form(
        request, DeclareForm(sent(request)), save, kind="warning",
        title=_("Leave Concordat"), button=_("Declare that we leave"),
        intro=_(
            "Nothing changes before a second person confirms. Then every agreement of your organisation ends in that "
            "second, and no partner reads its records any more. Members can no longer sign in; those who lead it can, "
            "for 30 days, to take everything out."
        ),
        done=_("It is declared. Somebody else who leads your organisation has to confirm it."),
        to=reverse("leaving:index"), cancel_url=reverse("leaving:index"), refusal=rules.refuse_declare(request.acting),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
@confirmed_recently
def confirm(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Confirm, as a second person."""
    departure = get_object_or_404(Departure.objects.select_related("declared_by", "organisation"), pk=pk)
    return show_form(
        request, SureForm(sent(request)), lambda: actions.confirm(departure, by=request.acting), kind="warning",
        title=_("Does your organisation leave now?"), caption=departure.reason, button=_("Confirm: we leave now"),
        intro=_(
            "All its agreements end in this second. It is not undone: to come back, your organisation is invited anew "
            "and signs anew."
        ),
        done=_("Your organisation has left. Those who lead it can take everything out for 30 days."),
        to=reverse("leaving:index"), cancel_url=reverse("leaving:index"),
        refusal=rules.refuse_confirm(departure, by=request.acting),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def withdraw(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Take back what is not confirmed."""
    departure = get_object_or_404(Departure.objects.select_related("declared_by", "organisation"), pk=pk)
    return show_form(
        request, SureForm(sent(request)), lambda: actions.withdraw(departure, by=request.acting),
        title=_("Does your organisation stay?"), button=_("We stay"), done=_("Your organisation stays."),
        to=reverse("leaving:index"), cancel_url=reverse("leaving:index"),
        refusal=rules.refuse_withdraw(departure, by=request.acting),
    )  # fmt: skip


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def certificate(request: SignedInRequest, pk: UUID, kind: str) -> HttpResponse:
    """Hand out the certificate."""
    left = Departure.objects.filter(confirmed_at__isnull=False)
    departure = get_object_or_404(left.select_related("organisation", "declared_by", "confirmed_by"), pk=pk)
    if kind not in MAKERS:
        raise Http404
    record("departure.certified", owner=request.acting.organisation_id, departure=departure.pk, kind=kind)
    return as_file(document_of(departure, request.acting), kind, name="left")
