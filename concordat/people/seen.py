"""What a draft is about, and whether its writer may still see that.

The answer comes from the policies: a thing that they hide now is not counted, and a draft about it is neither shown nor
listed. Nothing is read of the thing but that it is there.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Protocol, TypeVar

from django.apps import apps
from django.core import signing
from django.db.models import Model
from django.http import HttpRequest

About = list[tuple[str, str]]  # the label of a model, and a key


class OfThings(Protocol):
    """Something kept that is about things."""

    @property
    def about(self) -> About: ...


Something = TypeVar("Something", bound=OfThings)
TICKET = "draft-ticket"
SALT = "draft"


def named(things: Sequence[Model]) -> About:
    """Name things so that they can be looked for again."""
    return [(one._meta.label, str(one.pk)) for one in things]


def ticket(path: str, title: str, about: About) -> str:
    """Return what a page hands to a form, so that it can be kept without asking for the page again."""
    return signing.dumps([path, title, about], salt=SALT)


def read_ticket(request: HttpRequest) -> tuple[str, str, About] | None:
    """Return address, title and things of a ticket that this server made."""
    try:
        path, title, about = signing.loads(request.POST.get(TICKET, ""), salt=SALT)
    except signing.BadSignature:
        return None
    return path, title, [(label, key) for label, key in about]


def ticket_in(request: HttpRequest) -> About:
    """Return what a form that was sent is about, where its page said so."""
    found = read_ticket(request)
    return found[2] if found else []


def still_seen(kept: Sequence[Something]) -> list[Something]:
    """Return those of which the reader can see now all that they are about: one query for each kind of thing."""
    kinds = defaultdict(set)
    for label, key in (thing for one in kept for thing in one.about):
        kinds[label].add(key)
    there = {
        (label, str(key))
        for label, keys in kinds.items()
        for key in apps.get_model(label)._default_manager.filter(pk__in=keys).values_list("pk", flat=True)  # noqa: SLF001
    }
    return [one for one in kept if there.issuperset(one.about)]
