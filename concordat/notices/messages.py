"""Put a message into the queue: sealed, in the words of its reader's language, with one Message-ID for ever.

A message names nobody and tells nothing: a neutral subject, a reference and a link.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from concordat.people import clock
from concordat.people.models import Membership, User
from concordat.people.seal import seal, unseal

from .models import Kind, Message, Way

GIVE_UP = timedelta(days=3)  # after that a message waits for somebody to look at it


@dataclass(frozen=True)
class To:
    """To whom a message goes, and in which language."""

    email: str
    language: str
    user_id: UUID | None = None
    membership: UUID | None = None
    organisation: int | None = None

    @classmethod
    def member(cls, member: Membership, user: User) -> "To":
        return cls(user.email, user.language, user.id, member.id, member.organisation_id)


@dataclass(frozen=True)
class Letter:
    """What a message says: a template, and what is filled in. `link` is printed where it goes on paper."""

    template: str
    link: str
    values: dict[str, Any] = field(default_factory=dict)


def put(
    to: To, letter: Letter, *, kind: Kind, key: str = "", way: Way = Way.MAIL, worthless_at: datetime | None = None
) -> Message:
    """Queue a message; the same key again gives the message that there is."""
    number, at = uuid4(), clock.now()
    message = Message(
        id=number, key=key or f"{kind}:{number}", kind=kind, way=way, number=f"<{number}@{domain()}>", email=to.email,
        user_id=to.user_id, membership_id=to.membership, organisation=to.organisation, made_at=at, next_try_at=at,
        worthless_at=worthless_at or at + GIVE_UP,
    )  # fmt: skip
    message.sealed = seal_text(message, letter, to.language)
    Message.objects.bulk_create([message], ignore_conflicts=True)
    return Message.objects.get(key=message.key)


def seal_text(message: Message, letter: Letter, language: str) -> str:
    """Write the message in a language, and seal it for this message alone."""
    with override(language):
        values = {"link": letter.link, "reference": message.reference, **letter.values}
        text = render_to_string(letter.template, values)
        content = {"subject": _("A message from Concordat"), "text": text, "link": letter.link}
    return seal(json.dumps(content), use="message", owner=message.id)


def content_of(message: Message) -> dict[str, str]:
    """Return subject, text and link."""
    found: dict[str, str] = json.loads(unseal(message.sealed, use="message", owner=message.id))
    return found


def domain() -> str:
    """Return the right side of Message-IDs: the host of the sender's address."""
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(" >") or "localhost"
