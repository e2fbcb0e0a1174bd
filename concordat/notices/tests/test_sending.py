"""The queue against a real mail server: at least once, with one Message-ID, and what failed can be seen."""

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils.timezone import now

from concordat.cli import lifeline
from concordat.core.testing.browser import external
from concordat.demo.world import LANTERN, named
from concordat.notices.messages import GIVE_UP, Letter, To, content_of, put
from concordat.notices.models import Kind, Message, Trouble, Way
from concordat.notices.sending import MOST, WAITS, send_next, send_waiting
from concordat.notices.tests.smtp import Office
from concordat.people.models import User

LINK = "https://example.org/notices/"


def queued(key: str = "", *, to: str = "nadia@example.org", kind: Kind = Kind.ACCOUNT, language: str = "en") -> Message:
    letter = Letter("notices/waiting.txt", LINK, {"urgent": False, "preferences": LINK})
    who = To(to, language, named("user:nadia"), named("nadia"), LANTERN)
    return put(who, letter, kind=kind, key=key)


def make_due(message: Message, *, made: timedelta = timedelta()) -> None:
    found = Message.objects.get(pk=message.pk)
    found.next_try_at = now() - timedelta(seconds=1)
    found.made_at, found.worthless_at = found.made_at - made, found.worthless_at - made
    found.save(update_fields=["next_try_at", "made_at", "worthless_at"])


@pytest.mark.usefixtures("own_database")
def test_what_is_sent_is_sent_once_and_tells_nothing(office: Office) -> None:
    message = queued()
    for _round in range(3):
        send_waiting()
    ((to, text),) = office.taken
    assert to == "nadia@example.org"
    (letter,) = office.letters
    assert letter["Subject"] == "A message from Concordat"
    assert letter["Message-ID"] == message.number
    assert letter["Auto-Submitted"] == "auto-generated"
    assert LINK in text
    assert message.reference in text
    for name in ("Nadia", "Lantern", "Brandt", "7Q", "Prison"):
        assert name not in text
    sent = Message.objects.get(pk=message.pk)
    assert sent.sent_at
    assert sent.sealed == ""


@pytest.mark.usefixtures("own_database")
def test_the_content_lies_sealed() -> None:
    message = queued()
    assert LINK not in message.sealed
    assert content_of(message)["link"] == LINK


@pytest.mark.usefixtures("own_database")
def test_the_same_key_is_queued_once(office: Office) -> None:
    assert queued("notices:1").pk == queued("notices:1").pk
    send_waiting()
    assert len(office.taken) == 1


@pytest.mark.usefixtures("own_database")
def test_the_words_are_those_of_the_readers_language(office: Office) -> None:
    message = queued(language="ar")
    assert "Something waits" not in content_of(message)["text"]


@pytest.mark.usefixtures("own_database")
@pytest.mark.parametrize(
    ("mood", "trouble"), [("busy", Trouble.LATER), ("drops", Trouble.BROKEN), ("forgets", Trouble.BROKEN)]
)
def test_every_attempt_has_the_same_message_id_and_waits_longer(office: Office, mood: str, trouble: Trouble) -> None:
    message = queued()
    office.mood = mood
    waited = []
    for number in range(1, 4):
        send_next()
        after = Message.objects.get(pk=message.pk)
        assert (after.tries, after.trouble, after.sent_at, after.given_up_at) == (number, trouble, None, None)
        waited.append(after.next_try_at - now())
        assert not send_next()  # not due yet
        make_due(message)
    assert waited == sorted(waited)
    assert waited[0] < WAITS[0] + timedelta(seconds=5) < waited[1]
    office.mood = "takes"
    send_next()
    assert Message.objects.get(pk=message.pk).sent_at
    assert set(office.numbers) == {message.number}


@pytest.mark.usefixtures("own_database")
def test_a_slow_server_is_given_up_on_and_tried_again(office: Office, settings: object) -> None:
    settings.EMAIL_TIMEOUT = 0.3  # type: ignore[attr-defined]
    message = queued()
    office.mood, office.delay = "slow", 1.0
    send_next()
    assert Message.objects.get(pk=message.pk).trouble in (Trouble.AWAY, Trouble.BROKEN)
    assert not office.taken


@pytest.mark.usefixtures("own_database")
def test_a_server_that_is_away_keeps_a_round_from_trying_every_message(office: Office, settings: object) -> None:
    settings.EMAIL_PORT = 1  # type: ignore[attr-defined]
    for number in range(3):
        queued(f"one:{number}")
    send_waiting()
    assert sorted(Message.objects.values_list("tries", flat=True)) == [0, 0, 1]
    assert Message.objects.get(tries=1).trouble == Trouble.AWAY


@pytest.mark.usefixtures("own_database")
def test_an_unknown_address_is_given_up_at_once(office: Office) -> None:
    office.mood = "unknown"
    message = queued()
    send_waiting()
    after = Message.objects.get(pk=message.pk)
    assert after.given_up_at
    assert after.trouble == Trouble.ADDRESS
    office.mood = "takes"
    make_due(message)
    send_waiting()
    assert not office.taken


@pytest.mark.usefixtures("own_database")
def test_after_three_days_a_message_is_given_up(office: Office) -> None:
    office.mood = "busy"
    message = queued()
    make_due(message, made=GIVE_UP - timedelta(minutes=3))
    send_next()
    assert Message.objects.get(pk=message.pk).given_up_at is None
    make_due(message, made=timedelta(minutes=2))
    send_next()
    assert Message.objects.get(pk=message.pk).given_up_at


@pytest.mark.usefixtures("own_database")
def test_nothing_is_sent_to_a_membership_that_has_ended(office: Office, as_owner: Callable[..., None]) -> None:
    queued(kind=Kind.NOTICES)
    as_owner("UPDATE people_membership SET valid_until = now() WHERE id = %s", named("nadia"))
    send_waiting()
    assert not office.taken
    assert not Message.objects.exists()


@pytest.mark.usefixtures("own_database")
def test_a_letter_is_not_sent(office: Office) -> None:
    message = queued()
    Message.objects.filter(pk=message.pk).update(way=Way.LETTER)
    send_waiting()
    assert not office.taken


@pytest.mark.usefixtures("own_database")
def test_a_round_leaves_time_for_other_work(office: Office) -> None:
    for number in range(MOST + 1):
        queued(f"one:{number}")
    send_waiting()
    assert len(office.taken) == MOST


def test_a_worker_killed_between_sending_and_writing_sends_again_under_the_same_number(
    own_database: str, template_database: Path, office: Office
) -> None:
    message = queued()
    assert User.objects.count() == 0
    office.mood = "forgets"  # it has taken the message, and the worker waits for the answer
    settings = external(template_database, own_database) | {
        "CONCORDAT_MAIL_HOST": "127.0.0.1", "CONCORDAT_MAIL_PORT": str(office.port), "CONCORDAT_MAIL_TLS": "0",
    }  # fmt: skip
    worker = lifeline.spawn("worker", "--once", environment=settings)
    assert office.arrived.wait(60)
    worker.kill()
    worker.wait()
    assert worker.stdin
    worker.stdin.close()
    assert Message.objects.get(pk=message.pk).tries == 0
    office.mood = "takes"
    deadline = time.monotonic() + 30
    while len(office.numbers) < 2 and time.monotonic() < deadline:
        send_waiting()  # what the killed worker held is free once the server has seen that it is gone
        time.sleep(0.05)
    assert office.numbers == [message.number] * 2
    assert Message.objects.get(pk=message.pk).sent_at
