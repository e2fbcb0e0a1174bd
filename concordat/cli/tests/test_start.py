"""A whole installation from the first start to the end, through a crash and beside another one."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from concordat.cli.tests.conftest import Concordat
from concordat.core.postgres import Cluster

PORT = 8500
PORT_OF_ITS_OWN = 8460  # asked for twice by one test: those from PORT on are passed on by whatever runs beside it


@contextmanager
def started(home: Path, port: int = PORT) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Start Concordat and give its process and address as soon as it says that it is ready."""
    settings = {"CONCORDAT_HOME": str(home), "CONCORDAT_DEMO": "0", "CONCORDAT_PORT": str(port)}
    command = [sys.executable, "-m", "concordat", "start"]
    with subprocess.Popen(command, env=os.environ | settings, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            ready = next(line for line in process.stdout if line.startswith("Concordat is ready:"))
            yield process, ready.split()[-1]
        finally:
            process.terminate()
            process.wait(60)


def status_of(address: str) -> int:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as answer:
        answer.close()
        return answer.code


def test_it_starts_says_where_and_ends(state_folder: Path, concordat: Concordat) -> None:
    with started(state_folder) as (process, address):
        assert status_of(address) < 500
        status = concordat("status")
        assert (status.returncode, status.stdout.splitlines()[0]) == (0, f"Concordat runs at {address}")
        stopped = concordat("stop")
        assert (stopped.returncode, stopped.stdout) == (0, "Concordat has ended.\n")
        assert process.wait(10) == 0
    assert not Cluster(state_folder).running()
    assert concordat("status").returncode == 1
    assert concordat("stop").stderr == "concordat: Concordat does not run.\n"


def test_it_listens_on_this_machine_only(state_folder: Path) -> None:
    with started(state_folder) as (process, _):
        family = [process.pid, *(child.pid for child in psutil.Process(process.pid).children(recursive=True))]
        database = int((state_folder / "pgdata" / "postmaster.pid").read_text().splitlines()[0])
        listening = [
            (connection.pid, connection.laddr.ip)
            for connection in psutil.net_connections("inet")
            if connection.laddr and connection.status == psutil.CONN_LISTEN and connection.pid in {*family, database}
        ]
    assert {ip for _, ip in listening} <= {"127.0.0.1", "::1"}
    assert database not in {pid for pid, _ in listening}


def test_a_second_start_from_the_same_folder_is_refused(state_folder: Path, concordat: Concordat) -> None:
    with started(state_folder) as (_, address):
        done = concordat("start")
    assert (done.returncode, done.stderr) == (
        1,
        f"concordat: Concordat already runs from {state_folder} at {address}\n",
    )


def test_after_a_crash_the_next_start_finds_nothing_in_its_way(state_folder: Path) -> None:
    with started(state_folder, PORT_OF_ITS_OWN) as (process, address):
        children = psutil.Process(process.pid).children(recursive=True)
        process.kill()
        gone, left = psutil.wait_procs(children, timeout=20)
        assert (len(gone), left) == (len(children), [])
    with started(state_folder, PORT_OF_ITS_OWN) as (_, again):
        assert again == address
        assert status_of(again) < 500


def test_when_the_database_server_is_killed_the_rest_ends_and_says_so(state_folder: Path) -> None:
    with started(state_folder) as (process, _):
        children = psutil.Process(process.pid).children(recursive=True)
        number = int((state_folder / "pgdata" / "postmaster.pid").read_text().splitlines()[0])
        os.kill(number, signal.SIGKILL)
        assert process.wait(60) == 1
        _, left = psutil.wait_procs(children, timeout=20)
        assert left == []


def test_a_second_signal_does_not_break_off_a_clean_end(state_folder: Path) -> None:
    with started(state_folder) as (process, _):
        for _ in range(5):
            process.send_signal(signal.SIGINT)
            process.send_signal(signal.SIGTERM)
            time.sleep(0.02)
        assert process.wait(30) == 0
    assert "database system is shut down" in (state_folder / "postgres.log").read_text().splitlines()[-1]


@pytest.mark.parametrize(("family", "host"), [(socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")])
def test_a_taken_port_is_stepped_over(state_folder: Path, family: socket.AddressFamily, host: str) -> None:
    with socket.socket(family) as taken:
        taken.bind((host, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with started(state_folder, port) as (_, address):
            assert int(address.rpartition(":")[2]) > port


def test_systemd_is_told_when_it_is_ready(state_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address = state_folder / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.bind(str(address))
        line.settimeout(60)
        monkeypatch.setenv("NOTIFY_SOCKET", str(address))
        with started(state_folder):
            assert line.recv(100) == b"READY=1"
        assert line.recv(100) == b"STOPPING=1"


def test_the_note_about_the_run_holds_no_secret(state_folder: Path) -> None:
    with started(state_folder):
        note = json.loads((state_folder / "running.json").read_text())
    assert sorted(note) == ["address", "pid", "since"]
