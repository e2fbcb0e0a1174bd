"""What an answer under rights sets, and what of it stands: what is no longer used, and who is shut out."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from concordat.access.papers import people_in
from concordat.cases.models import (
    ALWAYS_USED,
    CaseRecord,
    Restriction,
    Right,
    RightsRequest,
    UseStop,
)
from concordat.cases.shown import category_of, entry
from concordat.core.codes import ABOUT_PERSONS, Category
from concordat.core.wording import plain_day
from concordat.organisations.models import Organisation
from concordat.people.models import Membership
from concordat.referrals.models import GoalSet, Referral, Review, Session

from .beside import Beside
from .named import OURS
from .records import OF_THE_SERVICE, ON_SHELVES

STOPPABLE = [one for one in ABOUT_PERSONS if one not in ALWAYS_USED]


@dataclass(frozen=True)
class Effect:
    """One thing that was set: in words, and where it is ended; or that it has ended, and why."""

    words: str
    end_url: str
    ended: str


def stoppable(beside: Beside) -> Iterable[tuple[str, str]]:
    """Offer each record of one's own that one may read, then each category: one answers for more than one reads."""
    for row in records(beside.case.pk):
        yield f"{row._meta.db_table}:{row.pk}", in_words(row)
    for category in STOPPABLE:
        yield str(int(category)), _("Everything as it stands now: %(category)s") % {"category": category.label}


def records(case: UUID) -> list[CaseRecord]:
    spared = [int(one) for one in ALWAYS_USED]
    shelved = [row for kind in ON_SHELVES for row in kind.objects.filter(case=case).exclude(category__in=spared)]
    return [*shelved, *(row for kind in OF_THE_SERVICE for row in kind.objects.filter(case=case))]


def of_the_service(row: CaseRecord) -> str:
    """Name a record of the service without its text."""
    if isinstance(row, Referral):
        return _("The referral %(reference)s") % {"reference": row.reference}
    if isinstance(row, GoalSet):
        return _("The goals, version %(number)s") % {"number": row.number}
    if isinstance(row, Session):
        return _("The session on %(day)s, with its notes") % {"day": plain_day(row.starts_at)}
    if isinstance(row, Review):
        return _("The review on %(day)s, with its notes and positions") % {"day": plain_day(row.held_on)}
    return _("The end report of %(day)s") % {"day": plain_day(row.created_at)}


def in_words(row: CaseRecord) -> str:
    """Name one record without its text."""
    if isinstance(row, OF_THE_SERVICE):
        return of_the_service(row)
    shown = entry(row, {})
    values = {"category": category_of(row).label, "title": shown.title, "day": plain_day(row.created_at)}
    if shown.title:
        return _("One record: %(category)s, “%(title)s”, %(day)s") % values
    return _("One record: %(category)s, %(day)s") % values


def viewers(beside: Beside, asked: RightsRequest) -> Iterable[tuple[str, str]]:
    """Offer the partners of the case; and one's own people, where it is not about passing something on."""
    for partner in beside.partners:
        yield str(partner.pk), partner.name
    if asked.right == Right.RESTRICTION:
        for one in people_in([beside.by.organisation], *OURS, at=beside.at):
            if one.pk != beside.by.pk:
                yield str(one.pk), _("%(name)s, %(post)s") % {"name": one.shown_name, "post": one.title}


def effects(requests: Iterable[RightsRequest]) -> dict[UUID, list[Effect]]:
    """Return what each request set, to those who answer: four queries, whatever there is."""
    numbers = [one.pk for one in requests]
    found: dict[UUID, list[Effect]] = {number: [] for number in numbers}
    for stop in UseStop.objects.filter(request__in=numbers):
        found[stop.request_id].append(effect("end_stop", stop, stopped_words(stop)))
    shut = list(Restriction.objects.filter(request__in=numbers).order_by("starts_at"))
    people = Membership.objects.in_bulk({one.membership_id for one in shut if one.membership_id})
    bodies = Organisation.objects.in_bulk({one.organisation_id for one in shut if one.organisation_id})
    for one in shut:
        who = people.get(one.membership_id) if one.membership_id else bodies.get(one.organisation_id or 0)
        if one.request_id:
            words = _("May not see this case: %(who)s") % {"who": who or ""}
            found[one.request_id].append(effect("end_restriction", one, words))
    return found


def stopped_words(stop: UseStop) -> str:
    day = plain_day(stop.starts_at)
    if stop.category is None:
        return _("No longer used since %(day)s: one record") % {"day": day}
    return _("No longer used: what stood on %(day)s under %(category)s") % {
        "day": day, "category": Category(stop.category).label
    }  # fmt: skip


def effect(name: str, row: UseStop | Restriction, words: str) -> Effect:
    if row.ended_by_id and row.ends_at:
        ended = _("Ended on %(day)s: %(why)s. How the person was told: %(told)s.")
        return Effect(words, "", ended % {"day": plain_day(row.ends_at), "why": row.why_ended, "told": row.told})
    return Effect(words, reverse(f"cases:{name}", args=[row.pk]), "")
