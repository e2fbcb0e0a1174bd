"""The embedded server: how it is made, what it lets in, and that a crash leaves nothing in its way."""

import os
import shutil
import signal
import stat
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from concordat.config.home import default_home
from concordat.core.errors import Refused
from concordat.core.postgres import Cluster, account, load_keys
from concordat.core.postgres.keys import make_keys
from concordat.core.postgres.roles import APP, BACKUP, OWNER, ROLES, SIGNIN, scram
from concordat.core.testing import throwaway


@pytest.fixture(scope="module")
def server(state_folder: Path) -> Iterator[Cluster]:
    """Give a server in a folder whose path is long and has spaces, umlauts and quotes in it."""
    home = state_folder / "Größe, Maß & 'Übermaß'" / ("lang" * 20)
    home.parent.mkdir(mode=0o711)
    cluster = Cluster(home, fast=True)
    yield cluster
    cluster.stop()
    if cluster.socket_folder.parent != home:
        shutil.rmtree(cluster.socket_folder, ignore_errors=True)


@pytest.fixture
def started(server: Cluster) -> Cluster:
    """Give the same, running."""
    server.start()
    server.provision()
    return server


def postmaster(cluster: Cluster) -> psutil.Process:
    return psutil.Process(int((cluster.data / "postmaster.pid").read_text().splitlines()[0]))


def test_any_path_will_do(started: Cluster) -> None:
    assert started.answers()
    with psycopg.connect(started.dsn(APP)) as connection:
        assert connection.info.server_version >= 180000


def test_no_port_is_opened(started: Cluster) -> None:
    with psycopg.connect(started.dsn("postgres", "postgres")) as connection:
        row = connection.execute("SHOW listen_addresses").fetchone()
    assert row == ("",)
    assert postmaster(started).net_connections("tcp") == []


def test_the_server_does_not_run_as_root(started: Cluster) -> None:
    assert postmaster(started).uids().real != 0


def test_the_socket_and_the_data_are_closed_to_other_users(started: Cluster) -> None:
    assert stat.S_IMODE(started.socket_folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(started.data.stat().st_mode) == 0o700
    assert stat.S_IMODE((started.home / "secrets.json").stat().st_mode) == 0o600


@pytest.mark.parametrize("role", [*ROLES, "postgres"])
def test_nobody_comes_in_without_the_password(started: Cluster, role: str) -> None:
    params = started.params(role) | {"password": "another"}
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(**params)  # type: ignore[arg-type]  # every value is a text
    with psycopg.connect(started.dsn("postgres", "postgres")) as connection:
        row = connection.execute("SELECT rolpassword FROM pg_authid WHERE rolname = %s", [role]).fetchone()
    assert row is not None
    assert row[0].startswith("SCRAM-SHA-256$")


def test_only_the_backup_passes_row_security_and_nobody_is_a_superuser(started: Cluster) -> None:
    with psycopg.connect(started.dsn("postgres", "postgres")) as connection:
        rows = connection.execute(
            "SELECT rolname, rolbypassrls FROM pg_roles WHERE rolname = ANY(%s) AND NOT "
            "(rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication)",
            [list(ROLES)],
        ).fetchall()
    assert dict(rows) == {OWNER: False, APP: False, SIGNIN: False, BACKUP: True}


@pytest.mark.parametrize("role", [APP, SIGNIN, BACKUP])
@pytest.mark.parametrize(
    "statement",
    ["CREATE TABLE public.t (i int)", "CREATE SCHEMA s", "CREATE TEMP TABLE t (i int)", f"SET ROLE {OWNER}"],
)
def test_a_role_makes_nothing_and_becomes_nobody(started: Cluster, role: str, statement: str) -> None:
    with psycopg.connect(started.dsn(role)) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement.encode())


def test_a_new_table_is_open_to_nobody(started: Cluster) -> None:
    with psycopg.connect(started.dsn(OWNER), autocommit=True) as owner:
        owner.execute("CREATE TABLE IF NOT EXISTS fresh (i int)")
    for role in (APP, SIGNIN):
        with psycopg.connect(started.dsn(role)) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("SELECT * FROM fresh")


def test_the_servers_own_log_repeats_no_content(started: Cluster) -> None:
    with psycopg.connect(started.dsn(OWNER), autocommit=True) as owner:
        owner.execute("CREATE TABLE IF NOT EXISTS people_once (name text PRIMARY KEY)")
        owner.execute("INSERT INTO people_once VALUES ('Zeynep') ON CONFLICT DO NOTHING")
        with pytest.raises(psycopg.errors.UniqueViolation):
            owner.execute("INSERT INTO people_once VALUES ('Zeynep')")
    log = started.log.read_text()
    assert "duplicate key value" in log
    assert "Zeynep" not in log


def test_it_starts_again_after_everything_was_killed(started: Cluster) -> None:
    process = postmaster(started)
    process.send_signal(signal.SIGKILL)
    psutil.wait_procs([process], timeout=10)
    assert not started.answers()
    started.start()
    assert started.answers()


def test_a_process_that_got_the_old_number_is_not_in_the_way(started: Cluster) -> None:
    note = (started.data / "postmaster.pid").read_text()
    started.stop()
    file = started.data / "postmaster.pid"
    file.write_text("\n".join([str(os.getpid()), *note.splitlines()[1:]]) + "\n")
    account.hand_over(file)
    started.start()
    assert started.answers()


def test_data_that_was_half_made_is_made_again() -> None:
    home = throwaway.make_folder()
    half = home / "pgdata.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    cluster = Cluster(home, fast=True)
    cluster.start()
    assert cluster.answers()
    assert not half.exists()
    throwaway.discard(home)


def test_whoever_leaves_last_ends_the_server(server: Cluster) -> None:
    server.stop()
    with server.serving():
        with server.serving():
            assert server.answers()
        assert server.answers()
    assert not server.answers()


def test_secrets_are_made_once(tmp_path: Path) -> None:
    make_keys(tmp_path)
    first = load_keys(tmp_path)
    make_keys(tmp_path)
    assert load_keys(tmp_path) == first
    assert len(set(first.values())) == len(first)
    assert min(map(len, first.values())) >= 32


def test_what_the_server_keeps_of_a_password_is_salted() -> None:
    assert scram("the same") != scram("the same")


@pytest.mark.skipif(not account.is_root(), reason="only root hands the server to another user")
def test_root_is_told_when_the_server_could_not_enter_its_folder(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    with pytest.raises(Refused, match="PostgreSQL runs as the user concordat-postgres, who cannot enter"):
        Cluster(tmp_path / "home").start()


def test_root_keeps_its_state_where_the_server_can_enter(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    (tmp_path / "start.py").touch()
    monkeypatch.setattr("concordat.config.home.BASE", tmp_path)
    monkeypatch.setattr(account, "is_root", lambda: False)
    assert default_home() == tmp_path / "var"
    monkeypatch.setattr(account, "is_root", lambda: True)
    assert default_home().parent == Path("/var/lib")


def test_a_crashed_test_run_is_cleared_up_by_the_next(tmp_path: Path) -> None:
    ended = 2**22 - 1  # no process has this number
    (tmp_path / f"{throwaway.PREFIX}{ended}-x").mkdir()
    (tmp_path / f"{throwaway.PREFIX}{os.getpid()}-x").mkdir()
    throwaway.clear_abandoned(tmp_path)
    assert [folder.name for folder in tmp_path.iterdir()] == [f"{throwaway.PREFIX}{os.getpid()}-x"]
