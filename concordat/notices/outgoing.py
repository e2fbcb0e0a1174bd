"""The pages for what leaves the server: messages that did not get out, and letters to print and hand over.

Messages belong to the sign-in role, which has no policies; so each page asks by the reader's own organisation.
"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from concordat.core.errors import Refused
from concordat.core.parts import Sheet
from concordat.people.http import SignedInRequest
from concordat.people.models import Membership

from . import actions, rules
from .messages import content_of
from .models import Message, Way
from .sending import stuck


def of(request: SignedInRequest, pk: UUID) -> Message:
    """Return a message to somebody of one's own organisation."""
    return get_object_or_404(Message, pk=pk, organisation=request.acting.organisation_id)


def with_names(found: list[Message]) -> list[tuple[Message, Membership | None]]:
    """Put the member beside each message."""
    members = Membership.objects.in_bulk([one.membership_id for one in found if one.membership_id])
    return [(one, members.get(one.membership_id)) for one in found if one.membership_id]


@require_safe
def undelivered(request: SignedInRequest) -> HttpResponse:
    """Show what did not get out, why, and what can be done."""
    refusal = rules.refuse_looking_after_messages(request.acting)
    found = [] if refusal else list(stuck(request.acting.organisation_id))
    rows = [(*row, rules.refuse_print_instead(row[0], by=request.acting)) for row in with_names(found)]
    return render(request, "notices/undelivered.html", {"rows": rows, "refusal": refusal})


@require_POST
def try_again(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Have a message tried again."""
    actions.try_again(of(request, pk), by=request.acting)
    messages.success(request, _("It is tried again within a few seconds."))
    return redirect("notices:undelivered")


@require_POST
def print_instead(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Turn a message into a letter."""
    actions.print_instead(of(request, pk), by=request.acting)
    messages.success(request, _("It now waits among the letters to be printed."))
    return redirect("notices:letters")


@require_safe
def letters(request: SignedInRequest) -> HttpResponse:
    """List the letters that wait to be printed and handed over."""
    refusal = rules.refuse_letters(request.acting)
    waiting = Message.objects.filter(
        organisation=request.acting.organisation_id, way=Way.LETTER, handed_over_at=None, sent_at=None
    )
    rows = [(*row, rules.refuse_hand_over(row[0], by=request.acting)) for row in with_names(list(waiting))]
    return render(request, "notices/letters.html", {"rows": [] if refusal else rows, "refusal": refusal})


@never_cache
@require_safe
def letter(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Show a letter for printing."""
    message = of(request, pk)
    if refusal := rules.refuse_hand_over(message, by=request.acting):
        raise Refused(refusal)
    content = content_of(message)
    sheet = Sheet(
        title=_("A message from Concordat"), version=message.reference, code=message.reference,
        address=content["link"], party=request.acting.organisation,
        allowed=_("Give it to the person whom it is for, to nobody else."),
    )  # fmt: skip
    return render(request, "notices/letter.html", {"sheet": sheet, "message": message, **content})


@require_POST
def hand_over(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Note that a letter was handed over."""
    actions.hand_over(of(request, pk), by=request.acting)
    messages.success(request, _("The letter is handed over."))
    return redirect("notices:letters")
