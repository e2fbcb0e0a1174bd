"""Dates that can be read in two ways are asked, never guessed."""

import pytest

from concordat.core.testing.filling import send
from concordat.core.testing.visitor import signed_in
from concordat.imports.models import Upload
from concordat.imports.tests.making import HEADING, confirmed, officer, person, stage

pytestmark = pytest.mark.django_db


def staged(birth_date: str, *more: str) -> Upload:
    with officer() as by:
        rows = [[*person(f"A-{at}", birth_date=day)] for at, day in enumerate((birth_date, *more))]
        return confirmed(stage(*rows, by=by), by=by)


def address(upload: Upload) -> str:
    return f"/imports/{upload.pk}/dates/"


def test_the_page_shows_what_each_answer_means() -> None:
    page = signed_in("ines").get(address(staged("03/04/1990"))).content.decode()
    assert "How are the dates in “Birth date” written, such as 03/04/1990?" in page
    assert "03/04/1990 is then 3 April 1990." in page
    assert "03/04/1990 is then 4 March 1990." in page
    assert "checked" not in page


def test_years_of_two_digits_come_with_the_rule_by_which_they_are_read() -> None:
    page = signed_in("ines").get(address(staged("03/04/90"))).content.decode()
    assert "03/04/90 is then 3 April of the year ’90." in page
    assert "at least 10 and less than 100 years old" in page


def test_the_answer_is_kept_and_leads_to_the_preview() -> None:
    upload = staged("03/04/1990")
    answer = send(signed_in("ines"), address(upload), {"3": "month_first"})
    assert answer.headers["Location"] == f"/imports/{upload.pk}/preview/"
    with officer():
        upload.refresh_from_db()
        assert upload.answers == {"3": "month_first"}


def test_an_answer_is_obligatory() -> None:
    answer = signed_in("ines").post(address(staged("03/04/1990")), {"3": ""})
    assert answer.status_code == 422
    assert "Choose an answer" in answer.content.decode()


@pytest.mark.parametrize("days", [["1990-04-03"], ["03/04/1990", "23/04/1990"], [""]])
def test_without_an_open_question_the_page_goes_on(days: list[str]) -> None:
    upload = staged(*days)
    assert signed_in("ines").get(address(upload)).headers["Location"] == f"/imports/{upload.pk}/preview/"


def test_before_the_columns_are_confirmed_they_come_first() -> None:
    with officer() as by:
        upload = stage(person(birth_date="03/04/1990"), by=by, heading=HEADING)
    assert signed_in("ines").get(address(upload)).headers["Location"] == f"/imports/{upload.pk}/columns/"
