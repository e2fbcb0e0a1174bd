"""Replicas: who may answer, for whom a change waits, and two real servers of which one is killed."""

import json
import subprocess
import sys
import time
from typing import Any

import psycopg
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, connections
from django.test import RequestFactory, override_settings

from concordat.config import database
from concordat.config.home import PACKAGE
from concordat.ledger import replicas
from concordat.ledger.leases import BEHIND, LEASE, NEAR, SETTLED, SILENT, Replica, State


@pytest.fixture(scope="module")
def found() -> Any:  # noqa: ANN401 - what the bench prints
    """Run a short form of `python -m bench.replicas`."""
    command = [sys.executable, "-m", "bench.replicas", "--trials", "300", "--pages", "20"]
    done = subprocess.run(command, cwd=PACKAGE.parent, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout)


class TestTwoServers:
    def test_nothing_is_read_after_it_was_revoked(self, found: Any) -> None:  # noqa: ANN401
        asked = found["database"]
        assert "STALE" not in asked
        assert asked["closed"] + asked["open"] + asked["no answer"] == 600
        assert asked["closed"] >= 290, "the trials were answered by the replica, not left out"

    def test_what_is_open_again_is_read_at_once(self, found: Any) -> None:  # noqa: ANN401
        assert "LOST" not in found["database"]
        assert found["database"]["open"] >= 290

    def test_a_dead_replica_holds_a_change_up_for_less_than_ten_seconds(self, found: Any) -> None:  # noqa: ANN401
        assert found["database"]["change while it died s"] < 10

    def test_a_replica_that_comes_back_answers_nobody_before_it_is_let_in(self, found: Any) -> None:  # noqa: ANN401
        assert found["database"]["refused while out"] > 0
        assert "ANSWERED WHILE OUT" not in found["database"]

    def test_a_page_is_put_together_from_the_replica_and_its_line_written_on_the_primary(self, found: Any) -> None:  # noqa: ANN401
        shown = found["pages"]
        assert shown["status"] == 200
        assert shown["statements on the replica"] > 20
        assert shown["lines on the primary"] == 1
        assert (shown["closed"], shown["open"]) == (20, 20)

    def test_the_doctor_finds_it_well(self, found: Any) -> None:  # noqa: ANN401
        assert found["pages"]["the doctor"] == "fine "

    def test_the_replica_takes_the_primarys_place_with_the_last_change(self, found: Any) -> None:  # noqa: ANN401
        assert found["fail-over"] == {"the last change holds": True, "it answers and takes changes": True}


def stands(one: Replica) -> State:
    return one.state


class TestStates:
    """One step after another, by a clock of our own."""

    def test_one_that_has_caught_up_is_waited_for_before_it_answers(self) -> None:
        one = Replica("a", applied=10.0)
        one.step(10.0 + NEAR / 2)
        assert stands(one) is State.JOINING
        one.applied = one.since + SETTLED
        one.step(one.since + SETTLED / 2)
        assert stands(one) is State.JOINING
        one.step(one.since + SETTLED + 0.1)
        assert stands(one) is State.IN

    def test_one_that_is_behind_stays_out(self) -> None:
        one = Replica("a", applied=10.0)
        one.step(10.0 + NEAR + 0.1)
        assert stands(one) is State.OUT

    def test_one_that_falls_silent_is_waited_for_until_its_last_lease_has_run_out(self) -> None:
        one = Replica("a", State.IN, applied=10.0, named=12.0)
        one.step(10.0 + SILENT + 0.1)
        assert stands(one) is State.LEAVING
        one.step(12.0 + LEASE + BEHIND)
        assert stands(one) is State.LEAVING, "its clock may be a second behind"
        one.step(12.0 + LEASE + BEHIND + 0.1)
        assert stands(one) is State.OUT

    def test_letting_one_go_takes_less_than_ten_seconds(self) -> None:
        assert SILENT + LEASE + BEHIND + 2 * 0.5 <= 10

    def test_one_that_comes_back_while_it_leaves_joins_anew(self) -> None:
        one = Replica("a", State.LEAVING, applied=20.0, named=12.0)
        one.step(20.0)
        assert stands(one) is State.OUT
        one.step(20.1)
        assert stands(one) is State.JOINING


class TestWhoAnswers:
    def test_only_reading_is_sent_to_a_replica(self, rf: RequestFactory) -> None:
        with override_settings(REPLICAS=["a"]):
            assert replicas.chosen(rf.get("/today/")) == "a"
            assert replicas.chosen(rf.post("/today/")) is None

    def test_they_take_turns(self, rf: RequestFactory) -> None:
        with override_settings(REPLICAS=["a", "b"]):
            assert {replicas.chosen(rf.get("/today/")) for _ in range(4)} == {"a", "b"}

    def test_one_that_did_not_answer_is_left_alone_for_a_moment(
        self, rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(replicas, "_silent_until", {})
        with override_settings(REPLICAS=["a"]):
            replicas.note(rf.get("/today/"), "a", DatabaseError("lost"))
            assert replicas.chosen(rf.get("/today/")) is None
            monkeypatch.setattr(replicas, "_silent_until", {"a": time.monotonic() - 1})
            assert replicas.chosen(rf.get("/today/")) == "a"

    def test_a_page_that_writes_goes_to_the_primary_from_then_on(
        self, rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(replicas, "_writing", set())
        monkeypatch.setattr(replicas, "_silent_until", {})
        wrote = DatabaseError("read-only")
        wrote.__cause__ = psycopg.errors.ReadOnlySqlTransaction("read-only")
        with override_settings(REPLICAS=["a"]):
            replicas.note(rf.get("/today/"), "a", wrote)
            assert replicas.chosen(rf.get("/today/")) is None
            assert replicas.chosen(rf.get("/cases/")) == "a"

    def test_inside_the_block_the_records_database_is_the_replica(self) -> None:
        before = connections["default"]
        connections["other"] = connections["signin"]
        try:
            with replicas.reading_from("other"):
                assert connections["default"] is connections["signin"]
            assert connections["default"] is before
        finally:
            del connections["other"]

    @pytest.mark.django_db
    def test_the_application_cannot_lengthen_a_lease(self) -> None:
        with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
            cursor.execute("SELECT ledger.lease('{a}')")

    @pytest.mark.django_db
    def test_the_primary_needs_no_lease(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT ledger.may_answer()")
            assert cursor.fetchone() == (True,)


@pytest.mark.parametrize("wrong", ["a", "a=host", "a=:5432", "A b=host:5432", "a=host:port"])
def test_a_replica_is_written_as_name_host_and_port(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "REPLICAS", [wrong])
    with pytest.raises(ImproperlyConfigured, match="name=host:port"):
        database.replicas(PACKAGE)
