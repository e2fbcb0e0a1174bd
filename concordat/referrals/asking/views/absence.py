"""Who is away and who covers: by assignments for some days, which end by themselves."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from concordat.cases import actions as case_actions
from concordat.cases import rules as case_rules
from concordat.cases.actions import Covered
from concordat.cases.models import Absence
from concordat.core.screens import show_form, show_list
from concordat.people.http import SignedInRequest
from concordat.people.models import Membership
from concordat.referrals.asking import forms
from concordat.referrals.asking.outside import asked_of_workers

WITH = ("membership", "cover", "owner")


@require_safe
def absences(request: SignedInRequest) -> HttpResponse:
    """List who is away now or later, then who was."""
    found = Absence.objects.select_related(*WITH).prefetch_related("assignments__case").order_by("-ends_at")
    may = request.acting.has(*case_rules.ASSIGNERS)
    refusal = None if may else _("A coordinator or programme manager arranges cover.")
    return show_list(request, "referrals/absences.html", found, refusal=refusal, now=now())


def cover(request: SignedInRequest) -> HttpResponse:
    """Say who is away, from when until when, and who covers."""
    team = Membership.objects.filter(
        organisation=request.acting.organisation_id, roles__overlap=list(case_rules.WORKERS)
    )
    form = forms.CoverForm(request.POST or None, workers=team)
    return show_form(
        request, form, partial(save, request), title=_("Cover for an absence"), button=_("Arrange cover"),
        intro=_(
            "The colleague gets the cases of whoever is away for these days, each only if they are themselves cleared, "
            "trained and without a conflict of interest. It ends by itself."
        ),
        to=reverse("referrals:absences"), cancel_url=reverse("referrals:absences"),
    )  # fmt: skip


def save(request: SignedInRequest, **typed: object) -> Covered:
    """Arrange cover, and name each case that stays without."""
    done = case_actions.cover(**typed, asked=asked_of_workers, by=request.acting)  # type: ignore[arg-type]
    messages.success(request, _("%(cover)s covers for %(worker)s.") % {
        "cover": done.absence.cover, "worker": done.absence.membership,
    })  # fmt: skip
    for case, why in done.without:
        words = _("Person %(code)s stays without cover: %(why)s") % {"code": case.working_code, "why": why}
        messages.warning(request, words)
    return done


@require_POST
def end_absence(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """End an absence now."""
    absence = get_object_or_404(Absence.objects.select_related(*WITH), pk=pk)
    case_actions.end_absence(absence, by=request.acting)
    messages.success(request, _("%(worker)s is back, and the cover has ended.") % {"worker": absence.membership})
    return redirect("referrals:absences")
