"""The page on which an officer enters what the person says against a record of their own organisation."""

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from concordat.cases import actions, rules
from concordat.cases.shown import SHOWN, entry
from concordat.core.screens import show_form
from concordat.people.forms import sent
from concordat.people.http import SignedInRequest
from concordat.referrals.models import EndReport

from .forms import DisagreeForm
from .overview import title_of
from .views import own

CARRIERS: Sequence[type[Any]] = (*SHOWN, EndReport)
KINDS = {str(kind._meta.model_name): kind for kind in CARRIERS}


def disagree(request: SignedInRequest, pk: UUID, kind: str, record: UUID) -> HttpResponse:
    """Enter what the person says against a record."""
    if kind not in KINDS:
        raise Http404
    beside = own(request, pk)
    row = get_object_or_404(KINDS[kind], pk=record, case=pk)
    shown = entry(row, {}) if type(row) in SHOWN else row
    back = reverse("cases:plan" if kind == "endreport" else "cases:records", args=[pk])
    return show_form(
        request, DisagreeForm(sent(request)), partial(actions.disagree, row, by=request.acting),
        title=_("What the person says against this"), caption=title_of(beside), button=_("Put it beside the record"),
        refusal=rules.refuse_disagreement(row, by=request.acting), shown=shown, to=back, cancel_url=back,
        done=_("It stands before the record now, for everybody who reads the record."), template="cases/disagree.html",
    )  # fmt: skip
