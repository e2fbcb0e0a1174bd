"""The wrong rows go back once, to their own organisation, and nothing in them is alive."""

import csv
import io

import pytest

from concordat.core.errors import Refused
from concordat.core.testing.visitor import signed_in
from concordat.demo.world import acting
from concordat.imports import actions
from concordat.imports.models import Upload
from concordat.imports.tests.making import HEADING, bring_in, officer, person, stage
from concordat.ledger.models import Subject

pytestmark = pytest.mark.django_db

ROWS = [
    [*person("A-1"), "r"],
    [*person("=1+1", family_name="@SUM(A1)", establishment="+x"), "r"],
    [*person("A-3", service_purpose=""), "r"],
]  # fmt: skip


@pytest.fixture
def upload() -> Upload:
    with officer() as by:
        return bring_in(*ROWS, by=by, heading=[*HEADING, "Religion"])


def address(upload: Upload) -> str:
    return f"/imports/{upload.pk}/wrong-rows/"


def test_they_come_as_a_file_with_what_is_wrong_and_dead_cells(upload: Upload) -> None:
    answer = signed_in("ines").post(address(upload))
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="wrong-rows-20')
    heading, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";")
    assert heading == [*HEADING, "What is wrong"]  # no column without a meaning, and no row that is no mistake
    assert [row[:5] for row in rows] == [["'=1+1", "'@SUM(A1)", "Samir", "1990-04-23", "'+x"]]
    assert rows[0][6].startswith("Row 3: “+x” is not one of your establishments.")


def test_they_are_fetched_once_and_it_is_in_the_log(upload: Upload) -> None:
    ines = signed_in("ines")
    assert ines.post(address(upload)).status_code == 200
    again = ines.post(address(upload))
    assert (again.status_code, "were fetched, today, and deleted here" in again.content.decode()) == (422, True)
    with officer():
        upload.refresh_from_db()
        assert upload.wrong is None
    with acting("pat"):
        (line,) = Subject.objects.filter(entry__what="import.wrong_rows_fetched")
        assert line.detail == {"upload": str(upload.pk), "rows": 1}


def test_looking_does_not_fetch(upload: Upload) -> None:
    assert signed_in("ines").get(address(upload)).status_code == 405


def test_nobody_else_gets_them(upload: Upload) -> None:
    for name in ("pat", "cora", "omar"):
        assert signed_in(name).post(address(upload)).status_code == 404


def test_before_the_load_and_without_mistakes_there_are_none() -> None:
    with officer() as by:
        with pytest.raises(Refused, match="once the file is loaded"):
            actions.fetch_wrong_rows(stage(person(), by=by), by=by)
        with pytest.raises(Refused, match="No row of this file was wrong"):
            actions.fetch_wrong_rows(bring_in(person(), by=by), by=by)
