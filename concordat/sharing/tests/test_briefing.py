import pytest
from django.urls import reverse

from concordat.core.testing.visitor import signed_in
from concordat.demo.world import named
from concordat.sharing import sheet

from .words import write

pytestmark = pytest.mark.django_db


def page_of(name: str, pk: object) -> str:
    return signed_in(name).get(reverse("sharing:briefing", args=[pk])).content.decode()


def test_the_sheet_says_for_whom_it_is_and_never_a_name() -> None:
    page = page_of("nadia", named("briefing"))

    assert "Safety briefing, Person 7Q" in page
    assert "For Nadia Brandt, Mentor, Lantern Mentoring." in page
    assert "Sandoval" not in page


def test_what_was_left_empty_is_printed_as_nothing_to_add() -> None:
    assert page_of("nadia", named("briefing")).count("Nothing to add.") == 7


def test_what_changed_is_marked_and_nothing_else() -> None:
    first = write()
    page = page_of("nadia", write(keep_apart="Person 8T.", what_changed="Person 8T is new.").pk)

    assert page.count("c-print__row--changed") == 1
    assert f"Changed since version {first.number}:" in page
    assert "Person 8T is new." in page


def test_an_older_version_says_so_and_cannot_be_confirmed() -> None:
    write()
    page = page_of("nadia", named("briefing"))

    assert "There is version 2." in page
    assert "I have read" not in page


def test_each_version_has_its_own_check_code() -> None:
    first, second = write(), write(what_changed="Another room.")

    assert sheet.code_of(first) != sheet.code_of(second)
    assert sheet.code_of(second) in page_of("nadia", second.pk)


def test_closed_material_is_one_line() -> None:
    page = page_of("nadia", named("briefing"))
    assert page.count("Closed material") == 1
    assert "was checked. By: Security manager" in page


@pytest.mark.parametrize(("name", "status"), [("nadia", 200), ("pat", 200), ("max", 404), ("otto", 404), ("paul", 404)])
def test_who_finds_it(name: str, status: int) -> None:
    assert signed_in(name).get(reverse("sharing:briefing", args=[named("briefing")])).status_code == status
