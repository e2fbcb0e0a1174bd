"""The list of cases: what it narrows to, and that its cost does not grow with it."""

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from concordat.casefile import caseload
from concordat.casefile.forms import CasesForm
from concordat.cases.models import Case
from concordat.core.testing.visiting import browser_of, visit
from concordat.demo.world import PEOPLE, PRISON, acting

pytestmark = pytest.mark.django_db


def add(*references: str) -> None:
    with acting("pat"):
        for reference in references:
            Case.objects.create(
                owner_id=PRISON, reference=reference, working_code=f"C{reference[-2:]}", service_purpose="Mentoring",
                child_rules=False,
            )  # fmt: skip


def queries(address: str) -> int:
    browser = browser_of("pat")
    browser.get(address)
    with CaptureQueriesContext(connections["default"]) as seen:
        assert browser.get(address).status_code == 200
    return len(seen)


def test_three_rows_cost_what_one_costs() -> None:
    one = queries("/cases/")
    add("A-1002", "A-1003")
    assert queries("/cases/") == one


def test_cases_stand_in_the_order_of_their_references() -> None:
    add("A-1003", "A-1002")
    shown = visit("pat", "/cases/").content.decode()
    assert shown.index("A-1001") < shown.index("A-1002") < shown.index("A-1003")


def test_the_list_is_narrowed_to_those_one_is_assigned_to() -> None:
    add("A-1002")
    shown = visit("pat", "/cases/?show=mine").content.decode()
    assert "A-1001" in shown
    assert "A-1002" not in shown


def test_the_list_is_narrowed_by_the_beginning_of_a_reference() -> None:
    add("B-7")
    shown = visit("pat", "/cases/?text=b-").content.decode()
    assert "B-7" in shown
    assert "A-1001" not in shown


@pytest.mark.parametrize("who", sorted(PEOPLE))
def test_the_list_is_what_the_policies_show_of_ones_own(who: str) -> None:
    """The list says where to look, and thereby leaves nothing out."""
    with acting(who) as by:
        own = Case.objects.filter(owner=by.organisation_id, closed_at=None)
        shown = caseload.listed(by, show=CasesForm.OPEN)
        assert set(shown) == set(own)


def test_closed_cases_stand_apart() -> None:
    assert "A-1001" not in visit("pat", "/cases/?show=closed").content.decode()


def test_a_mentor_finds_the_partners_case_under_others() -> None:
    assert "A-1001" in visit("nadia", "/cases/?show=others").content.decode()
    assert "A-1001" not in visit("nadia", "/cases/").content.decode()


def test_many_cases_come_on_pages() -> None:
    add(*(f"C-{number:03}" for number in range(30)))
    first, second = (visit("pat", f"/cases/?page={page}").content.decode() for page in (1, 2))
    assert "Page 1 of 2" in first
    assert "C-029" not in first
    assert "C-029" in second
