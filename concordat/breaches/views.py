"""The pages of data that got out: the register, one of them, each step, and what a partner was told."""

from functools import partial
from typing import Any
from uuid import UUID

from django.db import connection
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from concordat.agreements.sides import partners_of
from concordat.core.codes import Category, Purpose
from concordat.core.edits import hold_to_change
from concordat.core.purposes import for_purpose
from concordat.core.screens import show_form, show_list
from concordat.organisations.models import Organisation
from concordat.people.forms import sent
from concordat.people.http import SignedInRequest

from . import actions, rules
from .forms import AssessForm, AuthorityForm, CloseForm, PersonsForm, ReportForm, TellForm
from .models import Breach, Telling


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def index(request: SignedInRequest) -> HttpResponse:
    """Show the register, and what partners told."""
    own = request.acting.organisation_id
    told = Telling.objects.filter(to=own).select_related("owner").order_by("-sent_at")
    return show_list(request, "breaches/index.html", Breach.objects.filter(owner=own), told=told)


@for_purpose(Purpose.ADMINISTRATION)
def report(request: SignedInRequest) -> HttpResponse:
    """Report that data got out."""
    return show_form(
        request, ReportForm(sent(request)), partial(actions.report, by=request.acting),
        title=_("Report that data got out"), button=_("Report it"),
        intro=_(
            "A letter to the wrong person, a lost telephone, a page left open, somebody who looked without need: "
            "report it, also when you are not sure. Where somebody is in danger now, call first."
        ),
        done=_("It is reported. Those who deal with it are told."),
        to=reverse("breaches:index"), cancel_url=reverse("breaches:index"),
    )  # fmt: skip


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def detail(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Show one, with each step and its time limit."""
    breach = found(pk)
    by = request.acting
    context: dict[str, Any] = {
        "breach": breach,
        "tellings": breach.tellings.select_related("to", "sent_by"),
        "read_before": read_before(breach) if not breach.closed_at and by.has(*rules.HANDLERS) else [],
        "refusals": {
            "assess": rules.refuse_open(breach, by=by), "authority": rules.refuse_authority(breach, by=by),
            "persons": rules.refuse_persons(breach, by=by), "close": rules.refuse_close(breach, by=by),
        },
    }  # fmt: skip
    return render(request, "breaches/detail.html", context)


def read_before(breach: Breach) -> list[tuple[Organisation, list[str]]]:
    """Return whose records, and which kinds, one's own members read in the week before."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT owner, category FROM breaches.read_before(%s)", [breach.pk])
        rows = cursor.fetchall()
    owners = Organisation.objects.filter(pk__in={owner for owner, _category in rows}).order_by("sort_key")
    return [(one, [str(Category(kind).label) for owner, kind in rows if owner == one.pk]) for one in owners]


@for_purpose(Purpose.ADMINISTRATION)
def assess(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Say what got out, and what can follow."""
    breach = hold_to_change(request, found(pk))
    filled = {
        "categories": breach.categories, "persons": breach.persons, "harm": breach.harm, "measures": breach.measures,
        "partners": [one.to_id for one in breach.tellings.all()],
    }  # fmt: skip
    form = AssessForm(sent(request), initial=filled, partners=partners_of(request.acting.organisation_id))
    return step(
        request, breach, form, partial(actions.assess, breach, by=request.acting), title=_("What got out?"),
        button=_("Keep this"), refusal=rules.refuse_open(breach, by=request.acting), changes=breach,
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def tell(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Tell a partner."""
    telling = get_object_or_404(
        Telling.objects.select_related("breach", "to").filter(owner=request.acting.organisation_id), pk=pk
    )
    return step(
        request, telling.breach, TellForm(sent(request)), partial(actions.tell, telling, by=request.acting),
        title=_("Tell %(who)s") % {"who": telling.to}, button=_("Tell them now"),
        refusal=rules.refuse_tell(telling, by=request.acting),
        intro=_("They read these words, the time and your organisation’s name, and nothing else of the register."),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def authority(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Record that the supervisory authority was told, or why not."""
    breach = found(pk)
    return step(
        request, breach, AuthorityForm(sent(request)), partial(actions.tell_authority, breach, by=request.acting),
        title=_("The supervisory authority"), button=_("Keep this"),
        refusal=rules.refuse_authority(breach, by=request.acting),
        intro=_("Tell it in its own way, then record when. Where it is not told, the reason stays in the register."),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def persons(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Record that the persons were told, or why not."""
    breach = found(pk)
    return step(
        request, breach, PersonsForm(sent(request)), partial(actions.tell_persons, breach, by=request.acting),
        title=_("The persons concerned"), button=_("Keep this"),
        refusal=rules.refuse_persons(breach, by=request.acting),
        intro=_("A letter can be read by others in a cell. Think how each person is told without new danger."),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def close(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Close it."""
    breach = found(pk)
    return step(
        request, breach, CloseForm(sent(request)), partial(actions.close, breach, by=request.acting),
        title=_("Close it with what was learned"), button=_("Close it"),
        refusal=rules.refuse_close(breach, by=request.acting),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def told(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Show what a partner told, and note that it was read."""
    own = Telling.objects.filter(to=request.acting.organisation_id).select_related("owner", "read_by")
    telling = get_object_or_404(own, pk=pk)
    if request.method == "POST":
        actions.take_note(telling, by=request.acting)
    return render(request, "breaches/told.html", {"telling": telling})


def found(pk: UUID) -> Breach:
    everybody = ("owner", "reported_by", "assessed_by", "authority_by", "persons_by", "closed_by")
    return get_object_or_404(Breach.objects.select_related(*everybody), pk=pk)


def step(request: SignedInRequest, breach: Breach, form: BaseForm, save: Any, **context: Any) -> HttpResponse:  # noqa: ANN401
    """Show the form of one step, and lead back."""
    there = reverse("breaches:detail", args=[breach.pk])
    return show_form(
        request, form, save, caption=breach.reference, to=there, cancel_url=there, done=_("It is kept."), **context
    )
