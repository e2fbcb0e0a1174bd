"""What is recorded about a person, on the shelves of those who hold it: one's own first, then each partner's."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.urls import reverse

from concordat.access.asking import other_sides
from concordat.agreements.controllers import Controllers
from concordat.cases import rules
from concordat.cases.disagreements import beside as said_about
from concordat.cases.models import (
    CaseRecord,
    DateRecord,
    ExistenceRecord,
    FullRecord,
    SummaryRecord,
    ThresholdRecord,
    UseStop,
)
from concordat.cases.shown import Entry, category_of, entry, rows_about
from concordat.core.codes import Category
from concordat.core.parts import Said
from concordat.organisations.models import Organisation
from concordat.people.models import Membership
from concordat.quoting.shown import beneath, quote_url
from concordat.referrals.models import EndReport, GoalSet, Referral, Review, Session

from .answering import by_kind
from .beside import Beside

ON_SHELVES = (FullRecord, SummaryRecord, DateRecord, ExistenceRecord, ThresholdRecord)
OF_THE_SERVICE = (Referral, GoalSet, Session, Review, EndReport)  # notes go with their session or review


@dataclass(frozen=True)
class Part:
    """The records of one category, and who is responsible for them under which law."""

    category: Category
    entries: list[Entry]
    responsible: str


@dataclass(frozen=True)
class Shelf:
    """What one organisation recorded, as far as it is open to the reader."""

    owner: Organisation
    is_mine: bool
    parts: list[Part]


def shelves(beside: Beside) -> list[Shelf]:
    """Return one's own records first, then those of the partners by name."""
    found: dict[int, dict[Category, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    warned = warnings(beside)
    rows = [*rows_about(beside.cases), *warned]
    said, quoted = said_about(rows), beneath(rows)
    stops = stops_of(beside.case.pk)
    for row in rows:
        shown = replace(
            entry(row, said), say_url=say_url(row, by=beside.by), stopped=is_stopped(row, stops),
            quoted=quoted.get(row.pk, ()), quote_url=quote_url(row, by=beside.by),
        )  # fmt: skip
        found[row.owner_id][category_of(row)].append(shown)
    owners = dict.fromkeys([beside.case.owner, *beside.partners, *(one.owner for one in warned)])
    known = by_kind(beside, owners)
    mine = beside.by.organisation
    return [Shelf(one, one == mine, parts(found[one.pk], one, known)) for one in owners if one.pk in found]


def warnings(beside: Beside) -> list[ThresholdRecord]:
    """Return what others wrote to warn: it is there also while nothing else tells that they work with the person."""
    found = ThresholdRecord.objects.filter(case__in=other_sides(beside.case.pk)).exclude(case__in=beside.cases)
    return list(found.select_related("owner"))


def stops_of(case: UUID) -> list[UseStop]:
    """Return what is no longer used of a case, to those who answer for it."""
    return list(UseStop.objects.filter(case=case, ends_at=None))


def is_stopped(row: CaseRecord, stops: Iterable[UseStop]) -> bool:
    """Tell whether a record is no longer used, to those who answer for it; nobody else has such a record."""
    return isinstance(row, ON_SHELVES + OF_THE_SERVICE) and any(
        stop.record == row.pk
        or (row.case_id == stop.case_id and stop.category == category_of(row) and row.created_at <= stop.starts_at)
        for stop in stops
    )


@dataclass(frozen=True)
class Besides:
    """What stands beside a record of the service: the person's words, where to add some, that it is no longer used."""

    said: Sequence[Said] = ()
    say_url: str = ""
    stopped: bool = False


def besides(rows: Sequence[CaseRecord], beside: Beside) -> dict[UUID, Besides]:
    """Return what stands beside each of these records: three queries, whatever there is."""
    said, stops = said_about(rows), stops_of(beside.case.pk)
    return {one.pk: Besides(said.get(one.pk, ()), say_url(one, by=beside.by), is_stopped(one, stops)) for one in rows}


def say_url(row: CaseRecord, *, by: Membership) -> str:
    """Return where an officer of its owner enters what the person says against a record."""
    if rules.refuse_disagreement(row, by=by):
        return ""
    return reverse("cases:disagree", args=[row.case_id, row._meta.model_name, row.pk])


def parts(by_category: dict[Category, list[Entry]], owner: Organisation, known: Controllers) -> list[Part]:
    """Return the records of one organisation by category, each with who is responsible for it."""
    return [Part(one, by_category[one], known.of(owner.pk, one).words) for one in sorted(by_category)]
