"""One change of an agreement's life at a time: two signatories who act in the same second wait for each other."""

from django.db import connection

from concordat.agreements.models import Agreement
from concordat.core.errors import Refused


def refuse_if(sentence: str | None) -> None:
    """Raise the refusal of a rule, if there is one."""
    if sentence:
        raise Refused(sentence)


def hold(agreement: Agreement) -> None:
    """Wait until nobody else changes this agreement, and keep it so until the transaction ends.

    A row cannot be locked: the application role has no right to change an agreement.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [str(agreement.pk)])
