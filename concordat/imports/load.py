"""Writes what a file says, in batches. Under the policies, as the officer: who may see and write is not asked here."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.timezone import now
from django.utils.translation import gettext as _

from concordat.cases.actions import index_names
from concordat.cases.models import Case, CaseRecord, Identity, KeyDates, Placement
from concordat.cases.names import sort_key
from concordat.core.errors import Refused
from concordat.imports.acting import sign_as
from concordat.imports.facts import Facts, Values
from concordat.imports.plan import Comparison, Held, Part, Step, says_nothing, tallied
from concordat.imports.reading import Field, Problem, Row, WrongRow
from concordat.organisations.models import Place
from concordat.people.models import Membership
from concordat.referrals.asking.codes import references, working_codes

BATCH = 250  # people; one batch takes about a second, and the signed context of a request holds for a minute
TRIES = 5
NAMES = {"family_name", "given_names"}
MOMENT = timedelta(microseconds=1)


@dataclass
class Written:
    """What one batch did: how many of what, up to which row, and the rows that the database did not take."""

    rows: int
    last: int
    tally: Counter[str]
    refused: list[int]


class Loading:
    """One load on its way: what the file says, who loads, and the codes that are taken.

    A batch compares its rows anew with what Concordat holds, so that what was edited here since the preview stays.
    """

    def __init__(self, comparison: Comparison, by: Membership) -> None:
        self.comparison, self.by, self.at = comparison, by, now()
        codes = Case.objects.filter(owner=by.organisation_id).values_list(
            "reference", "working_code"
        )  # unlogged: codes to avoid
        taken = list(codes)
        self.references = references(by.organisation.short, {one for one, _code in taken})
        self.working_codes = working_codes({code for _one, code in taken})

    def batch_after(self, number: int) -> Sequence[Row]:
        """Return the rows that come next after a row of the file."""
        rows = self.comparison.result.rows
        start = bisect_right(rows, number, key=lambda row: row.number)
        return rows[start : start + BATCH]

    def write(self, rows: Sequence[Row]) -> Written:
        """Write what is new or changed in these rows."""
        sign_as(self.by)
        self.at = now()
        steps = self.comparison.steps(rows)
        refused = self._open_cases([step for step in steps if step.kind == "new"])
        self.change([step for step in steps if step.kind == "changed"])
        tally = Counter(said for step in steps if step.row.number not in refused for said in tallied(step))
        return Written(len(rows), rows[-1].number, tally, refused)

    # ---- new people ----------------------------------------------------------------------------------------------

    def _open_cases(self, batch: list[Step]) -> list[int]:
        waiting, made = batch, dict[str, Case]()
        for _try in range(TRIES):  # a code may be taken by a case that the officer does not see
            made |= self._insert(waiting)
            waiting = [step for step in batch if step.facts.identifier not in made]
            if not waiting:
                break
        opened = [(step, made[step.facts.identifier]) for step in batch if step.facts.identifier in made]
        self._add([self._identity(step, case) for step, case in opened if _says(step.facts.identity)])
        self._add([self._key_dates(step, case) for step, case in opened if _says(step.facts.key_dates)])
        self._add([self._placement(step, case, self._arrival(step)) for step, case in opened])
        return [step.row.number for step in waiting]

    def _insert(self, steps: Sequence[Step]) -> dict[str, Case]:
        cases = [self._case(step) for step in steps]
        Case.objects.bulk_create(cases, ignore_conflicts=True)
        there = Case.objects.filter(pk__in=[case.pk for case in cases]).values_list(
            "pk", flat=True
        )  # unlogged: just written
        written = set(there)
        return {case.source_identifier: case for case in cases if case.pk in written}

    def _case(self, step: Step) -> Case:
        return Case(
            owner_id=self.by.organisation_id, reference=next(self.references), working_code=next(self.working_codes),
            service_purpose=step.facts.service_purpose, source_identifier=step.facts.identifier,
            child_rules=step.row.child_rules,
        )  # fmt: skip

    # ---- records -------------------------------------------------------------------------------------------------

    def _about(self, case: Case) -> dict[str, Any]:
        return {"owner_id": self.by.organisation_id, "case": case, "created_by": self.by}

    def _identity(self, step: Step, case: Case) -> Identity:
        identity = Identity(**self._about(case), **step.facts.identity)
        identity.sort_key = sort_key(identity.family_name, identity.given_names)
        return identity

    def _key_dates(self, step: Step, case: Case) -> KeyDates:
        return KeyDates(**self._about(case), **step.facts.key_dates)

    def _placement(self, step: Step, case: Case, start: datetime) -> Placement:
        return Placement(
            **self._about(case), place_id=step.facts.place, arrived_on=step.facts.arrived_on, starts_at=start,
            from_source=True,
        )  # fmt: skip

    def _arrival(self, step: Step) -> datetime:
        """Return from when on the person is there: the morning of the day in the file, else now."""
        if step.facts.arrived_on is None:
            return self.at
        zone = ZoneInfo(self._place(step).time_zone)
        return min(self.at, datetime.combine(step.facts.arrived_on, time.min, zone))

    def _place(self, step: Step) -> Place:
        return self.comparison.places[step.facts.place]

    def _add(self, rows: Sequence[CaseRecord]) -> None:
        if rows:
            type(rows[0]).objects.bulk_create(rows)  # type: ignore[attr-defined]
        if identities := [row for row in rows if isinstance(row, Identity)]:
            index_names(identities)

    # ---- people who changed --------------------------------------------------------------------------------------

    def change(self, batch: list[Step]) -> None:
        """Write what the file says otherwise about people who have a case."""
        moved = [step for step in batch if step.is_transfer]
        stayed = [step for step in batch if not step.is_transfer]
        for part in ("case", "identity", "key_dates"):
            _change_in(part, batch)
        _change_in("placement", stayed)
        self._add([self._identity(step, case) for step, case in _lacking("identity", batch)])
        self._add([self._key_dates(step, case) for step, case in _lacking("key_dates", batch)])
        self._transfer(moved)

    def _transfer(self, steps: list[Step]) -> None:
        """Close the stay at the old place and open one at the new; both remain."""
        left, arrived = [], []
        for step in steps:
            assert step.held is not None
            start = self._transfer_start(step)
            for stay in _to_end(step.held, step.facts):
                stay.ends_at = start
                left.append(stay)
            moved = self._placement(step, step.held.case, start)
            moved.security = step.facts.security and step.held.placement is not None
            arrived.append(moved)
        _update(left, ["ends_at"])
        self._add(arrived)

    def _transfer_start(self, step: Step) -> datetime:
        """Return when the stay at the new place begins: on the day in the file where that can be, else now."""
        start, before = self._arrival(step), step.held and step.held.placement
        if before and start <= before.starts_at:
            start = max(self.at, before.starts_at + MOMENT)
        return start


def _to_end(held: Held, facts: Facts) -> list[Placement]:
    """Return the stays that end with a transfer; one for security lets the last that others know of look open."""
    stays = [*held.left, *([held.placement] if held.placement else [])]
    return [stay for stay in stays if stay.security or not facts.security]


def not_taken(comparison: Comparison, numbers: Sequence[int]) -> list[WrongRow]:
    """Say of rows that the database did not take what their officer can do about them."""
    column = comparison.result.mapping.columns[Field.SOURCE_IDENTIFIER]
    sentence = _("You may not load this row. Give it to your data protection officer.")
    return [WrongRow(number, (Problem(column, sentence),)) for number in numbers]


def _says(values: Values) -> bool:
    return any(not says_nothing(value) for value in values.values())


def _lacking(part: Part, batch: Sequence[Step]) -> Iterator[tuple[Step, Case]]:
    """Yield the people about whom the file says something that Concordat has no record of yet."""
    for step in batch:
        if step.held and getattr(step.held, part) is None and step.changed_in(part):
            yield step, step.held.case


def _change_in(part: Part, batch: Sequence[Step]) -> None:
    """Write the fields that changed and no other, with one statement for each set of fields."""
    groups: dict[frozenset[str], list[Any]] = defaultdict(list)
    for step in batch:
        fields = {one.name: one.after for one in step.changes if one.part == part}
        record = getattr(step.held, part)
        if record is None or not fields:
            continue
        for name, value in fields.items():
            setattr(record, name, value)
        groups[frozenset(fields)].append(record)
    for names, records in groups.items():
        _write_group(records, names)


def _write_group(records: list[Any], names: frozenset[str]) -> None:
    """Write one set of fields; with a name, where it is sorted and found changes too."""
    if not names & NAMES:
        _update(records, sorted(names))
        return
    for record in records:
        record.sort_key = sort_key(record.family_name, record.given_names)
    _update(records, [*sorted(names), "sort_key"])
    index_names(records)


def _update(records: Sequence[Any], fields: list[str]) -> None:
    """Write these fields; a row that is hidden by now would silently not change, so the count is checked."""
    if records and type(records[0]).objects.bulk_update(records, fields) != len(records):
        raise Refused(_("Somebody changed these cases in the meantime. Look at the preview again."))
