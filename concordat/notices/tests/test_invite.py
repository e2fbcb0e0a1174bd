import re
from collections.abc import Callable

import pytest

from concordat.demo.world import named
from concordat.notices.messages import content_of
from concordat.notices.models import Message
from concordat.people.models import Invitation, Membership
from concordat.people.tests.conftest import Browser

INVITE, PAPER = "/people/invite/", "/people/invitation/"
WHO = {"shown_name": "Ann Lee", "title": "Officer", "email": "ann@example.org", "roles": ["case_officer"]}


@pytest.fixture
def _mail(settings: object) -> None:
    settings.EMAIL_HOST = "mail.example"  # type: ignore[attr-defined]


def test_an_invitation_on_paper_is_shown_once(adam: Browser) -> None:
    assert adam.client.post(INVITE, WHO | {"by_mail": "paper"}).headers["Location"] == PAPER
    page = adam.client.get(PAPER).content.decode()
    code = re.search(r"[2-9A-Z]{4}(-[2-9A-Z]{4}){3}", page)
    assert code
    assert "http://testserver/account/invitation/" in page
    assert "Ann" not in page  # a sheet that is lost names nobody
    assert adam.client.get(PAPER).headers["Location"] == "/people/"
    assert adam.client.post("/account/invitation/", {"code": code[0]}).status_code == 302


@pytest.mark.usefixtures("_mail")
def test_an_invitation_by_mail_names_nobody(adam: Browser) -> None:
    adam.client.post(INVITE, WHO | {"by_mail": "mail"})
    (message,) = Message.objects.all()
    content = content_of(message)
    assert message.email == "ann@example.org"
    assert content["subject"] == "A message from Concordat"
    assert re.search(r"http://testserver/account/invitation/[2-9A-Z-]{19}/", content["text"])
    for name in ("Ann", "Adam", "Prison", "Officer"):
        assert name not in f"{content['subject']} {content['text']}"
    assert adam.client.get(PAPER).headers["Location"] == "/people/"


def test_without_a_mail_server_only_paper_is_offered(adam: Browser) -> None:
    assert "By e-mail" not in adam.client.get(INVITE).content.decode()
    assert adam.client.post(INVITE, WHO | {"by_mail": "mail"}).status_code == 422


def test_a_form_that_is_not_complete_keeps_what_was_typed(adam: Browser) -> None:
    page = adam.client.post(INVITE, WHO | {"roles": [], "by_mail": "paper"})
    assert page.status_code == 422
    assert 'value="Ann Lee"' in page.content.decode()


@pytest.mark.requirement("PP-22")
def test_nobody_is_invited_as_administrator_and_something_else(adam: Browser) -> None:
    page = adam.client.post(INVITE, WHO | {"roles": ["administrator", "case_officer"], "by_mail": "paper"})
    assert "An administrator sees no content" in page.content.decode()
    assert not Membership.objects.using("signin").filter(shown_name="Ann Lee").exists()


def test_who_is_no_administrator_is_refused(pat: Browser) -> None:
    page = pat.client.post(INVITE, WHO | {"by_mail": "paper"})
    assert "Only an administrator of Prison Service can do this." in page.content.decode()


def test_a_new_invitation_for_somebody_who_lost_theirs(adam: Browser, make_user: Callable[..., object]) -> None:
    make_user("pat")
    adam.client.post(f"/people/{named('pat')}/invite/", {"by_mail": "paper"})
    assert Invitation.objects.get().email == "pat@example.org"
    assert (
        "Nobody changes their own membership"
        in adam.client.post(f"/people/{named('adam')}/invite/", {"by_mail": "paper"}).content.decode()
    )
