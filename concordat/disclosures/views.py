"""The pages of disclosures to somebody outside. A hidden one is not found."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django import forms as django_forms
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from concordat.access.asking import linked_cases
from concordat.access.restricted import attempts_noted
from concordat.cases.models import Case
from concordat.core.codes import Category
from concordat.core.parts import State
from concordat.core.screens import show_form, show_list
from concordat.core.wording import enumerated
from concordat.documents.answer import as_file
from concordat.files.listed import files_on
from concordat.people.confirm import confirmed_recently
from concordat.people.forms import sent
from concordat.people.http import SignedInRequest

from . import actions, forms, rules, undertaking
from .models import Disclosure, Item

OWN = Disclosure.objects.select_related("owner", "case", "decided_by", "handed_by", "ended_by")


@require_safe
def index(request: SignedInRequest) -> HttpResponse:
    """Show the register of what was or may be told to whom outside, and what is asked of one's own organisation."""
    rows = OWN.filter(owner=request.acting.organisation_id)
    waiting = Item.objects.filter(of_owner=request.acting.organisation_id, answered_at=None).exclude(
        owner=F("of_owner")
    )
    return show_list(
        request,
        "disclosures/index.html",
        [line(one) for one in rows],
        asked=waiting.select_related("owner", "disclosure"),
    )


def line(one: Disclosure) -> dict[str, Any]:
    categories = enumerated(str(Category(number).label) for number in one.categories)
    return {"one": one, "categories": categories, "state": state_of(one)}


def state_of(one: Disclosure) -> State:
    if one.ended_at:
        return State("rest", one.get_ended_how_display())
    if one.handed_at:
        return State("done", _("Told"))
    if one.decided_at:
        return State("soon", _("Decided: may be told")) if one.allowed else State("rest", _("Decided: not told"))
    return State("changed", _("Being considered"))


@require_safe
@attempts_noted
def of_case(request: SignedInRequest, case: UUID) -> HttpResponse:
    """List what of one case was or may be told outside, and lead to another one."""
    about = get_object_or_404(Case, pk=case, owner=request.acting.organisation_id)
    rows = [line(one) for one in OWN.filter(case=about)]
    refusal = rules.refuse_officer(about.owner_id, by=request.acting)
    return show_list(request, "disclosures/of_case.html", rows, case=about, refusal=refusal)


@attempts_noted
def propose(request: SignedInRequest, case: UUID) -> HttpResponse:
    """Write down to whom something should be told, and why."""
    about = get_object_or_404(Case, pk=case, owner=request.acting.organisation_id)
    return show_form(
        request, forms.ProposeForm(sent(request)), partial(actions.propose, about, by=request.acting),
        title=_("Tell somebody outside"), caption=_("Person %(code)s") % {"code": about.working_code},
        refusal=rules.refuse_officer(about.owner_id, by=request.acting), button=_("Go on"),
        intro=_("Nothing is told yet. First it is written down exactly, the person is asked, whoever knows it agrees, "
                "it is decided, and the receiver signs an undertaking."),
        cancel_url=reverse("disclosures:of_case", args=[case]),
    )  # fmt: skip


@require_safe
def detail(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Show one disclosure with every step, and what is still missing."""
    shown = get_object_or_404(OWN, pk=pk, owner=request.acting.organisation_id)
    by, items = request.acting, list(shown.items.select_related("of_owner"))
    context = {
        "one": shown,
        "state": state_of(shown),
        "items": [(item, str(Category(item.category).label), rules.needs_answer(item)) for item in items],
        "missing": [] if shown.ended_at or shown.handed_at else list(rules.missing(shown)),
        "files": files_on("undertaking", shown, by),
        "refusals": {
            "item": rules.refuse_offer(shown, by=by), "offer": rules.refuse_offer(shown, by=by),
            "decide": rules.refuse_decision(shown, by=by), "told": rules.refuse_told(shown, by=by),
            "signed": rules.refuse_signed(shown, by=by), "hand": rules.refuse_handing(shown, by=by),
            "end": rules.refuse_end(shown, how="", by=by),
        },
    }  # fmt: skip
    return render(request, "disclosures/detail.html", context)


def step(
    request: SignedInRequest, pk: UUID, form: django_forms.Form, save: Callable[..., Any], *, title: str, done: str,
    refusal: Callable[..., str | None], **more: Any,  # noqa: ANN401 - what the page of a form takes
) -> HttpResponse:  # fmt: skip
    """Show the form of one step of a disclosure of one's own."""
    shown = found(request, pk)
    return show_form(
        request, form, partial(save, shown, by=request.acting), title=title, caption=shown.receiver_body, done=done,
        refusal=refusal(shown, by=request.acting), cancel_url=shown.get_absolute_url(), to=shown.get_absolute_url(),
        **more,
    )  # fmt: skip


def found(request: SignedInRequest, pk: UUID) -> Disclosure:
    return get_object_or_404(OWN, pk=pk, owner=request.acting.organisation_id)


def add_item(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Add exactly what is told."""
    about = found(request, pk)
    owners = [about.owner_id, *(one.owner for one in linked_cases(about.case_id))]
    return step(
        request, pk, forms.ItemForm(sent(request), owners=owners), actions.add_item, title=_("Exactly what is told"),
        done=_("It is written down."), refusal=rules.refuse_offer, button=_("Add it"),
    )  # fmt: skip


def offer(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Record what the person said when they were offered to tell it themself."""
    return step(
        request, pk, forms.OfferForm(sent(request)), actions.record_offer, title=_("Does the person tell it themself?"),
        done=_("It is recorded."), refusal=rules.refuse_offer, button=_("Record it"),
    )  # fmt: skip


def told(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Record that the person was told, or why later."""
    return step(
        request, pk, forms.ToldForm(sent(request)), actions.record_told, title=_("Was the person told?"),
        done=_("It is recorded."), refusal=rules.refuse_told, button=_("Record it"),
    )  # fmt: skip


@confirmed_recently
def decide(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Decide whether it is told."""
    return step(
        request, pk, forms.DecideForm(sent(request)), actions.decide, title=_("May it be told?"),
        done=_("It is decided."), refusal=rules.refuse_decision, button=_("Decide"),
    )  # fmt: skip


def signed(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Record on which day the receiver signed."""
    return step(
        request, pk, forms.SignedForm(sent(request)), actions.record_signed, title=_("The undertaking is signed"),
        done=_("It is recorded."), refusal=rules.refuse_signed, button=_("Record it"),
    )  # fmt: skip


def hand(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Record that it was handed over."""
    return step(
        request, pk, forms.HandForm(sent(request)), actions.hand_over, title=_("Hand it over"),
        done=_("It is recorded."), refusal=rules.refuse_handing, button=_("It was handed over"), kind="warning",
    )  # fmt: skip


def end(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Record that it was taken back, returned or destroyed."""
    return step(
        request, pk, forms.EndForm(sent(request)), actions.end, title=_("Take it back, or record its return"),
        done=_("It is recorded."), refusal=partial(rules.refuse_end, how=""), button=_("Record it"),
    )  # fmt: skip


@require_safe
def paper(request: SignedInRequest, pk: UUID, kind: str) -> HttpResponse:
    """Hand out the undertaking to be signed by hand."""
    return as_file(undertaking.document_of(found(request, pk)), kind, name="undertaking")


def answer(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Answer whether one's own organisation's information may be told outside."""
    item = get_object_or_404(
        Item.objects.select_related("owner", "disclosure").exclude(owner=F("of_owner")), pk=pk,
        of_owner=request.acting.organisation_id,
    )  # fmt: skip
    return show_form(
        request, forms.AnswerForm(sent(request)), partial(actions.answer, item, by=request.acting),
        title=_("May it be told outside?"), caption=item.owner.name, item=item, category=Category(item.category).label,
        refusal=rules.refuse_answer(item, by=request.acting), button=_("Answer"), done=_("Your answer is recorded."),
        to=reverse("disclosures:index"), cancel_url=reverse("disclosures:index"), template="disclosures/answer.html",
    )  # fmt: skip
