"""The interface for machines: the same policies, the same log, the same not found."""

from uuid import uuid4

import pytest
from django.test import Client

from concordat.cases.models import SummaryRecord
from concordat.core.testing.visiting import browser_of, visit
from concordat.demo.world import acting, named
from concordat.ledger.models import Entry

pytestmark = pytest.mark.django_db

OF_LANTERN, OF_PRISON = named("civil_case"), named("case")
ADDRESSES = (
    f"/api/v1/cases/{OF_PRISON}",
    f"/api/v1/cases/{OF_PRISON}/records",
    f"/api/v1/cases/{OF_PRISON}/why?category=P09",
)


def test_the_mentor_gets_what_the_page_shows() -> None:
    rows = visit("nadia", f"/api/v1/cases/{OF_LANTERN}/records").json()
    given = {(row["category"], row["form"]) for row in rows if row["owner"] == "Prison Service"}
    assert given == {
        ("P01", "summary"), ("P03", "full"), ("P04", "full"), ("P06", "summary"), ("P09", "summary"), ("P13", "summary")
    }  # fmt: skip
    assert "Sandoval" not in str(rows)


def test_reasons_come_with_their_chain() -> None:
    given = visit("nadia", f"/api/v1/cases/{OF_LANTERN}/why?category=P08").json()
    assert given["answer"] == "rule"
    assert [one["state"] for one in given["conditions"]] == ["holds", "missing", *["unread"] * 5]


def test_cases_come_in_pieces() -> None:
    first = visit("nadia", "/api/v1/cases?count=1").json()
    assert [case["reference"] for case in first["items"]] == ["A-1001"]
    second = visit("nadia", f"/api/v1/cases?count=1&start={first['next']}").json()
    assert [case["reference"] for case in second["items"]] == ["LM-0147"]
    assert second["next"] is None


@pytest.mark.parametrize("address", ["/api/v1/cases", *ADDRESSES])
def test_who_has_not_signed_in_gets_no_answer(address: str) -> None:
    answer = Client().get(address)
    assert answer.status_code == 401
    assert answer.json() == {"detail": "Unauthorized"}


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("who", ["adam", "otto", "max", "cass"])
def test_hidden_and_missing_are_the_same_bytes(who: str, address: str) -> None:
    browser = browser_of(who)
    hidden, missing = browser.get(address), browser.get(address.replace(str(OF_PRISON), str(uuid4())))
    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content


@pytest.mark.requirement("PP-3")
@pytest.mark.parametrize("part", ["", "/records", "/why?category=P09"])
def test_a_machine_leaves_the_same_line_as_a_person(part: str) -> None:
    visit("nadia", f"/api/v1/cases/{OF_LANTERN}{part}")
    with acting("cora"):
        (line,) = Entry.objects.filter(kind="read", what__startswith="api:")
    assert line.membership == named("nadia")


def test_what_is_no_category_is_not_found() -> None:
    assert visit("nadia", f"/api/v1/cases/{OF_LANTERN}/why?category=P99").status_code == 404


def test_the_description_is_served_to_who_has_signed_in() -> None:
    described = visit("nadia", "/api/v1/openapi.json").json()
    assert set(described["paths"]) == {
        "/api/v1/cases", "/api/v1/cases/{case}", "/api/v1/cases/{case}/records", "/api/v1/cases/{case}/why",
        "/api/v1/hsds/", "/api/v1/hsds/services", "/api/v1/hsds/services/{service}",
    }  # fmt: skip
    assert Client().get("/api/v1/openapi.json").status_code == 302


def test_a_record_says_in_which_language_it_is_written() -> None:
    with acting("pat"):
        SummaryRecord.objects.filter(case_id=OF_PRISON, category=13).update(text="يقرأ جيداً", written_in="ar")
    rows = visit("nadia", f"/api/v1/cases/{OF_LANTERN}/records").json()

    assert {row["category"]: row["written_in"] for row in rows if row["form"] == "summary"} == {
        "P01": "", "P06": "", "P09": "", "P13": "ar"
    }  # fmt: skip


def test_the_page_of_records_marks_the_language() -> None:
    with acting("pat"):
        SummaryRecord.objects.filter(case_id=OF_PRISON, category=13).update(text="يقرأ جيداً", written_in="ar")
    page = browser_of("nadia").get(f"/cases/{OF_LANTERN}/records/").content.decode()

    assert '<p lang="ar" dir="rtl">يقرأ جيداً</p>' in page
    assert "Written in Arabic." in page
