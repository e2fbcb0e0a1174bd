"""The page on which two people of an organisation make sure of a colleague who has lost the second factor."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from concordat.core.errors import Refused
from concordat.core.screens import show_form
from concordat.people import actions as people
from concordat.people import rules, second_factor
from concordat.people.confirm import confirmed_recently
from concordat.people.forms import ConfirmResetForm, ResetForm, sent
from concordat.people.http import SignedInRequest
from concordat.people.models import FactorReset, Membership

from . import actions
from .views import hand_over


@confirmed_recently
def lost_factor(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Ask for a second factor to be taken off; once it is asked, lead to what waits for another one."""
    membership = get_object_or_404(Membership.objects.select_related("organisation"), pk=pk)
    refuse_others(request, membership)
    asked = membership.resets.select_related("asked_by", "confirmed_by", "membership__organisation")
    waiting = next((one for one in asked if not rules.refuse_to_withdraw_reset(one, by=request.acting)), None)
    if waiting:
        return redirect("notices:confirm_factor", pk=waiting.pk)
    held = people.is_held(membership)
    return show_form(
        request, ResetForm(sent(request)), partial(ask, membership, by=request.acting),
        title=_("%(name)s has lost the second factor") % {"name": membership},
        button=_("Ask a second person to confirm"),
        done=_("It is asked. Somebody else of your organisation has to confirm it within two days."),
        to=reverse("people:members"), cancel_url=reverse("people:members"), template="notices/lost_factor.html",
        held=held, refusal=refusal_of(membership, list(asked), held=held, by=request.acting),
        past=[one for one in asked if one.confirmed_at],
    )  # fmt: skip


def refuse_others(request: SignedInRequest, membership: Membership) -> None:
    """Show nothing of a member's accounts to whoever does not vouch for them: not even that a membership is closed."""
    if refusal := rules.refuse_vouching(request.acting, membership):
        raise Refused(refusal)


def refusal_of(membership: Membership, asked: list[FactorReset], *, held: bool, by: Membership) -> str | None:
    """Say why nothing can be asked."""
    needed = held or second_factor.exists_for(membership.user_id) or any(one.confirmed_at for one in asked)
    return rules.refuse_to_ask_reset(membership, resets=asked, has_factor=needed, by=by)


def ask(membership: Membership, *, checked: str, statement: str, by: Membership) -> FactorReset:
    """Ask, and tell the person at once: whoever has not lost anything can object in time."""
    reset = people.ask_reset(membership, checked=checked, statement=statement, by=by)
    actions.tell_of_reset(reset, "notices/factor_asked.txt")
    return reset


@confirmed_recently
def confirm_factor(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Show what the first one did, and confirm it as the second one."""
    found = FactorReset.objects.select_related("membership__organisation", "asked_by", "organisation")
    reset = get_object_or_404(found, pk=pk)
    refuse_others(request, reset.membership)
    held = people.is_held(reset.membership)
    return show_form(
        request, (ResetForm if held else ConfirmResetForm)(sent(request)), partial(confirm, request, reset),
        kind="warning",
        title=_("%(name)s has lost the second factor") % {"name": reset.membership},
        button=_("Confirm"),
        to=reverse("notices:paper"), cancel_url=reverse("people:members"), template="notices/confirm_factor.html",
        reset=reset, held=held, refusal=rules.refuse_to_confirm_reset(reset, by=request.acting),
        no_withdrawal=rules.refuse_to_withdraw_reset(reset, by=request.acting),
    )  # fmt: skip


def confirm(
    request: SignedInRequest, reset: FactorReset, *, checked: str, statement: str, by_mail: bool = False
) -> FactorReset:
    """Confirm; the new way in goes to the person, and so does a message about what happened."""
    invited = people.confirm_reset(reset, checked=checked, statement=statement, by=request.acting)
    actions.tell_of_reset(reset, "notices/factor_reset.txt" if invited else "notices/hold_lifted.txt")
    if invited:
        hand_over(request, invited, by_mail=by_mail)
    else:
        messages.success(request, _("This membership is open again."))
    return reset


@require_POST
@confirmed_recently
def withdraw_factor(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Withdraw what was asked."""
    reset = get_object_or_404(FactorReset.objects.select_related("membership__organisation"), pk=pk)
    people.withdraw_reset(reset, by=request.acting)
    messages.success(request, _("It is withdrawn. Nothing has changed."))
    return redirect("people:members")
