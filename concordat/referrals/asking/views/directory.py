"""The directory of services: what is offered, for whom, where, by whom; and offering."""

from functools import partial
from uuid import UUID

from django.db.models import Func
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from concordat.core.edits import hold_to_change
from concordat.core.screens import show_form, show_list
from concordat.organisations.models import Place
from concordat.people.http import SignedInRequest
from concordat.referrals.asking import actions, forms, rules
from concordat.referrals.asking.listing import Shown, listed
from concordat.referrals.asking.terms import Papers, papers
from concordat.referrals.models import Service

SERVICES = Service.objects.select_related("organisation").prefetch_related("places__place")


def languages() -> list[str]:
    """Return the languages in which anything is offered."""
    spoken = Service.objects.filter(closed_at=None).annotate(one=Func("languages", function="unnest"))
    return list(spoken.order_by("one").values_list("one", flat=True).distinct())


@require_safe
def services(request: SignedInRequest) -> HttpResponse:
    """Show what is offered, narrowed by need, language, sex and age group, and place."""
    form = forms.ServicesForm(request.GET or None, languages=languages())
    found = form.narrow(SERVICES.filter(closed_at=None))
    known = papers()
    rows = Shown(found, lambda page: [listed(one, known=known, by=request.acting) for one in page])
    refusal = rules.refuse_to_offer(by=request.acting)
    return show_list(request, "referrals/services.html", rows, form=form, refusal=refusal)


@require_safe
def service(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Show one service and the facts from which its provider's independence is judged."""
    shown = get_object_or_404(SERVICES, pk=pk)
    context = {
        "service": shown,
        "listed": listed(shown, known=papers(), by=request.acting),
        "own": shown.organisation_id == request.acting.organisation_id,
        "refuse_change": rules.refuse_to_offer(by=request.acting, service=shown),
        "refuse_closing": rules.refuse_closing(shown, by=request.acting),
    }
    return render(request, "referrals/service.html", context)


def offer(request: SignedInRequest) -> HttpResponse:
    """Put a service into the directory."""
    known = papers()
    form = forms.ServiceForm(request.POST or None, terms=known.in_force, places=all_places(known))
    return show_form(
        request, form, partial(actions.offer_service, by=request.acting), about=(request.acting,),
        title=_("Offer a service"), done=_("The service stands in the directory."), button=_("Put it in the directory"),
        cancel_url=reverse("referrals:services"), template="referrals/offer.html", missing=missing(known),
        refusal=rules.refuse_to_offer(by=request.acting),
    )  # fmt: skip


def edit_service(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Change a service that one's organisation offers."""
    edited = hold_to_change(request, get_object_or_404(SERVICES, pk=pk))
    known = papers()
    form = forms.ServiceForm(
        request.POST or None, initial=forms.described(edited), terms=known.in_force, places=all_places(known)
    )
    return show_form(
        request, form, partial(actions.edit_service, edited, by=request.acting), changes=edited, about=(edited,),
        title=_("Change the service"), done=_("The service is changed."), cancel_url=edited.get_absolute_url(),
        template="referrals/offer.html", missing=missing(known),
        refusal=rules.refuse_to_offer(by=request.acting, service=edited),
    )  # fmt: skip


def all_places(known: Papers) -> list[UUID]:
    """Return every place where terms of one's organisation are in force."""
    found = {place for terms in known.in_force for place in known.places_of(terms.pk)}
    return list(Place.objects.filter(pk__in=found).values_list("pk", flat=True))


def missing(known: Papers) -> list[str]:
    """Say which terms are not in force, and who can mend it."""
    return [known.not_in_force(one) for pk, one in known.terms.items() if not known.standing[pk].in_force]


@require_POST
def close_service(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Take a service out of the directory."""
    closed = actions.close_service(get_object_or_404(SERVICES, pk=pk), by=request.acting)
    return redirect(closed)
