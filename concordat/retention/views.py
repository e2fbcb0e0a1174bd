"""The pages of how long an organisation keeps records: what goes, the periods, what went. A case's own: `casefile`."""

from datetime import date
from typing import Any

from django.db.models import Sum
from django.db.models.functions import TruncMonth
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from concordat.core.codes import Purpose
from concordat.core.parts import Answer
from concordat.core.purposes import for_purpose
from concordat.core.screens import show_form, show_list
from concordat.documents.answer import MAKERS, as_file
from concordat.ledger.log import record
from concordat.people.confirm import confirmed_recently
from concordat.people.forms import sent
from concordat.people.http import SignedInRequest

from . import actions, certificate, rules
from .forms import PeriodForm
from .models import Disposal, Due, Hold, Period
from .words import in_words


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def index(request: SignedInRequest) -> HttpResponse:
    """List what goes within thirty days, what is held, and how long the rest is kept."""
    own = {"owner": request.acting.organisation_id}
    periods = Period.objects.filter(**own, ends_at=None)
    context: dict[str, Any] = {
        "holds": Hold.objects.filter(**own, lifted_at=None).select_related("case", "created_by"),
        "periods": [Answer(str(one), in_words(one)) for one in periods],
        "refusal": rules.refuse_keeper(request.acting),
        "may_read_gone": request.acting.has(*rules.READERS),
    }
    return show_list(request, "retention/index.html", Due.objects.filter(**own).select_related("case"), **context)


@for_purpose(Purpose.ADMINISTRATION)
@confirmed_recently
def period(request: SignedInRequest) -> HttpResponse:
    """Set how long records are kept."""
    return show_form(
        request, PeriodForm(sent(request)), lambda **said: actions.set_period(**said, by=request.acting),
        title=_("Set how long records are kept"), button=_("Set this period"),
        intro=_(
            "It takes the place of what holds for these records now. Thirty days before anything goes, you are told. "
            "What an organisation received from a partner goes no later than their protocol says."
        ),
        done=_("The period holds from now on. Within a day it is known what it means for each case."),
        to=reverse("retention:index"), cancel_url=reverse("retention:index"),
        refusal=rules.refuse_keeper(request.acting),
    )  # fmt: skip


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def disposed(request: SignedInRequest) -> HttpResponse:
    """List by month how much went, each with its certificate."""
    months = Disposal.objects.annotate(month=TruncMonth("at")).values("month").order_by("-month")
    rows = list(months.annotate(records=Sum("records"), files=Sum("files")))
    refusal = "" if request.acting.has(*rules.READERS) else rules.refuse_keeper(request.acting)
    return render(request, "retention/disposed.html", {"months": rows, "refusal": refusal})


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def certified(request: SignedInRequest, year: int, month: int, kind: str) -> HttpResponse:
    """Hand out the certificate of a month."""
    gone = certificate.in_month(year, month) if kind in MAKERS else []
    if not gone:
        raise Http404
    record("retention.certified", owner=request.acting.organisation_id, year=year, month=month, kind=kind)
    document = certificate.document_of(gone, request.acting.organisation, date(year, month, 1))
    return as_file(document, kind, name=f"disposal-{year}-{month:02}")
