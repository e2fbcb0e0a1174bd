"""What a file came to."""

import pytest

from concordat.core.testing.visitor import signed_in
from concordat.imports import actions
from concordat.imports.models import Upload
from concordat.imports.tests.making import bring_in, officer, person, stage

pytestmark = pytest.mark.django_db


def page_of(upload: Upload) -> str:
    return signed_in("ines").get(f"/imports/{upload.pk}/done/").content.decode()


def test_it_says_who_loaded_how_much_and_offers_the_wrong_rows() -> None:
    with officer() as by:
        upload = bring_in(person("A-1"), person("A-2", establishment="x"), by=by)
    page = page_of(upload)
    assert "1 person loaded" in page
    assert "by Ines Tark. The file is deleted." in page
    assert "A case was opened for each." in page
    assert "Fetch 1 wrong row" in page


def test_without_wrong_rows_none_are_offered() -> None:
    with officer() as by:
        upload = bring_in(person("A-1"), by=by)
    assert "wrong-rows" not in page_of(upload)


def test_fetched_rows_are_not_offered_again() -> None:
    with officer() as by:
        upload = bring_in(person("A-1"), person("A-2", establishment="x"), by=by)
        actions.fetch_wrong_rows(upload, by=by)
    page = page_of(upload)
    assert "The wrong rows were fetched, today, and deleted here." in page
    assert "disabled" in page


def test_what_was_thrown_away_is_said() -> None:
    with officer() as by:
        upload = actions.discard(stage(person(), by=by), by=by)
    assert "Nothing of it was loaded." in page_of(upload)


def test_before_the_end_the_page_leads_to_where_the_file_is() -> None:
    with officer() as by:
        upload = stage(person(), by=by)
    answer = signed_in("ines").get(f"/imports/{upload.pk}/done/")
    assert answer.headers["Location"] == f"/imports/{upload.pk}/columns/"
