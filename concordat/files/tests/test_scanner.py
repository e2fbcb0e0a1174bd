"""The virus scanner: nothing found, something found, away; and what the worker does when it is back."""

import socket

import pytest
from django.db import connection
from django.utils.timezone import now
from pytest_django import Settings

from concordat.core.testing.visitor import signed_in
from concordat.demo.world import acting, named
from concordat.files import scanner as asking
from concordat.files import work
from concordat.files.models import File, State

from . import samples
from .conftest import Peer
from .ready import TEXT, address, on_participation, sees, state_of

pytestmark = pytest.mark.django_db
BAD = b"see " + samples.EICAR
NOWHERE = "/nowhere/clamd.ctl"


# ---- the protocol ---------------------------------------------------------------------------------------------------


def test_a_scanner_says_what_it_found(scanner: str) -> None:
    assert asking.ping()
    assert asking.scan(TEXT) == asking.Verdict("clean")
    assert asking.scan(BAD) == asking.Verdict("found", "Test.Eicar.UNOFFICIAL")
    assert asking.scan(b"x" * 3_000_000 + BAD).state == "found"


@pytest.mark.parametrize(
    "answer", [b"INSTREAM size limit exceeded. ERROR\0", b"stream: OK FOUND? ERROR\0", b"", b"stream: OK\nand more\0"]
)
def test_any_other_answer_counts_as_none(peer: Peer, settings: Settings, answer: bytes) -> None:
    settings.CLAMAV, peer.verdict = peer.server_address, lambda _data: answer
    assert asking.scan(TEXT).state == "away"


def test_a_host_and_port_are_asked_too(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        settings.CLAMAV = f"127.0.0.1:{door.getsockname()[1]}"
        with asking.opened() as line:
            assert line.getpeername() == door.getsockname()
    assert asking.scan(TEXT).state == "away"


# ---- attaching ------------------------------------------------------------------------------------------------------


def test_a_clean_file_is_handed_out_without_more_ado(scanner: str) -> None:
    file = on_participation()
    assert state_of(file) == State.CLEAN
    assert signed_in("cora").get(address("download", file)).content == TEXT


# ---- while the scanner is away --------------------------------------------------------------------------------------


def waiting(settings: Settings, data: bytes = TEXT) -> File:
    settings.CLAMAV = NOWHERE
    return on_participation("nadia", data)


@pytest.mark.parametrize("name", ["nadia", "cora"])
def test_nobody_gets_a_file_that_waits_not_even_who_attached_it(settings: Settings, name: str) -> None:
    file = waiting(settings)
    assert sees(name, file) == "line"
    for method in ("get", "post"):
        page = getattr(signed_in(name), method)(address("download", file))
        assert page.status_code == 422
        assert "Nobody can open this file until it was looked at" in page.content.decode()
        assert TEXT not in page.content


def test_it_is_looked_at_although_who_attached_it_has_left_the_case(settings: Settings, peer: Peer) -> None:
    file = waiting(settings)
    with acting("cora"):
        from concordat.cases.models import Assignment  # noqa: PLC0415

        Assignment.objects.filter(membership_id=named("nadia")).update(ends_at=now())
    settings.CLAMAV = peer.server_address
    work.scan_waiting()
    assert sees("cora", file) == "bytes"


def test_a_file_that_waits_is_judged_and_read_by_nobody_else(settings: Settings) -> None:
    file = waiting(settings)
    for name in ("cora", "pat"):
        with acting(name), connection.cursor() as cursor:
            cursor.execute("SELECT files.my_waiting(%s), files.judge(%s, 'clean', '')", [file.pk, file.pk])
            assert cursor.fetchone() == (None, False)
    with connection.cursor() as cursor:
        cursor.execute("SELECT files.my_waiting(%s), files.judge(%s, 'clean', '')", [file.pk, file.pk])
        assert cursor.fetchone() == (None, False)
    assert state_of(file) == State.WAITING
