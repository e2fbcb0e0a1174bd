"""The pages of how long a case is kept: when its records go, what a hold keeps, its end."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from concordat.cases.models import Case
from concordat.core.codes import Purpose
from concordat.core.forms import SureForm
from concordat.core.purposes import for_purpose
from concordat.core.screens import show_form
from concordat.people.confirm import confirmed_recently
from concordat.people.forms import sent
from concordat.people.http import SignedInRequest
from concordat.retention import actions, rules
from concordat.retention.forms import HoldForm, LiftHoldForm
from concordat.retention.models import Due, Hold

from .rights import own, person
from .stub import of_a_case


@for_purpose(Purpose.ADMINISTRATION)
@of_a_case
def keeping(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Show when records of the case go, what keeps them, and what can be done."""
    case = own(request, pk)
    context = {
        "case": case, "title": person(case), "due": Due.objects.filter(case=case),
        "holds": Hold.objects.filter(case=case).select_related("created_by", "lifted_by"),
        "refusal": rules.refuse_to_hold(case, by=request.acting),
        "close_refusal": rules.refuse_close(case, by=request.acting),
        "reopen_refusal": rules.refuse_reopen(case, by=request.acting),
    }  # fmt: skip
    return render(request, "cases/keeping.html", context)


@for_purpose(Purpose.ADMINISTRATION)
@of_a_case
def hold(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Place a legal hold."""
    case = own(request, pk)
    return show_form(
        request, HoldForm(sent(request)), partial(actions.place_hold, case, by=request.acting),
        title=_("Keep this under a legal hold"), caption=person(case), button=_("Keep it"),
        intro=_("What is held is not removed, however long ago its time was over, until somebody lifts the hold."),
        done=_("It is kept until somebody lifts the hold."), refusal=rules.refuse_to_hold(case, by=request.acting),
        **back_to(case),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
@confirmed_recently
def lift_hold(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Lift a legal hold."""
    held = get_object_or_404(Hold.objects.select_related("case"), pk=pk)
    return show_form(
        request, LiftHoldForm(sent(request)), partial(actions.lift_hold, held, by=request.acting),
        title=_("Lift this legal hold"), caption=person(held.case), button=_("Lift it"), kind="warning",
        intro=_("Where the time is over, the thirty days begin, and you are told. After them the records are removed."),
        done=_("The hold is lifted."), refusal=rules.refuse_to_lift(held, by=request.acting), **back_to(held.case),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
@of_a_case
def close(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Close a case."""
    case = own(request, pk)
    return show_form(
        request, SureForm(sent(request)), lambda: actions.close_case(case, by=request.acting),
        title=_("Close this case"), caption=person(case), button=_("Close it"), kind="warning",
        intro=_(
            "All work on it ends now, also that of whoever is assigned. The time for which its records are kept begins."
        ),
        done=_("The case is closed."), refusal=rules.refuse_close(case, by=request.acting), **back_to(case),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
@of_a_case
def reopen(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Open a closed case again."""
    case = own(request, pk)
    return show_form(
        request, SureForm(sent(request)), lambda: actions.reopen_case(case, by=request.acting),
        title=_("Open this closed case again"), caption=person(case), button=_("Open it again"),
        intro=_("Nobody is assigned to it: say who works on it."),
        done=_("The case is open again."), refusal=rules.refuse_reopen(case, by=request.acting), **back_to(case),
    )  # fmt: skip


def back_to(case: Case) -> dict[str, Any]:
    """Return where a form leads."""
    address = reverse("cases:keeping", args=[case.pk])
    return {"to": address, "cancel_url": address}
