import re
from collections.abc import Callable

import pytest
from django.test import Client

from concordat.core.errors import Refused
from concordat.demo.world import acting, named
from concordat.people import actions
from concordat.people.models import Membership, User
from concordat.people.tests.conftest import PASSWORD, Browser

CODE_PAGE, JOIN = "/account/invitation/", "/account/join/"
NEW = {"password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def invited(own_database: str) -> actions.Invited:
    """Invite a case officer to the prison service."""
    with acting("adam", level=2) as adam:
        return actions.invite(
            adam.organisation,
            shown_name="Ann Lee",
            title="Officer",
            roles=["case_officer"],
            email="Ann@example.org",
            by=adam,
        )


def test_somebody_new_joins_with_the_code_on_paper(
    invited: actions.Invited, signin_lines: Callable[[], list[str]]
) -> None:
    ann = Client()
    spoken = invited.code.lower().replace("-", " ")
    assert ann.post(CODE_PAGE, {"code": spoken}).headers["Location"] == JOIN
    assert "ann@example.org" in ann.get(JOIN).content.decode()
    assert ann.post(JOIN, NEW).status_code == 302

    assert User.objects.get(email="ann@example.org").id == invited.membership.user_id
    assert ann.get("/people/").headers["Location"] == "/account/second-factor/"
    assert signin_lines() == ["invitation taken up", "account made", "signed in"]


def test_the_code_leaves_the_address_of_the_link_at_once(invited: actions.Invited) -> None:
    ann = Client()
    assert ann.get(f"{CODE_PAGE}{invited.code}/").headers["Location"] == JOIN


def test_a_weak_password_is_refused(invited: actions.Invited) -> None:
    ann = Client()
    ann.get(f"{CODE_PAGE}{invited.code}/")
    for weak in ("short", "password123456", "ann@example.org"):
        assert ann.post(JOIN, {"password": weak, "again": weak}).status_code == 422
    assert "not the same" in ann.post(JOIN, NEW | {"again": "violet kettle"}).content.decode()
    assert not User.objects.exists()


def test_a_code_counts_once(invited: actions.Invited) -> None:
    first, second = Client(), Client()
    for client in (first, second):
        client.get(f"{CODE_PAGE}{invited.code}/")
    first.post(JOIN, NEW)
    assert second.post(JOIN, NEW).headers["Location"] == CODE_PAGE
    assert User.objects.count() == 1


def test_a_code_runs_out(invited: actions.Invited, as_owner: Callable[..., None]) -> None:
    as_owner("UPDATE people_invitation SET expires_at = now()")
    page = Client().get(f"{CODE_PAGE}{invited.code}/", follow=True)
    assert "There is no invitation with this code" in page.content.decode()


def test_guessing_codes_is_slow(invited: actions.Invited) -> None:
    for _attempt in range(10):
        Client().post(CODE_PAGE, {"code": "AAAA-AAAA-AAAA-AAAA"})
    assert "Wait five minutes" in Client().post(CODE_PAGE, {"code": invited.code}).content.decode()
    assert Client().get(f"{CODE_PAGE}{invited.code}/").headers["Location"] == CODE_PAGE


def test_somebody_of_another_organisation_joins_with_their_account(
    invited: actions.Invited, browser: Callable[..., Browser]
) -> None:
    ruth = browser("ruth")
    ruth.sign_in()
    ruth.client.get(f"{CODE_PAGE}{invited.code}/")
    assert "ruth@example.org" in ruth.client.get(JOIN).content.decode()
    ruth.client.post(JOIN)
    assert Membership.objects.using("signin").get(id=invited.membership.id).user_id == ruth.user.id
    assert "Pat Vell" in ruth.client.get("/people/").content.decode()  # acts for the prison service now


@pytest.mark.requirement("PP-22")
def test_an_administrator_does_not_take_up_what_they_handed_out(invited: actions.Invited, adam: Browser) -> None:
    adam.client.get(f"{CODE_PAGE}{invited.code}/")
    page = adam.client.post(JOIN)
    assert "This invitation is for somebody else" in page.content.decode()
    assert Membership.objects.using("signin").get(id=invited.membership.id).user_id != adam.user.id
    assert actions.find_invitation(invited.code)


def test_an_address_with_an_account_signs_in_first(invited: actions.Invited, make_user: Callable[..., User]) -> None:
    user = make_user("ruth")
    User.objects.filter(id=user.id).update(email="ann@example.org")
    ann = Client()
    ann.get(f"{CODE_PAGE}{invited.code}/")
    assert "Sign in with it first" in ann.post(JOIN, NEW).content.decode()
    assert User.objects.get().check_password(PASSWORD)


def test_a_new_invitation_gives_a_new_password_and_leaves_the_second_factor(pat: Browser) -> None:
    with acting("adam", level=2) as adam:
        again = actions.invite_again(Membership.objects.get(id=named("pat")), by=adam)
    other = Client()
    other.get(f"{CODE_PAGE}{again.code}/")
    other.post(JOIN, {"password": "amber ladder museum", "again": "amber ladder museum"})
    assert User.objects.get(id=pat.user.id).check_password("amber ladder museum")
    assert re.match("/account/confirm/", other.get("/people/").headers["Location"])
    assert pat.client.get("/people/").status_code == 302  # signed out everywhere


def test_a_new_invitation_makes_the_one_before_worthless(invited: actions.Invited) -> None:
    with acting("adam", level=2) as adam:
        again = actions.invite_again(invited.membership, by=adam)
    assert actions.find_invitation(invited.code) is None
    assert actions.find_invitation(again.code)


def test_nobody_takes_over_a_membership_that_is_taken(browser: Callable[..., Browser]) -> None:
    pat, ruth = browser("pat"), browser("ruth")
    with acting("adam", level=2) as adam:
        again = actions.invite_again(Membership.objects.get(id=named("pat")), by=adam)
    with pytest.raises(Refused, match="for somebody else"):
        actions.join(again.code, user=ruth.user)
    assert Membership.objects.using("signin").get(id=named("pat")).user_id == pat.user.id
