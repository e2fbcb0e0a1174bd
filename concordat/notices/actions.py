"""Everything that changes notices and messages. A message names nobody: a neutral subject, a reference and a link."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from concordat.core.edits import hold
from concordat.core.errors import Refused
from concordat.ledger import log
from concordat.people import clock
from concordat.people.actions import Invited
from concordat.people.log import record_signin
from concordat.people.models import FactorReset, Membership, User
from concordat.people.router import SIGNIN
from concordat.people.site import address_of

from .messages import GIVE_UP, Letter, To, put
from .models import Kind, Message, Notice, Way
from .rules import refuse_again, refuse_hand_over, refuse_print_instead


@transaction.atomic
def send_invitation(invited: Invited, *, link: str, by: Membership) -> Invited:
    """Queue the link of an invitation; without a mail server it is refused."""
    if not settings.EMAIL_HOST:
        raise Refused(_("This server sends no e-mail. Print the invitation and hand it over."))
    known = User.objects.filter(id=invited.membership.user_id).first()
    language = known.language if known else get_language() or "en"
    to = To(invited.invitation.email, language, known.id if known else None, invited.membership.id, by.organisation_id)
    until = invited.invitation.expires_at
    letter = Letter("notices/invitation.txt", link, {"until": until, "reference": reference_of(invited)})
    put(to, letter, kind=Kind.INVITATION, key=f"invitation:{invited.invitation.id}", worthless_at=until)
    log.record("invitation.mailed", owner=by.organisation_id, membership=invited.membership.id)
    return invited


def reference_of(invited: Invited) -> str:
    """Return by what both sides can speak of an invitation without a name or its code."""
    return f"C-{str(invited.invitation.id)[:8].upper()}"


def tell_of_reset(reset: FactorReset, template: str) -> Message | None:
    """Tell somebody what is done about their second factor, by every way that there is."""
    user = User.objects.filter(id=reset.membership.user_id).first()
    if user is None:
        return None
    way = Way.MAIL if settings.EMAIL_HOST and not user.on_paper else Way.LETTER
    letter = Letter(template, address_of(reverse("people:account")))
    return put(To.member(reset.membership, user), letter, kind=Kind.ACCOUNT, key=f"{template}:{reset.id}", way=way)


# ---- by the reader -----------------------------------------------------------------------------------------------


@transaction.atomic
def see(notice: Notice, *, by: Membership) -> Notice:
    """Note that its reader has followed a notice. No line of the log: the page that it leads to has its own."""
    assert notice.membership_id == by.id
    if notice.seen_at is None:
        notice.seen_at = now()
        notice.save(update_fields=["seen_at"])
    return notice


@transaction.atomic
def see_all(*, by: Membership) -> int:
    """Note that the reader has seen every notice that stands."""
    return Notice.objects.filter(membership=by, seen_at=None).update(seen_at=now())


def prefer(user: User, *, language: str, rhythm: str, on_paper: bool, by: User) -> User:
    """Choose in which language, when and how one is told that notices wait. Only for oneself."""
    assert user.id == by.id
    user.language, user.rhythm, user.on_paper = language, rhythm, on_paper
    user.save(update_fields=["language", "rhythm", "on_paper"])
    record_signin("preferences changed", user.id)
    return user


# ---- by who looks after messages ------------------------------------------------------------------------------------


@transaction.atomic
def try_again(message: Message, *, by: Membership) -> Message:
    """Have a message tried again at once, and for three more days."""
    with transaction.atomic(using=SIGNIN):
        if refusal := refuse_again(hold(message), by=by):
            raise Refused(refusal)
        at = clock.now()
        message.next_try_at, message.given_up_at, message.tries = at, None, 0
        message.worthless_at = max(message.worthless_at, at + GIVE_UP)
        message.save(update_fields=["next_try_at", "given_up_at", "tries", "worthless_at"])
        log.record("message.tried_again", owner=by.organisation_id, message=message.id)
    return message


@transaction.atomic
def print_instead(message: Message, *, by: Membership) -> Message:
    """Turn a message that does not get out into a letter, to be printed and handed over."""
    with transaction.atomic(using=SIGNIN):
        if refusal := refuse_print_instead(hold(message), by=by):
            raise Refused(refusal)
        message.way = Way.LETTER
        message.save(update_fields=["way"])
        log.record("message.turned_into_letter", owner=by.organisation_id, message=message.id)
    return message


@transaction.atomic
def hand_over(message: Message, *, by: Membership) -> Message:
    """Note that a letter was handed over; its content is not kept any longer."""
    with transaction.atomic(using=SIGNIN):
        if refusal := refuse_hand_over(hold(message), by=by):
            raise Refused(refusal)
        message.handed_over_at, message.handed_over_by, message.sealed = clock.now(), by.id, ""
        message.save(update_fields=["handed_over_at", "handed_over_by", "sealed"])
        log.record("letter.handed_over", owner=by.organisation_id, message=message.id)
    return message
