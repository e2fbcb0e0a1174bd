"""Confirming which column holds what."""

import pytest
from django.test import Client

from concordat.core.testing.visitor import signed_in
from concordat.imports import actions, reading
from concordat.imports.guessing import suggest
from concordat.imports.models import Upload
from concordat.imports.reading import Field
from concordat.imports.tests.making import ALDERMOOR, FULL_HEADING, bring_in, confirmed, full, officer, person, stage

pytestmark = pytest.mark.django_db

CHOSEN = {
    "source_identifier": "0", "family_name": "1", "given_names": "2", "birth_date": "3", "establishment": "4",
    "service_purpose": "5",
}  # fmt: skip


@pytest.fixture
def upload() -> Upload:
    with officer() as by:
        return stage(person(), person("A-18"), by=by)


@pytest.fixture
def ines() -> Client:
    return signed_in("ines")


def address(upload: Upload) -> str:
    return f"/imports/{upload.pk}/columns/"


def test_the_page_shows_the_guess_with_its_reason_and_examples(ines: Client, upload: Upload) -> None:
    page = ines.get(address(upload)).content.decode()
    assert '<option value="0" selected>Prisoner No.: A-17, A-18</option>' in page
    assert "The heading “Prisoner No.” means Number in the source." in page
    assert "No heading means Sex." in page


def test_the_officer_confirms_with_their_name(ines: Client, upload: Upload) -> None:
    answer = ines.post(address(upload), CHOSEN)
    assert answer.headers["Location"] == f"/imports/{upload.pk}/dates/"
    with officer() as by:
        upload.refresh_from_db()
        assert (upload.confirmed_by, upload.mapping["source_identifier"]) == (by, 0)
        assert upload.confirmed_at is not None
        assert "sex" not in upload.mapping


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ({"source_identifier": ""}, "Choose an answer: Number in the source"),
        ({"sex": "3"}, "“Birth date” is chosen twice. A column can hold only one thing."),
        (
            {"full_name": "1", "family_name": ""},
            "Choose either a column for “Full name” or those for the parts of the name",
        ),
        ({"birth_date": "99"}, "Select a valid choice"),
    ],
)
def test_a_choice_that_cannot_work_is_answered_in_words(
    ines: Client, upload: Upload, chosen: dict[str, str], sentence: str
) -> None:
    answer = ines.post(address(upload), CHOSEN | chosen)
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)
    with officer():
        upload.refresh_from_db()
        assert upload.confirmed_at is None


def test_the_columns_of_the_last_file_of_the_same_make_are_proposed_again(ines: Client) -> None:
    heading = ["Kenmerk", "Naam", "Inrichting", "Vraag"]
    row = ["A-17", "Haddad", ALDERMOOR, "Mentoring"]
    with officer() as by:
        first = stage(row, by=by, heading=heading)
        actions.confirm(first, mapping=reading.Mapping(dict(zip(WANTED, range(4), strict=True))), by=by)
        second, other = stage(row, by=by, heading=heading), stage(row, by=by, heading=[*heading[:3], "Doel"])
        assert set(suggest(second, actions.sheet_of(second)).mapping.columns) == set(WANTED)
        assert Field.SOURCE_IDENTIFIER not in suggest(other, actions.sheet_of(other)).mapping.columns
    assert (
        "The columns are proposed as Ines Tark confirmed them for the last file like this, today."
        in ines.get(address(second)).content.decode()
    )


WANTED = [Field.SOURCE_IDENTIFIER, Field.FAMILY_NAME, Field.ESTABLISHMENT, Field.SERVICE_PURPOSE]


def test_a_whole_name_is_not_proposed_beside_its_parts() -> None:
    with officer() as by:
        upload = stage([*person(), "Samir Haddad"], by=by, heading=[*FULL_HEADING[:6], "Full name"])
        found = suggest(upload, actions.sheet_of(upload)).mapping
    assert Field.FULL_NAME not in found.columns
    assert "The parts of the name have columns of their own" in found.reasons[Field.FULL_NAME]


def test_what_was_confirmed_stands_there_when_one_comes_back(ines: Client) -> None:
    with officer() as by:
        upload = confirmed(stage(full(), by=by, heading=FULL_HEADING), by=by)
        mapping = dict(reading.Mapping.from_json(upload.mapping).columns)
        del mapping[Field.SEX]
        actions.confirm(upload, mapping=reading.Mapping(mapping), by=by)
    page = ines.get(address(upload)).content.decode()
    assert '<option value="6" selected>' not in page
    assert '<option value="7" selected>' in page


def test_answers_about_dates_are_forgotten_with_their_column() -> None:
    with officer() as by:
        upload = stage(person(birth_date="03/04/1990"), by=by)
        upload = confirmed(upload, by=by, orders={3: reading.Order.DAY_FIRST})
        assert confirmed(upload, by=by).answers == {"3": "day_first"}
        without = {name: at for name, at in CHOSEN.items() if name != "birth_date"}
        assert actions.confirm(upload, mapping=reading.Mapping.from_json(without), by=by).answers == {}  # type: ignore[arg-type]


def test_of_a_file_that_is_done_the_page_leads_to_its_end(ines: Client) -> None:
    with officer() as by:
        upload = bring_in(person(), by=by)
    assert ines.get(address(upload)).headers["Location"] == f"/imports/{upload.pk}/done/"
    assert ines.post(address(upload), CHOSEN).headers["Location"] == f"/imports/{upload.pk}/done/"


def test_somebody_else_does_not_find_it(upload: Upload) -> None:
    assert signed_in("pat").get(address(upload)).status_code == 404
    assert signed_in("cora").post(address(upload), CHOSEN).status_code == 404
