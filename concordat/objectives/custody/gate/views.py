"""The pages of the gate: passes, one of them, each step, the list of a day, and a pass on paper."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from concordat.core.codes import Purpose
from concordat.core.purposes import for_purpose
from concordat.core.screens import show_form, show_list
from concordat.core.wording import plain_day
from concordat.documents.answer import as_file
from concordat.objectives.custody.agreed import agreed
from concordat.objectives.custody.models import Pass
from concordat.people.forms import sent
from concordat.people.http import SignedInRequest
from concordat.people.models import Membership
from concordat.people.roles import Role

from . import actions, rules
from .figures import days_to_the_gate
from .forms import AppealForm, AskForm, DecideForm, EndForm, SettleForm
from .paper import paper

PASSES = Pass.objects.select_related(
    "owner", "to", "terms", "place", "worker", "asked_by", "decided_by", "settled_by", "ended_by"
).prefetch_related("items")


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def gate(request: SignedInRequest) -> HttpResponse:
    """List the passes, what waits first, and how long decisions took."""
    found = sorted(PASSES.all(), key=lambda one: (one.decided_at is not None, one.until_on))
    opens = rules.open_on(localdate())
    rows = [(one, rules.state_of(one, opens)) for one in found]
    return show_list(
        request, "custody/gate.html", rows, refusal=rules.refuse_asking(request.acting),
        days=days_to_the_gate(found), has_list=request.acting.has(*rules.DECIDING, Role.PROGRAMME_MANAGER),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def ask_pass(request: SignedInRequest) -> HttpResponse:
    """Ask for a pass."""
    back = reverse("custody:gate")
    form = AskForm(sent(request), agreed=agreed(), workers=workers_of(request.acting), by=request.acting)
    return show_form(
        request, form, partial(actions.ask, by=request.acting), title=_("Ask for a pass"), button=_("Ask for it"),
        intro=_(
            "The place decides within ten working days. A refusal has a ground and can be appealed. When a clearance, "
            "a course or the terms lapse, the pass stops by itself."
        ),
        refusal=rules.refuse_asking(request.acting), done=_("The pass is asked for."), to=back, cancel_url=back,
    )  # fmt: skip


def workers_of(by: Membership) -> QuerySet[Membership]:
    """Return the colleagues for whom a pass can be asked, with what they hold."""
    current = Membership.objects.filter(organisation=by.organisation_id, valid_from__lte=now()).exclude(
        valid_until__lte=now()
    )
    return current.prefetch_related("clearances", "trainings").order_by("shown_name")


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def gate_pass(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Show a pass with every step."""
    one = get_object_or_404(PASSES, pk=pk)
    by, opens = request.acting, rules.open_on(localdate())
    refusals = {
        "decide": rules.refuse_decision(one, by=by), "appeal": rules.refuse_appeal(one, by=by),
        "settle": rules.refuse_settlement(one, by=by), "end": rules.refuse_end(one, by=by),
    }  # fmt: skip
    context = {
        "one": one, "state": rules.state_of(one, opens), "refusals": refusals, "opens": one.pk in opens,
        "ours": one.owner_id == by.organisation_id,
    }  # fmt: skip
    return render(request, "custody/gate_pass.html", context)


def step(
    request: SignedInRequest, one: Pass, form: BaseForm, save: Callable[..., Pass], **context: Any,  # noqa: ANN401 - what the page of a form takes
) -> HttpResponse:  # fmt: skip
    """Show the form of one step, and lead back."""
    there = one.get_absolute_url()
    return show_form(
        request, form, partial(save, one, by=request.acting), caption=one.reference, to=there, cancel_url=there,
        done=_("It is kept."), **context,
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def decide_pass(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Let the worker come or not."""
    one = get_object_or_404(PASSES, pk=pk)
    words = _("%(worker)s of %(who)s, at %(place)s, from %(first)s to %(last)s.") % {
        "worker": one.worker.shown_name, "who": one.owner, "place": one.place, "first": plain_day(one.from_on),
        "last": plain_day(one.until_on),
    }  # fmt: skip
    return step(
        request, one, DecideForm(sent(request), one=one), actions.decide, title=_("Decide about the pass"),
        button=_("Decide"), intro=words, refusal=rules.refuse_decision(one, by=request.acting),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def appeal_pass(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Appeal a refusal."""
    one = get_object_or_404(PASSES, pk=pk)
    return step(
        request, one, AppealForm(sent(request)), actions.appeal, title=_("Appeal the refusal"), button=_("Appeal"),
        refusal=rules.refuse_appeal(one, by=request.acting),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def settle_pass(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Answer an appeal."""
    one = get_object_or_404(PASSES, pk=pk)
    return step(
        request, one, SettleForm(sent(request)), actions.settle, title=_("Answer the appeal"), button=_("Answer"),
        intro=one.appeal, refusal=rules.refuse_settlement(one, by=request.acting),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def end_pass(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """End a pass before its last day."""
    one = get_object_or_404(PASSES, pk=pk)
    return step(
        request, one, EndForm(sent(request)), actions.end, title=_("End the pass"), button=_("End it"), kind="warning",
        refusal=rules.refuse_end(one, by=request.acting),
    )  # fmt: skip


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def movements(request: SignedInRequest) -> HttpResponse:
    """Show who may come through the gate on a day, at which place, with which things: to be printed at the gate."""
    day = parse_date(request.GET.get("day", "")) or localdate()
    found = PASSES.filter(to=request.acting.organisation_id, pk__in=rules.open_on(day))
    rows = found.order_by("place__sort_key", "worker__sort_key")
    context = {"day": day, "rows": rows, "before": day - timedelta(days=1), "after": day + timedelta(days=1)}
    return render(request, "custody/movements.html", context)


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def pass_on_paper(request: SignedInRequest, pk: UUID, kind: str) -> HttpResponse:
    """Hand out a pass as a file; only one that opens the gate today or will (C6.1)."""
    one = get_object_or_404(PASSES, pk=pk, granted=True)
    day: date = max(localdate(), one.from_on)
    if one.pk not in rules.open_on(day):
        return render(request, "custody/gate_pass_closed.html", {"one": one}, status=409)
    return as_file(paper(one), kind, name=one.reference)
