"""What a version would open and close, before anybody signs it: the page that stands beside the text.

The cells and counts come from above (`access.simulation`, by the wiring): there the version is signed and taken back.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from concordat.core import wording
from concordat.core.codes import Category, Condition, Form, Purpose
from concordat.core.parts import State
from concordat.core.picture import RANKS, given_words
from concordat.organisations.models import Organisation, Place
from concordat.people.models import Membership
from concordat.people.roles import Role

from . import given, onward, validator
from .models import Agreement, SharingRule, Version
from .sides import other, sides, titled

Span = tuple[datetime, datetime | None]
MOMENT = timedelta(microseconds=1)


@dataclass(frozen=True)
class Cell:
    """One cell between the parties: what, in which form, for what, to which role, in which direction, at which place.

    `before` and `after` say whether it is there on the day the version begins; `opens` and `ceases` say when.
    """

    giver: int
    taker: int
    category: int
    form: str
    purpose: str
    role: str
    condition: str
    place: UUID
    before: bool
    after: bool
    opens: tuple[Span, ...]
    ceases: tuple[Span, ...]


@dataclass(frozen=True)
class Count:
    """How many of the asker's own records, cases and persons under 18, in full tens; 0 is fewer than ten.

    Without a category it is of all together. `way` is opens or ceases.
    """

    way: str
    category: int | None
    records: int
    cases: int
    children: int


@dataclass(frozen=True)
class Opening:
    """What signing a version would do."""

    begins: datetime
    cells: tuple[Cell, ...]
    counts: tuple[Count, ...]


class Line(NamedTuple):
    """Cells that differ only in form and place, in one line of the page."""

    state: State
    what: str
    how: str
    who: str
    why: str
    where: str
    when: str


class Counted(NamedTuple):
    """One line of the counts."""

    what: str
    records: str
    cases: str
    children: str


def page(version: Version, found: Opening, by: Membership) -> dict[str, Any]:
    """Return everything that the page shows."""
    agreement = version.agreement
    left, right = sides(agreement)
    before, after = (giving(agreement, found, name) for name in ("before", "after"))
    return {
        "version": version,
        "agreement": agreement,
        "caption": titled(version),
        "summary": summary(found),
        "directions": directions(agreement, found),
        "changes": given.changes(before, after),
        "now_words": _("Now"),
        "then_words": _("After signing"),
        "left": left,
        "right": right,
        "flows": given.flows(after),
        "kept": given.kept(after),
        "counts": counted(found, by.organisation_id),
        "crossing": validator.crossing(version),
        "ways": onward.ways(version),
        "us": by.organisation,
        "them": other(agreement, by.organisation_id),
    }


def summary(found: Opening) -> list[str]:
    """Say in a sentence or two how much changes."""
    lines = {way: len(grouped(found, way)) for way in ("opens", "ceases")}
    if not any(lines.values()):
        return [
            _("Signing opens nothing and closes nothing."),
            _(
                "Something passes only where a framework agreement, a protocol and activity terms are in force "
                "together; where one of them is missing, this text waits for it."
            ),
        ]
    return [
        ngettext("%(count)d thing opens.", "%(count)d things open.", lines["opens"]) % {"count": lines["opens"]},
        ngettext("%(count)d thing closes.", "%(count)d things close.", lines["ceases"]) % {"count": lines["ceases"]},
    ]


# ---- the picture ---------------------------------------------------------------------------------------------------


def giving(agreement: Agreement, found: Opening, when: str) -> given.Giving:
    """Return what passes on the day the version begins, with or without it, in the shape that is drawn."""
    party = {one.pk: one for one in sides(agreement)}
    rules = [
        SharingRule(
            owner=party[one.giver], recipient=party[one.taker], category=one.category, form=one.form,
            purpose=one.purpose, role=one.role, condition=one.condition,
        )
        for one in found.cells
        if getattr(one, when)
    ]  # fmt: skip
    return given.Giving(agreement, rules, [])


# ---- line by line --------------------------------------------------------------------------------------------------


def directions(agreement: Agreement, found: Opening) -> list[tuple[str, list[Line]]]:
    """Return the lines of each direction, what opens before what closes."""
    places = {one.pk: one.name for one in Place.objects.filter(pk__in={cell.place for cell in found.cells})}
    titled = [
        (
            one,
            _("%(giver)s gives to %(taker)s") % {"giver": one.name, "taker": other(agreement, one.pk).name},
        )
        for one in sides(agreement)
    ]
    return [
        (title, [*lines(found, giver, "opens", places), *lines(found, giver, "ceases", places)])
        for giver, title in titled
    ]


def grouped(found: Opening, way: str) -> dict[tuple[Any, ...], list[Cell]]:
    """Put cells together that differ in form and place alone."""
    groups: dict[tuple[Any, ...], list[Cell]] = defaultdict(list)
    for one in found.cells:
        if spans := getattr(one, way):
            groups[
                one.giver, one.category, one.purpose, one.role, one.condition, one.form == Form.THRESHOLD, spans
            ].append(one)
    return groups


def lines(found: Opening, giver: Organisation, way: str, places: dict[UUID, str]) -> Iterable[Line]:
    """Return what opens, or what closes, of one party's records."""
    groups = sorted(grouped(found, way).items(), key=lambda pair: pair[0][1:6])
    for (owner, category, purpose, role, condition, _threshold, spans), cells in groups:
        if owner == giver.pk:
            yield Line(
                State("changed", _("Opens")) if way == "opens" else State("rest", _("Closes")),
                str(Category(category).label),
                manner(cells, condition),
                str(Role(role).label),
                str(Purpose(purpose).label),
                wording.enumerated(sorted({places.get(one.place, "") for one in cells})),
                when(spans if way == "opens" else spans_of_end(spans), found.begins),
            )


def manner(cells: Sequence[Cell], condition: str) -> str:
    """Say the widest form, and what it depends on."""
    widest = max((one.form for one in cells), key=lambda form: RANKS.get(form, 0))
    words = {"form": given_words(widest), "condition": Condition(condition).label}  # type: ignore[arg-type]
    return _("%(form)s, %(condition)s") % words


def spans_of_end(spans: Sequence[Span]) -> Sequence[Span]:
    """Leave out until when it would have gone on: what closes once is over."""
    return [(spans[0][0], None)] if len(spans) == 1 else spans


def when(spans: Sequence[Span], begins: datetime) -> str:
    """Say from when until when."""
    return wording.enumerated(span_words(start, end, begins) for start, end in spans)


def span_words(start: datetime, end: datetime | None, begins: datetime) -> str:
    days = {"first": wording.plain_day(start), "last": wording.plain_day(end - MOMENT) if end else ""}
    at_once = start <= max(begins, now())
    if end is None:
        return _("At once") if at_once else _("From %(first)s") % days
    if at_once and begins <= now():
        return _("At once, to the end of %(last)s") % days
    return _("%(first)s to the end of %(last)s") % days


# ---- counts --------------------------------------------------------------------------------------------------------


def counted(found: Opening, organisation: int) -> list[tuple[str, list[Counted]]]:
    """Return the counts of one's own records, what opens before what closes."""
    titles = {"opens": _("What opens of yours"), "ceases": _("What closes of yours")}
    return [(title, rows) for way, title in titles.items() if (rows := counts_of(found, organisation, way))]


def counts_of(found: Opening, organisation: int, way: str) -> list[Counted]:
    held = {one.category: one for one in found.counts if one.way == way}
    touched = sorted({one.category for one in found.cells if one.giver == organisation and getattr(one, way)})
    rows = [count_words(str(Category(one).label), held.get(one)) for one in touched]
    return [*rows, count_words(_("All together"), held.get(None))] if len(rows) > 1 else rows


def count_words(what: str, one: Count | None) -> Counted:
    """Write one line; nothing found reads like a few."""
    if one is None:
        return Counted(what, *[tens(0)] * 3)
    return Counted(what, tens(one.records), tens(one.cases), tens(one.children))


def tens(number: int) -> str:
    return _("at least %(number)d") % {"number": number} if number else _("fewer than 10")
