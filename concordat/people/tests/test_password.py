"""A forgotten password, by e-mail."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from concordat.notices.messages import content_of
from concordat.notices.models import Message
from concordat.people.models import User
from concordat.people.tests.conftest import Browser

FORGOTTEN = "/account/forgotten/"
NEW = {"password1": "amber ladder museum", "password2": "amber ladder museum"}


@pytest.fixture
def _mail(settings: object) -> None:
    settings.EMAIL_HOST = "mail.example"  # type: ignore[attr-defined]


@pytest.mark.usefixtures("_mail")
def test_the_link_gives_a_new_password_and_leaves_the_second_factor(pat: Browser) -> None:
    Client().post(FORGOTTEN, {"email": "pat@example.org"})
    (message,) = Message.objects.all()
    link = re.search(r"http://testserver(\S+)", content_of(message)["text"])
    assert link
    client = Client()
    form = client.get(link[1], follow=True)
    assert client.post(form.redirect_chain[-1][0], NEW).status_code == 302
    assert User.objects.get(id=pat.user.id).check_password("amber ladder museum")

    asked = Client().post("/account/sign-in/", {"login": "pat@example.org", "password": "amber ladder museum"})
    assert asked.headers["Location"] == "/account/sign-in/code/"
    assert client.get(link[1], follow=True).content.decode().count("This link is not valid any more") > 0


@pytest.mark.usefixtures("_mail")
def test_the_answer_and_the_subject_do_not_say_whether_there_is_an_account(make_user: Callable[..., User]) -> None:
    make_user("pat")
    pages = [Client().post(FORGOTTEN, {"email": f"{who}@example.org"}, follow=True) for who in ("pat", "nobody")]
    one, other = (re.sub(r'csrfmiddlewaretoken" value="[^"]+', "", page.content.decode()) for page in pages)
    assert one == other
    assert [message.email for message in Message.objects.all()] == ["pat@example.org", "nobody@example.org"]
    assert {content_of(message)["subject"] for message in Message.objects.all()} == {"A message from Concordat"}


def test_without_a_mail_server_the_page_says_whom_to_ask(own_database: str) -> None:
    assert "Ask an administrator of your organisation" in Client().get(FORGOTTEN).content.decode()
