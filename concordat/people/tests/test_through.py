"""Signing in through one's organisation, against a real provider on this machine that can be made to lie."""

import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from django.core.cache import cache
from django.test import Client

from concordat.core.errors import Refused
from concordat.core.testing.filling import send
from concordat.demo.world import FAMILIES, PRISON, acting, named
from concordat.organisations.models import Organisation
from concordat.people import actions, oidc
from concordat.people.models import Membership, Provider, Subject, User
from concordat.people.tests.conftest import Browser, code_of
from concordat.people.tests.issuer import CLIENT, SECRET, Issuer, make_key, running
from concordat.people.tests.test_acting import ADD

START = "/account/sign-in/through/ps/go/"


@pytest.fixture
def issuer(own_database: str) -> Iterator[Issuer]:
    """Have a provider that the prison service has entered."""
    with running() as found:
        cache.clear()
        enter(found)
        found.person = {"email": "pat@example.org"}
        yield found


def enter(desk: Issuer, **more: Any) -> Provider:  # noqa: ANN401 - handed on
    """Have the administrator of the prison service enter a provider."""
    with acting("adam", level=2) as by:
        asked: dict[str, Any] = {
            "issuer": desk.address, "client_id": CLIENT, "secret": SECRET, "claim": "email", "second_factor": "",
            "required": False, "enabled": True, **more,
        }  # fmt: skip
        before = Provider.objects.filter(organisation_id=PRISON).first()
        return actions.set_provider(Organisation.objects.get(pk=PRISON), before=before, by=by, **asked)


def come(client: Client) -> Any:  # noqa: ANN401 - the test client's response
    """Walk from the button to the provider and back."""
    gone = client.get(START)
    back = requests.get(gone.headers["Location"], allow_redirects=False, timeout=5)
    parts = urlsplit(back.headers["Location"])
    return client.get(f"{parts.path}?{parts.query}")


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def refused(client: Client) -> str:
    """Come back, be refused, and read why."""
    page = come(client)
    assert page.headers["Location"] == "/account/sign-in/"
    assert not is_in(client)
    return str(client.get("/account/sign-in/").content.decode())


def test_a_member_signs_in_and_is_asked_for_our_second_factor(issuer: Issuer, make_user: Callable[..., User]) -> None:
    pat, client = make_user("pat"), Client()
    assert come(client).status_code == 302
    assert is_in(client)
    assert client.get("/cases/").headers["Location"].startswith("/account/confirm/")
    client.post("/account/confirm/?next=/cases/", {"second-factor-code": code_of(pat)})
    assert client.get("/cases/").status_code == 200
    (asked,) = issuer.asked
    assert asked["code_challenge_method"] == "S256"
    assert asked["scope"] == "openid email"


def test_a_second_factor_at_the_provider_counts_where_the_organisation_says_so(
    issuer: Issuer, make_user: Callable[..., User]
) -> None:
    make_user("pat")
    enter(issuer, second_factor="mfa")
    without = Client()
    come(without)
    assert without.get("/cases/").headers["Location"].startswith("/account/confirm/")
    for claims in ({"amr": ["pwd", "mfa"]}, {"acr": "mfa"}):
        issuer.person = {"email": "pat@example.org", **claims}
        client = Client()
        come(client)
        assert client.get("/cases/").status_code == 200
        # a weighty act asks for our own
        assert client.get("/account/recovery-codes/").headers["Location"].startswith("/account/confirm/")


def test_what_it_opens_is_this_organisation_only(
    issuer: Issuer, make_user: Callable[..., User], as_owner: Callable[..., None]
) -> None:
    pat = make_user("pat")
    as_owner(ADD, named("second"), pat.id, FAMILIES, "-1 day", "1 day")
    enter(issuer, second_factor="mfa")
    issuer.person["amr"] = ["mfa"]
    client = Client()
    come(client)
    assert client.get("/people/").status_code == 200
    client.post("/account/acting/", {"membership": str(named("second"))})
    assert "Faye Holt" not in client.get("/people/").content.decode()
    assert client.get("/people/").wsgi_request.acting.organisation_id == PRISON  # type: ignore[attr-defined]
    assert "To act for Threshold Families sign in another way" in client.get("/account/acting/").content.decode()


def test_nobody_signs_up_from_outside(issuer: Issuer, make_user: Callable[..., User]) -> None:
    issuer.person = {"email": "stranger@example.org"}
    assert "Nobody acts for this organisation under your address" in refused(Client())
    make_user("cora")  # of another organisation
    issuer.person = {"email": "cora@example.org"}
    assert "Nobody acts for this organisation under your address" in refused(Client())
    assert not Subject.objects.exists()


@pytest.mark.parametrize("said", [False, None, "true", 1])
def test_an_address_that_is_not_verified_is_nobodys(
    issuer: Issuer, make_user: Callable[..., User], said: object
) -> None:
    make_user("pat")
    issuer.lies = {"email_verified": said}
    assert "has verified your address" in refused(Client())


@pytest.mark.parametrize(
    "lies",
    [
        {"nonce": "another"}, {"nonce": None}, {"iss": "http://127.0.0.1:1"}, {"iss": None}, {"aud": "somebody else"},
        {"aud": None}, {"aud": [CLIENT, "other"]}, {"azp": "other"}, {"exp": 1_000_000_000}, {"exp": None},
        {"sub": None}, {"iat": None}, {"nbf": 4_000_000_000},
    ],
    ids=str,
)  # fmt: skip
def test_a_token_that_is_not_for_us_or_not_now_signs_nobody_in(
    issuer: Issuer, make_user: Callable[..., User], lies: dict[str, Any]
) -> None:
    make_user("pat")
    issuer.lies = lies
    assert "does not hold" in refused(Client())
    issuer.lies = {}
    client = Client()
    come(client)
    assert is_in(client)


@pytest.mark.parametrize("how", ["another key", "none", "HS256"])
def test_a_token_that_the_issuer_did_not_sign_signs_nobody_in(
    issuer: Issuer, make_user: Callable[..., User], how: str
) -> None:
    make_user("pat")
    if how == "another key":
        issuer.signs_with = make_key()
    else:
        issuer.algorithm = how
    assert "does not hold" in refused(Client())


def test_an_answer_that_this_browser_did_not_ask_for_is_refused(issuer: Issuer, make_user: Callable[..., User]) -> None:
    make_user("pat")
    victim, attacker = Client(), Client()
    gone = attacker.get(START)
    back = urlsplit(requests.get(gone.headers["Location"], allow_redirects=False, timeout=5).headers["Location"])
    victim.get(f"{back.path}?{back.query}")
    assert not is_in(victim)
    victim.get(START)
    victim.get(f"{back.path}?{back.query}")
    assert not is_in(victim)
    attacker.get(f"{back.path}?{back.query}&iss=http://elsewhere")
    assert not is_in(attacker)


def test_an_answer_counts_once_and_in_time(issuer: Issuer, make_user: Callable[..., User]) -> None:
    make_user("pat")
    client = Client()
    gone = client.get(START)
    back = urlsplit(requests.get(gone.headers["Location"], allow_redirects=False, timeout=5).headers["Location"])
    session = client.session
    session["asked a provider"] = {**session["asked a provider"], "at": time.time() - 3600}
    session.save()
    client.get(f"{back.path}?{back.query}")
    assert not is_in(client)
    client.get(f"{back.path}?{back.query}")
    assert not is_in(client)


def test_a_subject_stays_who_they_were(issuer: Issuer, make_user: Callable[..., User]) -> None:
    make_user("pat")
    make_user("cass")
    come(Client())
    assert Subject.objects.get().user_id == named("user:pat")
    issuer.person = {"email": "cass@example.org"}  # the same subject with the address of a colleague
    client = Client()
    come(client)
    assert client.session["_auth_user_id"] == str(named("user:pat"))
    issuer.person = {"email": "pat@example.org", "sub": "person-2"}  # another subject with the address of Pat
    assert "belongs to another account" in refused(Client())


def test_a_leaver_does_not_come_in(
    issuer: Issuer, make_user: Callable[..., User], as_owner: Callable[..., None]
) -> None:
    make_user("pat")
    come(Client())
    as_owner("UPDATE people_membership SET valid_until = now() WHERE id = %s", named("pat"))
    assert "Nobody acts for this organisation" in refused(Client())


def test_an_invitation_is_taken_up_without_a_password(issuer: Issuer) -> None:
    with acting("adam", level=2) as adam:
        invited = actions.invite(
            adam.organisation,
            shown_name="Ann",
            title="Officer",
            roles=["case_officer"],
            email="ann@example.org",
            by=adam,
        )
    issuer.person = {"email": "ann@example.org"}
    assert "Nobody acts for this organisation" in refused(Client())  # without the invitation
    issuer.person = {"email": "other@example.org"}
    client = Client()
    client.post("/account/invitation/", {"code": invited.code})
    assert "Join through the sign-in of your organisation" in client.get("/account/join/").content.decode()
    assert "Nobody acts for this organisation" in refused(client)  # with it, under another address
    issuer.person = {"email": "ann@example.org"}
    come(client)
    assert is_in(client)
    user = User.objects.get(email="ann@example.org")
    assert not user.has_usable_password()
    assert Membership.objects.using("signin").get(pk=invited.membership.pk).user_id == user.id


def test_an_organisation_can_ask_its_members_to_come_this_way(issuer: Issuer, browser: Callable[..., Browser]) -> None:
    enter(issuer, required=True)
    pat, adam = browser("pat"), browser("adam")
    pat.sign_in()
    page = pat.client.get("/cases/")
    assert page.status_code == 403
    assert "Sign in through this organisation" in page.content.decode()
    adam.sign_in()
    assert adam.client.get("/people/").status_code == 200  # or nobody could mend it
    come(pat.client)
    pat.client.post("/account/confirm/?next=/cases/", {"second-factor-code": code_of(pat.user)})
    assert pat.client.get("/cases/").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "http://login.example.org",
        "ftp://login.example.org",
        "//login",
        "https://user@login.example.org",
        "file:///etc/passwd",
    ],
)
def test_an_address_that_is_not_https_is_not_called(issuer: Issuer, address: str) -> None:
    with pytest.raises(Refused):
        enter(issuer, issuer=address)
    with pytest.raises(Refused):
        oidc.call("GET", address)


def test_a_provider_that_names_another_issuer_or_unsafe_addresses_is_not_entered(issuer: Issuer) -> None:
    for metadata in ({"issuer": "https://other.example.org"}, {"token_endpoint": "http://other.example.org"}):
        cache.clear()
        issuer.metadata = metadata
        with pytest.raises(Refused):
            enter(issuer)


def test_a_redirection_is_not_followed(issuer: Issuer) -> None:
    with pytest.raises(Refused, match="does not answer"):
        oidc.call("GET", f"{issuer.address}/authorize?redirect_uri={issuer.address}/keys&state=x")


def test_the_secret_lies_sealed_and_only_administrators_write(issuer: Issuer) -> None:
    with acting("adam", level=2):
        found = Provider.objects.get()
    assert SECRET not in found.sealed_secret
    with acting("helen", level=2) as helen:
        assert not Provider.objects.exists()
        with pytest.raises(Refused, match="Only an administrator"):
            actions.set_provider(
                helen.organisation, before=None, issuer=issuer.address, client_id="x", secret="x", claim="email",
                second_factor="", required=False, enabled=True, by=helen,
            )  # fmt: skip
    with acting("adam", level=1):
        assert not Provider.objects.update(client_id="x")
    with acting("otto", level=2):
        assert not Provider.objects.exists()


def test_the_page_of_the_administrator(issuer: Issuer, browser: Callable[..., Browser]) -> None:
    adam = browser("adam")
    adam.sign_in()
    page = adam.client.get("/people/sign-in/").content.decode()
    assert "http://testserver/account/sign-in/back/" in page
    assert SECRET not in page
    typed = {"issuer": issuer.address, "client_id": "new", "claim": "email", "enabled": "on"}
    assert send(adam.client, "/people/sign-in/", typed).status_code == 302
    with acting("adam"):
        assert Provider.objects.get().client_id == "new"


def test_strangers_get_no_list_of_organisations(issuer: Issuer) -> None:
    client = Client()
    assert "Prison Service" not in client.get("/account/sign-in/through/").content.decode()
    page = client.post("/account/sign-in/through/", {"slug": "lm"})
    assert "no organisation by this short name" in page.content.decode()
    assert client.get("/account/sign-in/through/lm/").status_code == 404
    on = client.post("/account/sign-in/through/", {"slug": "PS"})
    assert on.headers["Location"] == "/account/sign-in/through/ps/"
    assert issuer.address.partition("://")[2] in client.get(on.headers["Location"]).content.decode()


def test_nobody_has_us_call_a_provider_again_and_again(issuer: Issuer) -> None:
    client = Client()
    gone = [client.get(START).headers["Location"] for _attempt in range(21)]
    assert gone[0].startswith(issuer.address)
    assert gone[-1] == "/account/sign-in/"


def test_one_that_is_switched_off_signs_nobody_in(issuer: Issuer, make_user: Callable[..., User]) -> None:
    make_user("pat")
    enter(issuer, enabled=False)
    assert Client().get(START).status_code == 404
