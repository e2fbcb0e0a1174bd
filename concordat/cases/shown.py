"""Records of every kind in the shape in which they are shown: under which category, in which form, with which words.

Rows are loaded as they are: what the reader may not see is not among them, and what is loaded is in the log.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from concordat.core.codes import Category
from concordat.core.parts import Given
from concordat.core.wording import plain_day

from .models import (
    CaseRecord,
    DateRecord,
    ExistenceRecord,
    FullRecord,
    Identity,
    IdentitySummary,
    KeyDates,
    Placement,
    SummaryRecord,
    ThresholdRecord,
)

KINDS: tuple[type[CaseRecord], ...] = (
    Identity, IdentitySummary, Placement, KeyDates, FullRecord, SummaryRecord, DateRecord, ExistenceRecord, ThresholdRecord
)  # fmt: skip
RELATED: dict[type[CaseRecord], tuple[str, ...]] = {Placement: ("place",)}


@dataclass(frozen=True)
class Entry:
    """One record as it is shown: in which form, what it says, and where it comes from."""

    form: Given
    title: str
    text: str
    note: str = ""


def rows_about(cases: Sequence[UUID]) -> list[CaseRecord]:
    """Load every record of these cases that is open to the reader: a query for each kind."""
    found = (kind._default_manager.select_related(*RELATED.get(kind, ())).filter(case__in=cases) for kind in KINDS)
    return [row for rows in found for row in rows]


def category_of(row: CaseRecord) -> Category:
    return Category(row.category_of if isinstance(row.category_of, int) else getattr(row, row.category_of))


def entry(row: CaseRecord) -> Entry:
    """Show one record in the form in which it stands."""
    match row:
        case Identity():
            return Entry("full", str(row), lines(_identity(row)))
        case IdentitySummary():
            return Entry("summary", _("Called %(name)s") % {"name": row.called}, lines(_called(row)))
        case Placement():
            return Entry("full", row.place.name, _since(row))
        case KeyDates():
            return Entry("full", _("Key dates"), lines(_key_dates(row)))
        case FullRecord():
            return Entry("full", row.title, row.text, _source(row))
        case SummaryRecord():
            checked = _("Written for partners, checked by %(who)s, %(day)s.")
            return Entry("summary", "", row.text, checked % {"who": row.checked_by, "day": plain_day(row.about_on)})
        case DateRecord():
            return Entry("date", row.fact, plain_day(row.on))
        case ExistenceRecord():
            return Entry("existence", _("There is something of this kind."), "")
        case ThresholdRecord():
            return Entry("threshold", _("Passed on because a threshold was reached"), row.text, plain_day(row.created_at))
    raise ValueError(type(row).__name__)


def _identity(row: Identity) -> Iterable[str]:
    if row.birth_date:
        yield _("Born on %(day)s") % {"day": whole_day(row.birth_date)}
    yield row.get_sex_display()
    if row.languages:
        yield _("Speaks %(languages)s") % {"languages": _(", ").join(row.languages)}


def _called(row: IdentitySummary) -> Iterable[str]:
    yield row.get_sex_display()
    yield _("Age group: %(group)s") % {"group": row.age_group}
    if row.languages:
        yield _("Speaks %(languages)s") % {"languages": _(", ").join(row.languages)}


def _since(row: Placement) -> str:
    values = {"start": plain_day(row.arrived_on or row.starts_at), "end": plain_day(row.ends_at) if row.ends_at else ""}
    return _("From %(start)s to %(end)s.") % values if row.ends_at else _("Since %(start)s.") % values


def _key_dates(row: KeyDates) -> Iterable[str]:
    if row.sentence_start:
        yield _("Sentence began on %(day)s") % {"day": whole_day(row.sentence_start)}
    if row.release_date:
        yield _("Release on %(day)s") % {"day": whole_day(row.release_date)}
    if row.release_date_kind:
        yield row.release_date_kind


def _source(row: FullRecord) -> str:
    values = {"day": plain_day(row.about_on), "source": row.source}
    if row.is_opinion:
        return _("An opinion, not a fact. %(day)s. %(source)s") % values
    return _("%(day)s. %(source)s") % values


def whole_day(day: date) -> str:
    """Write a day of somebody's life with its year."""
    return date_format(day, "j F Y")


def lines(words: Iterable[str]) -> str:
    return "\n".join(words)
