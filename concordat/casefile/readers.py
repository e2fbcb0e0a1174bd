"""Who has read a case, from the log, for the organisation that owns the records, and on paper for the person."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from concordat.cases.models import Case
from concordat.core import parts
from concordat.core.codes import Category, Purpose
from concordat.core.wording import enumerated, plain_day
from concordat.ledger.models import Subject
from concordat.organisations.models import Organisation
from concordat.people.models import Membership

SHEET_DAYS = 365
CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTVWXYZ"  # nothing that is taken for something else


@dataclass(frozen=True)
class Reading:
    """One line of the log about one case: which organisation, who, what, what for, when."""

    at: datetime
    organisation: Organisation | None
    who: str
    done: str
    categories: str
    purpose: str


def lines_about(
    case: Case, *, others_only: bool = False, start: date | None = None, end: date | None = None
) -> QuerySet[Subject]:
    """Return the lines of the log about one case, the newest first. `start` and `end` are whole days of the reader."""
    found = (
        Subject.objects.filter(case=case.pk, owner=case.owner_id).select_related("entry").order_by("-entry__at", "pk")
    )
    if others_only:
        found = found.exclude(entry__organisation=case.owner_id)
    if start:
        found = found.filter(entry__at__gte=midnight(start))
    if end:
        found = found.filter(entry__at__lt=midnight(end + timedelta(days=1)))
    return found


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def readings(rows: Iterable[Subject]) -> list[Reading]:
    """Put lines of the log into words: two more queries, whatever their number."""
    rows = list(rows)
    organisations = Organisation.objects.in_bulk({row.entry.organisation for row in rows if row.entry.organisation})
    people = known_people({row.entry.membership for row in rows if row.entry.membership})
    return [
        Reading(
            row.entry.at,
            organisations.get(row.entry.organisation or 0),
            people.get(row.entry.membership or UUID(int=0), ""),
            done(row),
            in_words(row.categories),
            purpose_words(row.entry.purpose),
        )
        for row in rows
    ]


def known_people(ids: set[UUID]) -> dict[UUID, str]:
    """Return the names of those that the reader may know: one's own people, and those of partners."""
    found = Membership.objects.filter(pk__in=ids)
    return {one.pk: _("%(name)s, %(post)s") % {"name": one.shown_name, "post": one.title} for one in found}


def done(row: Subject) -> str:
    """Say what kind of line it is, and whether it was a machine."""
    if row.detail.get("through"):
        by_machine = {"read": _("Read by a machine"), "change": _("Wrote or changed by a machine")}
        return by_machine.get(row.entry.kind, _("Other"))
    words = {"read": _("Read"), "change": _("Wrote or changed"), "refused": _("Tried, and was refused")}
    return words.get(row.entry.kind, _("Other"))


def in_words(categories: Iterable[int]) -> str:
    return enumerated(str(Category(number).label) for number in categories)


def purpose_words(purpose: str) -> str:
    return str(Purpose(purpose).label) if purpose in Purpose.values else ""


# ---- the sheet for the person ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Seen:
    """One organisation on the sheet: on which days it read what. No names of staff."""

    organisation: Organisation
    keeps: bool
    days: list[tuple[date, str]]


def seen_by(case: Case) -> list[Seen]:
    """Return who has seen the records of a person in the last year: organisations, days, categories in words."""
    start = timezone.localdate() - timedelta(days=SHEET_DAYS)
    found: dict[int, dict[date, set[int]]] = defaultdict(lambda: defaultdict(set))
    for row in lines_about(case, start=start).filter(entry__kind="read"):
        if row.entry.organisation:
            found[row.entry.organisation][timezone.localdate(row.entry.at)] |= set(row.categories)
    organisations = Organisation.objects.in_bulk(found)
    shown = [
        Seen(
            one,
            one.pk == case.owner_id,
            [(day, in_words(sorted(found[one.pk][day]))) for day in sorted(found[one.pk], reverse=True)],
        )
        for one in organisations.values()
    ]
    return sorted(shown, key=lambda one: (not one.keeps, one.organisation.name))


def sheet(case: Case, seen: Iterable[Seen], by: Membership) -> parts.Sheet:
    """Frame the sheet: its code stands in the log beside who printed it, and changes with what it says."""
    return parts.Sheet(
        title=_("Who has seen my data"),
        legal="rights",
        version=_("As of %(day)s, for the %(days)s days before.")
        % {"day": plain_day(timezone.localdate()), "days": SHEET_DAYS},
        code=code_of(case, seen),
        allowed=_("It is yours: keep it, show it to whom you like, ask about any line of it."),
        reader=_("For you, Person %(code)s. Case %(reference)s.")
        % {"code": case.working_code, "reference": case.reference},
        party=by.organisation,
        written_by=_("Printed by %(organisation)s out of the log, which nobody can change.")
        % {"organisation": by.organisation.name},
    )


def code_of(case: Case, seen: Iterable[Seen]) -> str:
    """Return eight letters that stand for exactly this sheet."""
    text = "\n".join(
        [str(case.pk), timezone.localdate().isoformat(), *(repr((s.organisation.pk, s.days)) for s in seen)]
    )
    number = int.from_bytes(sha256(text.encode()).digest()[:8])
    letters = "".join(CODE_LETTERS[number // len(CODE_LETTERS) ** place % len(CODE_LETTERS)] for place in range(8))
    return f"{letters[:4]}-{letters[4:]}"
