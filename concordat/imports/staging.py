"""What both commands that stage a file need: its bytes, the officer as whom it is staged, and where to go on."""

from collections.abc import Collection
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from concordat.core.errors import Refused
from concordat.imports.reading import MAX_BYTES
from concordat.people.memberships import LIVE
from concordat.people.models import Membership, User
from concordat.people.roles import Role
from concordat.people.router import SIGNIN


def read(file: Path) -> bytes:
    """Return the bytes of the file, and no more than may be kept."""
    try:
        with file.open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise Refused(f"{file} cannot be read: {error.strerror}.") from error


def officer_of(slug: str, officer: str, *, roles: Collection[Role], called: str) -> Membership:
    """Return the membership of such an officer of that organisation; who is none is not told apart from nobody."""
    found = Membership.objects.using(SIGNIN).filter(LIVE, organisation__slug=slug, roles__overlap=list(roles))
    by = found.select_related("organisation").filter(**_named(officer)).first()
    if by is None:
        raise Refused(f"{officer} is no {called} of an organisation with the short address {slug}.")
    return by


def _named(officer: str) -> dict[str, Any]:
    try:
        return {"id": UUID(officer)}
    except ValueError:
        return {
            "user_id__in": list(User.objects.filter(email__iexact=officer, is_active=True).values_list("id", flat=True))
        }  # unlogged: no record


def address(page: str) -> str:
    """Return the whole address of a page."""
    host = settings.HOSTS[0]
    server = f"http://{host}:{settings.PORT}" if settings.LOCAL else f"https://{host}"
    return server + page
