"""Django's session engine of Concordat (settings.SESSION_ENGINE).

The table holds the SHA-256 of the key in the cookie, so that whoever reads the table cannot use a session, and its
content sealed. A session ends after a time without activity, and in any case after a working day.
"""

import json
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Least
from django.http import HttpRequest
from django.utils.timezone import now

from . import clock
from .clock import Clock, later
from .models import Session, User
from .router import SIGNIN
from .seal import Unreadable, seal, unseal

SEEN_EVERY = timedelta(minutes=1)  # how exactly "last seen" is kept
REMEMBERED = timedelta(hours=24)  # how long an expired session still tells whose it was


def hash_of(key: str) -> str:
    """Return what the table holds of a key."""
    return sha256(key.encode()).hexdigest()


class SessionStore(SessionBase):
    """One session, as Django uses it; `last_seen_at` is what the table said when it was read."""

    last_seen_at: datetime | None = None

    def load(self) -> dict[str, Any]:
        row = Session.objects.filter(key_hash=hash_of(self.session_key or ""), expires_at__gt=Clock()).first()
        data = read(row) if row else None
        self.last_seen_at = row.last_seen_at if row else None
        if data is None:
            self._session_key = None
        return data or {}

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(key_hash=hash_of(session_key)).exists()

    def create(self) -> None:
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined] # the stubs leave it out
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 - Django calls it so
        """Write the session; it has to be new with `must_create`, and to be there still without."""
        if self.session_key is None:
            return self.create()
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined] # the stubs leave it out
        content = {"data": seal(json.dumps(data), use="session", owner=hash_of(self.session_key))}
        content |= {"user_id": data.get(SESSION_KEY)}
        if must_create:
            return self._insert(content)
        if not Session.objects.filter(key_hash=hash_of(self.session_key)).update(**content):
            raise UpdateError
        return None

    def _insert(self, content: dict[str, Any]) -> None:
        at = clock.now()
        times = {"created_at": at, "last_seen_at": at, "expires_at": at + settings.SIGN_OUT_AFTER}
        try:
            with transaction.atomic(using=SIGNIN):
                Session.objects.create(key_hash=hash_of(self.session_key or ""), **times, **content)
        except IntegrityError as error:
            raise CreateError from error

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            Session.objects.filter(key_hash=hash_of(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        """Remove what expired more than a day ago."""
        Session.objects.filter(expires_at__lt=later(Clock(), -REMEMBERED)).delete()


def read(row: Session) -> dict[str, Any] | None:
    """Open the content of a session; None when it was sealed with another key."""
    try:
        return cast("dict[str, Any]", json.loads(unseal(row.data, use="session", owner=row.key_hash)))
    except Unreadable:
        return None


def note_seen(request: HttpRequest) -> None:
    """Note that the session is in use, at most once a minute: it lives on from here, until the working day is over.

    Asked of the database, whose clock counts, unless what was read says that it can wait.
    """
    seen = getattr(request.session, "last_seen_at", None)
    if seen and abs(now() - seen) < SEEN_EVERY:
        return
    stale = Session.objects.filter(
        key_hash=hash_of(request.session.session_key or ""), last_seen_at__lt=later(Clock(), -SEEN_EVERY)
    )
    end = Least(later(Clock(), settings.SIGN_OUT_AFTER), later(F("created_at"), settings.SIGN_OUT_AT_LATEST))
    stale.update(last_seen_at=Clock(), expires_at=end)


def note_browser(request: HttpRequest, user: User) -> None:
    """Note with what browser a session was opened, for its user to recognise it."""
    if request.session.session_key is None:
        request.session.save()
    agent = request.headers.get("User-Agent", "")[:200]
    Session.objects.filter(key_hash=hash_of(request.session.session_key or "")).update(user_agent=agent, user=user)


def live_sessions_of(user_id: UUID) -> list[Session]:
    """Return where a user is signed in, the last used first."""
    return list(Session.objects.filter(user_id=user_id, expires_at__gt=Clock()))


def expired_session_of(key: str) -> Session | None:
    """Return the session of a cookie that came too late; one that its user ended by hand is not remembered."""
    late = Session.objects.filter(key_hash=hash_of(key), expires_at__lte=Clock(), user__is_active=True)
    return late.filter(expires_at__gt=later(Clock(), -REMEMBERED)).first()
