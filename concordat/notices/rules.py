"""Why something about messages is refused, in words; None when it is allowed."""

from django.utils.translation import gettext as _

from concordat.people.models import Membership
from concordat.people.roles import Role

from .models import Kind, Message, Way

HANDERS = (Role.COORDINATOR, Role.PROGRAMME_MANAGER, Role.ADMINISTRATOR)


def refuse_looking_after_messages(by: Membership) -> str | None:
    """Say why somebody does not look after what did not get out."""
    if not by.has(Role.ADMINISTRATOR):
        return _("Only an administrator of %(organisation)s can do this.") % {"organisation": by.organisation}
    return None


def refuse_letters(by: Membership) -> str | None:
    """Say why somebody does not print and hand over letters."""
    if not by.has(*HANDERS):
        return _("A coordinator, a programme manager or an administrator of your organisation hands over letters.")
    return None


def refuse_again(message: Message, *, by: Membership) -> str | None:
    """Say why a message is not tried again."""
    if message.organisation != by.organisation_id:
        return _("Only the organisation of the person whom it is for can do this.")
    if refusal := refuse_looking_after_messages(by):
        return refusal
    if message.sent_at:
        return _("This message has got out.")
    return None


def refuse_print_instead(message: Message, *, by: Membership) -> str | None:
    """Say why a message does not become a letter: what opens an account is not shown to colleagues."""
    if message.kind in (Kind.INVITATION, Kind.PASSWORD):
        return _("This message opens an account, so nobody else reads it. Make a new invitation on paper instead.")
    return refuse_again(message, by=by)


def refuse_hand_over(message: Message, *, by: Membership) -> str | None:
    """Say why a letter is not marked as handed over."""
    if message.organisation != by.organisation_id or message.way != Way.LETTER:
        return _("Only the organisation of the person whom it is for can do this.")
    if refusal := refuse_letters(by):
        return refusal
    if message.handed_over_at:
        return _("This letter has been handed over already.")
    if message.user_id == by.user_id:
        return _("This letter is for you yourself. Somebody else hands it over to you.")
    return None
