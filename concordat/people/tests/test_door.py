import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from concordat.demo.world import named
from concordat.people import actions, urls
from concordat.people.models import User
from concordat.people.tests.conftest import PASSWORD

DOOR = "/demo-door/"
HERE = {"host": "localhost:8000"}


@pytest.fixture
def persona(own_database: str) -> User:
    """Pat, as somebody of the demonstration."""
    return actions.make_persona(named("user:pat"), email="pat@demo.example", order=1, story="Refers a man to a mentor.")


@pytest.fixture
def visitor(persona: User) -> Client:
    return Client(headers=HERE)


def test_one_click_signs_in(visitor: Client, persona: User) -> None:
    page = visitor.get(DOOR).content.decode()
    assert "Pat Vell" in page
    assert "Refers a man to a mentor." in page
    visitor.post(DOOR, {"persona": str(persona.id)})
    assert "Pat Vell" in visitor.get("/people/").content.decode()


def test_a_click_needs_the_form_of_the_page(persona: User) -> None:
    careful = Client(enforce_csrf_checks=True, headers=HERE)
    assert careful.post(DOOR, {"persona": str(persona.id)}).status_code == 403
    assert careful.get(DOOR, {"persona": str(persona.id)}).status_code == 200
    assert careful.get("/people/").status_code == 302


def test_a_weighty_act_asks_for_the_code_and_the_page_shows_it(visitor: Client, persona: User) -> None:
    visitor.post(DOOR, {"persona": str(persona.id)})
    asked = visitor.get("/account/recovery-codes/").headers["Location"]
    shown = re.search(r"<bdi>(\d{6})</bdi>", visitor.get(asked).content.decode())
    assert shown
    assert visitor.post(asked, {"second-factor-code": shown[1]}).headers["Location"] == "/account/recovery-codes/"
    assert visitor.get("/account/recovery-codes/").status_code == 200
    # the next page shows a code that is not spent
    later = re.search(r"<bdi>(\d{6})</bdi>", visitor.get(asked).content.decode())
    assert later
    assert later[1] != shown[1]


def test_the_code_of_somebody_real_is_not_shown(make_user: Callable[..., User]) -> None:
    make_user("pat")
    client = Client(headers=HERE)
    client.post("/account/sign-in/", {"login": "pat@example.org", "password": PASSWORD})
    assert not re.search(r"<bdi>\d{6}</bdi>", client.get("/account/sign-in/code/").content.decode())


def test_only_people_of_the_demonstration_come_in(visitor: Client, make_user: Callable[..., User]) -> None:
    somebody = make_user("cass")
    for number in (str(somebody.id), "nonsense", ""):
        assert visitor.post(DOOR, {"persona": number}).status_code == 404
    assert visitor.get("/people/").status_code == 302


def test_the_sign_in_page_shows_the_way(visitor: Client) -> None:
    assert DOOR in visitor.get("/account/sign-in/").content.decode()
    assert (
        DOOR not in Client(headers={"host": "localhost", "via": "1.1 proxy"}).get("/account/sign-in/").content.decode()
    )


def assert_not_there(client: Client, persona: User) -> None:
    """Check that the door is not found, and that nobody gets in."""
    nowhere = client.get("/no-such-door/")
    found = client.get(DOOR)
    assert found.status_code == 404
    assert found.content.replace(b"/demo-door/", b"") == nowhere.content.replace(b"/no-such-door/", b"")
    assert client.post(DOOR, {"persona": str(persona.id)}).status_code == 404
    assert client.get("/people/").status_code == 302


@pytest.mark.parametrize("host", ["concordat.example", "192.168.1.5", "localhost.example", "127.0.0.2", "[::1]"])
def test_with_another_host_name_there_is_no_door(persona: User, settings: object, host: str) -> None:
    settings.ALLOWED_HOSTS = ["*"]  # type: ignore[attr-defined]
    assert_not_there(Client(headers={"host": host}), persona)


@pytest.mark.parametrize(
    "header",
    [
        "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Port", "X-Forwarded-Prefix",
        "Forwarded", "Via", "X-Real-IP",
    ],
)  # fmt: skip
def test_behind_a_proxy_there_is_no_door(persona: User, header: str) -> None:
    assert_not_there(Client(headers=HERE | {header: "localhost"}), persona)


def test_from_another_computer_there_is_no_door(persona: User) -> None:
    assert_not_there(Client(headers=HERE, REMOTE_ADDR="192.168.1.9"), persona)


def test_without_the_demonstration_there_is_no_door(persona: User, settings: object) -> None:
    settings.DEMO = False  # type: ignore[attr-defined]
    assert_not_there(Client(headers=HERE), persona)


def test_without_the_demonstration_it_is_not_among_the_addresses() -> None:
    assert urls.door_urls(demo=False) == []
    assert [route.name for route in urls.door_urls(demo=True)] == ["door"]  # type: ignore[union-attr]
    with pytest.raises(NoReverseMatch):
        reverse("door")
