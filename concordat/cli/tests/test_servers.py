"""Both servers give the same pages; processes share nothing of anybody; only the operator's proxy is believed."""

import http.client
import os
import re
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import psutil
import psycopg
import pytest
from django.db import connection, connections

from concordat.cli import lifeline, prefork
from concordat.core.postgres import account
from concordat.core.testing import throwaway
from concordat.core.testing.browser import external, served
from concordat.core.testing.visiting import browser_of
from concordat.ledger.management.commands.worker import POLITE, step_back

PEOPLE = ("nadia", "pat", "cora", "helen")
POOL = "3"
HOST = "concordat.example.org"


def ask(address: str, path: str = "/", **headers: str) -> tuple[int, dict[str, str], str]:
    """Ask for a page as a program does; redirects are not followed."""
    connection = http.client.HTTPConnection("127.0.0.1", urlsplit(address).port, timeout=60)
    try:
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read().decode()
    finally:
        connection.close()


def children_of(first: psutil.Process, count: int) -> list[psutil.Process]:
    """Give the processes that answer, once all are there: gunicorn makes them one after another."""
    end = time.monotonic() + 20
    while len(first.children()) != count and time.monotonic() < end:
        time.sleep(0.1)
    return first.children()


def cookie_of(name: str) -> str:
    """Sign somebody in, in the database that is served."""
    return "; ".join(f"{key}={morsel.value}" for key, morsel in browser_of(name).cookies.items())


@pytest.fixture(params=["waitress", "gunicorn"])
def server(request: pytest.FixtureRequest, own_database: str, template_database: Path) -> Iterator[tuple[str, int]]:
    environment = external(template_database, own_database) | {"CONCORDAT_SERVER": request.param, "CONCORDAT_DEMO": "1"}
    with served(environment) as (address, child):
        yield address, child.pid


@pytest.fixture
def processes(own_database: str, template_database: Path) -> Iterator[tuple[str, psutil.Process]]:
    """Serve from three processes with small pools; give the address and the first of them."""
    chosen = {"CONCORDAT_SERVER": "gunicorn", "CONCORDAT_WORKERS": "3", "CONCORDAT_POOL": POOL, "CONCORDAT_DEMO": "1"}
    with served(external(template_database, own_database) | chosen) as (address, child):
        yield address, psutil.Process(child.pid)


def test_pages_come_and_headers_of_strangers_are_believed_by_nothing(server: tuple[str, int]) -> None:
    address, _ = server
    assert ask(address, "/account/sign-in/")[0] == 200
    assert ask(address, "/demo-door/")[0] == 200
    for header in ("X_Forwarded_For", "X_Forwarded_Proto", "X_Forwarded_Host", "Forwarded", "Via", "X_Real_IP"):
        assert ask(address, "/demo-door/", **{header: "127.0.0.1"})[0] == 404, header
    assert ask(address, "/metrics", X_Forwarded_For="127.0.0.1")[0] == 404
    secure = ask(address, "/account/sign-in/", X_Forwarded_Proto="https", X_Forwarded_Host="elsewhere.example")
    assert secure[0] == 200
    assert "elsewhere.example" not in secure[2]


@pytest.mark.parametrize("kind", ["waitress", "gunicorn"])
def test_behind_a_proxy_its_word_counts(own_database: str, template_database: Path, kind: str) -> None:
    chosen = {"CONCORDAT_SERVER": kind, "CONCORDAT_PROXY": "1", "CONCORDAT_HOSTS": HOST}
    with served(external(template_database, own_database) | chosen) as (address, _):
        status, headers, _ = ask(address, "/account/sign-in/", Host=HOST)
        assert (status, headers["Location"]) == (301, f"https://{HOST}/account/sign-in/")
        forwarded = {"X_Forwarded_Proto": "https", "X_Forwarded_For": "203.0.113.9", "X_Forwarded_Host": HOST}
        status, headers, _ = ask(address, "/account/sign-in/", Host="127.0.0.1", **forwarded)
        assert status == 200
        assert "Secure" in headers["Set-Cookie"]
        assert ask(address, "/demo-door/", Host=HOST, **forwarded)[0] == 404
        assert ask(address, "/metrics", Host=HOST, **forwarded)[0] == 404
        assert ask(address, "/metrics", Host="127.0.0.1")[0] == 200


def test_everybody_gets_their_own_page_whichever_process_answers(processes: tuple[str, psutil.Process]) -> None:
    address, _ = processes
    cookies = {name: cookie_of(name) for name in PEOPLE}
    expected = {name: ask(address, Cookie=cookie)[2] for name, cookie in cookies.items()}
    marks = {name: re.findall(r"c-header.*?</header>", page, re.DOTALL)[0] for name, page in expected.items()}
    assert len(set(marks.values())) == len(PEOPLE)
    with ThreadPoolExecutor(8) as crowd:
        asked = [name for _ in range(12) for name in PEOPLE]
        pages = list(crowd.map(lambda name: ask(address, Cookie=cookies[name]), asked))
    right = [page[0] == 200 and marks[name] in page[2] for name, page in zip(asked, pages, strict=True)]
    assert all(right)


def test_each_process_has_connections_of_its_own(
    processes: tuple[str, psutil.Process], own_database: str, template_database: Path
) -> None:
    address, _ = processes
    cookie = cookie_of("nadia")
    with ThreadPoolExecutor(8) as crowd:
        list(crowd.map(lambda _: ask(address, Cookie=cookie)[0], range(24)))
    with psycopg.connect(throwaway.cluster(template_database).dsn("postgres", "postgres")) as superuser:
        query = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND usename = 'concordat_app'"
        row = superuser.execute(query, [own_database]).fetchone()
    assert row is not None
    assert 1 <= row[0] <= 3 * int(POOL) + 1  # and one of the test itself


def test_nothing_is_forked_while_a_connection_is_open(own_database: str) -> None:
    """Two processes on one connection would mix the contexts of two people."""
    arbiter, worker = SimpleNamespace(WORKERS={}), SimpleNamespace(slot=None)
    connections.close_all()
    prefork.choose_slot(arbiter, worker)
    assert worker.slot == 0
    connection.ensure_connection()
    with pytest.raises(AssertionError):
        prefork.choose_slot(arbiter, worker)


def test_a_process_that_is_killed_is_replaced_and_its_counts_stay(processes: tuple[str, psutil.Process]) -> None:
    address, first = processes
    for _ in range(6):
        assert ask(address, "/account/sign-in/")[0] == 200
    victims = children_of(first, 3)
    assert len(victims) == 3
    victims[0].send_signal(signal.SIGKILL)
    end = time.monotonic() + 20
    while time.monotonic() < end and {one.pid for one in first.children()} <= {one.pid for one in victims}:
        time.sleep(0.1)
    assert len(children_of(first, 3)) == 3
    for _ in range(6):
        assert ask(address, "/account/sign-in/")[0] == 200
    found = re.search(r'requests_total\{route="account_login",status="200"\} (\d+)', ask(address, "/metrics")[2])
    assert found is not None
    assert int(found[1]) == 12


def test_when_the_first_process_is_killed_the_others_end(own_database: str, template_database: Path) -> None:
    chosen = {"CONCORDAT_SERVER": "gunicorn", "CONCORDAT_DEMO": "1"}
    with served(external(template_database, own_database) | chosen) as (_, child):
        others = children_of(psutil.Process(child.pid), 2)
        os.kill(child.pid, signal.SIGKILL)
        gone, left = psutil.wait_procs(others, timeout=30)
    assert len(gone) == 2
    assert left == []


def test_a_file_that_is_too_large_is_refused_before_it_is_read(processes: tuple[str, psutil.Process]) -> None:
    address, _ = processes
    connection = http.client.HTTPConnection("127.0.0.1", urlsplit(address).port, timeout=20)
    connection.putrequest("POST", "/account/sign-in/")
    connection.putheader("Content-Length", str(51 * 1024 * 1024))
    connection.endheaders()
    assert connection.getresponse().status == 413
    connection.close()


def test_the_worker_lets_people_go_first(own_database: str, template_database: Path) -> None:
    """A list of thousands is loaded while others wait for their pages."""
    worker = lifeline.spawn("worker", environment=external(template_database, own_database))
    try:
        process, end = psutil.Process(worker.pid), time.monotonic() + 20
        while process.nice() == psutil.Process().nice() and time.monotonic() < end:
            time.sleep(0.1)
        assert process.nice() > psutil.Process().nice()
    finally:
        lifeline.end(worker)


@pytest.mark.django_db(databases=["default", "signin"])
def test_what_our_own_postgresql_does_for_the_worker_lets_them_go_first_too() -> None:
    connections["default"].ensure_connection()
    backend = psutil.Process(connections["default"].connection.info.backend_pid)
    before = backend.nice()
    try:
        step_back()
        assert backend.nice() == POLITE > before
    finally:
        if account.is_root():
            backend.nice(before)
