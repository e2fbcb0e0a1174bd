"""A source is known by the names of its columns: what was confirmed once is proposed again, and confirmed again."""

import pytest

from concordat.core.testing.visitor import signed_in
from concordat.demo.world import acting
from concordat.imports import actions
from concordat.imports.guessing import suggest, suggested_answers
from concordat.imports.models import Upload
from concordat.imports.reading import Field, Mapping, Order
from concordat.imports.tests.making import ALDERMOOR, officer, stage

pytestmark = pytest.mark.django_db

HEADING = ["Kenmerk", "Naam", "Inrichting", "Vraag", "Geboren"]
ROW = ["A-17", "Haddad", ALDERMOOR, "Mentoring", "03/04/1990"]
FIELDS = (
    Field.SOURCE_IDENTIFIER, Field.FAMILY_NAME, Field.ESTABLISHMENT, Field.SERVICE_PURPOSE, Field.BIRTH_DATE,
)  # fmt: skip


@pytest.fixture(autouse=True)
def first() -> Upload:
    with officer() as by:
        upload = stage(ROW, by=by, heading=HEADING)
        upload = actions.confirm(upload, mapping=Mapping(dict(zip(FIELDS, range(5), strict=True))), by=by)
        return actions.answer(upload, answers={4: Order.DAY_FIRST}, by=by)


def turned(cells: list[str]) -> list[str]:
    return [*cells[3:], *cells[:3]]


def test_columns_and_dates_are_proposed_again_in_whatever_order_the_columns_stand() -> None:
    with officer() as by:
        upload = stage(turned(ROW), by=by, heading=turned(HEADING))
        found = suggest(upload, actions.sheet_of(upload))
        assert found.mapping.columns == {name: (at + 2) % 5 for at, name in enumerate(FIELDS)}
        assert "as Ines Tark confirmed them" in found.note
        assert suggested_answers(upload, actions.sheet_of(upload)) == {"1": "day_first"}
        assert (upload.confirmed_at, upload.mapping, upload.answers) == (None, {}, {}), "a named officer confirms it"


def test_a_list_with_another_column_is_another_source() -> None:
    with officer() as by:
        upload = stage([*ROW, "x"], by=by, heading=[*HEADING, "Cel"])
        assert suggest(upload, actions.sheet_of(upload)).note == ""


def test_the_answer_about_dates_stands_chosen_on_its_page() -> None:
    with officer() as by:
        upload = stage(ROW, by=by, heading=HEADING)
        actions.confirm(upload, mapping=suggest(upload, actions.sheet_of(upload)).mapping, by=by)
    page = signed_in("ines").get(f"/imports/{upload.pk}/dates/").content.decode()
    assert page.count("checked") == 1


def test_no_name_of_a_column_is_kept_and_no_other_organisation_is_told(first: Upload) -> None:
    assert "Kenmerk" not in str(first.remembered)
    assert "kenmerk" not in str(first.remembered)
    with acting("cora"):
        assert not Upload.objects.exists()
