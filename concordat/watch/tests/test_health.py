"""What the operator learns of the server, and what strangers do."""

from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import Settings

from concordat.demo.world import PRISON, acting
from concordat.ledger import log
from concordat.ledger.management.commands.worker import do_what_waits
from concordat.watch import pulse

pytestmark = pytest.mark.django_db

STRANGER = {"headers": {"host": "concordat.example.org", "x-forwarded-for": "203.0.113.9"}}
TOKEN = "a token of the operator"


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask the database anew in each test."""
    monkeypatch.setattr(pulse, "AGAIN", -1.0)


@pytest.fixture
def late() -> Iterator[None]:
    """Have the worker work for the last time long ago, as far as the rules can tell."""
    do_what_waits()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pulse, "LATE", -1.0)
        yield


def test_a_process_that_answers_lives() -> None:
    answer = Client().get("/health/live")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_a_server_whose_worker_works_is_ready() -> None:
    before = Client().get("/health")
    assert (before.status_code, before.content) == (503, b"not ok\nthe worker has not worked yet\n")
    do_what_waits()
    after = Client().get("/health")
    assert (after.status_code, after.content) == (200, b"ok\n")


def test_a_line_that_waits_for_its_place_is_an_alarm(monkeypatch: pytest.MonkeyPatch) -> None:
    do_what_waits()
    with acting("pat"):
        log.record("tried", owner=PRISON)
    assert Client().get("/health").status_code == 200
    monkeypatch.setattr(pulse, "WITHOUT_PLACE", -1.0)
    answer = Client().get("/health")
    assert answer.status_code == 503
    assert answer.content.startswith(b"not ok\na line of the log has waited 0 seconds for its place in the tree")
    do_what_waits()
    assert Client().get("/health").status_code == 200


def test_a_worker_that_has_stopped_is_not_ready(late: None) -> None:
    answer = Client().get("/health")
    assert answer.status_code == 503
    assert answer.content.startswith(b"not ok\nthe worker last worked 0 seconds ago")


@pytest.mark.parametrize("how", [STRANGER, {"REMOTE_ADDR": "192.0.2.7"}, {"headers": {"x-real-ip": "192.0.2.7"}}])
def test_strangers_learn_one_word(late: None, how: dict[str, object]) -> None:
    client = Client(**how)  # type: ignore[arg-type]  # headers and what the server says of the visitor
    assert client.get("/health").content == b"not ok\n"
    answer = client.get("/metrics")
    assert (answer.status_code, answer.content) == (404, b"not found\n")


def test_the_token_opens_the_numbers(settings: Settings) -> None:
    settings.METRICS_TOKEN = TOKEN
    client = Client(**STRANGER)  # type: ignore[arg-type]  # as above
    assert client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200
    for wrong in (f"Bearer {TOKEN}.", "Bearer ", f"Basic {TOKEN}", "Bearer ö"):
        assert client.get("/metrics", headers={"authorization": wrong}).status_code == 404


def test_without_a_token_in_the_settings_none_opens_them(settings: Settings) -> None:
    settings.METRICS_TOKEN = ""
    client = Client(**STRANGER)  # type: ignore[arg-type]  # as above
    assert client.get("/metrics", headers={"authorization": "Bearer "}).status_code == 404


def test_many_who_ask_at_once_ask_the_database_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = iter(range(5))
    monkeypatch.setattr(pulse, "AGAIN", 60.0)
    monkeypatch.setattr(pulse, "_last", pulse.Last(pulse.Pulse(), -100.0))
    monkeypatch.setattr(pulse, "ask", lambda: pulse.Pulse(log_age=next(asked)))
    for _ in range(5):
        pulse.latest()
    assert next(asked) == 1
