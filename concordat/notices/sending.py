"""What the worker does with the queue: send what is due, wait longer after each failure, give up visibly.

One message is one transaction. Whoever is killed after the mail server has taken a message and before that is written
down leaves it in the queue, so it goes out again, with the same Message-ID: at least once.
"""

import logging
from datetime import timedelta
from smtplib import (
    SMTPDataError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
)

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Q, QuerySet

from concordat.people import clock
from concordat.people.clock import Clock, later
from concordat.people.log import record_signin
from concordat.people.memberships import usable
from concordat.people.router import SIGNIN
from concordat.people.seal import Unreadable

from .messages import content_of
from .models import KEPT, Kind, Message, Trouble, Way

SMTP = "django.core.mail.backends.smtp.EmailBackend"
MOST = 20  # messages in one round: other work waits too
WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 4 * 60, 8 * 60)]
PERMANENT = 500  # from here on an answer of a mail server is final (RFC 5321, 4.2.1)
FINAL = {Trouble.ADDRESS, Trouble.REFUSED}
OF_THE_SERVER = {Trouble.AWAY, Trouble.SENDER}  # every other message would fare the same now

logger = logging.getLogger(__name__)


def send_waiting() -> None:
    """Send what is due; without a mail server nothing leaves."""
    if settings.EMAIL_HOST:
        for _number in range(MOST):
            if not send_next():
                break
    Message.objects.filter(made_at__lt=later(Clock(), -KEPT)).delete()


def due() -> QuerySet[Message]:
    """Return the messages whose turn it is."""
    waiting = Message.objects.filter(way=Way.MAIL, sent_at=None, given_up_at=None, next_try_at__lte=Clock())
    return waiting.order_by("next_try_at")


def send_next() -> bool:
    """Send one message; False when none is due, or when the next one would fare no better."""
    with transaction.atomic(using=SIGNIN):
        message = due().select_for_update(skip_locked=True).first()
        if message is None:
            return False
        if is_for_somebody_who_left(message):
            message.delete()
            return True
        trouble = deliver(message)
        note(message, trouble)
    return trouble not in OF_THE_SERVER


def is_for_somebody_who_left(message: Message) -> bool:
    """Tell whether notices are for a membership that has ended or is closed: then there is nothing to tell."""
    if message.kind != Kind.NOTICES or message.membership_id is None:
        return False
    return not usable().filter(id=message.membership_id).exists()


def deliver(message: Message) -> Trouble | None:
    """Hand a message to the mail server; return what went wrong."""
    try:
        content = content_of(message)
    except Unreadable:
        return Trouble.REFUSED  # sealed with another key: nobody can read it any more
    # no name and no content here either: `Auto-Submitted` keeps absence notes of others from answering
    headers = {"Message-ID": message.number, "Auto-Submitted": "auto-generated"}
    mail = EmailMessage(content["subject"], content["text"], to=[message.email], headers=headers)
    mail.connection = get_connection(SMTP)
    try:
        mail.send()
    except (SMTPException, OSError) as error:
        return trouble_of(error)
    return None


def trouble_of(error: Exception) -> Trouble:
    """Say in our words what a mail server did."""
    if isinstance(error, SMTPServerDisconnected | ConnectionResetError | BrokenPipeError):
        return Trouble.BROKEN
    if not isinstance(error, SMTPException):
        return Trouble.AWAY
    if isinstance(error, SMTPRecipientsRefused):
        codes = [code for code, _text in error.recipients.values()]
        return Trouble.ADDRESS if max(codes, default=0) >= PERMANENT else Trouble.LATER
    if isinstance(error, SMTPResponseException) and 0 < error.smtp_code < PERMANENT:
        return Trouble.LATER
    return Trouble.REFUSED if isinstance(error, SMTPDataError) else Trouble.SENDER


def note(message: Message, trouble: Trouble | None) -> None:
    """Write down what became of an attempt; what was sent keeps no content."""
    at = clock.now()
    message.tries += 1
    message.trouble = trouble or ""
    if trouble is None:
        message.sent_at, message.sealed = at, ""
        record_signin("message sent", message.user_id)
    else:
        message.next_try_at = at + WAITS[min(message.tries, len(WAITS)) - 1]
        if trouble in FINAL or message.next_try_at >= message.worthless_at:
            message.given_up_at = at
            record_signin("message not sent", message.user_id)
        logger.warning("A message was not sent (%s), attempt %s.", trouble, message.tries)
    message.save(update_fields=["tries", "trouble", "sent_at", "sealed", "next_try_at", "given_up_at"])


def stuck(organisation: int) -> QuerySet[Message]:
    """Return the messages to members of an organisation that failed at least once and have not got out."""
    failed = Q(given_up_at__isnull=False) | Q(tries__gt=0)
    return Message.objects.filter(failed, organisation=organisation, way=Way.MAIL, sent_at=None)
