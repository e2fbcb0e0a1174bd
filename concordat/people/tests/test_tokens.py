"""Tokens for machines: made with the second factor, shown once, worth nothing on pages."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

import pytest
from django.db import IntegrityError, connections, transaction
from django.test import Client, RequestFactory
from django.utils.timezone import now

from concordat.core.errors import Refused
from concordat.core.testing.filling import carried
from concordat.core.testing.machines import BASE, Machine, account_of, machine_of, token_of
from concordat.core.testing.visiting import browser_of, visit
from concordat.demo.world import LANTERN, PRISON, acting, named
from concordat.ledger.middleware import actor_of
from concordat.ledger.models import Entry, Subject
from concordat.people import actions, tokens
from concordat.people.acting import recognise
from concordat.people.http import RecognisedRequest
from concordat.people.models import Scope, Token
from concordat.people.models.token import LONGEST

pytestmark = pytest.mark.django_db
FORM = {"name": "Our calendar", "purpose": "intervention", "scopes": ["cases", "delivery"], "days": "30"}
KEY = re.compile(r"concordat_[A-Za-z0-9_-]{43}")


def made_on_the_page(who: str = "nadia", **changes: object) -> Any:  # noqa: ANN401 - the test client's response
    account_of(who)
    return visit(who, "/account/tokens/new/", {**FORM, **changes}, level=2)


def test_the_page_shows_a_key_once_and_keeps_its_hash() -> None:
    page = made_on_the_page().content.decode()
    (key,) = set(KEY.findall(page))
    token = Token.objects.get()
    assert token.key_hash == tokens.hash_of(key)
    assert key not in str(Token.objects.values())
    assert key not in visit("nadia", "/account/tokens/").content.decode()
    assert Machine(key).get("/cases").status_code == 200


def test_a_token_asks_for_the_second_factor_first() -> None:
    account_of("nadia")
    assert visit("nadia", "/account/tokens/new/", FORM).status_code == 403
    with acting("nadia") as by, pytest.raises(Refused, match="second factor"):
        actions.make_token(
            name="x", purpose="intervention", scopes=["cases"], days=30, user=account_of("nadia"), level=1, by=by
        )
    assert not Token.objects.exists()


def test_the_page_keeps_what_was_typed_and_says_what_is_missing() -> None:
    page = made_on_the_page(scopes=[], name="Calendar of Lantern")
    assert page.status_code == 422
    assert "Choose at least one thing that it may do" in page.content.decode()
    assert "Calendar of Lantern" in page.content.decode()


@pytest.mark.parametrize(("field", "value"), [("days", "91"), ("purpose", "oversight"), ("scopes", "sign")])
def test_no_longer_life_no_other_purpose_no_other_scope(field: str, value: str) -> None:
    assert made_on_the_page(**{field: value}).status_code == 422
    assert not Token.objects.exists()


def test_the_database_too_keeps_a_life_to_90_days() -> None:
    token = token_of("nadia", days=90).token
    with pytest.raises(IntegrityError), transaction.atomic(using="signin"):
        Token.objects.create(
            user=token.user, membership_id=token.membership_id, organisation=LANTERN, name="x", purpose="intervention",
            scopes=["cases"], key_hash="x", stamp="x", made_at=now(), expires_at=now() + LONGEST + timedelta(seconds=1),
        )  # fmt: skip


def test_an_administrator_has_none_and_an_organisation_that_did_not_permit_it_neither() -> None:
    assert "sees no content" in made_on_the_page("adam", purpose="administration").content.decode()
    assert "has not permitted tokens" in made_on_the_page("faye").content.decode()


@pytest.mark.parametrize("address", ["/", "/cases/", "/account/", "/agreements/", "/search/"])
def test_a_token_is_worth_nothing_on_a_page(address: str) -> None:
    assert machine_of("nadia").client.get(address).headers["Location"].startswith("/account/sign-in/")


def test_beside_a_token_no_cookie_counts() -> None:
    browser = browser_of("nadia")
    assert browser.get(f"{BASE}/cases").status_code == 200
    assert browser.get(f"{BASE}/cases", headers={"authorization": "Bearer concordat_x"}).status_code == 401


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Basic bmFkaWE6eA==", "Bearer concordat_nothing", "x" * 5000]
)
def test_what_is_no_token_opens_nothing(header: str) -> None:
    answer = Client().get(f"{BASE}/cases", headers={"authorization": header})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_token_never_counts_as_a_second_factor_confirmed_just_now() -> None:
    key = token_of("helen", purpose="administration").key
    asked = RequestFactory(headers={"authorization": f"Bearer {key}"}).get(f"{BASE}/me")
    request = cast("RecognisedRequest", asked)
    recognise(request)
    actor = actor_of(request)
    assert actor
    assert (actor.membership, actor.level) == (named("helen"), 1)


# ---- with what a token ends -----------------------------------------------------------------------------------------


def ended(token: Token) -> None:
    with acting("nadia") as by:
        actions.end_token(token, by=by)


def another_password(token: Token) -> None:
    token.user.set_password("violet kettle orchard")
    token.user.save(update_fields=["password"])


def closed_account(token: Token) -> None:
    token.user.is_active = False
    token.user.save(update_fields=["is_active"])


def lost_factor(token: Token) -> None:
    connections["signin"].cursor().execute("DELETE FROM mfa_authenticator WHERE user_id = %s", [token.user_id])


@pytest.mark.parametrize("end", [ended, another_password, closed_account, lost_factor])
def test_a_token_ends_at_once(end: Callable[[Token], None]) -> None:
    made = token_of("nadia")
    assert Machine(made.key).get("/me").status_code == 200
    end(made.token)
    assert Machine(made.key).get("/me").status_code == 401


def test_a_password_changed_back_revives_nothing() -> None:
    made = token_of("nadia")
    before = made.token.user.password
    another_password(made.token)
    made.token.user.set_password("violet kettle orchard")
    assert before != made.token.user.password
    made.token.user.save(update_fields=["password"])
    assert Machine(made.key).get("/me").status_code == 401


# ---- who sees and ends tokens ----------------------------------------------------------------------------------------


def test_an_administrator_sees_that_there_are_tokens_and_no_key() -> None:
    key = token_of("pat").key
    page = visit("adam", "/people/tokens/").content.decode()
    assert "Pat Vell" in page
    assert Token.objects.get().number in page
    assert key not in page
    assert Token.objects.get().key_hash not in page


def test_an_administrator_ends_a_token_of_a_member() -> None:
    made = token_of("pat")
    assert visit("adam", f"/account/tokens/{made.token.pk}/end/", {}).status_code == 302
    assert Machine(made.key).get("/me").status_code == 401
    with acting("dora"):
        line = Entry.objects.get(what="token.ended")
    assert line.membership == named("adam")


@pytest.mark.parametrize("who", ["cass", "helen", "nadia", "ruth"])
def test_nobody_else_does_and_learns_nothing(who: str) -> None:
    made = token_of("pat")
    answer = visit(who, f"/account/tokens/{made.token.pk}/end/", {})
    missing = visit(who, f"/account/tokens/{named('nothing')}/end/", {})
    assert answer.status_code == missing.status_code == 404
    assert Machine(made.key).get("/me").status_code == 200


def test_others_see_no_list_of_tokens() -> None:
    token_of("pat")
    assert visit("pat", "/people/tokens/").status_code == 403
    assert "T-" not in visit("cass", "/account/tokens/").content.decode()


def test_only_an_administrator_permits_and_with_the_second_factor() -> None:
    assert visit("adam", "/people/tokens/permit/", {"allowed": "no"}).status_code == 403
    page = visit("adam", "/people/tokens/permit/", level=2).content.decode()
    typed = carried(page) | {"allowed": "no"}
    assert visit("pat", "/people/tokens/permit/", typed, level=2).status_code == 422
    assert visit("adam", "/people/tokens/permit/", typed, level=2).status_code == 302


# ---- what the log says -----------------------------------------------------------------------------------------------


@pytest.mark.requirement("PP-3")
def test_each_line_says_with_which_token_a_machine_came() -> None:
    made = token_of("nadia")
    assert Machine(made.key).get(f"/cases/{named('civil_case')}/records").status_code == 200
    with acting("dora", purpose="administration"):
        (line,) = Subject.objects.filter(entry__what="api:records", owner=PRISON)
        assert line.entry.membership == named("nadia")
        assert line.entry.purpose == "intervention"
        assert line.detail == {"through": str(made.token.pk)}


def test_who_reads_the_log_sees_that_it_was_a_machine() -> None:
    machine_of("nadia").get(f"/cases/{named('civil_case')}/records")
    page = visit("dora", f"/cases/{named('case')}/readers/").content.decode()
    assert "Read by a machine" in page


def test_making_one_is_a_line_with_its_number_and_without_its_key() -> None:
    made = token_of("nadia", Scope.CASES)
    with acting("cora"):
        line = Subject.objects.get(entry__what="token.made")
    assert line.detail["token"] == str(made.token.pk)
    assert made.key not in str(line.detail)
