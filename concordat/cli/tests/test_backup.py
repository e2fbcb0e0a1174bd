"""A backup comes back whole, into an empty installation only, and never by halves."""

import json
import os
import secrets
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from concordat.cli import encryption, manifest
from concordat.cli.tests.conftest import Concordat
from concordat.core import last_backup
from concordat.core.postgres import Cluster, load_keys
from concordat.core.testing import throwaway

MARK = "A line that only this installation holds"
KEY = secrets.token_urlsafe(32)


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
    done = concordat("backup", str(file), CONCORDAT_BACKUP_KEY=KEY)
    assert done.returncode == 0, done.stderr
    return file


@pytest.fixture(scope="module")
def plain(backup: Path, concordat: Concordat) -> Path:
    """Return a backup of the same that is not encrypted."""
    file = backup.with_name("plain.dump")
    done = concordat("backup", "--plain", str(file))
    assert done.returncode == 0, done.stderr
    assert "This file is not encrypted: whoever reads it reads everything in it." in done.stderr
    return file


@pytest.fixture
def empty() -> Iterator[Path]:
    """Give a state folder for the copy."""
    folder = throwaway.make_folder()
    yield folder
    throwaway.discard(folder)


def restore(
    home: Path, *arguments: str, seal_key: str | None = None, backup_key: str = KEY
) -> subprocess.CompletedProcess[str]:
    settings = {"CONCORDAT_HOME": str(home), "CONCORDAT_BACKUP_KEY": backup_key}
    settings |= {"CONCORDAT_SEAL_KEY": seal_key} if seal_key else {}
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
        assert KEY.encode() not in content


def test_an_encrypted_backup_shows_nothing_of_what_it_holds(backup: Path, plain: Path) -> None:
    assert b"people_membership" in plain.read_bytes()  # the names of tables stand in a dump as they are
    assert b"people_membership" not in backup.read_bytes()
    assert json.loads(manifest.place(backup).read_text())["encrypted"] is True
    assert json.loads(manifest.place(plain).read_text())["encrypted"] is False


def test_without_a_key_nothing_is_written(backup: Path, concordat: Concordat) -> None:
    file = backup.with_name("without.dump")
    done = concordat("backup", str(file))
    assert done.returncode == 1
    assert "Backups are encrypted, and no key is set." in done.stderr
    assert "--plain" in done.stderr
    short = concordat("backup", str(file), CONCORDAT_BACKUP_KEY="too short")
    assert short.stderr == "concordat: The backup key has to have at least 20 characters.\n"
    assert list(file.parent.glob("without*")) == []


def test_the_key_may_lie_in_a_file(backup: Path, empty: Path, tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(KEY + "\n")
    done = restore(empty, "--without-seal-key", "--key-file", str(file), str(backup), backup_key=KEY + "another")
    assert done.returncode == 0, done.stderr
    missing = restore(empty, "--key-file", str(tmp_path / "none"), "--without-seal-key", str(backup))
    assert "cannot be read: No such file or directory." in missing.stderr


def test_another_key_does_not_open_it(backup: Path, empty: Path) -> None:
    done = restore(empty, "--without-seal-key", str(backup), backup_key=secrets.token_urlsafe(32))
    assert (done.returncode, done.stderr) == (1, f"concordat: {encryption.OTHER_KEY}\n")
    assert tables(empty) == 0


def test_a_plain_backup_comes_back_without_a_key(plain: Path, empty: Path, state_folder: Path) -> None:
    done = restore(empty, "--without-seal-key", str(plain), backup_key="")
    assert done.returncode == 0, done.stderr
    assert tables(empty) == tables(state_folder)


def test_when_a_backup_was_made_is_noted(backup: Path, state_folder: Path) -> None:
    assert backup.exists()
    made = last_backup.made_at(state_folder)
    assert made is not None
    assert abs((datetime.now(UTC) - made).total_seconds()) < 600


def test_an_altered_backup_is_refused_though_its_manifest_fits(backup: Path, empty: Path) -> None:
    altered = empty / "altered.dump"
    content = bytearray(backup.read_bytes())
    content[-20] ^= 1
    altered.write_bytes(content)
    known = manifest.read(backup)
    manifest.write(altered, replace(known, sha256=manifest.digest(altered)))
    done = restore(empty, "--without-seal-key", str(altered))
    assert (done.returncode, done.stderr) == (1, f"concordat: {encryption.DAMAGED}\n")
    assert tables(empty) == 0


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
