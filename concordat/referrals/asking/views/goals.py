"""Goals and measures, and who will evaluate what came of them."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from concordat.cases.models import Link
from concordat.core.edits import hold_to_change
from concordat.core.screens import show_form
from concordat.people.http import SignedInRequest
from concordat.referrals.asking import actions, forms, rules
from concordat.referrals.asking.actions.goals import newest_goals
from concordat.referrals.asking.rules.goals import check_number, is_locked
from concordat.referrals.asking.views.preparation import LINKS, person_of, service_of, to_link
from concordat.referrals.asking.views.referral import REFERRALS
from concordat.referrals.models import GoalSet, Target

# The case of the provider is not joined: the referrer does not see it.
GOAL_SETS = GoalSet.objects.select_related("link__civil", "link__authority").prefetch_related(
    "goals", "signatures__membership", "signatures__organisation"
)


@require_safe
def goals(request: SignedInRequest, link: UUID) -> HttpResponse:
    """Show the goals with their signatures, to either party; earlier versions stand beneath."""
    of = get_object_or_404(Link.objects.select_related("civil", "authority"), pk=link)
    versions = list(GOAL_SETS.filter(link=of))
    newest = versions[0] if versions else None
    context = {
        "link": of,
        "newest": newest,
        "earlier": versions[1:],
        "provides": of.civil_id == request.acting.organisation_id,
        "refuse_writing": rules.refuse_to_write_goals(of.civil_id, by=request.acting),
        "refuse_signature": rules.refuse_signature(newest, newest, by=request.acting) if newest else None,
        "locked": bool(newest and is_locked(newest)),
        "sign_url": f"{reverse('referrals:sign_goals', args=[newest.pk])}?seen={check_number(newest)}"
        if newest
        else "",
    }
    return render(request, "referrals/goals.html", context)


def write_goals(request: SignedInRequest, link: UUID) -> HttpResponse:
    """Write down what was agreed, or a new version of it."""
    of = hold_to_change(request, get_object_or_404(LINKS, pk=link))
    service, before = service_of(of), newest_goals(of)
    target = service.target if service else ""
    form = forms.GoalsForm(
        request.POST or None, targets=rules.offered_targets(target), is_change=bool(before and is_locked(before)),
        initial=forms.as_typed(before) if before else None,
    )  # fmt: skip
    return show_form(
        request, form, partial(actions.write_goals, of, service_target=target, by=request.acting),
        changes=before or of,
        title=_("Agree on goals and measures"), caption=person_of(of.civil_case), button=_("Save the goals"),
        done=_("The goals are written down. Now they are signed."), to=reverse("referrals:goals", args=[of.pk]),
        cancel_url=to_link(of), template="referrals/write_goals.html", target=Target(target).label if target else "",
        refusal=rules.refuse_to_write_goals(of.civil_id, by=request.acting),
    )  # fmt: skip


def persons_word(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Record that the person signed, or would rather not."""
    about = get_object_or_404(GOAL_SETS, pk=pk)
    back = reverse("referrals:goals", args=[about.link_id])
    return show_form(
        request,
        forms.PersonsWordForm(request.POST or None),
        partial(actions.record_persons_word, about, by=request.acting),
        title=_("What the person says to these goals"),
        done=_("It is recorded."),
        to=back,
        cancel_url=back,
        refusal=rules.refuse_to_write_goals(about.owner_id, by=request.acting),
    )


@require_POST
def sign_goals(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Sign goals and measures for one's own organisation."""
    about = get_object_or_404(GOAL_SETS, pk=pk)
    actions.sign_goals(about, seen=request.GET.get("seen", ""), by=request.acting)
    messages.success(request, _("Signed for %(organisation)s.") % {"organisation": request.acting.organisation})
    return redirect("referrals:goals", link=about.link_id)


def plan_evaluation(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Say who will evaluate."""
    about = get_object_or_404(REFERRALS, pk=pk)
    return show_form(
        request,
        forms.EvaluationForm(request.POST or None),
        partial(actions.plan_evaluation, about, by=request.acting),
        title=_("Who will evaluate this?"),
        caption=_("Referral %(reference)s") % {"reference": about.reference},
        intro=_("Agree before the start on who will say what came of it. Who helps does not judge the help."),
        done=_("The evaluation is planned."),
        to=about.get_absolute_url(),
        cancel_url=about.get_absolute_url(),
        button=_("Plan the evaluation"),
    )
