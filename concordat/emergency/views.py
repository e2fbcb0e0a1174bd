"""The pages of emergency access: who asks, who opens, what was read, what a third person finds."""

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from concordat.core.codes import Purpose
from concordat.core.forms import SureForm
from concordat.core.purposes import for_purpose
from concordat.core.screens import show_form, show_list
from concordat.people.confirm import confirmed_recently
from concordat.people.forms import sent
from concordat.people.http import SignedInRequest

from . import actions, report, rules
from .forms import AskForm, OpenForm, ReviewForm
from .models import Request, Told

REQUESTS = Request.objects.select_related("asked_by", "opened_by", "ended_by", "reviewed_by", "owner")
TOLD_FOR = timedelta(days=90)


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def index(request: SignedInRequest) -> HttpResponse:
    """List what somebody asked for, what they may open or look at, and what partners opened."""
    told = Told.objects.filter(at__gte=now() - TOLD_FOR).select_related("case", "by")
    refusal = rules.refuse_to_ask(request.acting)
    return show_list(request, "emergency/index.html", REQUESTS.all(), told=told, refusal=refusal)


@for_purpose(Purpose.ADMINISTRATION)
def ask(request: SignedInRequest) -> HttpResponse:
    """Ask for emergency access to one case."""
    return show_form(
        request, AskForm(sent(request)), partial(actions.ask, by=request.acting),
        title=_("Ask for emergency access"), button=_("Ask for it"),
        intro=_(
            "A second person decides. If they open the case, you read it for some hours and change nothing. Each page "
            "that you read is in the log as read in an emergency, and a third person looks at it afterwards. It opens "
            "no sealed file, and nothing that the person or an agreement keeps from you."
        ),
        done=_("You asked. You are told if somebody opens it; until then it is not open."),
        to=reverse("emergency:index"), cancel_url=reverse("emergency:index"),
        refusal=rules.refuse_to_ask(request.acting),
    )  # fmt: skip


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def detail(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Show one request: why, who, until when, and what was read."""
    asked = get_object_or_404(REQUESTS, pk=pk)
    by = request.acting
    context = {
        "asked": asked,
        "lines": report.lines(asked) if asked.opened_at else [],
        "may_see_report": not rules.refuse_answering(by),
        "mine": asked.asked_by_id == by.pk,
        "open_refusal": rules.refuse_to_open(asked, by=by), "end_refusal": rules.refuse_to_end(asked, by=by),
        "review_refusal": rules.refuse_to_review(asked, by=by),
    }  # fmt: skip
    return render(request, "emergency/detail.html", context)


@for_purpose(Purpose.ADMINISTRATION)
@confirmed_recently
def open_case(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Open the case to whoever asked, with the second factor."""
    asked = get_object_or_404(REQUESTS, pk=pk)
    return show_form(
        request, OpenForm(sent(request), asked=asked.hours), partial(actions.open_case, asked, by=request.acting),
        title=_("Open this case in an emergency"), caption=asked.reference, button=_("Open it"), kind="warning",
        intro=_(
            "%(who)s asks for it: %(why)s. From the second in which you open it they read what the post reads, also "
            "where the case is open to named people only. Whoever answers for the records is told at once, and "
            "partners whose records can be read with it."
        ) % {"who": asked.asked_by.shown_name, "why": asked.get_ground_display()},
        done=_("It is open to them now, and ends by itself."),
        refusal=rules.refuse_to_open(asked, by=request.acting), **back_to(asked),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def end(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """End it before its time."""
    asked = get_object_or_404(REQUESTS, pk=pk)
    return show_form(
        request, SureForm(sent(request)), lambda: actions.end(asked, by=request.acting),
        title=_("End this emergency access"), caption=asked.reference, button=_("End it now"), kind="warning",
        intro=_("From this second on the case is closed to them again. Whoever needs it once more asks anew."),
        done=_("It has ended."), refusal=rules.refuse_to_end(asked, by=request.acting), **back_to(asked),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def review(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Say, as a third person, what one finds, and close the report."""
    asked = get_object_or_404(REQUESTS, pk=pk)
    return show_form(
        request, ReviewForm(sent(request)), partial(actions.review, asked, by=request.acting),
        title=_("Look at what was read"), caption=asked.reference, button=_("Close the report"),
        intro=_("Look at the list of what was read first. What you find stands with the report and is not changed."),
        done=_("The report is closed."), refusal=rules.refuse_to_review(asked, by=request.acting), **back_to(asked),
    )  # fmt: skip


def back_to(asked: Request) -> dict[str, Any]:
    """Return where a form leads."""
    address = reverse("emergency:detail", args=[asked.pk])
    return {"to": address, "cancel_url": address}
