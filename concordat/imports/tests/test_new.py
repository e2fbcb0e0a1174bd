"""Bringing a file in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from concordat.core.errors import Refused
from concordat.core.testing.visitor import signed_in
from concordat.imports import actions, reading
from concordat.imports.models import Upload
from concordat.imports.reading import MAX_BYTES
from concordat.imports.tests.making import HEADING, officer, person, stage
from concordat.imports.tests.reading_samples import as_csv, as_workbook
from concordat.ledger.context import act_as
from concordat.organisations.models import Place

pytestmark = pytest.mark.django_db

ADDRESS = "/imports/new/"


@pytest.mark.parametrize(
    "data", [as_csv([HEADING, person()]), as_workbook([HEADING, person()])], ids=["csv", "workbook"]
)
def test_a_file_is_kept_and_leads_to_its_columns(data: bytes) -> None:
    answer = signed_in("ines").post(ADDRESS, {"file": SimpleUploadedFile("C:\\lists\\May 2026.csv", data)})
    with officer() as by:
        upload = Upload.objects.get()
        assert answer.headers["Location"] == f"/imports/{upload.pk}/columns/"
        assert (upload.name, bytes(upload.data or b""), upload.staged_by) == ("May 2026.csv", data, by)
        assert upload.organisation_id == by.organisation_id


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty."),
        (b"Prisoner No.;Prison\r\n", "There are no rows below the names of the columns."),
        (b"x" * (MAX_BYTES + 1), "The file is larger than 20 megabytes."),
        (b"PK\x03\x04 broken", "damaged"),
    ],
)
def test_a_file_that_cannot_be_read_is_answered_in_words_and_not_kept(data: bytes, sentence: str) -> None:
    answer = signed_in("ines").post(ADDRESS, {"file": SimpleUploadedFile("x.csv", data)})
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    with officer():
        assert not Upload.objects.exists()


def test_without_a_file_the_page_asks_for_one() -> None:
    answer = signed_in("ines").post(ADDRESS, {"csrfmiddlewaretoken": "x"})
    assert "Fill this in: Caseload file" in answer.content.decode()


def test_only_an_import_officer_brings_a_file_in() -> None:
    answer = signed_in("pat").post(ADDRESS, {"file": SimpleUploadedFile("x.csv", as_csv([HEADING, person()]))})
    assert (answer.status_code, "Only an import officer loads a caseload." in answer.content.decode()) == (422, True)


def test_an_organisation_without_establishments_is_told_before_anything_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with officer() as by:
        monkeypatch.setattr(by, "organisation_id", 2)  # the probation service of the world has none
        assert not Place.objects.filter(organisation=2).exists()
        with pytest.raises(Refused, match="Concordat knows no establishment"):
            actions.stage(as_csv([HEADING, person()]), name="x.csv", by=by)


def test_a_file_that_takes_minutes_to_read_is_kept_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """The transaction may stand still meanwhile, and what was signed when the request began may be over."""
    whole = reading.read

    def slow(data: bytes, name: str) -> reading.Sheet:
        with connection.cursor() as cursor:
            cursor.execute("SHOW idle_in_transaction_session_timeout")
            assert cursor.fetchone() == ("5min",)
        act_as(None)  # as good as over
        return whole(data, name)

    monkeypatch.setattr(reading, "read", slow)
    with officer() as by:
        assert stage(person(), by=by).staged_by == by
