"""Send what is to be sent. A message names nobody: a neutral subject, a reference and a link."""

from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from concordat.core.errors import Refused
from concordat.ledger import log
from concordat.people.actions import Invited
from concordat.people.models import Membership


def send_invitation(invited: Invited, *, link: str, by: Membership) -> Invited:
    """Send the link of an invitation by e-mail, now; without a mail server it is refused."""
    if not settings.EMAIL_HOST:
        raise Refused(_("This server sends no e-mail. Print the invitation and hand it over."))
    context = {"link": link, "reference": reference_of(invited), "until": invited.invitation.expires_at}
    text = render_to_string("notices/invitation.txt", context)
    try:
        EmailMessage(_("A message from Concordat"), text, to=[invited.invitation.email]).send()
    except (SMTPException, OSError) as error:
        raise Refused(_("The mail server did not take the message. Print the invitation and hand it over.")) from error
    log.record("invitation.mailed", owner=by.organisation_id, membership=invited.membership.id)
    return invited


def reference_of(invited: Invited) -> str:
    """Return by what both sides can speak of an invitation without a name or its code."""
    return f"C-{str(invited.invitation.id)[:8].upper()}"
