"""Five hundred odd spreadsheets: each ends in a preview or in one sentence, and none is half loaded."""

import pytest
from django.db import transaction

from concordat.cases.models import Case, Identity, KeyDates, Placement
from concordat.core.errors import Refused
from concordat.demo.world import PRISON
from concordat.imports import actions, reading
from concordat.imports.guessing import suggest
from concordat.imports.models import Upload
from concordat.imports.reading import Sheet, Unreadable
from concordat.imports.tests.fuzzing import odd_file
from concordat.imports.tests.making import ALDERMOOR, KESTREL, officer
from concordat.people.models import Membership

FILES = 500
THROUGH = range(0, FILES, 4)  # the sample that goes through the whole action
PLACES = {ALDERMOOR: "1", KESTREL: "2"}


def test_each_is_read_and_checked_or_refused_in_one_sentence() -> None:
    outcomes = {"read": 0, "refused": 0}
    for seed in range(FILES):
        sheet = read(seed)
        if isinstance(sheet, str):
            outcomes["refused"] += 1
            assert sheet.endswith("."), seed
            assert "\n" not in sheet, seed
            continue
        outcomes["read"] += 1
        assert reading.unpack(reading.pack(sheet)) == sheet, seed
        mapping = reading.guess(sheet, establishments=PLACES)
        if not reading.refuse_mapping(sheet, mapping):
            result = reading.check(sheet, mapping, {}, PLACES)
            assert len(result.rows) + len(result.wrong) + len(result.repeated) == len(sheet.lines), seed
            reading.wrong_rows(sheet, result)
    assert min(outcomes.values()) > FILES / 10, outcomes


def read(seed: int) -> Sheet | str:
    """Return the table, or the sentence."""
    try:
        return reading.read(odd_file(seed), "caseload.xlsx")
    except Unreadable as refusal:
        return str(refusal)


@pytest.mark.django_db
def test_none_is_half_loaded() -> None:
    loaded = 0
    for seed in THROUGH:
        with officer() as by:
            before = people()
            upload = through(odd_file(seed), by)
            if upload is None:
                assert people() == before, seed
                continue
            loaded += sum(upload.counts[kind] for kind in ("new", "changed", "unchanged"))
            assert people() == before + upload.counts["new"], seed
            assert whole(), seed
    assert loaded >= 30, "too few of them hold anybody to show something"


def through(data: bytes, by: Membership) -> Upload | None:
    """Take a file through every step, as a request does; None where a sentence refuses it."""
    try:
        with transaction.atomic():
            return taken(data, by)
    except Refused:
        return None


def taken(data: bytes, by: Membership) -> Upload:
    """Take what is guessed."""
    upload = actions.stage(data, name="caseload", by=by)
    if upload.must_choose:
        upload = actions.choose_worksheet(upload, worksheet=upload.worksheets[0], by=by)
    sheet = actions.sheet_of(upload)
    upload = actions.confirm(upload, mapping=suggest(upload, sheet).mapping, by=by)
    asked = reading.questions(sheet, reading.Mapping.from_json(upload.mapping))
    upload = actions.answer(upload, answers={one.column: one.choices[0] for one in asked}, by=by)
    return actions.load(upload, by=by)


def people() -> int:
    return Case.objects.filter(owner=PRISON).count()


def whole() -> bool:
    """Tell whether everybody who was loaded has a place, and nobody more than one record of a kind."""
    loaded = Case.objects.filter(owner=PRISON).exclude(source_identifier="")
    kinds = (Identity, KeyDates)
    return Placement.objects.filter(case__in=loaded, ends_at=None).count() == loaded.count() and all(
        kind.objects.filter(case__in=loaded).count() <= loaded.count() for kind in kinds
    )
