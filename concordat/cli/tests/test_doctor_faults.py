"""Each fault that the doctor knows, made on purpose: it is found, and the sentence says what mends it."""

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from concordat.cli import running
from concordat.cli.checks import Level, check_machine
from concordat.cli.outside_checks import check_front
from concordat.cli.server_checks import check_clock, check_version
from concordat.cli.tests.conftest import Concordat
from concordat.config.home import PACKAGE
from concordat.core import assets, last_backup
from concordat.core.postgres import Cluster, load_keys
from concordat.core.postgres.account import is_root
from concordat.people.seal import seal

Break = Callable[[str, str], AbstractContextManager[None]]
FAULTS = 15  # at the least, documented for operators


@pytest.fixture(scope="module")
def cluster(state_folder: Path, concordat: Concordat) -> Iterator[Cluster]:
    """Give an installation whose server runs for the whole file."""
    with Cluster(state_folder).serving():
        assert concordat("migrate").returncode == 0
        yield Cluster(state_folder)


@pytest.fixture
def superuser(cluster: Cluster) -> Iterator[psycopg.Connection]:
    with psycopg.connect(cluster.dsn("postgres"), autocommit=True) as connection:
        yield connection


@pytest.fixture
def broken(superuser: psycopg.Connection) -> Break:
    """Return how to break something in the database and mend it again."""

    @contextmanager
    def have(done: str, undone: str) -> Iterator[None]:
        superuser.execute(done.encode())
        try:
            yield
        finally:
            superuser.execute(undone.encode())

    return have


def wrong(done: subprocess.CompletedProcess[str]) -> str:
    """Return what is wrong, one finding in a line."""
    return "\n".join(line for line in done.stdout.splitlines() if line.startswith("WRONG"))


def looks(done: subprocess.CompletedProcess[str]) -> str:
    return "\n".join(line for line in done.stdout.splitlines() if line.startswith(("look", "WRONG")))


def test_what_is_wrong_with_nothing_is_nothing(cluster: Cluster, concordat: Concordat) -> None:
    done = concordat("doctor")
    assert (done.returncode, wrong(done)) == (0, "")


# ---- the machine -----------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not is_root(), reason="only root gives a folder away")
def test_a_state_folder_of_somebody_else(cluster: Cluster, concordat: Concordat) -> None:
    os.chown(cluster.home, 12345, -1)
    done = concordat("doctor")
    os.chown(cluster.home, os.geteuid(), -1)
    assert f"The state folder {cluster.home} belongs to another user (number 12345)." in wrong(done)


def test_a_state_folder_in_which_others_write(cluster: Cluster, concordat: Concordat) -> None:
    mode = cluster.home.stat().st_mode
    cluster.home.chmod(0o777)
    done = concordat("doctor")
    cluster.home.chmod(mode)
    assert f"Others may write in the state folder. Run chmod go-w '{cluster.home}'" in wrong(done)


def in_small_disk(options: str, folder: Path) -> str:
    """Run the doctor with a state folder on a disk of its own; only this process and its children see that disk."""
    folder.mkdir()
    script = f"mount -t tmpfs -o {options} tmpfs {folder} && exec {sys.executable} -m concordat doctor"
    environment = os.environ | {"CONCORDAT_HOME": str(folder), "CONCORDAT_DEMO": "0"}
    command = ["unshare", "--map-root-user", "--mount", "sh", "-c", script]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
    if "unshare" in done.stderr or "mount" in done.stderr:
        pytest.skip(f"This machine lets nobody mount a disk of one's own: {done.stderr.strip()}")
    return wrong(done)


@pytest.mark.skipif(not shutil.which("unshare"), reason="There is no unshare. It comes with: apt install util-linux")
def test_a_full_disk(tmp_path: Path) -> None:
    found = in_small_disk("size=1m", tmp_path / "small")
    assert "0.0 GB are free for the state folder. PostgreSQL stops when the disk is full. Make room." in found


@pytest.mark.skipif(not shutil.which("unshare"), reason="There is no unshare. It comes with: apt install util-linux")
def test_a_disk_that_cannot_be_written(tmp_path: Path) -> None:
    found = in_small_disk("ro", tmp_path / "closed")
    assert "cannot be written in: the disk is read-only" in found


def test_a_stale_style_sheet(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".built").write_text("from other sources")
    monkeypatch.setattr(assets, "BUILT", tmp_path)
    found = [finding.sentence for finding in check_machine(tmp_path) if finding.level is Level.WRONG]
    assert any("The style sheet is missing or older than its sources. Run python3 start.py" in one for one in found)


def test_secrets_that_are_gone(cluster: Cluster, concordat: Concordat) -> None:
    file = cluster.home / "secrets.json"
    kept = file.rename(file.with_suffix(".kept"))
    done = concordat("doctor")
    started = concordat("start")
    kept.rename(file)
    assert "The secrets of this installation are missing" in wrong(done)
    assert "The secrets of this installation are missing" in started.stderr
    assert load_keys(cluster.home)["seal_key"]


# ---- around it -------------------------------------------------------------------------------------------------------


def test_a_taken_port(cluster: Cluster, concordat: Concordat) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        alone = concordat("doctor", CONCORDAT_PORT=port)
        fronted = {"CONCORDAT_PROXY": "1", "CONCORDAT_HOSTS": "concordat.example.org", "CONCORDAT_PORT": port}
        behind = concordat("doctor", **fronted)
        start = concordat("start", CONCORDAT_PROXY="1", CONCORDAT_PORT=port)
    assert f"Port {port} is taken by another program" in looks(alone)
    assert wrong(alone) == ""
    assert f"Port {port} is taken by another program" in wrong(behind)
    assert f"Port {port} is taken, and the web server in front sends everything there." in start.stderr


def test_hosts_and_tls_that_do_not_fit(cluster: Cluster, concordat: Concordat) -> None:
    done = concordat("doctor", CONCORDAT_PROXY="1")
    assert "CONCORDAT_HOSTS names only this machine: its visitors are refused." in wrong(done)
    bare = concordat("doctor", CONCORDAT_HOSTS="concordat.example.org")
    assert "Put a web server with TLS in front" in wrong(bare)


def test_a_front_door_that_leads_elsewhere() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        finding = check_front(f"localhost:{nobody.getsockname()[1]}")
    assert finding.level is Level.WRONG
    assert "does not lead here: [Errno 111] Connection refused." in finding.sentence


def test_a_mail_server_that_refuses(cluster: Cluster, concordat: Concordat) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        port = str(nobody.getsockname()[1])
        done = concordat("doctor", CONCORDAT_MAIL_HOST="127.0.0.1", CONCORDAT_MAIL_PORT=port)
    assert f"The mail server 127.0.0.1:{port} does not take messages" in wrong(done)


def test_a_replica_that_is_away_or_is_none(cluster: Cluster, concordat: Concordat) -> None:
    done = concordat("doctor", CONCORDAT_REPLICAS="replica1=/nowhere:5432")
    assert "The replica replica1 cannot be reached" in wrong(done)
    done = concordat("doctor", CONCORDAT_REPLICAS=f"replica1={cluster.socket_folder}:5432")
    assert "The server that CONCORDAT_REPLICAS names replica1 follows no primary" in wrong(done)


def test_a_scanner_that_is_away_or_not_set(cluster: Cluster, concordat: Concordat) -> None:
    assert "There is no virus scanner" in looks(concordat("doctor"))
    done = concordat("doctor", CONCORDAT_CLAMAV="/nowhere/clamd.ctl")
    assert "The virus scanner /nowhere/clamd.ctl does not answer: new files wait" in wrong(done)


# ---- the server ------------------------------------------------------------------------------------------------------


def test_a_server_of_a_version_that_is_not_tested(
    superuser: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert check_version(superuser).level is Level.FINE
    monkeypatch.setattr("concordat.cli.server_checks.NEWEST", 17)
    finding = check_version(superuser)
    assert (finding.level, finding.sentence) == (Level.WRONG, "The server is PostgreSQL 18. Concordat needs 15 to 17.")


def test_clocks_that_are_apart(superuser: psycopg.Connection) -> None:
    assert check_clock(superuser, datetime.now(UTC)).level is Level.FINE
    for apart in (timedelta(hours=1), -timedelta(hours=1)):
        finding = check_clock(superuser, datetime.now(UTC) + apart)
        assert finding.level is Level.WRONG
        assert re.search(r"are 3\d\d\d s apart\. Let both follow a time server", finding.sentence)


def test_too_few_connections(cluster: Cluster, concordat: Concordat) -> None:
    many = {"CONCORDAT_SERVER": "gunicorn", "CONCORDAT_WORKERS": "8", "CONCORDAT_POOL": "20"}
    assert "Up to 365 connections may be in use at once, and the server takes" in wrong(concordat("doctor", **many))


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        ("ENCODING 'SQL_ASCII' LOCALE 'C'", "The database is SQL_ASCII. Make a new one"),
        (
            "ENCODING 'UTF8' LOCALE_PROVIDER libc LOCALE 'C'",
            "The database knows English letters only (its locale is C)",
        ),
    ],
)
def test_a_database_without_our_letters(
    cluster: Cluster, concordat: Concordat, broken: Break, made: str, sentence: str
) -> None:
    keys = load_keys(cluster.home)
    external = {f"CONCORDAT_{name.upper()}_PASSWORD": keys[f"concordat_{name}"] for name in ("app", "signin", "backup")}
    external |= {
        f"CONCORDAT_{name.upper()}": keys[name] for name in ("secret_key", "context_key", "seal_key", "log_key")
    }
    folder = str(cluster.socket_folder).replace("/", "%2F")
    external["DATABASE_URL"] = f"postgresql://concordat_owner:{keys['concordat_owner']}@/other?host={folder}"
    with broken(f"CREATE DATABASE other TEMPLATE template0 {made}", "DROP DATABASE other WITH (FORCE)"):
        done = concordat("doctor", **external)
    assert sentence in wrong(done)


def test_a_server_that_cannot_be_reached(concordat: Concordat) -> None:
    keys = {
        f"CONCORDAT_{name}_KEY": f"{name}-{'0123456789abcdef' * 2}" for name in ("SECRET", "CONTEXT", "SEAL", "LOG")
    }
    passwords = {f"CONCORDAT_{name}_PASSWORD": "x" for name in ("APP", "SIGNIN", "BACKUP")}
    done = concordat("doctor", DATABASE_URL="postgresql://concordat_owner:x@127.0.0.1:1/concordat", **keys, **passwords)
    assert "concordat_owner cannot connect to the server" in wrong(done)


# ---- the tables ------------------------------------------------------------------------------------------------------


def test_tables_that_are_behind(cluster: Cluster, concordat: Concordat, superuser: psycopg.Connection) -> None:
    (newest,) = superuser.execute("SELECT max(name) FROM django_migrations WHERE app = 'ledger'").fetchone() or ("",)
    renamed = "UPDATE django_migrations SET name = %s WHERE (app, name) = ('ledger', %s)"
    superuser.execute(renamed, ["x", newest])
    done = concordat("doctor")
    superuser.execute(renamed, [newest, "x"])
    assert "migrations are not applied yet; the next start applies them." in looks(done)


def test_a_table_of_a_role_that_serves(cluster: Cluster, concordat: Concordat, broken: Break) -> None:
    table = "ALTER TABLE organisations_place OWNER TO"
    with broken(f"{table} concordat_app", f"{table} concordat_owner"):
        done = concordat("doctor")
    assert "organisations_place belongs to a role that serves" in wrong(done)


def test_a_view_that_somebody_added(cluster: Cluster, concordat: Concordat, broken: Break) -> None:
    made = "CREATE VIEW report AS SELECT * FROM people_membership; GRANT SELECT ON report TO concordat_app"
    with broken(made, "DROP VIEW report"):
        done = concordat("doctor")
    assert "report can be read by everybody who signs in: it has no policy." in wrong(done)


def test_a_gap_in_the_log(cluster: Cluster, concordat: Concordat, superuser: psycopg.Connection) -> None:
    with superuser.transaction(force_rollback=False):
        for _ in range(3):
            superuser.execute("SELECT ledger.append('change', 'tried out', NULL, '[]')")
        superuser.execute("SELECT ledger.sequence()")
    remove = "DELETE FROM ledger_leaf WHERE position = 2 RETURNING number, entry, body, leaf, position"
    superuser.execute("ALTER TABLE ledger_leaf DISABLE TRIGGER written_once")
    row = superuser.execute(remove.encode()).fetchone()
    superuser.execute("ALTER TABLE ledger_leaf ENABLE TRIGGER written_once")
    done = concordat("doctor")
    superuser.execute("INSERT INTO ledger_leaf (number, entry, body, leaf, position) VALUES (%s, %s, %s, %s, %s)", row)
    assert "1 places of the log are empty: lines were removed. Run `concordat verify-log`" in wrong(done)


def test_a_line_that_waits_for_its_place(cluster: Cluster, concordat: Concordat, superuser: psycopg.Connection) -> None:
    with superuser.transaction(force_rollback=False):
        made = superuser.execute("SELECT ledger.append('change', 'waits', NULL, '[]')").fetchone()
    assert "has waited" not in looks(concordat("doctor"))
    superuser.execute("ALTER TABLE ledger_entry DISABLE TRIGGER written_once")
    superuser.execute("UPDATE ledger_entry SET at = at - interval '6 minutes' WHERE id = %s", made)
    waiting = looks(concordat("doctor"))
    with running.claim(cluster.home):
        running.note(cluster.home, running.Running(os.getpid(), "http://localhost:1", ""))
        alarm = wrong(concordat("doctor"))
    superuser.execute("UPDATE ledger_entry SET at = at + interval '6 minutes' WHERE id = %s", made)
    superuser.execute("ALTER TABLE ledger_entry ENABLE TRIGGER written_once")
    superuser.execute("SELECT ledger.sequence()")
    sentence = "A line of the log has waited 0:06:0"
    assert sentence in waiting
    assert sentence in alarm


def test_a_log_that_is_signed_with_another_key(
    cluster: Cluster, concordat: Concordat, superuser: psycopg.Connection
) -> None:
    superuser.execute(
        "INSERT INTO ledger_checkpoint VALUES (gen_random_uuid(), 1, '', now(), '', sha256('another key'))"
    )
    done = concordat("doctor")
    superuser.execute("ALTER TABLE ledger_checkpoint DISABLE TRIGGER written_once")
    superuser.execute("DELETE FROM ledger_checkpoint")
    superuser.execute("ALTER TABLE ledger_checkpoint ENABLE TRIGGER written_once")
    assert "Set CONCORDAT_LOG_KEY to the one of before" in wrong(done)


def test_a_clock_that_is_behind_the_log(cluster: Cluster, concordat: Concordat, superuser: psycopg.Connection) -> None:
    later = (
        "INSERT INTO ledger_entry (id, at, kind, what, purpose) "
        "VALUES (gen_random_uuid(), now() + interval '1 hour', 'x', 'x', '')"
    )
    superuser.execute(later.encode())
    done = concordat("doctor")
    superuser.execute("ALTER TABLE ledger_entry DISABLE TRIGGER written_once")
    superuser.execute("DELETE FROM ledger_entry WHERE kind = 'x'")
    superuser.execute("ALTER TABLE ledger_entry ENABLE TRIGGER written_once")
    assert re.search(r"The clock is 3\d\d\d s behind the newest line of the log\.", wrong(done))


def test_a_worker_that_does_not_work(cluster: Cluster, concordat: Concordat, superuser: psycopg.Connection) -> None:
    stopped = concordat("doctor")
    assert "The worker has not worked yet; `concordat start` runs it." in looks(stopped)
    superuser.execute("INSERT INTO ledger_beat VALUES (1, now() - interval '1 day')")
    with running.claim(cluster.home):
        running.note(cluster.home, running.Running(os.getpid(), "http://localhost:1", ""))
        done = concordat("doctor")
    superuser.execute("DELETE FROM ledger_beat")
    assert "The server runs, but its worker last worked 1 day" in wrong(done)


@pytest.fixture
def user(superuser: psycopg.Connection, cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have somebody real, whose second factor is sealed with the key of the installation."""
    monkeypatch.setattr(settings, "SEAL_KEY", load_keys(cluster.home)["seal_key"])
    secret = seal("JBSWY3DPEHPK3PXP", use="second factor")
    superuser.execute(
        "WITH made AS (INSERT INTO people_user (id, email, password, is_active, language, date_joined, rhythm, "
        "on_paper, agent, previous_agent, failed, failed_before) "
        "VALUES (gen_random_uuid(), 'real@example.org', '!', true, 'en', now(), 'now', false, '', '', 0, 0) "
        "RETURNING id) "
        "INSERT INTO mfa_authenticator (type, data, user_id, created_at) "
        "SELECT 'totp', jsonb_build_object('secret', %s::text), id, now() FROM made",
        [secret],
    )
    yield
    superuser.execute("DELETE FROM mfa_authenticator")
    superuser.execute("DELETE FROM people_user")


def test_a_seal_key_that_does_not_fit(cluster: Cluster, concordat: Concordat, user: None) -> None:
    assert "The seal key fits." in concordat("doctor").stdout
    done = concordat("doctor", CONCORDAT_SEAL_KEY="another key of at least 32 characters")
    assert "The seal key does not open the second factors that are stored" in wrong(done)


def test_a_demonstration_with_somebody_real(cluster: Cluster, concordat: Concordat, user: None) -> None:
    done = concordat("doctor", CONCORDAT_DEMO="1")
    assert "The demonstration's door lets anybody in, and 1 users are not people of the demonstration." in wrong(done)


def test_no_backup_for_a_week(cluster: Cluster, concordat: Concordat) -> None:
    assert "No backup was made from here." in looks(concordat("doctor"))
    file = cluster.home / last_backup.FILE
    file.write_text((datetime.now(UTC) - timedelta(days=8)).isoformat())
    old = concordat("doctor")
    file.write_text((datetime.now(UTC) - timedelta(days=6)).isoformat())
    fresh = concordat("doctor")
    file.unlink()
    assert "The last backup is 8 days old. Run `concordat backup FILE` every day" in wrong(old)
    assert wrong(fresh) == ""


def test_every_fault_is_listed_for_operators() -> None:
    text = (PACKAGE.parent / "docs" / "operate.md").read_text()
    table = text.partition("### What the doctor finds")[2].partition("\n## ")[0]
    assert len([line for line in table.splitlines() if line.startswith("| ")]) - 1 >= FAULTS
