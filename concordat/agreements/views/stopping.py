"""Suspending, question by question; lifting; ending; opening again after a restore.

What was answered is kept in the session until the last page, so that each answer can be changed and nothing about it
stands in an address.
"""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from concordat.agreements import actions, consequences, forms, rules, stopping
from concordat.agreements.limits import days_left, limits
from concordat.agreements.models import Agreement, Closure
from concordat.agreements.status import suspension_at
from concordat.core.codes import Purpose
from concordat.core.errors import Refused
from concordat.core.purposes import for_purpose
from concordat.core.screens import show_form
from concordat.people.confirm import confirmed_recently
from concordat.people.forms import sent
from concordat.people.http import SignedInRequest

from .finding import find_agreement

STEPS = ("suspend", "suspend_length", "suspend_consequences", "suspend_check")


def to_suspend(request: SignedInRequest, pk: UUID) -> Agreement:
    found = find_agreement(pk)
    if refusal := rules.refuse_suspend(request.acting, found):
        raise Refused(refusal)
    return found


def key(agreement: Agreement) -> str:
    return f"suspend {agreement.pk}"


def answered(request: SignedInRequest, agreement: Agreement) -> dict[str, Any]:
    return dict(request.session.get(key(agreement), {}))


def go_on(request: SignedInRequest, agreement: Agreement, step: int, form: Form) -> HttpResponse:
    """Keep the answers of a page and show the next one."""
    request.session[key(agreement)] = {**answered(request, agreement), **form.cleaned_data}
    return redirect(f"agreements:{STEPS[step + 1]}", agreement.pk)


def ask(
    request: SignedInRequest, agreement: Agreement, step: int, form: Form, title: str, **context: object
) -> HttpResponse:
    """Show one question of the three."""
    back = reverse(f"agreements:{STEPS[step - 1]}" if step else "agreements:detail", args=[agreement.pk])
    caption = _("Suspend %(reference)s, question %(number)d of 3") % {
        "reference": agreement.reference,
        "number": step + 1,
    }
    shown = {"form": form, "title": title, "caption": caption, "back_url": back, "agreement": agreement, **context}
    leave = {"cancel_url": agreement.get_absolute_url(), "cancel": _("Do not suspend")}
    return render(request, f"agreements/{STEPS[step]}.html", {**shown, **leave}, status=422 if form.is_bound else 200)


@for_purpose(Purpose.ADMINISTRATION)
@confirmed_recently
def suspend(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Ask for the ground, one of those that are agreed."""
    found = to_suspend(request, pk)
    allowed = limits(found, now()).grounds
    form = forms.GroundForm(allowed, sent(request), initial=answered(request, found))
    if form.is_valid():
        return go_on(request, found, 0, form)
    return ask(
        request,
        found,
        0,
        form,
        _("Why do you suspend it?"),
        other=stopping.other_of(found, request.acting),
        count=len(allowed),
    )


@for_purpose(Purpose.ADMINISTRATION)
@confirmed_recently
def suspend_length(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Ask for how many days."""
    found = to_suspend(request, pk)
    ground = answered(request, found).get("ground")
    if not ground:
        return redirect("agreements:suspend", pk)
    form = forms.LengthForm(days_left(found, ground, now()), sent(request), initial=answered(request, found))
    if form.is_valid():
        if not (refusal := rules.refuse_suspension(found, ground, form.cleaned_data["days"])):
            return go_on(request, found, 1, form)
        form.add_error("days", refusal)
    return ask(request, found, 1, form, _("For how many days?"))


@for_purpose(Purpose.ADMINISTRATION)
@confirmed_recently
def suspend_consequences(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Show who loses what and what goes on, and ask how it will be made up for."""
    found = to_suspend(request, pk)
    if not answered(request, found).get("days"):
        return redirect("agreements:suspend_length", pk)
    form = forms.MakingUpForm(sent(request), initial=answered(request, found))
    if form.is_valid():
        return go_on(request, found, 2, form)
    return ask(
        request,
        found,
        2,
        form,
        _("This is what happens. Go on?"),
        stops=consequences.stops(found),
        goes_on=consequences.goes_on(found),
        told=consequences.told(found, request.acting.organisation_id),
    )


@for_purpose(Purpose.ADMINISTRATION)
@confirmed_recently
def suspend_check(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Show the answers once more, and suspend."""
    found, said = to_suspend(request, pk), {}
    said = answered(request, found)
    if not {"ground", "explanation", "days", "making_up"} <= set(said):
        return redirect("agreements:suspend", pk)
    form = Form(sent(request))
    save = partial(actions.suspend, found, **said, by=request.acting)

    def suspend_and_forget() -> Agreement:
        save()
        del request.session[key(found)]
        return found

    return show_form(
        request,
        form,
        suspend_and_forget,
        title=_("Check your answers"),
        template="agreements/suspend_check.html",
        done=_("Suspended. It ends by itself."),
        **stopping.check_answers(found, said, request.acting),
    )


@for_purpose(Purpose.ADMINISTRATION)
@confirmed_recently
def lift(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Ask once more, then end the suspension that runs."""
    found = find_agreement(pk)
    running = suspension_at(found, now())
    if running is None:
        raise Refused(_("It is not suspended."))
    if refusal := rules.refuse_lift(request.acting, running):
        raise Refused(refusal)
    if request.method == "POST":
        actions.lift(running, by=request.acting)
        messages.success(request, _("Lifted. It is in force again."))
        return redirect(found)
    return render(request, "agreements/lift.html", stopping.before_lifting(found, running))


@for_purpose(Purpose.ADMINISTRATION)
@confirmed_recently
def end(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """End an agreement, with the notice that is agreed, or at once on a listed ground."""
    found = find_agreement(pk)
    if refusal := rules.refuse_end(request.acting, found):
        raise Refused(refusal)
    form = forms.EndForm(limits(found, now()).grounds, stopping.notice_words(found), sent(request))
    return show_form(
        request,
        form,
        partial(actions.end, found, by=request.acting),
        title=_("End this agreement"),
        template="agreements/end.html",
        about=(found,),
        to=found.get_absolute_url(),
        done=_("Ended."),
        kind="warning",
        button=_("End it"),
        cancel_url=found.get_absolute_url(),
        cancel=_("Do not end it"),
        agreement=found,
        stops=consequences.stops(found),
        goes_on=consequences.goes_on(found),
        caption=stopping.caption(found),
        stops_words=_("Stops with the end"),
    )


@for_purpose(Purpose.ADMINISTRATION)
@confirmed_recently
def reopen(request: SignedInRequest) -> HttpResponse:
    """Confirm, after a restore, that everything made since the backup was entered again."""
    found = get_object_or_404(Closure, organisation=request.acting.organisation_id, confirmed_at=None)
    if refusal := rules.refuse_reopen(request.acting, found):
        raise Refused(refusal)
    if request.method == "POST":
        actions.reopen(found, by=request.acting)
        messages.success(request, _("Confirmed. Records pass again where the other party has confirmed as well."))
        return redirect("agreements:index")
    return render(request, "agreements/reopen.html", stopping.before_reopening(found))
