"""What a load would do, person by person: who is new, what changes, and what is kept because somebody edited it here.

A person is recognised by the number in the source, within the organisation, and by nothing else. What is not in the
file stays as it is.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Literal
from uuid import UUID

from django.utils import timezone

from concordat.cases.models import Case, Identity, KeyDates, Placement, Sex
from concordat.imports import reading
from concordat.imports.facts import Facts, facts_of, refuse_more
from concordat.imports.models import Upload
from concordat.imports.reading import Mapping, Result, Row, Sheet
from concordat.imports.reading.days import is_child
from concordat.organisations.models import Place

Part = Literal["case", "identity", "key_dates", "placement"]
Kind = Literal["new", "changed", "unchanged", "closed"]


@dataclass(frozen=True)
class Held:
    """What Concordat holds about a person already."""

    case: Case
    identity: Identity | None = None
    key_dates: KeyDates | None = None
    placement: Placement | None = None
    source_place: UUID | None = None  # where a file last said that the person is


@dataclass(frozen=True)
class Difference:
    """One field in which the file and Concordat differ. It is kept where somebody edited it in Concordat."""

    part: Part
    name: str
    before: object
    after: object
    kept: bool = False


@dataclass(frozen=True)
class Step:
    """What is to be done about one row."""

    row: Row
    facts: Facts
    held: Held | None
    differences: tuple[Difference, ...] = ()

    @property
    def kind(self) -> Kind:
        """New, changed, unchanged; a closed case stays closed and as it is."""
        if self.held is None:
            return "new"
        if self.held.case.closed_at:
            return "closed"
        return "changed" if self.changes else "unchanged"

    @property
    def changes(self) -> list[Difference]:
        """What the load writes."""
        return [one for one in self.differences if not one.kept]

    @property
    def kept(self) -> list[Difference]:
        """What the file says otherwise, but somebody edited in Concordat."""
        return [one for one in self.differences if one.kept]

    @property
    def is_transfer(self) -> bool:
        """Whether the person is somewhere else now."""
        return any((one.part, one.name) == ("placement", "place") for one in self.changes)

    def changed_in(self, part: Part) -> list[str]:
        """Return the fields of a part that the load writes."""
        return [one.name for one in self.changes if one.part == part]


@dataclass(frozen=True)
class Plan:
    """Everything that a load of a file would do."""

    sheet: Sheet
    result: Result
    steps: tuple[Step, ...]
    places: dict[UUID, Place] = field(repr=False)

    def of_kind(self, kind: Kind) -> list[Step]:
        return [step for step in self.steps if step.kind == kind]

    @cached_property
    def mistakes(self) -> list[reading.WrongRow]:
        """The rows that go back; one that only asks for no service is no mistake."""
        return [row for row in self.result.wrong if not row.asks_for_nothing]

    @cached_property
    def differing(self) -> list[Step]:
        """The people whose case the file says something else about, be it written or kept."""
        return [step for step in self.steps if step.differences and step.kind != "closed"]

    @property
    def unread(self) -> list[int]:
        """The columns that hold no field: nothing of them is kept."""
        used = set(self.result.mapping.columns.values())
        return [column for column in range(len(self.sheet.heading)) if column not in used]

    @property
    def to_write(self) -> int:
        """How many people the load would write about."""
        return len(self.of_kind("new")) + len(self.of_kind("changed"))

    def counts(self) -> dict[str, int]:
        """Return how many of everything, as the upload keeps it: numbers only."""
        left = self.sheet.left_out
        return {
            **{kind: len(self.of_kind(kind)) for kind in ("new", "changed", "unchanged", "closed")},
            "transfers": sum(step.is_transfer for step in self.of_kind("changed")),
            "kept": sum(bool(step.kept) for step in self.steps if step.kind != "closed"),
            "wrong": len(self.mistakes),
            "without_service": len(self.result.asking_for_nothing),
            "repeated": len(left.repeated) + len(self.result.repeated),
            "blank": len(left.blank),
            "totals": len(left.totals),
            "titles": len(left.titles) + len(left.headings),
        }


def make_plan(upload: Upload, sheet: Sheet) -> Plan:
    """Compare a file with what Concordat holds; nothing is changed. Reading it is logged like any reading."""
    places = {place.pk: place for place in places_of(upload)}
    mapping, answers = Mapping.from_json(upload.mapping), reading.answers_from_json(upload.answers)
    today = timezone.localdate()
    names = {place.name: str(pk) for pk, place in places.items()}
    result = refuse_more(reading.check(sheet, mapping, answers, names, today=today), today)
    facts = {row.number: facts_of(row, mapping) for row in result.rows}
    held = held_by(upload.organisation_id, [one.identifier for one in facts.values()])
    steps = [_step(row, facts[row.number], held.get(facts[row.number].identifier), today) for row in result.rows]
    return Plan(sheet, result, tuple(steps), places)


def places_of(upload: Upload) -> Iterable[Place]:
    """Return the establishments that a file may name."""
    return Place.objects.filter(organisation=upload.organisation_id)


def held_by(owner: int, identifiers: list[str]) -> dict[str, Held]:
    """Return what the organisation holds about these people, by their number in the source."""
    cases = list(Case.objects.filter(owner=owner, source_identifier__in=identifiers))
    identities = {one.case_id: one for one in Identity.objects.filter(case__in=cases)}
    key_dates = {one.case_id: one for one in KeyDates.objects.filter(case__in=cases)}
    stays: dict[UUID, list[Placement]] = defaultdict(list)
    for stay in Placement.objects.filter(case__in=cases).select_related("place").order_by("starts_at"):
        stays[stay.case_id].append(stay)
    return {
        case.source_identifier: Held(
            case, identities.get(case.pk), key_dates.get(case.pk),
            next((stay for stay in stays[case.pk] if stay.ends_at is None), None),
            next((stay.place_id for stay in reversed(stays[case.pk]) if stay.from_source), None),
        )
        for case in cases
    }  # fmt: skip


def _step(row: Row, facts: Facts, held: Held | None, today: date) -> Step:
    return Step(row, facts, held, tuple(_differences(facts, held, today)) if held else ())


def _differences(facts: Facts, held: Held, today: date) -> Iterable[Difference]:
    yield from _compare("case", held.case, {"service_purpose": facts.service_purpose})
    yield from _compare("identity", held.identity, facts.identity)
    yield from _compare("key_dates", held.key_dates, facts.key_dates)
    yield from _compare("case", held.case, {"child_rules": _is_child(facts, held, today)})
    yield from _compare_place(facts, held)


def _compare(part: Part, record: Any, wanted: Any) -> Iterable[Difference]:  # noqa: ANN401 - any of three records
    for name, after in wanted.items():
        before = getattr(record, name, None)
        if before != after and not (says_nothing(before) and says_nothing(after)):
            yield Difference(part, name, before, after, kept=record is not None and name in record.edited)


def says_nothing(value: object) -> bool:
    """Tell whether a field is empty, in whatever way its column is."""
    return value in (None, "", [], Sex.UNKNOWN)


def _is_child(facts: Facts, held: Held, today: date) -> bool:
    """Say whether the rules for children apply by the birth date that will stand in Concordat."""
    kept = held.identity is not None and "birth_date" in held.identity.edited
    says = "birth_date" in facts.identity and not kept
    birth = facts.identity["birth_date"] if says else held.identity and held.identity.birth_date
    assert birth is None or isinstance(birth, date)
    return is_child(birth, today)


def _compare_place(facts: Facts, held: Held) -> Iterable[Difference]:
    """Keep a place that somebody entered here until the source itself says something new."""
    now = held.placement
    if now is None or now.place_id != facts.place:
        entered_here = now is not None and not now.from_source and held.source_place == facts.place
        yield Difference("placement", "place", now and now.place_id, facts.place, kept=entered_here)
    elif facts.says_arrival and now.arrived_on != facts.arrived_on:
        yield Difference("placement", "arrived_on", now.arrived_on, facts.arrived_on, kept=not now.from_source)
