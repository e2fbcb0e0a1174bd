import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from concordat.core.testing.visitor import signed_in
from concordat.demo.world import named

from .ready import ago, assigned_long_ago, record

pytestmark = pytest.mark.django_db
ADDRESS = reverse("delivery:sessions", args=[named("link")])


@pytest.fixture(autouse=True)
def _assigned() -> None:
    assigned_long_ago()


def test_what_was_recorded_stands_there() -> None:
    record(starts_at=ago(days=9), notes={"ties": "First letter posted."}, concern="He spoke of debts.")
    record(held=False, minutes=None, cause="prison")
    page = signed_in("nadia").get(ADDRESS).content.decode()

    assert "Held, 50 minutes" in page
    assert "Not held. Cause: The prison" in page
    assert "First letter posted." in page
    assert "He spoke of debts." in page
    assert "entered later" in page


def test_without_a_session_the_page_says_what_has_to_be_so() -> None:
    page = signed_in("nadia").get(ADDRESS).content.decode()

    assert "No session is recorded yet." in page
    assert "Review by" in page


def test_the_list_asks_a_fixed_number_of_questions() -> None:
    browser = signed_in("nadia")
    record(starts_at=ago(hours=9), notes={"ties": "One."}, concern="One.")
    browser.get(ADDRESS)
    with CaptureQueriesContext(connection) as one:
        browser.get(ADDRESS)
    for hours in (7, 5):
        record(starts_at=ago(hours=hours), notes={"ties": "More."}, concern="More.")
    with CaptureQueriesContext(connection) as three:
        browser.get(ADDRESS)

    assert len(three) == len(one)


@pytest.mark.parametrize(("name", "status"), [("cora", 200), ("max", 404), ("pat", 404), ("otto", 404)])
def test_who_finds_it(name: str, status: int) -> None:
    assert signed_in(name).get(ADDRESS).status_code == status
