"""Drafts: what somebody has begun to write and goes on with later, at the same page.

A draft holds its writer's own words and is nobody else's: sealed in the tables of the sign-in role, for one user and
one membership, for two weeks. It is no record: nothing of it is logged, found or counted. It is shown and listed only
while its writer may see what it is about (`seen.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.db.models import Model
from django.forms import BaseForm
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.formats import time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concordat.core.errors import Refused
from concordat.core.wording import plain_day

from . import clock, kept
from .kept import Kept
from .models import KeptPost, Membership
from .seen import About, named, still_seen, ticket

LIFETIME = timedelta(days=14)
MOST = 20  # of one user
DRAFT = "draft"  # the field, and the parameter of an address, that names one
NOT_KEPT = {"draft-keep", DRAFT}


@dataclass(frozen=True)
class Begun:
    """A draft that waits at its page, and the address at which one goes on with it."""

    kept: Kept
    url: str


@dataclass(frozen=True)
class Drafting:
    """What the page of a form with long texts says about drafts: the one that it shows, and the others."""

    ticket: str
    shown: Kept | None
    begun: Sequence[Begun]
    days: int = LIFETIME.days


def page(request: HttpRequest, *, title: str, about: Sequence[Model]) -> Drafting | None:
    """Return what a page says about drafts; nothing where nobody acts, or the form is about nothing."""
    acting = getattr(request, "acting", None)
    if not about or not isinstance(acting, Membership):
        return None
    here = [one for one in of(acting) if one.path == request.path]
    wanted = request.POST.get(DRAFT) or request.GET.get(DRAFT)
    shown = next((one for one in here if str(one.id) == wanted), None)
    begun = [Begun(one, address_of(one)) for one in here if one is not shown]
    return Drafting(ticket(request.path, title, named(about)), shown, begun)


def address_of(one: Kept) -> str:
    """Return where one goes on with a draft."""
    return f"{one.address}?{urlencode({DRAFT: one.id})}"


def fill(form: BaseForm, draft: Kept) -> None:
    """Fill a form with a draft, exactly as it was typed."""
    data = QueryDict(mutable=True)
    for name, value in draft.fields:
        data.appendlist(name, value)
    for name, field in form.fields.items():
        form.initial[name] = field.widget.value_from_datadict(data, MultiValueDict(), form.add_prefix(name))


def keep(request: HttpRequest, *, path: str, title: str, about: Sequence[Model]) -> None:
    """Keep what a form holds, and say so on the next page."""
    messages.success(request, words(put(request, path=path, title=title, about=named(about))))


def put(request: HttpRequest, *, path: str, title: str, about: About) -> Kept:
    """Keep what a form holds, exactly as it was typed. It replaces the draft that the form came from.

    A draft that was replaced meanwhile, in another window, stays: there are two then, and neither is lost.
    """
    acting = request.acting  # type: ignore[attr-defined]
    mine = own(acting.user_id)
    before = next((one for one in mine if str(one.id) == request.POST.get(DRAFT)), None)
    if len(mine) - bool(before) >= MOST:
        raise Refused(too_many())
    begun = before.begun if before and before.begun else clock.now()
    content = kept.content_of(request, path=path, acting=str(acting.id), about=about)
    content["fields"] = [(name, value) for name, value in content["fields"] if name not in NOT_KEPT]
    number = kept.put(acting.user_id, content | {"title": title, "begun": begun.isoformat()}, lifetime=LIFETIME)
    if number is None:
        raise Refused(_("This is too long to be kept as a draft. Shorten it, or send it in two parts."))
    if before:
        KeptPost.objects.filter(id=before.id).delete()
    return next(one for one in own(acting.user_id) if one.id == number)


def words(draft: Kept) -> str:
    """Say that a draft is kept, when and until when."""
    return _("Kept as a draft at %(time)s, until %(day)s. Nobody else sees it.") % {
        "time": time_format(localtime(draft.at)),
        "day": plain_day(draft.until),
    }


def too_many() -> str:
    words = ngettext(
        "You have %(count)d draft that is not finished. Finish it or throw it away first; it stands under Today.",
        "You have %(count)d drafts that are not finished. Finish one or throw one away first; they stand under Today.",
        MOST,
    )
    return words % {"count": MOST}


def drop(request: HttpRequest) -> None:
    """Remove the draft from which a form came that was sent."""
    acting, number = getattr(request, "acting", None), request.POST.get(DRAFT)
    if isinstance(acting, Membership) and number:
        kept.drop(acting.user_id, number)


def own(user_id: UUID) -> list[Kept]:
    """Return all drafts of a user, whomever they act for."""
    return [one for one in kept.kept_for(user_id) if one.title]


def of(by: Membership) -> list[Kept]:
    """Return the drafts of a membership, as far as it may still see what they are about, the newest first."""
    return still_seen([one for one in own(by.user_id) if one.acting == str(by.id)])
