"""A workbook with several lists: the officer says which is meant, before the columns."""

import pytest

from concordat.cases.models import Case
from concordat.core.errors import Refused
from concordat.core.testing.filling import send
from concordat.core.testing.visitor import signed_in
from concordat.imports import actions
from concordat.imports.guessing import suggest
from concordat.imports.models import Upload
from concordat.imports.tests.making import HEADING, confirmed, officer, person
from concordat.imports.tests.reading_samples import as_workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def upload() -> Upload:
    data = as_workbook([["Read me"]], [HEADING, person("A-1")], [HEADING, person("A-2"), person("A-3")])
    with officer() as by:
        return actions.stage(data, name="caseload.xlsx", by=by)


def test_it_is_asked_first_and_then_the_columns_are_those_of_that_worksheet(upload: Upload) -> None:
    ines = signed_in("ines")
    assert upload.get_absolute_url() == f"/imports/{upload.pk}/worksheet/"
    assert ines.get(f"/imports/{upload.pk}/columns/").headers["Location"] == upload.get_absolute_url()
    page = ines.get(upload.get_absolute_url()).content.decode()
    assert "List 2" in page
    assert "List 3" in page
    assert "List 1" not in page
    answer = send(ines, upload.get_absolute_url(), {"worksheet": "List 3"})
    assert answer.headers["Location"] == f"/imports/{upload.pk}/columns/"
    page = ines.get(f"/imports/{upload.pk}/columns/").content.decode()
    assert "holds 2 rows" in page
    assert "Choose another worksheet" in page


def test_only_the_worksheet_that_was_chosen_is_loaded(upload: Upload) -> None:
    with officer() as by:
        with pytest.raises(Refused, match="Say first which worksheet holds the list"):
            actions.confirm(upload, mapping=suggest(upload, actions.sheet_of(upload)).mapping, by=by)
        chosen = actions.choose_worksheet(upload, worksheet="List 3", by=by)
        actions.load(confirmed(chosen, by=by), by=by)
        found = Case.objects.filter(source_identifier__startswith="A-").values_list("source_identifier", flat=True)
        assert set(found) >= {"A-2", "A-3"}
        assert "A-1" not in found


def test_another_worksheet_has_its_columns_confirmed_anew(upload: Upload) -> None:
    with officer() as by:
        first = confirmed(actions.choose_worksheet(upload, worksheet="List 2", by=by), by=by)
        assert first.confirmed_at
        second = actions.choose_worksheet(first, worksheet="List 3", by=by)
        assert (second.confirmed_at, second.confirmed_by, second.mapping) == (None, None, {})


def test_what_holds_no_list_cannot_be_chosen(upload: Upload) -> None:
    with officer() as by, pytest.raises(Refused, match="Choose one of the worksheets that hold a list"):
        actions.choose_worksheet(upload, worksheet="List 1", by=by)
    answer = signed_in("ines").post(upload.get_absolute_url(), {"worksheet": ""})
    assert (answer.status_code, "Choose a worksheet" in answer.content.decode()) == (422, True)
