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
