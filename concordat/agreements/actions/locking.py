"""One change of an agreement's life at a time: two signatories who act in the same second wait for each other."""

from django.db import connection
from django.utils.translation import gettext as _

from concordat.agreements.models import Agreement
from concordat.agreements.status import with_everything
from concordat.core.errors import Refused


def refuse_if(sentence: str | None) -> None:
    """Raise the refusal of a rule, if there is one."""
    if sentence:
        raise Refused(sentence)


def hold(agreement: Agreement) -> Agreement:
    """Wait until nobody else changes this agreement, keep it so to the end of the transaction, and return it as it is.

    A row cannot be locked: the application role has no right to change an agreement.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(agreement.pk)])
    held = with_everything().filter(pk=agreement.pk).first()
    if held is None:
        raise Refused(_("Only the parties of an agreement can do this."))
    return held
