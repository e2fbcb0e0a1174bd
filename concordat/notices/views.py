"""The pages with which an administrator invites."""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from concordat.core.errors import Refused
from concordat.core.parts import Sheet
from concordat.core.screens import show_form
from concordat.people import actions as people
from concordat.people.actions import Invited
from concordat.people.confirm import confirmed_recently
from concordat.people.forms import InviteAgainForm, InviteForm, sent
from concordat.people.http import SignedInRequest
from concordat.people.models import Membership

from . import actions

PAPER = "invitation on paper"  # where a session keeps the code until its page is left


@confirmed_recently
def invite(request: SignedInRequest) -> HttpResponse:
    """Invite somebody to act for one's own organisation."""
    return show_form(
        request, InviteForm(sent(request)), partial(hand_over_new, request), title=_("Invite somebody"),
        button=_("Invite"), to="notices:paper", cancel_url=reverse("people:members"),
    )  # fmt: skip


@confirmed_recently
def invite_again(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Make a new invitation for a membership that there is."""
    membership = get_object_or_404(Membership.objects.select_related("organisation"), pk=pk)
    return show_form(
        request, InviteAgainForm(sent(request)), partial(hand_over_again, request, membership),
        title=_("New invitation for %(name)s") % {"name": membership.shown_name}, button=_("Invite"),
        intro=_("For an invitation that was lost or ran out, or for a forgotten password. Earlier codes stop working."),
        to="notices:paper", cancel_url=reverse("people:members"),
    )  # fmt: skip


def hand_over_new(request: SignedInRequest, *, by_mail: bool, **asked: str | list[str]) -> Invited:
    """Invite, then send the invitation or keep it for printing."""
    invited = people.invite(request.acting.organisation, **asked, by=request.acting)  # type: ignore[arg-type]
    return hand_over(request, invited, by_mail=by_mail)


def hand_over_again(request: SignedInRequest, membership: Membership, *, by_mail: bool) -> Invited:
    """Make a new code, then send it or keep it for printing."""
    return hand_over(request, people.invite_again(membership, by=request.acting), by_mail=by_mail)


def hand_over(request: SignedInRequest, invited: Invited, *, by_mail: bool) -> Invited:
    """Send an invitation; one that cannot be sent, or is wanted on paper, is shown for printing."""
    link = request.build_absolute_uri(reverse("people:invitation_link", args=[invited.code]))
    try:
        if by_mail:
            actions.send_invitation(invited, link=link, by=request.acting)
            messages.success(request, _("The invitation is on its way."))
            return invited
    except Refused as refusal:
        messages.warning(request, str(refusal))
    request.session[PAPER] = {
        "code": invited.code,
        "link": link,
        "reference": actions.reference_of(invited),
        "until": invited.invitation.expires_at.isoformat(),
    }
    return invited


@never_cache
def paper(request: SignedInRequest) -> HttpResponse:
    """Show an invitation for printing, once; where there is none, go back to the members."""
    kept = request.session.pop(PAPER, None)
    if kept is None:
        return redirect("people:members")
    context = {"sheet": sheet_of(request, kept), "code": kept["code"], "until": datetime.fromisoformat(kept["until"])}
    return render(request, "notices/paper.html", {**context, "address": address_of(request)})


def sheet_of(request: SignedInRequest, kept: dict[str, str]) -> Sheet:
    """Return the frame of the printed page."""
    return Sheet(
        title=_("Invitation"), version=kept["reference"], code=kept["reference"], address=kept["link"],
        party=request.acting.organisation,
        allowed=_("Give it to the person who is invited, to nobody else. Destroy it when the code is used."),
    )  # fmt: skip


def address_of(request: HttpRequest) -> str:
    """Return where the code is typed in."""
    return request.build_absolute_uri(reverse("people:invitation"))
