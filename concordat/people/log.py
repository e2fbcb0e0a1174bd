"""Lines of the log about signing in: written through the sign-in role, before anybody acts for an organisation."""

from uuid import UUID

from django.db import connections

from .router import SIGNIN


def record_signin(what: str, user_id: UUID | None) -> None:
    """Write what happened, and whose account it was when there is one by that name."""
    with connections[SIGNIN].cursor() as cursor:
        cursor.execute("SELECT ledger.write_signin(%s, %s)", [what, user_id])
