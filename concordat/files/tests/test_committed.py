"""What has to be committed to be seen: bytes that are gone past the policies, the worker, a log that takes no line."""

from collections.abc import Callable

import psycopg
import pytest
from django.db import connection
from pytest_django import Settings

from concordat.core.testing.visitor import signed_in
from concordat.core.wiring import wired
from concordat.demo.world import acting, named
from concordat.files import work
from concordat.files.models import File, State
from concordat.ledger.models import Subject

from .conftest import Peer
from .ready import TEXT, address, on_participation, on_version, sees, send, state_of
from .test_record import PREPARE
from .test_scanner import BAD, waiting

Stored = Callable[[File], int]
Dsn = Callable[[str], str]
REMOVE = "UPDATE files_file SET removed_at = now(), removed_by_id = %s, ground = 'wrong' WHERE id = %s"


@pytest.fixture(autouse=True)
def _own(own_database: str) -> None:
    """Give each test a database for itself."""


@pytest.fixture
def stored(dsn: Dsn) -> Stored:
    """Return how to count the bytes of a file past all policies."""

    def count(file: File) -> int:
        with psycopg.connect(dsn("postgres")) as superuser:
            row = superuser.execute("SELECT count(*) FROM files_content WHERE file_id = %s", [file.pk]).fetchone()
        return row[0] if row else 0

    return count


def test_what_is_attached_is_stored(stored: Stored) -> None:
    assert stored(on_participation()) == 1


def test_the_bytes_go_with_the_removal_and_another_organisation_removes_nothing(stored: Stored) -> None:
    file = on_version(named("protocol:1"), "ruth")
    for name, expected in (("helen", "bytes"), ("ruth", "line")):
        with acting(name), connection.cursor() as cursor:
            cursor.execute(REMOVE, [named(name), file.pk])
        assert sees("helen", file) == expected
    assert stored(file) == 0


def test_a_virus_leaves_a_line_and_no_bytes(scanner: str, stored: Stored) -> None:
    browser = signed_in("nadia")
    answer = send("nadia", "participation", named("participation"), BAD, description="Signed")
    assert answer.status_code == 302
    with acting("cora"):
        file = File.objects.get()
        lines = Subject.objects.filter(detail__file=str(file.pk)).values_list("entry__what", "entry__membership")
        assert list(lines) == [("file.found", named("nadia"))]
    assert (file.state, file.found) == ("found", "Test.Eicar.UNOFFICIAL")
    assert sees("nadia", file) == "line"
    assert stored(file) == 0
    page = browser.get(PREPARE).content.decode()
    assert "Removed: a virus was found" in page
    assert (
        "A virus was found in this file, so it was removed at once."
        in browser.get(address("download", file)).content.decode()
    )


def test_the_worker_has_it_looked_at_when_the_scanner_is_back(
    settings: Settings, peer: Peer, stored: Stored, dsn: Dsn
) -> None:
    good, bad = waiting(settings), waiting(settings, BAD)
    assert stored(bad) == 1
    assert wired("WAITING")["files"]() == 2
    work.scan_waiting()
    assert {state_of(good), state_of(bad)} == {State.WAITING}

    settings.CLAMAV = peer.server_address
    assert work.scan_waiting in wired("WORK")
    work.scan_waiting()
    assert (state_of(good), sees("cora", good)) == (State.CLEAN, "bytes")
    assert (state_of(bad), sees("cora", bad), stored(bad)) == (State.FOUND, "line", 0)
    assert wired("WAITING")["files"]() == 0
    with acting("cora"):
        whats = Subject.objects.filter(entry__kind="system").values_list("entry__what", "detail__file")
        assert sorted(whats) == sorted([("file.clean", str(good.pk)), ("file.found", str(bad.pk))])


def test_of_somebody_who_has_left_the_organisation_it_waits_on(
    settings: Settings, peer: Peer, stored: Stored, dsn: Dsn
) -> None:
    file = waiting(settings)
    with psycopg.connect(dsn("postgres")) as superuser:
        superuser.execute(
            "UPDATE people_membership SET valid_until = now() - interval '1 h' WHERE id = %s", [named("nadia")]
        )
    settings.CLAMAV = peer.server_address
    work.scan_waiting()
    assert state_of(file) == State.WAITING


def test_a_file_that_was_removed_meanwhile_is_left_alone(
    settings: Settings, peer: Peer, stored: Stored, dsn: Dsn
) -> None:
    file = waiting(settings)
    signed_in("nadia").post(address("remove", file), {"ground": "wrong"})
    assert wired("WAITING")["files"]() == 0
    settings.CLAMAV = peer.server_address
    work.scan_waiting()
    assert state_of(file) == State.WAITING
    assert stored(file) == 0


def test_without_its_line_no_byte_leaves(dsn: Dsn) -> None:
    """The log cannot be written: there is no file, as there is no page."""
    file = on_participation()
    browser = signed_in("cora")
    with psycopg.connect(dsn("postgres")) as superuser:
        superuser.execute(
            "ALTER TABLE ledger_subject ADD CONSTRAINT no_files CHECK (detail ->> 'file' IS NULL) NOT VALID"
        )
    answer = browser.post(address("download", file))
    assert answer.status_code == 503
    assert TEXT not in answer.content
