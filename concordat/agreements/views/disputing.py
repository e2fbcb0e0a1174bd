"""Raising a disagreement, and saying how it was settled."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from concordat.agreements import actions, forms, rules, stopping
from concordat.agreements.models import Dispute
from concordat.core.codes import Purpose
from concordat.core.errors import Refused
from concordat.core.purposes import for_purpose
from concordat.core.screens import show_form
from concordat.people.forms import sent
from concordat.people.http import SignedInRequest

from .finding import find_agreement


@for_purpose(Purpose.ADMINISTRATION)
def dispute(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Raise a disagreement."""
    found = find_agreement(pk)
    if refusal := rules.refuse_dispute(request.acting, found):
        raise Refused(refusal)
    return show_form(
        request, forms.DisputeForm(sent(request)), partial(actions.dispute, found, by=request.acting),
        title=_("Raise a disagreement"), template="agreements/dispute.html", about=(found,),
        caption=stopping.caption(found), to=found.get_absolute_url(), cancel_url=found.get_absolute_url(),
        button=_("Raise it"), done=_("Raised. The other party reads it now; everything stays as it is."),
        intro=_(
            "The steps that were agreed begin today. Meanwhile nothing opens and nothing closes, and nobody suspends "
            "because of it, unless somebody is in danger or a law orders it."
        ),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def settle(request: SignedInRequest, pk: UUID, dispute: UUID) -> HttpResponse:
    """Say how a disagreement was settled."""
    found = find_agreement(pk)
    one = get_object_or_404(Dispute.objects.select_related("organisation", "agreement"), agreement=found, pk=dispute)
    if refusal := rules.refuse_settle(request.acting, one):
        raise Refused(refusal)
    return show_form(
        request, forms.SettleForm(sent(request)), partial(actions.settle, one, by=request.acting),
        title=_("How was it settled?"), template="agreements/settle.html", about=(found,),
        caption=stopping.caption(found), to=found.get_absolute_url(), cancel_url=found.get_absolute_url(),
        button=_("It is settled"), done=_("Settled."), intro=one.about,
    )  # fmt: skip
