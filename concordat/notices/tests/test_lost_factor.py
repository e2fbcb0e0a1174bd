"""A lost second factor: two people make sure of the person, and nobody can do it alone."""

import re
from collections.abc import Callable
from uuid import UUID

import psycopg
import pytest
from allauth.mfa.models import Authenticator
from django.db import DatabaseError, connections, transaction
from django.test import Client

from concordat.core.errors import Refused
from concordat.demo.world import LANTERN, PRISON, acting, named
from concordat.ledger.context import Actor, act_as
from concordat.notices.feeds import cards, occasions
from concordat.notices.messages import content_of
from concordat.notices.models import Kind, Message
from concordat.people import actions
from concordat.people.memberships import live_memberships_of
from concordat.people.models import FactorReset, Hold, Invitation, Membership, Session, User
from concordat.people.tests.conftest import PASSWORD, Browser

HOW = {"checked": "document", "statement": "Today at ten, in my office, passport"}
CONFIRM = "SELECT access.confirm_reset(%s, 'call', 'said so')"
ASK = f"/people/{named('pat')}/lost-factor/"


def confirm_page() -> str:
    with acting("helen"):
        return f"/people/lost-factor/{FactorReset.objects.get().pk}/"


@pytest.fixture
def helen(browser: Callable[..., Browser]) -> Browser:
    """Sign in the signatory of the prison service."""
    seated = browser("helen")
    seated.sign_in()
    return seated


@pytest.fixture
def lost(make_user: Callable[..., User]) -> User:
    """Return Pat, who has an account and lost the telephone."""
    return make_user("pat")


def asked(by: str = "adam", about: str = "pat") -> FactorReset:
    with acting(by, level=2) as who:
        member = Membership.objects.select_related("organisation").get(pk=named(about))
        return actions.ask_reset(member, **HOW, by=who)


def database_refuses(statement: str, *values: UUID, why: str | None = None) -> None:
    """Try something past the rules, as the application role."""
    with (
        pytest.raises(DatabaseError, match=why),
        transaction.atomic(),
        connections["default"].cursor() as cursor,
    ):
        cursor.execute(statement, list(values) or None)


def has_factor(user: User) -> bool:
    return bool(Authenticator.objects.filter(user_id=user.id, type="totp").exists())


@pytest.mark.requirement("PP-22")
def test_an_administrator_and_a_signatory_give_a_new_way_in(adam: Browser, helen: Browser, lost: User) -> None:
    pat = Browser(lost)
    pat.sign_in()
    assert adam.client.post(ASK, HOW).status_code == 302
    assert has_factor(lost)  # asked is not done
    page = helen.client.get(confirm_page()).content.decode()
    assert "Today at ten, in my office, passport" in page
    done = helen.client.post(confirm_page(), HOW | {"by_mail": "paper"})
    assert done.headers["Location"] == "/people/invitation/"
    assert not has_factor(lost)
    assert not Session.objects.filter(user=lost).exists()
    assert pat.client.get("/").status_code == 302
    refused = Client().post("/account/sign-in/", {"login": lost.email, "password": PASSWORD})
    assert "is not right" in refused.content.decode()  # the old password opens nothing either

    code = re.search(r"[2-9A-Z]{4}(-[2-9A-Z]{4}){3}", helen.client.get("/people/invitation/").content.decode())
    assert code
    back = Client()
    back.post("/account/invitation/", {"code": code[0]})
    back.post("/account/join/", {"password": "amber ladder museum", "again": "amber ladder museum"})
    assert back.get("/").headers["Location"] == "/account/second-factor/"


def test_the_person_is_told_twice_and_the_log_says_who_did_it(
    adam: Browser, helen: Browser, lost: User, owner_dsn: str
) -> None:
    adam.client.post(ASK, HOW)
    helen.client.post(confirm_page(), HOW | {"by_mail": "paper"})
    told = [content_of(one) for one in Message.objects.filter(user_id=lost.id, kind=Kind.ACCOUNT)]
    assert ["asked to take it off" in one["text"] for one in told] == [True, False]
    assert "It is taken off" in told[1]["text"]
    for name in ("Pat", "Adam", "Helen", "Prison"):
        assert name not in told[0]["text"] + told[1]["text"]
    with psycopg.connect(owner_dsn) as owner:
        lines = owner.execute(
            "SELECT what, membership FROM ledger_entry WHERE what LIKE 'factor.%' ORDER BY at"
        ).fetchall()
    assert lines == [("factor.reset_asked", named("adam")), ("factor.reset", named("helen"))]


def test_those_who_answer_for_the_organisation_are_told(adam: Browser, helen: Browser, lost: User) -> None:
    adam.client.post(ASK, HOW)
    with acting("helen") as by:
        assert [one.about for one in occasions(by)] == ["factor_to_confirm"]
        assert ["Pat Vell" in one.title for one in cards(by)] == [True]
    with acting("adam") as by:
        assert list(occasions(by)) == []
    helen.client.post(confirm_page(), HOW | {"by_mail": "paper"})
    for name in ("helen", "adam"):
        with acting(name) as by:
            assert [one.about for one in occasions(by)] == ["factor_reset"]
    with acting("cass") as by:
        assert list(occasions(by)) == []


def test_nobody_confirms_what_they_asked(adam: Browser, lost: User) -> None:
    adam.client.post(ASK, HOW)
    with acting("adam"):
        reset = FactorReset.objects.get()
    page = adam.client.post(f"/people/lost-factor/{reset.pk}/", HOW | {"by_mail": "paper"})
    assert page.status_code == 422
    assert "nobody does it alone" in page.content.decode()
    assert has_factor(lost)


@pytest.mark.usefixtures("lost")
@pytest.mark.parametrize(
    ("who", "level"), [("adam", 2), ("helen", 1), ("cass", 2), ("dora", 2), ("ruth", 2), ("pat", 2)]
)
def test_the_database_lets_nobody_else_confirm(who: str, level: int) -> None:
    """The same person, without a fresh second factor, without the post, of another organisation, the person itself."""
    reset = asked()
    with acting(who, level=level):
        database_refuses(CONFIRM, reset.pk)
    with acting("helen", level=2), connections["default"].cursor() as cursor:
        cursor.execute("SELECT access.confirm_reset(%s, 'call', 'said so')", [reset.pk])
        assert cursor.fetchone() == (True,)


@pytest.mark.usefixtures("lost")
def test_one_human_being_with_two_posts_is_one(as_owner: Callable[..., None]) -> None:
    reset = asked()
    as_owner("UPDATE people_membership SET user_id = %s WHERE id = %s", named("user:adam"), named("helen"))
    with transaction.atomic():
        act_as(Actor(named("helen"), PRISON, named("user:adam"), "administration", 2))
        database_refuses(CONFIRM, reset.pk, why="nobody does this alone")


@pytest.mark.usefixtures("lost")
def test_what_is_old_withdrawn_or_done_is_not_confirmed(as_owner: Callable[..., None]) -> None:
    reset = asked()
    as_owner("UPDATE people_factorreset SET asked_at = now() - interval '49 hours'")
    refused_by_both(reset, "within two days")
    as_owner("UPDATE people_factorreset SET asked_at = now()")
    with acting("helen", level=2) as by:
        actions.withdraw_reset(FactorReset.objects.get(), by=by)
    refused_by_both(reset, "within two days")
    again = asked()
    with acting("helen", level=2) as by:
        actions.confirm_reset(FactorReset.objects.get(pk=again.pk), **HOW, by=by)
    refused_by_both(again, "confirmed already")


def refused_by_both(reset: FactorReset, words: str) -> None:
    with pytest.raises(Refused, match=words), acting("helen", level=2) as by:
        actions.confirm_reset(FactorReset.objects.get(pk=reset.pk), **HOW, by=by)
    with acting("helen", level=2):
        database_refuses(CONFIRM, reset.pk)


@pytest.mark.usefixtures("lost")
def test_who_may_not_ask(make_user: Callable[..., User]) -> None:
    make_user("adam")
    for who, about, words in (
        ("pat", "cass", "Two people of Prison Service"),
        ("adam", "adam", "Nobody does this for themselves"),
        ("adam", "cass", "has no second factor"),
    ):
        with pytest.raises(Refused, match=words):
            asked(who, about)
    asked()
    with pytest.raises(Refused, match="asked already"):
        asked("helen")


@pytest.mark.usefixtures("lost")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE people_factorreset SET confirmed_at = now()", "DELETE FROM mfa_authenticator",
        "DELETE FROM people_hold",
        "UPDATE people_factorreset SET asked_by_id = confirmed_by_id", "DELETE FROM people_factorreset",
    ],
)  # fmt: skip
def test_no_application_does_by_hand_what_the_function_does(statement: str) -> None:
    asked()
    with acting("helen", level=2):
        database_refuses(statement)


@pytest.mark.usefixtures("lost")
def test_nobody_asks_in_the_name_of_somebody_else() -> None:
    reset = FactorReset(organisation_id=PRISON, membership_id=named("pat"), **HOW, asked_by_id=named("helen"))
    with acting("adam", level=2), pytest.raises(DatabaseError), transaction.atomic():
        reset.save(force_insert=True)


def test_after_it_no_administrator_makes_a_new_way_in_alone(adam: Browser, helen: Browser, lost: User) -> None:
    adam.client.post(ASK, HOW)
    helen.client.post(confirm_page(), HOW | {"by_mail": "paper"})
    assert Invitation.objects.count() == 1
    page = adam.client.post(f"/people/{named('pat')}/invite/", {"by_mail": "paper"})
    assert "so nobody makes a new way in alone" in page.content.decode()
    assert Invitation.objects.count() == 1
    # two of them can
    assert adam.client.post(ASK, HOW).status_code == 302


def test_another_organisation_of_the_same_person_stays_closed_until_its_own_people_confirm(
    as_owner: Callable[..., None], make_user: Callable[..., User]
) -> None:
    lost = make_user("pat")
    as_owner("UPDATE people_membership SET user_id = %s WHERE id = %s", lost.id, named("cora"))
    assert len(live_memberships_of(lost.id)) == 2
    reset = asked()
    with acting("helen", level=2) as by:
        assert actions.confirm_reset(FactorReset.objects.get(pk=reset.pk), **HOW, by=by)
    assert [one.organisation_id for one in live_memberships_of(lost.id)] == [PRISON]
    assert [one.membership_id for one in Hold.objects.all()] == [named("cora")]

    as_owner("UPDATE people_membership SET roles = '{administrator}' WHERE id = %s", named("max"))
    code_before = Authenticator.objects.filter(user_id=lost.id).count()
    again = asked("max", "cora")
    with acting("ruth", level=2) as by:
        assert actions.confirm_reset(FactorReset.objects.get(pk=again.pk), **HOW, by=by) is None
    assert {one.organisation_id for one in live_memberships_of(lost.id)} == {PRISON, LANTERN}
    assert Authenticator.objects.filter(user_id=lost.id).count() == code_before


def test_nobody_else_sees_that_a_member_is_held(pat: Browser, helen: Browser, as_owner: Callable[..., None]) -> None:
    as_owner("INSERT INTO people_hold VALUES (%s, now()), (%s, now())", named("cass"), named("nadia"))
    for seated, name in ((pat, "cass"), (helen, "nadia")):
        page = seated.client.get(f"/people/{named(name)}/lost-factor/")
        assert page.status_code == 422
        assert "was renewed" not in page.content.decode()
    assert "was renewed" in helen.client.get(f"/people/{named('cass')}/lost-factor/").content.decode()


def test_a_held_member_is_told_whom_to_ask(browser: Callable[..., Browser], as_owner: Callable[..., None]) -> None:
    cora = browser("cora")
    cora.sign_in()
    as_owner("INSERT INTO people_hold VALUES (%s, now())", named("cora"))
    page = cora.client.get("/")
    assert page.status_code == 403
    assert "two of them make sure" in page.content.decode()
