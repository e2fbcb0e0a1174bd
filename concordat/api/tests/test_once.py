"""A request that is sent twice is carried out once: after a crash, at the same moment, and when all is closed since."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from django.db import connections
from django.utils.timezone import now

from concordat.api.models import Done
from concordat.api.once import forget_old
from concordat.cases.models import Assignment
from concordat.core.testing.machines import BASE, Machine, machine_of, token_of
from concordat.demo.world import acting, named
from concordat.referrals.asking.tests import making
from concordat.referrals.models import Referral

KEY = "0f0e0d0c-0b0a-0908"
SAID = {
    "service": str(named("service")), "need": "mentoring", "text": "Wants somebody to talk to.",
    "desired_outcomes": ["A weekly routine"],
}  # fmt: skip


def drafts() -> int:
    with acting("pat"):
        return Referral.objects.filter(sent_at=None).count()


def draft(machine: Machine, case: object, key: str = KEY, **changes: object) -> Any:  # noqa: ANN401 - a response
    return machine.post(f"/cases/{case}/referrals", {**SAID, **changes}, key=key)


@pytest.mark.django_db
def test_the_same_key_and_body_answer_the_same_and_do_nothing_more() -> None:
    machine, case = machine_of("pat"), making.make_case().pk
    first, second = draft(machine, case), draft(machine, case)
    assert first.status_code == second.status_code == 201
    assert first.content == second.content
    assert first.headers["Location"] == second.headers["Location"]
    assert drafts() == 1


@pytest.mark.django_db
def test_the_same_key_for_something_else_is_refused() -> None:
    machine, case = machine_of("pat"), making.make_case().pk
    draft(machine, case)
    other = draft(machine, case, text="Something else.")
    assert other.status_code == 422
    assert "Idempotency-Key" in other.json()["detail"]
    assert draft(machine, making.make_case().pk).status_code == 422
    assert drafts() == 1


@pytest.mark.django_db
def test_another_key_or_another_token_is_another_request() -> None:
    machine, case = machine_of("pat"), making.make_case().pk
    draft(machine, case)
    draft(machine, case, key="another-key")
    draft(machine_of("pat"), case)
    assert drafts() == 3


@pytest.mark.django_db
def test_what_was_refused_is_not_kept_and_can_be_sent_again() -> None:
    machine, case = machine_of("pat"), making.make_case().pk
    assert draft(machine, case, text="  ").status_code == 422
    assert draft(machine, case).status_code == 201


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "short", "with space in it", "x" * 101])
def test_a_write_asks_for_a_key(key: str) -> None:
    machine, case = machine_of("pat"), making.make_case().pk
    headers = {"Idempotency-Key": key} if key else {}
    answer = machine.client.post(
        f"{BASE}/cases/{case}/referrals", SAID, content_type="application/json", headers=headers
    )
    assert answer.status_code == 400
    assert drafts() == 0


@pytest.mark.django_db
def test_sending_again_reads_nothing_that_has_been_closed_since() -> None:
    machine = machine_of("nadia")
    link = f"/links/{named('link')}"
    review = {"held_on": "2026-01-02", "own_words": "It helps me to have a plan."}
    first = machine.post(f"{link}/reviews", review, key=KEY)
    assert first.status_code == 201, first.content
    with acting("cora"):
        Assignment.objects.filter(membership_id=named("nadia"), ends_at=None).update(ends_at=now())
    assert machine.get(first.json()["location"].removeprefix(BASE)).status_code == 404
    again = machine.post(f"{link}/reviews", review, key=KEY)
    assert again.content == first.content
    assert "plan" not in again.content.decode()


# ---- with a database of their own ------------------------------------------------------------------------------------


@pytest.fixture
def owner(own_database: str, owner_dsn: str) -> Iterator[psycopg.Connection[Any]]:
    with psycopg.connect(owner_dsn, autocommit=True) as connection:
        yield connection


def when_kept(owner: psycopg.Connection[Any], what: str) -> None:
    """Have something happen in the database between the change and the line that it was done."""
    owner.execute(
        f"""
        CREATE OR REPLACE FUNCTION api.on_the_way() RETURNS trigger LANGUAGE plpgsql
        AS $$ BEGIN {what}; RETURN NEW; END $$;
        DROP TRIGGER IF EXISTS on_the_way ON api_done;
        CREATE TRIGGER on_the_way BEFORE INSERT ON api_done FOR EACH ROW EXECUTE FUNCTION api.on_the_way();
        GRANT EXECUTE ON FUNCTION api.on_the_way() TO concordat_app""".encode()
    )


def test_a_crash_between_the_change_and_its_line_leaves_neither(owner: psycopg.Connection[Any]) -> None:
    machine, case = machine_of("pat"), making.make_case().pk
    machine.client.raise_request_exception = False
    when_kept(owner, "PERFORM pg_terminate_backend(pg_backend_pid())")
    assert draft(machine, case).status_code == 503
    connections["default"].close()
    assert drafts() == 0
    when_kept(owner, "NULL")
    assert draft(machine, case).status_code == 201
    assert draft(machine, case).status_code == 201
    assert drafts() == 1


def test_two_at_the_same_moment_are_carried_out_once(owner: psycopg.Connection[Any]) -> None:
    key, case = token_of("pat").key, making.make_case().pk
    when_kept(owner, "PERFORM pg_sleep(1)")

    def send(_number: int) -> tuple[int, bytes]:
        try:
            answer = draft(Machine(key), case)
            return answer.status_code, answer.content
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as threads:
        answers = sorted(threads.map(send, range(2)))
    assert [status for status, _content in answers] == [201, 409]
    assert drafts() == 1
    assert draft(Machine(key), case).content == answers[0][1]
    assert drafts() == 1


def test_a_key_is_forgotten_after_two_days(owner: psycopg.Connection[Any]) -> None:
    machine, case = machine_of("pat"), making.make_case().pk
    draft(machine, case)
    forget_old()
    assert owner.execute("SELECT count(*) FROM api_done").fetchone() == (1,)
    owner.execute("UPDATE api_done SET at = at - interval '49 hours'")
    forget_old()
    assert owner.execute("SELECT count(*) FROM api_done").fetchone() == (0,)


def test_nobody_sees_what_others_did(owner: psycopg.Connection[Any]) -> None:
    draft(machine_of("pat"), making.make_case().pk)
    for name, count in (("pat", 1), ("cass", 0), ("adam", 0), ("nadia", 0)):
        with acting(name):
            assert Done.objects.count() == count, name
