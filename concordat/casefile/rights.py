"""The pages of what a person asks under their rights: the list, a new request, more time, the answer."""

from collections.abc import Iterable
from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from concordat.cases import actions, rules
from concordat.cases.models import Case, Restriction, Right, RightsRequest, UseStop
from concordat.core.codes import Purpose
from concordat.core.purposes import for_purpose
from concordat.core.screens import show_form
from concordat.core.wording import plain_day
from concordat.people.forms import sent
from concordat.people.http import SignedInRequest

from . import effects
from .answering import answering
from .beside import Beside
from .forms import AnswerForm, EffectForm, EndForm, LongerForm, RequestForm
from .stub import of_a_case

Shown = tuple[RightsRequest, str, str, list[effects.Effect]]
REQUESTS = RightsRequest.objects.select_related("case", "owner")


@for_purpose(Purpose.ADMINISTRATION)
@of_a_case
def rights(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """List what the person asked, what waits first."""
    case = own(request, pk)
    context = {
        "case": case, "title": person(case), "requests": asked_for(REQUESTS.filter(case=case)),
        "refusal": rules.refuse_rights(case, by=request.acting),
        "answering": answering(Beside(case, request.acting, request.purpose)),
    }  # fmt: skip
    return render(request, "cases/rights.html", context)


@for_purpose(Purpose.ADMINISTRATION)
@of_a_case
def ask(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Record what the person asks."""
    case = own(request, pk)
    return show_form(
        request, RequestForm(sent(request)), partial(actions.record_request, case, by=request.acting),
        title=_("Record what the person asks"), caption=person(case), button=_("Record it"),
        intro=_("It is answered within a month of the day on which they asked, by your organisation for its records."),
        done=_("It is recorded. Today says by when it is answered."), to=reverse("cases:rights", args=[pk]),
        refusal=rules.refuse_rights(case, by=request.acting), cancel_url=reverse("cases:rights", args=[pk]),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def prolong(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Take two months more."""
    asked = get_object_or_404(REQUESTS, pk=pk)
    back = reverse("cases:rights", args=[asked.case_id])
    return show_form(
        request, LongerForm(sent(request)), partial(actions.take_longer, asked, by=request.acting),
        title=_("Take two months more"), caption=person(asked.case), button=_("Take two months more"),
        done=_("There are two months more."), to=back, cancel_url=back,
        refusal=rules.refuse_longer(asked, by=request.acting),
    )  # fmt: skip


@for_purpose(Purpose.ADMINISTRATION)
def answer(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Record what was done, and what the person was told."""
    asked = get_object_or_404(REQUESTS, pk=pk)
    back = reverse("cases:rights", args=[asked.case_id])
    return show_form(
        request, answer_form(request, asked), partial(actions.answer_request, asked, by=request.acting),
        title=_("Answer what the person asks"), caption=person(asked.case), button=_("Record the answer"),
        intro=asked.words, done=_("The answer is recorded."), to=back, cancel_url=back,
        refusal=rules.refuse_answer_under_rights(asked, by=request.acting),
    )  # fmt: skip


def answer_form(request: SignedInRequest, asked: RightsRequest) -> AnswerForm:
    """Return the form of an answer; one that changes what somebody sees asks what it sets."""
    if asked.right not in rules.EFFECTIVE:
        return AnswerForm(sent(request))
    beside = Beside(asked.case, request.acting, request.purpose)
    stoppable = effects.stoppable(beside) if asked.right == Right.RESTRICTION else []
    return EffectForm(sent(request), stoppable=stoppable, viewers=effects.viewers(beside, asked))


@for_purpose(Purpose.ADMINISTRATION)
def end_stop(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Have something used again that a person had asked to have no longer used."""
    return end(request, get_object_or_404(UseStop.objects.select_related("case"), pk=pk), _("Use it again"))


@for_purpose(Purpose.ADMINISTRATION)
def end_restriction(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Let somebody see a case again."""
    effect = get_object_or_404(Restriction.objects.select_related("case"), pk=pk, request__isnull=False)
    return end(request, effect, _("Let them see it again"))


def end(request: SignedInRequest, effect: UseStop | Restriction, words: str) -> HttpResponse:
    back = reverse("cases:rights", args=[effect.case_id])
    return show_form(
        request, EndForm(sent(request)), partial(actions.end_effect, effect, by=request.acting), title=words,
        caption=person(effect.case), button=words, kind="warning", to=back, cancel_url=back,
        intro=_(
            "It was set because the person asked. Whoever may see it by post, assignment and agreement sees it again."
        ),
        done=_("It has ended. The reason stands with it."), refusal=rules.refuse_to_end(effect, by=request.acting),
    )  # fmt: skip


def asked_for(requests: Iterable[RightsRequest]) -> list[Shown]:
    """Return requests with how they are shown and what their answers set."""
    found = list(requests)
    set_by = effects.effects(found)
    return [(*in_words(one), set_by[one.pk]) for one in found]


def in_words(asked: RightsRequest) -> tuple[RightsRequest, str, str]:
    """Return a request with how and when it was asked, and by when it is answered."""
    how = _("Asked on %(day)s. How they asked: %(route)s.") % {"day": plain_day(asked.asked_on), "route": asked.route}
    return asked, how, _("To be answered by %(day)s.") % {"day": plain_day(asked.due_on)}


def own(request: SignedInRequest, pk: UUID) -> Case:
    """Find a case of one's own organisation."""
    return get_object_or_404(Case, pk=pk, owner=request.acting.organisation_id)


def person(case: Case) -> str:
    return _("Person %(code)s") % {"code": case.working_code}
