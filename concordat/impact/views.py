"""The pages of assessments: the list, one of them, each step, and what a partner told."""

from functools import partial
from typing import Any
from uuid import UUID

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from concordat.agreements.models import Version
from concordat.core.codes import Purpose
from concordat.core.edits import hold_to_change
from concordat.core.purposes import for_purpose
from concordat.core.screens import show_form, show_list
from concordat.documents.answer import as_file
from concordat.ledger.log import record_opened
from concordat.people.forms import sent
from concordat.people.http import SignedInRequest
from concordat.people.roles import Role

from . import actions, found, paper, rules
from .forms import AdviceForm, DecisionForm, RiskForm, TextsForm
from .models import Assessment, Outcome, Risk, Speaker


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def index(request: SignedInRequest) -> HttpResponse:
    """List one's own assessments, and what partners told."""
    own = request.acting.organisation_id
    told = Outcome.objects.filter(to=own).select_related("owner", "agreement")
    rows = Assessment.objects.filter(owner=own).select_related("agreement", "version")
    return show_list(request, "impact/index.html", rows, told=told, due=found.due(rows))


@for_purpose(Purpose.ADMINISTRATION)
def begin(request: SignedInRequest, version: UUID) -> HttpResponse:
    """Begin an assessment of a version, beside its table of rules."""
    held = get_object_or_404(Version.objects.select_related("agreement"), pk=version)
    return show_form(
        request, TextsForm(sent(request)), partial(actions.begin, held, by=request.acting),
        template="impact/texts.html", title=_("Assess the effect on rights"), button=_("Keep this"),
        caption=str(held), cells=found.in_words(found.cells_of([held.pk])[held.pk]),
        refusal=rules.refuse_begin(held, by=request.acting), about=[held],
        done=_("It is begun. State what could happen, then ask for advice."),
        cancel_url=held.agreement.get_absolute_url(),
    )  # fmt: skip


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def detail(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Show one, with what can be done with it."""
    assessment = found_one(pk)
    by = request.acting
    newer = Assessment.objects.filter(supersedes=assessment).first()
    context: dict[str, Any] = {
        "assessment": assessment,
        "cells": found.in_words(assessment.cells),
        "texts": texts_of(assessment),
        "risks": assessment.risks.all(),
        "advice": assessment.advice.select_related("by"),
        "newer": newer,
        "due": found.due(Assessment.objects.filter(pk=assessment.pk)),
        "told": Outcome.objects.filter(assessment=assessment).select_related("to", "told_by").first(),
        "refusals": {
            "change": rules.refuse_change(assessment, by=by), "decide": rules.refuse_decide(assessment, by=by),
            "tell": rules.refuse_tell(assessment, by=by), "anew": rules.refuse_anew(assessment, by=by),
        },
    }  # fmt: skip
    return render(request, "impact/detail.html", context)


def texts_of(assessment: Assessment) -> list[tuple[str, str]]:
    fields = ((name, TextsForm.base_fields[name].label) for name in actions.TEXTS)
    return [(str(label), getattr(assessment, name)) for name, label in fields]


@for_purpose(Purpose.ADMINISTRATION)
def change(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Change the texts, beside the table of rules as it is now."""
    assessment = hold_to_change(request, found_one(pk))
    filled = {name: getattr(assessment, name) for name in actions.TEXTS}
    now = found.cells_of([assessment.version_id])[assessment.version_id]
    return step(
        request, assessment, TextsForm(sent(request), initial=filled),
        partial(actions.change, assessment, by=request.acting), template="impact/texts.html",
        title=_("Change the texts"), refusal=rules.refuse_change(assessment, by=request.acting),
        cells=found.in_words(now), changes=assessment,
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def state_risk(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """State what could happen."""
    assessment = found_one(pk)
    return step(
        request, assessment, RiskForm(sent(request)), partial(actions.state_risk, assessment, by=request.acting),
        title=_("What could happen?"), refusal=rules.refuse_change(assessment, by=request.acting),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def change_risk(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Change what is said of a risk."""
    risk = hold_to_change(request, get_object_or_404(Risk.objects.select_related("assessment"), pk=pk))
    filled = {name: getattr(risk, name) for name in actions.RISK}
    return step(
        request, risk.assessment, RiskForm(sent(request), initial=filled),
        partial(actions.change_risk, risk, by=request.acting), title=_("What could happen?"),
        refusal=rules.refuse_change(risk.assessment, by=request.acting), changes=risk,
    )  # fmt: skip


@require_POST
@for_purpose(Purpose.ADMINISTRATION)
def remove_risk(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Take a risk out."""
    risk = get_object_or_404(Risk.objects.select_related("assessment"), pk=pk)
    return redirect(actions.remove_risk(risk, by=request.acting))


@for_purpose(Purpose.ADMINISTRATION)
def advise(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Take down what somebody says of it."""
    assessment = found_one(pk)
    usual = Speaker.OFFICER if request.acting.has(Role.DATA_PROTECTION) else Speaker.PERSONS
    return step(
        request, assessment, AdviceForm(sent(request), initial={"speaker": usual}),
        partial(actions.advise, assessment, by=request.acting), title=_("What is said of it"),
        refusal=rules.refuse_advise(assessment, usual, by=request.acting),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def decide(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Decide whether the sharing goes ahead."""
    assessment = found_one(pk)
    return step(
        request, assessment, DecisionForm(sent(request)), partial(actions.decide, assessment, by=request.acting),
        title=_("Decide"), button=_("Decide"), refusal=rules.refuse_decide(assessment, by=request.acting),
        intro=_("Your name stands below it. What is decided stays; what comes later is a new version."),
    )  # fmt: skip


@require_POST
@for_purpose(Purpose.ADMINISTRATION)
def tell(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Tell the other party the outcome."""
    return redirect(actions.tell(found_one(pk), by=request.acting))


@require_POST
@for_purpose(Purpose.ADMINISTRATION)
def begin_anew(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Begin a new version of it, of the newest text of the agreement that one sees."""
    assessment = found_one(pk)
    version = Version.objects.filter(agreement=assessment.agreement_id).select_related("agreement")[0]
    return redirect(actions.begin_anew(assessment, version=version, by=request.acting))


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def told(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Show what a partner told of its assessment."""
    outcome = get_object_or_404(Outcome.objects.select_related("owner", "agreement"), pk=pk)
    return render(request, "impact/told.html", {"outcome": outcome})


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def file(_request: SignedInRequest, pk: UUID, kind: str) -> HttpResponse:
    """Hand out one as a file to keep."""
    assessment = found_one(pk)
    record_opened("impact.file", [assessment.owner_id], case=None, categories=[], assessment=assessment.pk)
    return as_file(paper.document_of(assessment), kind, name=slugify(f"{assessment.reference}-{assessment.number}"))


def found_one(pk: UUID) -> Assessment:
    around = ("owner", "agreement", "version__agreement", "created_by", "decided_by", "supersedes")
    return get_object_or_404(Assessment.objects.select_related(*around), pk=pk)


def step(request: SignedInRequest, assessment: Assessment, form: BaseForm, save: Any, **context: Any) -> HttpResponse:  # noqa: ANN401
    """Show the form of one step, and lead back."""
    there = assessment.get_absolute_url()
    shown = {"button": _("Keep this"), **context}
    return show_form(
        request, form, save, caption=assessment.reference, to=there, cancel_url=there, done=_("It is kept."), **shown
    )
