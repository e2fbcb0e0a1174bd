"""What somebody typed and has not sent yet: sealed, for the same user alone, for a stated time.

Two ways lead here: a form that was sent after its session had expired is kept a day, to be looked at and sent again;
what somebody saves in order to go on later (`drafts.py`) is kept two weeks. Nothing is ever sent by itself.
"""

import json
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest

from . import clock, sessions
from .clock import Clock
from .memberships import live_memberships_of
from .models import KeptPost, Session
from .seal import Unreadable, seal, unseal
from .seen import About, ticket_in

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
    "draft-auto",
}
OURS = {"draft", "draft-keep", "draft-ticket", "filled-from"}  # sent on, and not worth showing


@dataclass(frozen=True)
class Kept:
    """What was typed: at which address, acting as whom, about what. Files are not kept."""

    id: UUID
    path: str
    acting: str
    fields: list[tuple[str, str]]
    had_files: bool
    at: datetime
    until: datetime
    title: str = ""  # of a draft; what was sent too late has none
    about: About = field(default_factory=list)
    begun: datetime | None = None

    @property
    def typed(self) -> list[tuple[str, str]]:
        """Return what is worth showing."""
        return [(name, value) for name, value in self.fields if value.strip() and name not in OURS]

    @property
    def address(self) -> str:
        """Return where it was typed: always an address of this server, whatever was kept."""
        return "/" + self.path.lstrip("/\\")


def keep(request: HttpRequest) -> bool:
    """Keep the form that this request sends, for the user of its expired session; False when there is none."""
    session = sessions.expired_session_of(request.COOKIES.get(settings.SESSION_COOKIE_NAME, ""))
    if session is None or session.user_id is None:
        return False
    if len(late(session.user_id)) >= MOST:
        return False
    content = content_of(request, path=request.get_full_path(), acting=acting_in(session), about=ticket_in(request))
    return put(session.user_id, content, lifetime=LIFETIME) is not None


def content_of(request: HttpRequest, *, path: str, acting: str, about: About) -> dict[str, Any]:
    """Return what is sealed of a form that was sent."""
    had_files = bool(request.FILES)
    return {"path": path, "acting": acting, "fields": fields_of(request), "had_files": had_files, "about": about}


def put(user_id: UUID, content: dict[str, Any], *, lifetime: timedelta) -> UUID | None:
    """Seal and keep what somebody typed; None when it is too much."""
    text = json.dumps(content)
    if len(text.encode()) > LARGEST:
        return None
    number, at = uuid4(), clock.now()
    sealed = seal(text, use="kept post", owner=_owner(user_id, number))
    KeptPost.objects.create(id=number, user_id=user_id, sealed=sealed, kept_at=at, until=at + lifetime)
    return number


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
    rows = KeptPost.objects.filter(user_id=user_id, until__gt=Clock())
    return [one for row in rows if (one := _open(row))]


def late(user_id: UUID) -> list[Kept]:
    """Return what a user sent too late; drafts are not among it."""
    return [one for one in kept_for(user_id) if not one.title]


def take(user_id: UUID, number: UUID) -> Kept | None:
    """Return what is kept and remove it: it is used once."""
    found = next((one for one in kept_for(user_id) if one.id == number), None)
    if found is None or not KeptPost.objects.filter(id=number, user_id=user_id).delete()[0]:
        return None
    return found


def drop(user_id: UUID, number: str) -> None:
    """Remove what somebody kept; what is no number of theirs removes nothing."""
    with suppress(ValueError):
        KeptPost.objects.filter(id=UUID(number), user_id=user_id).delete()


def forget_old() -> None:
    """Remove what nobody came back for in time, whosever it is. The worker does it."""
    KeptPost.objects.filter(until__lte=Clock()).delete()


def _open(row: KeptPost) -> Kept | None:
    try:
        text = unseal(row.sealed, use="kept post", owner=_owner(row.user_id, row.id))
    except Unreadable:
        return None
    content = json.loads(text)
    begun = datetime.fromisoformat(content["begun"]) if content.get("begun") else None
    return Kept(
        row.id, content["path"], content["acting"], [(name, value) for name, value in content["fields"]],
        content["had_files"], row.kept_at, row.until, content.get("title", ""),
        [(label, key) for label, key in content.get("about", ())], begun,
    )  # fmt: skip


def _owner(user_id: UUID, number: UUID) -> str:
    return f"{user_id} {number}"
