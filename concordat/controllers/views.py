"""The pages on which an organisation says under which law it keeps data."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from concordat.core.codes import Purpose
from concordat.core.purposes import for_purpose
from concordat.core.screens import show_form
from concordat.people.forms import sent
from concordat.people.http import SignedInRequest

from . import actions, rules
from .forms import RegimeForm
from .models import Regime


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def index(request: SignedInRequest) -> HttpResponse:
    """Show what one's own organisation stated, the newest first."""
    stated = Regime.objects.filter(organisation=request.acting.organisation_id).select_related("stated_by")
    return render(request, "controllers/index.html", {"stated": stated, "refusal": rules.refuse_state(request.acting)})


@for_purpose(Purpose.ADMINISTRATION)
def state(request: SignedInRequest) -> HttpResponse:
    """State it anew."""
    newest = Regime.objects.filter(organisation=request.acting.organisation_id).first()
    filled = {"law": newest.law, "enforcement": newest.enforcement, "citation": newest.citation} if newest else {}
    here = reverse("controllers:index")
    return show_form(
        request, RegimeForm(sent(request), initial=filled), partial(actions.state, by=request.acting),
        title=_("Under which law do you keep data?"), button=_("State it"), to=here, cancel_url=here,
        intro=_("Partners and your own workers read it beside each record. What was stated before stays in the list."),
        done=_("It is stated."),
    )  # fmt: skip
