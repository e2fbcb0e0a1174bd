"""The interface for machines: the same policies, the same log, the same not found."""

from uuid import uuid4

import pytest
from django.test import Client

from concordat.cases.models import SummaryRecord
from concordat.core.testing.machines import BASE, machine_of
from concordat.core.testing.visiting import browser_of, visit
from concordat.demo.world import acting, named
from concordat.ledger.models import Entry
from concordat.people.models import Scope

pytestmark = pytest.mark.django_db

OF_LANTERN, OF_PRISON = named("civil_case"), named("case")
ADDRESSES = (
    f"{BASE}/cases/{OF_PRISON}",
    f"{BASE}/cases/{OF_PRISON}/records",
    f"{BASE}/cases/{OF_PRISON}/why?category=P09",
    f"{BASE}/cases/{OF_PRISON}/readers",
    f"{BASE}/referrals/{named('referral')}",
    f"{BASE}/links/{named('link')}",
    f"{BASE}/links/{named('link')}/sessions",
    f"{BASE}/links/{named('link')}/goals",
    f"{BASE}/briefings/{named('briefing')}",
    f"{BASE}/agreements/{named('protocol')}",
)


def test_the_mentor_gets_what_the_page_shows() -> None:
    rows = visit("nadia", f"{BASE}/cases/{OF_LANTERN}/records").json()
    given = {(row["category"], row["form"]) for row in rows if row["owner"] == "Prison Service"}
    assert given == {
        ("P01", "summary"), ("P03", "full"), ("P04", "full"), ("P06", "summary"), ("P09", "summary"), ("P13", "summary")
    }  # fmt: skip
    assert "Sandoval" not in str(rows)


def test_a_token_gets_the_same_as_its_holder() -> None:
    machine = machine_of("nadia")
    for path in ("/cases", f"/cases/{OF_LANTERN}/records", f"/links/{named('link')}", "/today", "/services"):
        assert machine.get(path).json() == visit("nadia", BASE + path).json()


def test_reasons_come_with_their_chain() -> None:
    given = visit("nadia", f"{BASE}/cases/{OF_LANTERN}/why?category=P08").json()
    assert given["answer"] == "rule"
    assert [one["state"] for one in given["conditions"]] == ["holds", "missing", *["unread"] * 5]


@pytest.mark.parametrize("address", [f"{BASE}/cases", f"{BASE}/openapi.json", *ADDRESSES])
def test_who_has_not_signed_in_gets_no_answer(address: str) -> None:
    answer = Client().get(address)
    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["title"] == "Unauthorized"


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("who", ["adam", "otto", "max", "faye"])
def test_hidden_and_missing_are_the_same_bytes(who: str, address: str) -> None:
    browser, part = browser_of(who), address.removeprefix(BASE).split("/")[2].split("?")[0]
    hidden, missing = browser.get(address), browser.get(address.replace(part, str(uuid4())))
    if hidden.status_code == 200:
        assert (who, "agreements" in address or "referrals" in address) in {("adam", True), ("max", True)}
        return
    assert hidden.status_code == missing.status_code == 404
    assert hidden.content == missing.content == browser.get(f"{BASE}/there/is/nothing").content


@pytest.mark.requirement("PP-3")
@pytest.mark.parametrize("part", ["", "/records", "/why?category=P09"])
def test_a_machine_leaves_the_same_line_as_a_person(part: str) -> None:
    machine_of("nadia").get(f"/cases/{OF_LANTERN}{part}")
    with acting("cora"):
        (line,) = Entry.objects.filter(kind="read", what__startswith="api:")
    assert line.membership == named("nadia")
    assert line.purpose == "intervention"


def test_what_is_no_category_is_refused_by_its_name() -> None:
    answer = visit("nadia", f"{BASE}/cases/{OF_LANTERN}/why?category=P99")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "query.category"


@pytest.mark.parametrize(
    ("path", "scope"),
    [
        ("/agreements", Scope.LISTS), ("/cases", Scope.CASES), (f"/cases/{OF_LANTERN}/readers", Scope.LOG),
        (f"/briefings/{named('briefing')}", Scope.BRIEFING), ("/imports", Scope.IMPORTS),
    ],
)  # fmt: skip
def test_a_token_does_nothing_outside_its_scopes(path: str, scope: Scope) -> None:
    answer = machine_of("cora", *(one for one in Scope if one != scope), purpose="administration").get(path)
    assert answer.status_code == 403
    assert str(scope.label) in answer.json()["detail"]


def test_a_token_reads_for_its_own_purpose_only() -> None:
    assert machine_of("nadia").get("/agreements").status_code == 403
    assert machine_of("nadia", purpose="administration").get("/agreements").status_code == 200


def test_a_sentence_comes_in_the_language_that_is_asked_for() -> None:
    machine = machine_of("nadia", Scope.LISTS)
    said = {machine.get("/cases", **{"accept-language": code}).json()["detail"] for code in ("en", "fr", "ar")}
    assert len(said) == 3


@pytest.mark.parametrize("path", ["/nothing", "/cases/1", "/cases/%0Ax", "/cases/%0A", "/%2e%2e/cases/", "/cases/%00"])
def test_every_other_address_is_the_same_nothing(path: str) -> None:
    machine = machine_of("nadia")
    answer = machine.get(path)
    assert answer.status_code == 404
    assert answer.content == machine.get(f"/cases/{uuid4()}").content


def test_a_method_that_is_not_there_is_a_problem_too() -> None:
    answer = machine_of("nadia").client.delete(f"{BASE}/cases")
    assert answer.status_code == 405
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Allow"] == "GET"


def test_a_token_that_asks_too_often_is_told_so(settings: object) -> None:
    settings.API_RATE = 3  # type: ignore[attr-defined]
    machine, other = machine_of("nadia"), machine_of("nadia")
    answers = [machine.get("/me") for _time in range(4)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert answers[-1].headers["Retry-After"] == "60"
    assert other.get("/me").status_code == 200


def test_who_writes_with_a_cookie_sends_the_token_of_a_form_too() -> None:
    browser = browser_of("cora")
    browser.handler.enforce_csrf_checks = True
    answer = browser.post(
        f"{BASE}/referrals/{named('referral')}/acknowledgement", headers={"idempotency-key": "12345678"}
    )
    assert answer.status_code == 403
    assert "X-CSRFToken" in answer.json()["detail"]


@pytest.mark.requirement("PP-5")
@pytest.mark.parametrize(
    "path",
    [
        f"/agreements/{named('protocol')}/signature", f"/agreements/{named('protocol')}/suspension",
        f"/agreements/{named('protocol')}/end", f"/goals/{named('goals')}/signature",
        f"/briefings/{named('briefing')}/acknowledgement", f"/imports/{named('upload')}/confirmation",
        f"/imports/{named('upload')}/load",
    ],
)  # fmt: skip
@pytest.mark.parametrize("who", ["helen", "ruth"])
def test_what_needs_a_signature_is_never_done_by_a_machine(who: str, path: str) -> None:
    answer = machine_of(who, purpose="administration").post(path)
    assert answer.status_code == 403
    assert "input is not sign-off" in answer.json()["detail"]


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
