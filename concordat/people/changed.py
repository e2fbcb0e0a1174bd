"""Who changed a thing while somebody else was about to change it: a colleague, by name, or nobody that is named."""

from datetime import datetime

from django.db import connection

from .models import Membership


def changed_by(thing: object, since: datetime) -> tuple[str, datetime | None]:
    """Return which colleague changed a thing last since then, and when; what others did is not told."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT membership, at FROM ledger.changed_by(%s, %s)", [str(thing), since])
        membership, at = cursor.fetchone() or (None, None)
    found = Membership.objects.filter(pk=membership).first() if membership else None
    return (found.shown_name, at) if found else ("", None)
