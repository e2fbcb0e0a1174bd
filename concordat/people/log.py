"""Lines of the log about signing in: written through the sign-in role, before anybody acts for an organisation."""

from uuid import UUID, uuid4

from django.db import connections
from django.db.models import F

from .models import User
from .router import SIGNIN


def record_signin(what: str, user_id: UUID | None) -> None:
    """Write what happened, and whose account it was when there is one by that name."""
    with connections[SIGNIN].cursor() as cursor:
        cursor.execute("SELECT ledger.write_signin(%s, %s)", [what, user_id])


def note_failure(what: str, user_id: UUID | None) -> None:
    """Write that an attempt failed, and count it for the owner of the account; without one it takes the same steps."""
    User.objects.filter(id=user_id or uuid4()).update(failed=F("failed") + 1)
    record_signin(what, user_id)
