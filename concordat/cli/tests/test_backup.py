"""A backup comes back whole, into an empty installation only, and never by halves."""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from concordat.cli import manifest
from concordat.cli.tests.conftest import Concordat
from concordat.core.postgres import Cluster, load_keys
from concordat.core.testing import throwaway

MARK = "A line that only this installation holds"


@pytest.fixture(scope="module")
def backup(state_folder: Path, concordat: Concordat) -> Path:
    """Put something into an installation and return its backup."""
    assert concordat("migrate").returncode == 0
    cluster, file = Cluster(state_folder), state_folder / "backup.dump"
    with cluster.serving(), psycopg.connect(cluster.dsn("concordat_owner"), autocommit=True) as owner:
        owner.execute("CREATE TABLE kept (line text)")
        owner.execute("ALTER TABLE kept ENABLE ROW LEVEL SECURITY")
        owner.execute("ALTER TABLE kept FORCE ROW LEVEL SECURITY")
        owner.execute("CREATE POLICY nobody ON kept FOR SELECT USING (false)")
        owner.execute("CREATE POLICY all_write ON kept FOR INSERT WITH CHECK (true)")
        owner.execute("GRANT SELECT ON kept TO concordat_app")
        owner.execute("INSERT INTO kept VALUES (%s)", [MARK])
    done = concordat("backup", str(file))
    assert done.returncode == 0, done.stderr
    return file


@pytest.fixture
def empty() -> Iterator[Path]:
    """Give a state folder for the copy."""
    folder = throwaway.make_folder()
    yield folder
    throwaway.discard(folder)


def restore(home: Path, *arguments: str, seal_key: str | None = None) -> subprocess.CompletedProcess[str]:
    settings = {"CONCORDAT_HOME": str(home), **({"CONCORDAT_SEAL_KEY": seal_key} if seal_key else {})}
    command = [sys.executable, "-m", "concordat", "restore", *arguments]
    return subprocess.run(command, env=os.environ | settings, capture_output=True, text=True, check=False, timeout=120)


def tables(home: Path) -> int:
    cluster = Cluster(home)
    with cluster.serving(), psycopg.connect(cluster.dsn("postgres")) as connection:
        row = connection.execute("SELECT count(*) FROM pg_tables WHERE tableowner = 'concordat_owner'").fetchone()
    assert row is not None
    return int(row[0])


def test_the_backup_is_its_owners_alone_and_holds_no_key(backup: Path, state_folder: Path) -> None:
    for file in (backup, manifest.place(backup)):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        content = file.read_bytes()
        assert [name for name, key in load_keys(state_folder).items() if key.encode() in content] == []


def test_everything_comes_back_with_its_policies_and_grants(backup: Path, state_folder: Path, empty: Path) -> None:
    key = load_keys(state_folder)["seal_key"]
    done = restore(empty, str(backup), seal_key=key)
    assert done.returncode == 0, done.stderr
    assert tables(empty) == tables(state_folder)
    assert load_keys(empty)["seal_key"] == key
    cluster = Cluster(empty)
    with cluster.serving():
        with psycopg.connect(cluster.dsn("concordat_backup")) as reader:
            assert reader.execute("SELECT line FROM kept").fetchall() == [(MARK,)]
        for role in ("concordat_app", "concordat_owner"):
            with psycopg.connect(cluster.dsn(role)) as bound:
                assert bound.execute("SELECT line FROM kept").fetchall() == []


def test_the_backup_role_writes_nothing(backup: Path, state_folder: Path) -> None:
    cluster = Cluster(state_folder)
    assert backup.exists()
    with cluster.serving(), psycopg.connect(cluster.dsn("concordat_backup"), autocommit=True) as reader:
        for statement in ("INSERT INTO kept VALUES ('more')", "DELETE FROM kept", "TRUNCATE kept"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                reader.execute(statement.encode())


def test_a_backup_needs_its_seal_key(backup: Path, empty: Path) -> None:
    done = restore(empty, str(backup))
    assert done.returncode == 1
    assert "This backup needs the seal key of the installation that it comes from" in done.stderr
    assert restore(empty, "--without-seal-key", str(backup)).returncode == 0


def test_a_backup_goes_into_an_empty_installation_only(backup: Path, state_folder: Path) -> None:
    done = restore(state_folder, str(backup))
    assert done.returncode == 1
    assert "This installation already holds data, and a backup goes into an empty one." in done.stderr


def test_a_damaged_backup_is_refused(backup: Path, empty: Path) -> None:
    damaged = empty / "damaged.dump"
    damaged.write_bytes(backup.read_bytes()[:-1])
    manifest.place(damaged).write_text(manifest.place(backup).read_text())
    assert "is damaged" in restore(empty, str(damaged)).stderr


def test_a_restore_that_fails_on_the_way_leaves_nothing(backup: Path, empty: Path) -> None:
    cluster = Cluster(empty)
    with cluster.serving(), psycopg.connect(cluster.dsn("postgres"), autocommit=True) as connection:
        connection.execute("CREATE TYPE kept AS ENUM ()")  # in the way of the table of that name
        done = restore(empty, "--without-seal-key", str(backup))
    assert done.returncode == 1
    assert done.stderr.startswith("concordat: Nothing was restored: ")
    assert tables(empty) == 0


def test_a_backup_is_never_written_over(backup: Path, concordat: Concordat) -> None:
    done = concordat("backup", str(backup))
    assert (done.returncode, done.stderr) == (1, f"concordat: {backup} exists already. Choose another name.\n")
