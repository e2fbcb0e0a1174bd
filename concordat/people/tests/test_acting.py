import re
from collections.abc import Callable
from uuid import uuid4

import pytest

from concordat.demo.world import FAMILIES, STRANGER, named
from concordat.people.tests.conftest import Browser

ACTING, MEMBERS = "/account/acting/", "/people/"
ADD = (
    "INSERT INTO people_membership (id, user_id, organisation_id, shown_name, title, roles, valid_from, valid_until) "
    "VALUES (%s, %s, %s, 'Pat V.', 'Adviser', '{coordinator}', now() + %s::interval, now() + %s::interval)"
)


@pytest.fixture
def two(browser: Callable[..., Browser], as_owner: Callable[..., None]) -> Browser:
    """Somebody who acts for two organisations, signed in."""
    pat = browser("pat")
    as_owner(ADD, named("second"), pat.user.id, FAMILIES, "-1 day", "1 day")
    pat.sign_in()
    return pat


def test_who_acts_for_two_organisations_is_asked_for_which(two: Browser) -> None:
    assert two.client.get(MEMBERS).headers["Location"] == f"{ACTING}?next=%2Fpeople%2F"
    page = two.client.get(ACTING).content.decode()
    assert "Prison Service" in page
    assert "Threshold Families" in page

    chosen = two.client.post(f"{ACTING}?next={MEMBERS}", {"membership": str(named("second"))})
    assert chosen.headers["Location"] == MEMBERS
    assert "Faye Holt" in two.client.get(MEMBERS).content.decode()


def test_nobody_chooses_somebody_elses_membership(two: Browser) -> None:
    two.client.post(ACTING, {"membership": str(named("ruth"))})
    assert two.client.get(MEMBERS).headers["Location"].startswith(ACTING)


def test_a_choice_is_made_with_a_form_only(two: Browser) -> None:
    two.client.get(ACTING, {"membership": str(named("second"))})
    assert two.client.get(MEMBERS).headers["Location"].startswith(ACTING)


def test_a_membership_that_ends_is_out_at_the_next_request(two: Browser, as_owner: Callable[..., None]) -> None:
    two.client.post(ACTING, {"membership": str(named("second"))})
    as_owner("UPDATE people_membership SET valid_until = now() WHERE id = %s", named("second"))
    # never silently as the other organisation: it is asked again
    assert two.client.get(MEMBERS).headers["Location"].startswith(ACTING)
    two.client.post(ACTING, {"membership": str(named("second"))})
    assert two.client.get(MEMBERS).headers["Location"].startswith(ACTING)


def test_a_membership_does_not_hold_before_it_begins(
    browser: Callable[..., Browser], as_owner: Callable[..., None]
) -> None:
    pat = browser("pat")
    as_owner(ADD, uuid4(), pat.user.id, STRANGER, "1 day", "2 days")
    pat.sign_in()
    assert "Prison Service" in pat.client.get(MEMBERS).content.decode()


def test_who_acts_for_nobody_is_told_whom_to_ask(pat: Browser, as_owner: Callable[..., None]) -> None:
    as_owner("UPDATE people_membership SET valid_until = now() WHERE id = %s", named("pat"))
    page = pat.client.get(MEMBERS)
    assert page.status_code == 403
    assert "You do not act for any organisation" in page.content.decode()
    assert "Adam Reed" in page.content.decode()
    assert pat.client.get("/account/").status_code == 200


def test_the_purpose_is_one_of_the_membership(pat: Browser) -> None:
    for wanted, held in (("reintegration", "reintegration"), ("monitoring", "intervention")):
        pat.client.post(ACTING, {"membership": str(named("pat")), "purpose": wanted})
        request = pat.client.get(MEMBERS).wsgi_request
        assert request.purpose == held  # type: ignore[attr-defined]


def test_the_request_says_who_acts_and_how_sure_that_is(pat: Browser) -> None:
    request = pat.client.get(MEMBERS).wsgi_request
    assert request.acting.id == named("pat")  # type: ignore[attr-defined]
    assert request.level == 2  # type: ignore[attr-defined]


# ---- two organisations in one session -----------------------------------------------------------------------------


@pytest.fixture
def both(browser: Callable[..., Browser], as_owner: Callable[..., None]) -> Browser:
    """Somebody who is administrator of two organisations, acting for the first."""
    adam = browser("adam")
    add = ADD.replace("{coordinator}", "{administrator}")
    as_owner(add, named("second"), adam.user.id, FAMILIES, "-1 day", "1 day")
    adam.sign_in()
    adam.client.post(ACTING, {"membership": str(named("adam"))})
    return adam


def change(both: Browser, name: str) -> None:
    both.client.post(ACTING, {"membership": str(named(name))})


def test_an_invitation_on_paper_stays_with_the_organisation_that_made_it(both: Browser) -> None:
    who = {"shown_name": "Ann Lee", "title": "Officer", "email": "ann@example.org", "roles": ["case_officer"]}
    assert both.client.post("/people/invite/", who | {"by_mail": "paper"}).headers["Location"] == "/people/invitation/"
    change(both, "second")
    assert both.client.get("/people/invitation/").headers["Location"] == "/people/"


def test_what_was_said_for_one_organisation_is_not_said_for_the_other(both: Browser) -> None:
    both.client.post(f"/people/{named('pat')}/end/")
    assert "Membership ended" in str(both.client.session["_messages"])
    change(both, "second")
    assert "Membership ended" not in both.client.get("/people/").content.decode()


def test_a_form_opened_for_one_organisation_is_not_sent_as_the_other(both: Browser) -> None:
    both.client.handler.enforce_csrf_checks = True
    page = both.client.get("/account/notices/").content.decode()
    token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[-1]
    form = {"language": "en", "rhythm": "daily", "on_paper": "mail", "csrfmiddlewaretoken": token}
    assert both.client.post("/account/notices/", form).status_code == 302
    page = both.client.get(ACTING).content.decode()
    fresh = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[-1]
    both.client.post(ACTING, {"membership": str(named("second")), "csrfmiddlewaretoken": fresh})
    assert both.client.post("/account/notices/", form).status_code == 403


def test_going_on_as_now_keeps_what_is_open(both: Browser) -> None:
    both.client.post(f"/people/{named('pat')}/end/")
    change(both, "adam")
    assert "Membership ended" in both.client.get("/people/").content.decode()


def test_records_are_those_of_one_organisation_at_a_time(
    browser: Callable[..., Browser], as_owner: Callable[..., None]
) -> None:
    cora = browser("cora")
    as_owner(ADD, named("second"), cora.user.id, FAMILIES, "-1 day", "1 day")
    cora.sign_in()
    change(cora, "cora")
    assert "Person 7Q" in cora.client.get("/cases/").content.decode()
    assert cora.client.get(f"/cases/{named('civil_case')}/").status_code == 200
    change(cora, "second")
    assert "Person 7Q" not in cora.client.get("/cases/").content.decode()
    for case in ("case", "civil_case"):
        assert cora.client.get(f"/cases/{named(case)}/").status_code == 404
    change(cora, "cora")
    assert cora.client.get(f"/cases/{named('civil_case')}/").status_code == 200


def test_the_session_lasts_although_one_acts_for_somebody_else(both: Browser) -> None:
    change(both, "second")
    request = both.client.get(MEMBERS).wsgi_request
    assert request.level == 2  # type: ignore[attr-defined]
    assert request.acting.id == named("second")  # type: ignore[attr-defined]
