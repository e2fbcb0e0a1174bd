"""What a load would do, person by person: who is new, what changes, and what is kept because somebody edited it here.

A person is recognised by the number in the source, within the organisation, and by nothing else. What is not in the
file stays as it is. Rows are compared some hundred at a time, so that a list of fifty thousand needs little memory.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Literal
from uuid import UUID

from django.utils import timezone

from concordat.cases.models import Case, Identity, KeyDates, Placement, Sex
from concordat.imports import reading
from concordat.imports.acting import sign_as, take_time
from concordat.imports.facts import Facts, facts_of, refuse_more
from concordat.imports.models import Upload
from concordat.imports.reading import Mapping, Result, Row, Sheet
from concordat.imports.reading.days import is_child
from concordat.organisations.models import Place
from concordat.people.models import Membership

Part = Literal["case", "identity", "key_dates", "placement"]
Kind = Literal["new", "changed", "unchanged", "closed"]
KINDS: tuple[Kind, ...] = ("new", "changed", "unchanged", "closed")
CHUNK = 500  # rows compared at a time


@dataclass(frozen=True)
class Held:
    """What Concordat holds about a person already."""

    case: Case
    identity: Identity | None = None
    key_dates: KeyDates | None = None
    placement: Placement | None = None
    left: tuple[Placement, ...] = ()  # stays that only look open, as long as others may not know of a transfer
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
class Comparison:
    """A file whose columns are confirmed, ready to be compared with what its organisation holds."""

    owner: int
    sheet: Sheet
    result: Result
    places: dict[UUID, Place] = field(repr=False)
    today: date

    def steps(self, rows: Sequence[Row]) -> list[Step]:
        """Return what is to be done about these rows, as things stand at this moment."""
        facts = [facts_of(row, self.result.mapping) for row in rows]
        held = held_by(self.owner, [one.identifier for one in facts])
        return [self._step(row, said, held.get(said.identifier)) for row, said in zip(rows, facts, strict=True)]

    def _step(self, row: Row, facts: Facts, held: Held | None) -> Step:
        return Step(row, facts, held, tuple(_differences(facts, held, self.today)) if held else ())

    @cached_property
    def mistakes(self) -> list[reading.WrongRow]:
        """The rows that go back; one that only asks for no service is no mistake."""
        return [row for row in self.result.wrong if not row.asks_for_nothing]

    @property
    def unread(self) -> list[int]:
        """The columns that hold no field: nothing of them is kept."""
        used = set(self.result.mapping.columns.values())
        return [column for column in range(len(self.sheet.heading)) if column not in used]

    def counts(self, tally: "Counter[str]", refused: int = 0) -> dict[str, int]:
        """Return how many of everything, as the upload keeps it: numbers only."""
        left = self.sheet.left_out
        return {
            **{kind: tally[kind] for kind in (*KINDS, "transfers", "kept")},
            "wrong": len(self.mistakes) + refused,
            "without_service": len(self.result.asking_for_nothing),
            "repeated": len(left.repeated) + len(self.result.repeated),
            "blank": len(left.blank),
            "totals": len(left.totals),
            "titles": len(left.titles) + len(left.headings),
        }


@dataclass(frozen=True)
class Plan:
    """Everything that a load of a file would do: how many of what, and which rows are worth showing."""

    comparison: Comparison
    tally: "Counter[str]"
    new: list[Row]
    differing: list[Row]

    @property
    def to_write(self) -> int:
        """How many people the load would write about."""
        return self.tally["new"] + self.tally["changed"]

    def counts(self) -> dict[str, int]:
        return self.comparison.counts(self.tally)


def compare(upload: Upload, sheet: Sheet) -> Comparison:
    """Check a file, and make it ready to be compared; nothing is looked up yet but the establishments."""
    take_time()
    places = {place.pk: place for place in places_of(upload)}
    mapping, answers = Mapping.from_json(upload.mapping), reading.answers_from_json(upload.answers)
    today = timezone.localdate()
    names = {place.name: str(pk) for pk, place in places.items()}
    result = refuse_more(reading.check(sheet, mapping, answers, names, today=today), today)
    return Comparison(upload.organisation_id, sheet, result, places, today)


def make_plan(upload: Upload, sheet: Sheet, *, by: Membership) -> Plan:
    """Compare a file with what Concordat holds; nothing is changed. Reading it is logged like any reading."""
    comparison = compare(upload, sheet)
    plan = Plan(comparison, Counter(), [], [])
    for rows in chunks(comparison.result.rows, CHUNK):
        sign_as(by)
        for step in comparison.steps(rows):
            plan.tally.update(tallied(step))
            if step.kind == "new":
                plan.new.append(step.row)
            elif step.differences and step.kind != "closed":
                plan.differing.append(step.row)
    return plan


def tallied(step: Step) -> Iterator[str]:
    """Yield under which counts a step falls."""
    yield step.kind
    if step.kind == "changed" and step.is_transfer:
        yield "transfers"
    if step.kept and step.kind != "closed":
        yield "kept"


def chunks(rows: Sequence[Row], size: int) -> Iterator[Sequence[Row]]:
    """Yield the rows some at a time."""
    return (rows[start : start + size] for start in range(0, len(rows), size))


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
            *_open_stays(stays[case.pk]),
            next((stay.place_id for stay in reversed(stays[case.pk]) if stay.from_source), None),
        )
        for case in cases
    }  # fmt: skip


def _open_stays(stays: list[Placement]) -> tuple[Placement | None, tuple[Placement, ...]]:
    """Return the stay of now, and those before it that are still open."""
    found = [stay for stay in stays if stay.ends_at is None]
    return (found[-1] if found else None), tuple(found[:-1])


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
