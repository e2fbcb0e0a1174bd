"""What somebody sent after their session had expired: kept a day, sealed, for the same user to send again.

It is never sent by itself, and never shown to anybody else.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest

from . import clock, sessions
from .clock import Clock, later
from .memberships import live_memberships_of
from .models import KeptPost, Session
from .seal import Unreadable, seal, unseal

LARGEST = 1_000_000  # bytes, about two hundred pages of text
LIFETIME = timedelta(hours=24)
MOST = 5  # of one user
LEFT_OUT = {
    "csrfmiddlewaretoken",
    "second-factor-code",
    "second-factor-credential",
    "second-factor-carries",
    "kept-post",
    "kept-send",
}


@dataclass(frozen=True)
class Kept:
    """A form as it was sent: to which address, acting as whom, and what was typed. Files are not kept."""

    id: UUID
    path: str
    acting: str
    fields: list[tuple[str, str]]
    had_files: bool
    at: datetime

    @property
    def typed(self) -> list[tuple[str, str]]:
        """Return what is worth showing."""
        return [(name, value) for name, value in self.fields if value.strip()]


def keep(request: HttpRequest) -> bool:
    """Keep the form that this request sends, for the user of its expired session; False when there is none."""
    session = sessions.expired_session_of(request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""))
    if session is None or session.user_id is None:
        return False
    forget_old()
    text = json.dumps({
        "path": request.get_full_path(),
        "acting": acting_in(session),
        "fields": fields_of(request),
        "had_files": bool(request.FILES),
    })  # fmt: skip
    if len(text.encode()) > LARGEST or KeptPost.objects.filter(user_id=session.user_id).count() >= MOST:
        return False
    number = uuid4()
    sealed = seal(text, use="kept post", owner=_owner(session.user_id, number))
    KeptPost.objects.create(id=number, user_id=session.user_id, sealed=sealed, kept_at=clock.now())
    return True


def acting_in(session: Session) -> str:
    """Return as whom a session acted: as chosen, or for the only organisation there was."""
    chosen = (sessions.read(session) or {}).get("acting")
    only = live_memberships_of(session.user_id) if session.user_id and not chosen else []
    return chosen or (str(only[0].id) if len(only) == 1 else "")


def fields_of(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the fields of a form in their order, without those that only Concordat put there."""
    return [(name, str(value)) for name, values in request.POST.lists() if name not in LEFT_OUT for value in values]


def kept_for(user_id: UUID) -> list[Kept]:
    """Return what is kept for a user, the newest first."""
    rows = KeptPost.objects.filter(user_id=user_id, kept_at__gt=later(Clock(), -LIFETIME))
    return [one for row in rows if (one := _open(row))]


def take(user_id: UUID, number: UUID) -> Kept | None:
    """Return what is kept and remove it: it is used once."""
    found = next((one for one in kept_for(user_id) if one.id == number), None)
    if found is None or not KeptPost.objects.filter(id=number, user_id=user_id).delete()[0]:
        return None
    return found


def forget_old() -> None:
    """Remove what nobody sent again within a day, whosever it is."""
    KeptPost.objects.filter(kept_at__lte=later(Clock(), -LIFETIME)).delete()


def address_of(one: Kept) -> str:
    """Return where to send it again: always an address of this server, whatever was kept."""
    return "/" + one.path.lstrip("/\\")


def _open(row: KeptPost) -> Kept | None:
    try:
        text = unseal(row.sealed, use="kept post", owner=_owner(row.user_id, row.id))
    except Unreadable:
        return None
    content = json.loads(text)
    fields = [(cast("str", name), cast("str", value)) for name, value in content["fields"]]
    return Kept(row.id, content["path"], content["acting"], fields, content["had_files"], row.kept_at)


def _owner(user_id: UUID, number: UUID) -> str:
    return f"{user_id} {number}"
