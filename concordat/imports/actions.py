"""Everything that happens to a caseload file: staged, confirmed, loaded, its wrong rows fetched, or thrown away."""

from collections import Counter
from collections.abc import Mapping as AnyMapping
from dataclasses import replace
from typing import Any

from django.db import connection, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from concordat.core.errors import Refused
from concordat.imports import reading, remembering, rules
from concordat.imports.acting import sign_as, take_time
from concordat.imports.load import Loading, not_taken
from concordat.imports.models import Outcome, Upload
from concordat.imports.plan import compare
from concordat.imports.reading import Mapping, Order, Sheet
from concordat.ledger.log import record
from concordat.organisations.models import Place
from concordat.people.models import Membership

FILES = ("data", "table", "wrong")
CONFIRMED = ("mapping", "answers", "confirmed_at", "confirmed_by")
AT_ONCE = 500  # rows; longer lists are loaded by the worker


@transaction.atomic
def stage(data: bytes, *, name: str, from_command_line: bool = False, by: Membership) -> Upload:
    """Keep a file until its columns are confirmed; of one that cannot be read nothing is kept."""
    if refusal := rules.refuse_to_stage(Place.objects.filter(organisation=by.organisation_id), by=by):
        raise Refused(refusal)
    take_time()
    sheet = reading.read(data, name)
    sign_as(by)  # what was signed when the request began may be over by now
    upload = Upload.objects.create(
        organisation_id=by.organisation_id, name=sheet.filename, data=data, table=reading.pack(sheet),
        worksheets=list(sheet.choices), heading=remembering.fingerprint(sheet), staged_by=by,
        from_command_line=from_command_line,
    )  # fmt: skip
    _record("import.staged", upload, rows=len(sheet.lines), from_command_line=from_command_line)
    return upload


@transaction.atomic
def choose_worksheet(upload: Upload, *, worksheet: str, by: Membership) -> Upload:
    """Say which worksheet of a workbook holds the list. Its columns are confirmed anew."""
    upload = _locked(upload, by)
    if refusal := rules.refuse_worksheet(upload, worksheet):
        raise Refused(refusal)
    take_time()
    sheet = reading.read(bytes(upload.data or b""), upload.name, worksheet)
    sign_as(by)
    upload.worksheet, upload.table, upload.heading = worksheet, reading.pack(sheet), remembering.fingerprint(sheet)
    upload.mapping, upload.answers, upload.confirmed_at, upload.confirmed_by = {}, {}, None, None
    upload.save(update_fields=["worksheet", "table", "heading", *CONFIRMED])
    _record("import.worksheet_chosen", upload, rows=len(sheet.lines))
    return upload


@transaction.atomic
def confirm(upload: Upload, *, mapping: Mapping, by: Membership) -> Upload:
    """Confirm which column holds what. How dates are written is asked anew where another column holds them."""
    upload = _locked(upload, by)
    sheet = sheet_of(upload)
    if refusal := rules.refuse_columns(upload, sheet, mapping):
        raise Refused(refusal)
    asked = {question.column for question in reading.questions(sheet, mapping)}
    upload.answers = {column: order for column, order in upload.answers.items() if int(column) in asked}
    upload.mapping, upload.confirmed_at, upload.confirmed_by = mapping.to_json(), now(), by
    upload.remembered = remembering.remember(sheet, upload)
    upload.save(update_fields=["remembered", *CONFIRMED])
    _record("import.confirmed", upload, columns=upload.mapping)
    return upload


@transaction.atomic
def answer(upload: Upload, *, answers: AnyMapping[int, Order], by: Membership) -> Upload:
    """Say in which order the numbers of dates stand that can be read in two ways."""
    upload = _locked(upload, by)
    upload.answers |= {str(column): order.value for column, order in answers.items()}
    upload.confirmed_at, upload.confirmed_by = now(), by
    upload.remembered = remembering.remember(sheet_of(upload), upload)
    upload.save(update_fields=["answers", "remembered", "confirmed_at", "confirmed_by"])
    _record("import.dates_answered", upload, answers=upload.answers)
    return upload


@transaction.atomic
def load(upload: Upload, *, by: Membership) -> Upload:
    """Load what is right, keep what is wrong to be fetched, delete the file. The worker loads what is long."""
    upload = _locked(upload, by)
    if refusal := rules.refuse_load(upload, (), by=by):
        raise Refused(refusal)
    comparison = compare(upload, sheet_of(upload))
    sign_as(by)
    if refusal := rules.refuse_load(upload, comparison.result.questions, by=by):
        raise Refused(refusal)
    _start(upload, len(comparison.result.rows), by)
    if upload.total > AT_ONCE:
        return upload
    if not have_the_turn(by):
        raise Refused(_another_is_loading())
    loading = Loading(comparison, by)
    while not go_on(upload, loading):
        continue
    return upload


def go_on(upload: Upload, loading: Loading) -> bool:
    """Write the next batch of a load, whole or not at all; return whether that was all. Part of `load`."""
    if rows := loading.batch_after(upload.done_to):
        written = loading.write(rows)
        upload.done, upload.done_to, upload.moved_at = upload.done + written.rows, written.last, now()
        upload.counts = dict(Counter(upload.counts) + written.tally)
        upload.refused = [*upload.refused, *written.refused]
        upload.save(update_fields=["done", "done_to", "moved_at", "counts", "refused"])
        _record("import.batch_loaded", upload, **written.tally, refused=len(written.refused))
    if loading.batch_after(upload.done_to):
        return False
    _end(upload, loading)
    return True


@transaction.atomic
def stop(upload: Upload, *, by: Membership) -> Upload:
    """Stop a load after the batch that it is at. What is loaded stays."""
    upload = _found(upload)
    if refusal := rules.refuse_stop(upload, by=by):
        raise Refused(refusal)
    upload.stopped_at, upload.stopped_by = now(), by
    upload.save(update_fields=["stopped_at", "stopped_by"])
    _record("import.stopped", upload, done=upload.done, total=upload.total)
    return upload


@transaction.atomic
def stop_after_error(upload: Upload) -> None:
    """Stop a load of which a batch could not be written; nobody did it."""
    upload = _found(upload)
    upload.stopped_at = now()
    upload.save(update_fields=["stopped_at"])
    _record("import.stopped_by_an_error", upload, done=upload.done, total=upload.total)


@transaction.atomic
def resume(upload: Upload, *, by: Membership) -> Upload:
    """Let a load go on where it stopped, in one's own name."""
    upload = _found(upload)
    if refusal := rules.refuse_resume(upload, by=by):
        raise Refused(refusal)
    upload.stopped_at = upload.stopped_by = None
    upload.started_at = upload.moved_at = now()
    upload.started_by = by
    upload.save(update_fields=["stopped_at", "stopped_by", "started_at", "started_by", "moved_at"])
    _record("import.resumed", upload, done=upload.done, total=upload.total)
    return upload


@transaction.atomic
def discard(upload: Upload, *, by: Membership) -> Upload:
    """Throw a file away; what was loaded of it before it was stopped stays."""
    upload = _found(upload)
    if refusal := rules.refuse_discard(upload, by=by):
        raise Refused(refusal)
    upload.data = upload.table = None
    _finish(upload, Outcome.DISCARDED, by, "data", "table")
    _record("import.discarded", upload, done=upload.done)
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
    """Return the table of a staged file, as it was read."""
    if upload.table is None:
        return reading.read(bytes(upload.data or b""), upload.name, upload.worksheet)
    return reading.unpack(bytes(upload.table))


def have_the_turn(by: Membership) -> bool:
    """Tell whether nobody else of the organisation is loading; the turn ends with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('concordat.imports'), %s)", [by.organisation_id])
        return bool(cursor.fetchone() == (True,))


def _another_is_loading() -> str:
    return _("Another file of your organisation is being loaded at this moment. Try again in a few minutes.")


def _found(upload: Upload) -> Upload:
    """Return the file as it stands now, for this transaction alone."""
    return Upload.objects.select_for_update().get(pk=upload.pk)


def _locked(upload: Upload, by: Membership) -> Upload:
    """Return the file as it stands now, where something can still be changed about it."""
    found = _found(upload)
    if refusal := rules.refuse_step(found, by=by):
        raise Refused(refusal)
    return found


def _start(upload: Upload, rows: int, by: Membership) -> None:
    upload.started_at = upload.moved_at = now()
    upload.started_by, upload.total = by, rows
    upload.save(update_fields=["started_at", "started_by", "moved_at", "total"])
    _record("import.started", upload, rows=rows)


def _end(upload: Upload, loading: Loading) -> None:
    """Count, keep the wrong rows to be fetched, and delete the file."""
    comparison = loading.comparison
    upload.counts = comparison.counts(Counter(upload.counts), len(upload.refused))
    wrong = sorted([*comparison.result.wrong, *not_taken(comparison, upload.refused)], key=lambda row: row.number)
    result = replace(comparison.result, wrong=tuple(wrong))
    upload.data = upload.table = upload.wrong = None
    if upload.counts["wrong"]:
        upload.wrong = reading.wrong_rows(comparison.sheet, result, only_mistakes=True, only_mapped=True)
    _finish(upload, Outcome.LOADED, loading.by, "counts", *FILES)
    _record("import.loaded", upload, **upload.counts)


def _finish(upload: Upload, outcome: Outcome, by: Membership, *fields: str) -> None:
    upload.finished_at, upload.finished_by, upload.outcome = now(), by, outcome
    upload.save(update_fields=["finished_at", "finished_by", "outcome", *fields])


def _record(what: str, upload: Upload, **detail: Any) -> None:  # noqa: ANN401 - numbers and codes
    record(what, owner=upload.organisation_id, upload=upload.pk, **detail)
