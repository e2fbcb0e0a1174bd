"""Writing a draft: starting one, its clauses and rules, places, needs and payments, checking and proposing it."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from concordat.agreements import actions, drafting, forms, rules, validator
from concordat.agreements.catalogue import ENTRIES
from concordat.agreements.models import Agreement, Clause, FundingLine, Kind, Prohibition, SharingRule, Version
from concordat.core.codes import Purpose
from concordat.core.edits import hold, hold_to_change
from concordat.core.errors import Refused
from concordat.core.purposes import for_purpose
from concordat.core.screens import show_form
from concordat.people.forms import sent
from concordat.people.http import SignedInRequest

from .finding import find_agreement, find_version


def edit_url(version: Version, part: str = "") -> str:
    """Return the address of the draft, at one of its parts."""
    return reverse("agreements:edit", args=[version.agreement_id, version.number]) + (f"#{part}" if part else "")


def to_edit(request: SignedInRequest, pk: UUID, number: int) -> Version:
    """Return a draft that this person may edit; else say why not."""
    found = hold_to_change(request, find_version(pk, number))
    if refusal := rules.refuse_edit(request.acting, found):
        raise Refused(refusal)
    return found


def about(version: Version, part: str = "") -> dict[str, Any]:
    """Return what every form of a draft shows around it."""
    return {"caption": drafting.caption(version), "cancel_url": edit_url(version, part), "to": edit_url(version, part)}


# ---- starting ------------------------------------------------------------------------------------------------------


@for_purpose(Purpose.ADMINISTRATION)
def new(request: SignedInRequest) -> HttpResponse:
    """Ask what is to be agreed."""
    if refusal := rules.refuse_draft(request.acting):
        raise Refused(refusal)
    form = forms.KindForm(sent(request))
    if form.is_valid():
        return redirect("agreements:new_kind", form.cleaned_data["kind"])
    status = 422 if form.is_bound else 200
    context = {"form": form, "title": _("What do you want to agree?"), "cancel_url": reverse("agreements:index")}
    return render(request, "agreements/new.html", context, status=status)


@for_purpose(Purpose.ADMINISTRATION)
def new_kind(request: SignedInRequest, kind: str) -> HttpResponse:
    """Start a draft of one kind."""
    if kind not in Kind.values:
        raise Http404
    if refusal := rules.refuse_draft(request.acting):
        raise Refused(refusal)
    form = forms.NEW_FORMS[kind](
        sent(request),
        own=request.acting.organisation_id,
        frameworks=Agreement.objects.filter(kind=Kind.FRAMEWORK),
        initial={"first_day": localdate(), "time_zone": drafting.usual_zone(request.acting)},
    )

    def save(**given: Any) -> str:  # noqa: ANN401 - the fields of the form
        return edit_url(actions.draft(kind=kind, by=request.acting, **given))

    return show_form(
        request,
        form,
        save,
        title=drafting.title_of_new(kind),
        template="agreements/new_kind.html",
        button=_("Start the draft"),
        cancel_url=reverse("agreements:index"),
    )


@require_POST
@for_purpose(Purpose.ADMINISTRATION)
def new_version(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Start a new version as a copy of the last one."""
    return redirect(edit_url(actions.new_version(find_agreement(pk), by=request.acting)))


@for_purpose(Purpose.ADMINISTRATION)
def renew(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Start a version that goes on where this agreement ends."""
    found = find_agreement(pk)
    if refusal := rules.refuse_renew(request.acting, found):
        raise Refused(refusal)
    first = rules.goes_on_from(found)
    form = forms.RenewForm(sent(request), initial={"first_day": first, "last_day": drafting.as_long(found, first)})
    return show_form(
        request,
        form,
        lambda **given: edit_url(actions.renew(found, by=request.acting, **given)),
        title=_("Renew this agreement"),
        template="agreements/renew.html",
        button=_("Start the draft"),
        cancel_url=found.get_absolute_url(),
        intro=_(
            "The draft has the text that holds now and new days. It goes on by nobody's silence: both parties sign it, "
            "and before its first day, or access ends in between."
        ),
    )


# ---- the draft -----------------------------------------------------------------------------------------------------


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def edit(request: SignedInRequest, pk: UUID, number: int) -> HttpResponse:
    """Show the draft: every part with the way to change it, and what the check says so far."""
    found = to_edit(request, pk, number)
    return render(request, "agreements/edit.html", drafting.overview(found, request.acting))


@for_purpose(Purpose.ADMINISTRATION)
def edit_days(request: SignedInRequest, pk: UUID, number: int) -> HttpResponse:
    """Change from when until when it is to be in force."""
    found = to_edit(request, pk, number)
    initial = {"first_day": found.first_day, "last_day": found.last_day, "whole_team_of": found.whole_team_of}
    form = forms.DaysForm(found, sent(request), initial=initial)
    save = partial(actions.set_days, found, by=request.acting)
    return show_form(
        request,
        form,
        save,
        title=_("From when until when?"),
        template="agreements/edit_days.html",
        changes=found,
        **about(found),
    )


@for_purpose(Purpose.ADMINISTRATION)
def edit_clause(request: SignedInRequest, pk: UUID, number: int, code: str) -> HttpResponse:
    """Change the words and the answers of a clause, or put one into the draft that is not there."""
    found = to_edit(request, pk, number)
    if code not in drafting.codes(found):
        raise Http404
    entry = ENTRIES[code]
    form = forms.ClauseForm(entry, found, sent(request), initial=drafting.clause_initial(found, entry))
    save = partial(actions.set_clause, found, code=code, by=request.acting)
    title = _("Clause %(number)s, %(title)s") % {"number": entry.number, "title": entry.title}
    removable = Clause.objects.filter(version=found, code=code).exists()
    refusal = rules.refuse_remove_clause(request.acting, found, code)
    return show_form(
        request,
        form,
        save,
        title=title,
        template="agreements/edit_clause.html",
        changes=found,
        about=(found,),
        version=found,
        code=code,
        removable=removable,
        refusal=refusal,
        **about(found, code),
    )


@require_POST
@for_purpose(Purpose.ADMINISTRATION)
def remove_clause(request: SignedInRequest, pk: UUID, number: int, code: str) -> HttpResponse:
    """Take a clause out that can be left out."""
    found = hold(find_version(pk, number))
    get_object_or_404(Clause, version=found, code=code)
    actions.remove_clause(found, code=code, by=request.acting)
    return redirect(edit_url(found, "clauses"))


@for_purpose(Purpose.ADMINISTRATION)
def add_rule(request: SignedInRequest, pk: UUID, number: int) -> HttpResponse:
    """Let one party give something to the other."""
    found = to_edit(request, pk, number)
    form = forms.RuleForm(found, sent(request))
    save = partial(actions.add_rule, found, by=request.acting)
    return show_form(
        request, form, save, title=_("Add a rule"), template="agreements/add_rule.html", **about(found, "rules")
    )


@for_purpose(Purpose.ADMINISTRATION)
def edit_rule(request: SignedInRequest, pk: UUID, number: int, rule: UUID) -> HttpResponse:
    """Change a rule."""
    found = to_edit(request, pk, number)
    held = get_object_or_404(SharingRule.objects.select_related("owner", "recipient"), version=found, pk=rule)
    form = forms.ChangeRuleForm(sent(request), initial=drafting.rule_initial(held))
    save = partial(actions.change_rule, held, by=request.acting)
    names = {"what": held.get_category_display(), "owner": held.owner, "recipient": held.recipient}
    title = _("%(what)s, from %(owner)s to %(recipient)s") % names
    return show_form(
        request, form, save, title=title, template="agreements/edit_rule.html", changes=found, **about(found, "rules")
    )


@for_purpose(Purpose.ADMINISTRATION)
def fill_rules(request: SignedInRequest, pk: UUID, number: int) -> HttpResponse:
    """Start the table of rules from a template."""
    found = to_edit(request, pk, number)
    form = forms.FillForm(sent(request))
    save = partial(actions.fill_rules, found, by=request.acting)
    title = _("Start the table from a template")
    return show_form(request, form, save, title=title, template="agreements/fill_rules.html", **about(found, "rules"))


@for_purpose(Purpose.ADMINISTRATION)
def add_prohibition(request: SignedInRequest, pk: UUID, number: int) -> HttpResponse:
    """Forbid that something ever passes in one direction."""
    found = to_edit(request, pk, number)
    form = forms.ProhibitionForm(found, sent(request))
    save = partial(actions.add_prohibition, found, by=request.acting)
    title = _("Never given, whatever a rule says")
    return show_form(
        request, form, save, title=title, template="agreements/add_prohibition.html", **about(found, "rules")
    )


@for_purpose(Purpose.ADMINISTRATION)
def edit_places(request: SignedInRequest, pk: UUID, number: int) -> HttpResponse:
    """Say at which places the terms hold."""
    found = to_edit(request, pk, number)
    initial = {"places": [one.place_id for one in found.termsplaces.all()]}
    form = forms.PlacesForm(found, sent(request), initial=initial)
    save = partial(actions.set_places, found, by=request.acting)
    return show_form(
        request,
        form,
        save,
        title=_("At which places?"),
        template="agreements/edit_places.html",
        changes=found,
        **about(found, "terms"),
    )


@for_purpose(Purpose.ADMINISTRATION)
def edit_requirement(request: SignedInRequest, pk: UUID, number: int, organisation: int) -> HttpResponse:
    """Say what the workers of one party need."""
    found = to_edit(request, pk, number)
    party = get_object_or_404(forms.parties(found), pk=organisation)
    held = found.termsrequirements.filter(organisation=party).first()
    initial = {"clearance": held.clearance, "trainings": held.trainings} if held else {}
    form = forms.RequirementForm(sent(request), initial=initial)
    save = partial(actions.set_requirement, found, organisation=party, by=request.acting)
    title = _("What workers of %(who)s need") % {"who": party}
    return show_form(
        request,
        form,
        save,
        title=title,
        template="agreements/edit_requirement.html",
        changes=found,
        **about(found, "terms"),
    )


@for_purpose(Purpose.ADMINISTRATION)
def add_payment(request: SignedInRequest, pk: UUID, number: int) -> HttpResponse:
    """Add a payment to the schedule."""
    found = to_edit(request, pk, number)
    form = forms.PaymentForm(sent(request))
    save = partial(actions.add_payment, found, by=request.acting)
    title = _("Add a payment, or 0 and why")
    return show_form(
        request, form, save, title=title, template="agreements/add_payment.html", **about(found, "payments")
    )


@require_POST
@for_purpose(Purpose.ADMINISTRATION)
def remove_part(request: SignedInRequest, pk: UUID, number: int, part: UUID) -> HttpResponse:
    """Take a rule, a prohibition or a payment out of a draft."""
    found = hold(find_version(pk, number))
    kinds = (SharingRule, Prohibition, FundingLine)
    held = next(filter(None, (kind.objects.filter(version=found, pk=part).first() for kind in kinds)), None)
    if held is None:
        raise Http404
    actions.remove_part(held, by=request.acting)
    messages.success(request, _("Taken out"))
    return redirect(edit_url(found, "payments" if isinstance(held, FundingLine) else "rules"))


# ---- checking and proposing ----------------------------------------------------------------------------------------


@require_safe
@for_purpose(Purpose.ADMINISTRATION)
def check(request: SignedInRequest, pk: UUID, number: int) -> HttpResponse:
    """Show what the check finds: what keeps it from being proposed, and what to think about."""
    found = to_edit(request, pk, number)
    findings = validator.check(found)
    context = {
        "version": found,
        "caption": drafting.caption(found),
        "rejections": [one for one in findings if one.severity == "reject"],
        "warnings": [one for one in findings if one.severity == "warn"],
        "refusal": rules.refuse_propose(request.acting, found),
    }
    return render(request, "agreements/check.html", context)


@for_purpose(Purpose.ADMINISTRATION)
def propose(request: SignedInRequest, pk: UUID, number: int) -> HttpResponse:
    """Ask once more, then freeze the text and show it to the other party."""
    found = to_edit(request, pk, number)
    if refusal := rules.refuse_propose(request.acting, found):
        raise Refused(refusal)
    if request.method == "POST":
        actions.propose(found, by=request.acting)
        messages.success(
            request, _("Proposed. The other party can read it now; it binds nobody until both have signed.")
        )
        return redirect("agreements:version", pk, number)
    return render(request, "agreements/propose.html", drafting.before_proposing(found, request.acting))
