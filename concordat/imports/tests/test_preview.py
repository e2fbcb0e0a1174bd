"""The preview: counts in words, what is wrong, what changes, and nothing is done."""

import pytest
from django.test import Client

from concordat.cases.models import Case, Identity
from concordat.core.testing.visitor import signed_in
from concordat.demo.world import PRISON, acting
from concordat.imports import words
from concordat.imports.models import Upload
from concordat.imports.tests.making import (
    FULL_HEADING,
    HEADING,
    KESTREL,
    bring_in,
    confirmed,
    full,
    officer,
    person,
    stage,
)
from concordat.ledger.models import Subject

pytestmark = pytest.mark.django_db


@pytest.fixture
def ines() -> Client:
    return signed_in("ines")


def staged(*rows: list[str], heading: list[str] = HEADING) -> Upload:
    with officer() as by:
        return confirmed(stage(*rows, by=by, heading=heading), by=by)


def page_of(ines: Client, upload: Upload, query: str = "") -> str:
    return ines.get(f"/imports/{upload.pk}/preview/{query}").content.decode()


def test_it_counts_everything_in_words_and_does_nothing(ines: Client) -> None:
    with officer() as by:
        bring_in(person("A-1"), person("A-2"), by=by)
    rows = [
        person("A-1"), person("A-2", establishment=KESTREL), person("A-3"), person("A-4", establishment="x"),
        person("A-5", service_purpose=""), person("A-3"), [], ["Total", "6"],
    ]  # fmt: skip
    page = page_of(ines, staged(*rows))
    for said in (
        "A case will be opened for each.", "1 of them is at another establishment now.", "Unchanged",
        "You get them back in a file that says what is wrong.", "is no register of others",
        "The same person with the same words counts once.", "1 blank, 1 of totals, 0 of titles and repeated headings.",
        "Load 2 people",
    ):  # fmt: skip
        assert said in page
    with officer():
        assert not Case.objects.filter(owner=PRISON, source_identifier="A-3").exists()


def test_wrong_rows_are_told_with_row_and_column(ines: Client) -> None:
    page = page_of(ines, staged(person("A-1"), person("A-2", establishment="Aldermor Prison")))
    assert '<th scope="row">3</th><td><bdi>Prison</bdi></td>' in page
    assert "“Aldermor Prison” is not one of your establishments. Did you mean “Aldermoor Prison”?" in page


def test_what_changes_is_told_field_by_field_and_what_is_kept(ines: Client) -> None:
    with officer() as by:
        bring_in(full(), by=by, heading=FULL_HEADING)
    with acting("pat"):
        Identity.objects.filter(case__source_identifier="A-17").update(edited=["given_names"])
    more = ["f", "", "2024-02-01", "2024-01-15", "2028-01-01", "conditional"]
    upload = staged(full(more=more, given_names="Sami", establishment=KESTREL), heading=FULL_HEADING)
    page = page_of(ines, upload, "?show=changed")
    for before, after in (
        ("Male", "Female"), ("Arabic, French", "nothing"), ("1 June 2027", "1 January 2028"),
        ("Aldermoor Prison", "Kestrel Bay Prison"), ("Samir", "Sami"),
    ):  # fmt: skip
        assert f"<td>{before}</td><td>{after}</td>" in page
    assert page.count("Stays: edited here") == 1
    assert page.count(">Changes<") == 4


def test_new_people_are_shown_as_they_are_understood(ines: Client) -> None:
    page = page_of(ines, staged(person(birth_date="")), "?show=new")
    assert "<bdi>A-17</bdi>" in page
    assert "<bdi>Haddad, Samir</bdi></td><td>not stated: the rules for children apply</td>" in page


def test_fifty_rows_are_shown_on_a_page(ines: Client) -> None:
    upload = staged(*[person(f"A-{at}") for at in range(120)])
    first, third = page_of(ines, upload), page_of(ines, upload, "?show=new&page=3")
    assert (first.count('<th scope="row">'), third.count('<th scope="row">')) == (50, 20)
    assert "show=new&amp;page=2" in page_of(ines, upload, "?show=new")


def test_columns_that_are_not_stored_are_named(ines: Client) -> None:
    page = page_of(ines, staged([*person(), "x"], heading=[*HEADING, "Religion"]))
    assert "Columns that are not stored: <bdi>Religion</bdi>" in page


def test_nothing_to_load_is_said(ines: Client) -> None:
    with officer() as by:
        bring_in(person(), by=by)
    assert "Finish: nothing to load" in page_of(ines, staged(person()))


def test_open_questions_come_first(ines: Client) -> None:
    upload = staged(person(birth_date="03/04/1990"))
    assert ines.get(f"/imports/{upload.pk}/preview/").headers["Location"] == f"/imports/{upload.pk}/dates/"


def test_comparing_is_reading_and_stands_in_the_log(ines: Client) -> None:
    with officer() as by:
        bring_in(person(), by=by)
    page_of(ines, staged(person()))
    with acting("pat"):
        case = Case.objects.get(owner=PRISON, source_identifier="A-17")
        reads = Subject.objects.filter(case=case.pk, entry__kind="read", entry__what="imports:preview")
        assert [read.categories for read in reads] == [[1, 2, 3]]


@pytest.mark.parametrize(("people", "said"), [(500, ""), (5_000, "about 1 minute"), (20_000, "about 2 minutes")])
def test_a_long_load_is_announced(people: int, said: str) -> None:
    assert said in words.how_long(people)
    assert bool(said) == bool(words.how_long(people))
