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
from concordat.cases.models import CaseRecord
from concordat.cases.shown import SHOWN, Entry, entry
from concordat.core.screens import show_form
from concordat.people.forms import sent
from concordat.people.http import SignedInRequest
from concordat.referrals.models import EndReport
from concordat.sharing.models import SafetyBriefing

from .effects import of_the_service
from .forms import DisagreeForm
from .overview import title_of
from .records import OF_THE_SERVICE
from .views import own

CARRIERS: Sequence[type[Any]] = (*SHOWN, *OF_THE_SERVICE, SafetyBriefing)
PAGES = {"session": "cases:sessions", **dict.fromkeys(("endreport", "goalset", "review", "referral"), "cases:plan")}
KINDS = {str(kind._meta.model_name): kind for kind in CARRIERS}


def what(row: CaseRecord) -> Any:  # noqa: ANN401 - an entry, or a record with a text of its own
    """Show what the words are about: the record, or its name where its text is long or none."""
    if type(row) in SHOWN:
        return entry(row, {})
    if isinstance(row, EndReport):
        return row
    return Entry("full", named(row), "")


def named(row: CaseRecord) -> str:
    """Name a record of a service or a briefing."""
    if isinstance(row, SafetyBriefing):
        return _("The safety briefing, version %(number)s") % {"number": row.number}
    return of_the_service(row)


def disagree(request: SignedInRequest, pk: UUID, kind: str, record: UUID) -> HttpResponse:
    """Enter what the person says against a record."""
    if kind not in KINDS:
        raise Http404
    beside = own(request, pk)
    row = get_object_or_404(KINDS[kind], pk=record, case=pk)
    back = row.get_absolute_url() if kind == "safetybriefing" else reverse(PAGES.get(kind, "cases:records"), args=[pk])
    return show_form(
        request, DisagreeForm(sent(request)), partial(actions.disagree, row, by=request.acting),
        title=_("What the person says against this"), caption=title_of(beside), button=_("Put it beside the record"),
        refusal=rules.refuse_disagreement(row, by=request.acting), shown=what(row), to=back, cancel_url=back,
        done=_("It stands before the record now, for everybody who reads the record."), template="cases/disagree.html",
    )  # fmt: skip
