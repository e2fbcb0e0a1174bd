"""Records of every kind in the shape in which they are shown: under which category, in which form, with which words.

Rows are loaded as they are: what the reader may not see is not among them, and what is loaded is in the log.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from concordat.core.codes import Category
from concordat.core.parts import Given, Quoted, Said
from concordat.core.wording import enumerated, plain_day

from .disagreements import Beside
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


@dataclass(frozen=True)
class Entry:
    """One record as it is shown: in which form, what it says, and where it comes from."""

    form: Given
    title: str
    text: str
    note: str = ""
    # In which language somebody wrote the text and the title; None where they are words of the page.
    written_in: str | None = None
    titled_in: str | None = None
    # What the person says against it, the oldest first; and where somebody of its owner adds to that.
    said: Sequence[Said] = ()
    say_url: str = ""
    stopped: bool = False
    # What it quotes of other records, and where somebody of its owner quotes another one.
    quoted: Sequence[Quoted] = ()
    quote_url: str = ""


def category_of(row: CaseRecord) -> Category:
    return Category(row.category_of if isinstance(row.category_of, int) else getattr(row, row.category_of))


def entry(row: CaseRecord, said: Beside) -> Entry:
    """Show one record in the form in which it stands, with what the person says against it."""
    return replace(SHOWN[type(row)](row), said=said.get(row.pk, ()))


def rows_about(cases: Sequence[UUID]) -> list[CaseRecord]:
    """Load every record of these cases that is open to the reader: a query for each kind."""
    found: list[CaseRecord] = []
    for kind in SHOWN:
        rows = kind.objects.filter(case__in=cases)
        found += rows.select_related("place") if kind is Placement else rows
    return found


def _of_identity(row: Identity) -> Entry:
    return Entry("full", str(row), lines(_identity(row)))


def _of_summary_of_identity(row: IdentitySummary) -> Entry:
    return Entry("summary", _("Called %(name)s") % {"name": row.called}, lines(_called(row)))


def _of_placement(row: Placement) -> Entry:
    return Entry("full", row.place.name, _since(row))


def _of_key_dates(row: KeyDates) -> Entry:
    return Entry("full", _("Key dates"), lines(_key_dates(row)))


def _of_full(row: FullRecord) -> Entry:
    return Entry("full", row.title, row.text, _source(row), row.written_in, row.written_in)


def _of_summary(row: SummaryRecord) -> Entry:
    checked = _("Written for partners, checked by %(who)s, %(day)s.")
    note = checked % {"who": row.checked_by, "day": plain_day(row.about_on)}
    return Entry("summary", "", row.text, note, row.written_in)


def _of_date(row: DateRecord) -> Entry:
    return Entry("date", row.fact, plain_day(row.on))


def _of_existence(_row: ExistenceRecord) -> Entry:
    return Entry("existence", _("There is something of this kind."), "")


def _of_threshold(row: ThresholdRecord) -> Entry:
    title = _("Passed on because a threshold was reached")
    return Entry("threshold", title, row.text, plain_day(row.created_at), row.written_in)


# What is asked when a case is opened, in this order.
SHOWN: dict[type[Any], Callable[[Any], Entry]] = {
    Identity: _of_identity,
    IdentitySummary: _of_summary_of_identity,
    Placement: _of_placement,
    KeyDates: _of_key_dates,
    FullRecord: _of_full,
    SummaryRecord: _of_summary,
    DateRecord: _of_date,
    ExistenceRecord: _of_existence,
    ThresholdRecord: _of_threshold,
}


def _identity(row: Identity) -> Iterable[str]:
    if row.birth_date:
        yield _("Born on %(day)s") % {"day": whole_day(row.birth_date)}
    yield row.get_sex_display()
    if row.languages:
        yield _("Speaks %(languages)s") % {"languages": enumerated(row.languages)}


def _called(row: IdentitySummary) -> Iterable[str]:
    yield row.get_sex_display()
    yield _("Age group: %(group)s") % {"group": row.age_group}
    if row.languages:
        yield _("Speaks %(languages)s") % {"languages": enumerated(row.languages)}


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
