"""Everything that happens to a caseload file: staged, confirmed, loaded, its wrong rows fetched, or thrown away."""

import hashlib
import json
from collections.abc import Mapping as AnyMapping
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import connection, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from concordat.core.errors import Refused
from concordat.imports import load as loading
from concordat.imports import reading, rules
from concordat.imports.models import Outcome, Upload
from concordat.imports.plan import Plan, make_plan
from concordat.imports.reading import Mapping, Order, Sheet
from concordat.ledger.log import record
from concordat.organisations.models import Place
from concordat.people.models import Membership

FILES = ("data", "wrong")


@transaction.atomic
def stage(data: bytes, *, name: str, from_command_line: bool = False, by: Membership) -> Upload:
    """Keep a file until its columns are confirmed; of one that cannot be read nothing is kept."""
    if refusal := rules.refuse_to_stage(Place.objects.filter(organisation=by.organisation_id), by=by):
        raise Refused(refusal)
    sheet = reading.read(data, name)
    upload = Upload.objects.create(
        organisation_id=by.organisation_id, name=sheet.filename, data=data, heading=fingerprint(sheet),
        staged_by=by, from_command_line=from_command_line,
    )  # fmt: skip
    _record("import.staged", upload, rows=len(sheet.lines), from_command_line=from_command_line)
    return upload


@transaction.atomic
def confirm(upload: Upload, *, mapping: Mapping, by: Membership) -> Upload:
    """Confirm which column holds what. How dates are written is asked anew where another column holds them."""
    upload = _locked(upload, by)
    sheet = sheet_of(upload)
    if refusal := rules.refuse_mapping(sheet, mapping):
        raise Refused(refusal)
    asked = {question.column for question in reading.questions(sheet, mapping)}
    upload.answers = {column: order for column, order in upload.answers.items() if int(column) in asked}
    upload.mapping, upload.confirmed_at, upload.confirmed_by = mapping.to_json(), now(), by
    upload.save(update_fields=["mapping", "answers", "confirmed_at", "confirmed_by"])
    _record("import.confirmed", upload, columns=upload.mapping)
    return upload


@transaction.atomic
def answer(upload: Upload, *, answers: AnyMapping[int, Order], by: Membership) -> Upload:
    """Say in which order the numbers of dates stand that can be read in two ways."""
    upload = _locked(upload, by)
    upload.answers |= {str(column): order.value for column, order in answers.items()}
    upload.confirmed_at, upload.confirmed_by = now(), by
    upload.save(update_fields=["answers", "confirmed_at", "confirmed_by"])
    _record("import.dates_answered", upload, answers=upload.answers)
    return upload


@transaction.atomic
def load(upload: Upload, *, by: Membership) -> Upload:
    """Load what is right, keep what is wrong to be fetched, and delete the file."""
    upload = _locked(upload, by)
    if not _have_the_turn(by):
        raise Refused(
            _("Another file of your organisation is being loaded at this moment. Try again in a few minutes.")
        )
    if refusal := rules.refuse_load(upload, (), by=by):
        raise Refused(refusal)
    plan = make_plan(upload, sheet_of(upload))
    if refusal := rules.refuse_load(upload, plan.result.questions, by=by):
        raise Refused(refusal)
    plan = _without(plan, loading.write(plan, by=by))
    upload.counts, upload.data = plan.counts(), None
    upload.wrong = (
        reading.wrong_rows(plan.sheet, plan.result, only_mistakes=True, only_mapped=True) if plan.mistakes else None
    )
    _finish(upload, Outcome.LOADED, by, "counts", *FILES)
    _record("import.loaded", upload, **upload.counts)
    return upload


@transaction.atomic
def discard(upload: Upload, *, by: Membership) -> Upload:
    """Throw a file away without loading it."""
    upload = _locked(upload, by)
    upload.data = None
    _finish(upload, Outcome.DISCARDED, by, "data")
    _record("import.discarded", upload)
    return upload


@transaction.atomic
def fetch_wrong_rows(upload: Upload, *, by: Membership) -> bytes:
    """Hand the wrong rows over and delete them here: they are fetched once."""
    upload = Upload.objects.select_for_update().get(pk=upload.pk)
    if refusal := rules.refuse_fetch(upload, by=by):
        raise Refused(refusal)
    wrong = bytes(upload.wrong or b"")
    upload.wrong, upload.fetched_at = None, now()
    upload.save(update_fields=["wrong", "fetched_at"])
    _record("import.wrong_rows_fetched", upload, rows=upload.counts["wrong"])
    return wrong


def forget_old() -> None:
    """Delete what nobody came back for within seven days, whosever it is; the database writes the line of the log."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT imports.forget_old()")


def sheet_of(upload: Upload) -> Sheet:
    """Read the table of a staged file again: the same bytes always give the same."""
    return reading.read(bytes(upload.data or b""), upload.name)


def fingerprint(sheet: Sheet) -> str:
    """Return a hash of the names of the columns; the names themselves are not kept."""
    return hashlib.sha256(json.dumps(sheet.heading).encode()).hexdigest()


def _locked(upload: Upload, by: Membership) -> Upload:
    """Return the file as it stands now, for this transaction alone."""
    found = Upload.objects.select_for_update().get(pk=upload.pk)
    if refusal := rules.refuse_step(found, by=by):
        raise Refused(refusal)
    return found


def _have_the_turn(by: Membership) -> bool:
    """Tell whether nobody else of the organisation is loading; the turn ends with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('concordat.imports'), %s)", [by.organisation_id])
        return bool(cursor.fetchone() == (True,))


def _without(plan: Plan, refused: Sequence[reading.WrongRow]) -> Plan:
    """Return the plan as it was carried out: rows that the database did not take are wrong rows."""
    numbers = {row.number for row in refused}
    wrong = sorted((*plan.result.wrong, *refused), key=lambda row: row.number)
    result = replace(plan.result, wrong=tuple(wrong))
    return replace(plan, result=result, steps=tuple(step for step in plan.steps if step.row.number not in numbers))


def _finish(upload: Upload, outcome: Outcome, by: Membership, *fields: str) -> None:
    upload.finished_at, upload.finished_by, upload.outcome = now(), by, outcome
    upload.save(update_fields=["finished_at", "finished_by", "outcome", *fields])


def _record(what: str, upload: Upload, **detail: Any) -> None:  # noqa: ANN401 - numbers and codes
    record(what, owner=upload.organisation_id, upload=upload.pk, **detail)
