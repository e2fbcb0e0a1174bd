"""The list of files: whose they are, how far they are, and that it takes a fixed number of queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from concordat.core.testing.visitor import signed_in
from concordat.imports import actions
from concordat.imports.tests.making import bring_in, confirmed, officer, person, stage

pytestmark = pytest.mark.django_db


def test_files_are_listed_with_how_far_they_are() -> None:
    with officer() as by:
        stage(person(), by=by)
        confirmed(stage(person(), by=by), by=by)
        actions.discard(stage(person(), by=by), by=by)
        bring_in(person("A-1"), person("A-2"), by=by)
    page = signed_in("ines").get("/imports/").content.decode()
    assert [page.count(words) for words in ("To be confirmed", "To be loaded", "Thrown away", ">Loaded<")] == [1] * 4
    assert "caseload.csv" in page
    assert "Ines Tark" in page


def test_without_files_the_list_says_what_would_be_there() -> None:
    assert "No files yet." in signed_in("ines").get("/imports/").content.decode()


@pytest.mark.parametrize("name", ["pat", "cora"])
def test_who_is_no_import_officer_sees_no_file_and_why(name: str) -> None:
    with officer() as by:
        stage(person(), by=by)
    page = signed_in(name).get("/imports/").content.decode()
    assert "caseload.csv" not in page
    assert "Only an import officer loads a caseload." in page


def test_the_number_of_queries_does_not_grow_with_the_files() -> None:
    ines = signed_in("ines")
    counts = []
    for more in (1, 2):
        with officer() as by:
            for at in range(more):
                bring_in(person(f"A-{at}"), by=by)
        with CaptureQueriesContext(connection) as queries:
            ines.get("/imports/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
