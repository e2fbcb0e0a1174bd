"""The doctor, on the embedded server and on one of the machine's own (Debian's), reached with DATABASE_URL."""

from pathlib import Path

import pytest

from concordat.cli.clients import DEBIAN
from concordat.cli.tests.conftest import Concordat, External


def test_nothing_is_wrong_with_a_fresh_installation(concordat: Concordat) -> None:
    assert concordat("migrate").returncode == 0
    done = concordat("doctor")
    assert done.returncode == 0, done.stdout
    assert "WRONG" not in done.stdout
    assert "The tables are up to date." in done.stdout


def test_before_the_first_start_the_doctor_makes_nothing(concordat: Concordat, tmp_path: Path) -> None:
    home = tmp_path / "not yet"
    done = concordat("doctor", CONCORDAT_HOME=str(home))
    assert "Concordat has not been started here yet" in done.stdout
    assert not home.exists()


def test_secrets_that_others_can_read_are_wrong(concordat: Concordat, state_folder: Path) -> None:
    assert concordat("migrate").returncode == 0
    file = state_folder / "secrets.json"
    file.chmod(0o644)
    done = concordat("doctor")
    file.chmod(0o600)
    assert done.returncode == 1
    assert f"WRONG  Others may read the secrets. Run chmod 600 '{file}'" in done.stdout


def test_keys_that_are_no_keys_are_wrong(concordat: Concordat) -> None:
    same = "abcdefgh" * 4
    done = concordat("doctor", CONCORDAT_SEAL_KEY=same, CONCORDAT_SECRET_KEY=same)
    assert "WRONG  SECRET_KEY, SEAL_KEY is not random." in done.stdout
    assert "WRONG  Two keys are the same." in done.stdout


def test_the_settings_are_listed(concordat: Concordat) -> None:
    done = concordat("doctor", "--settings")
    assert done.returncode == 0
    assert "CONCORDAT_HOSTS " in done.stdout


def test_an_external_server_is_prepared_with_what_the_doctor_prints(concordat: Concordat, external: External) -> None:
    before = concordat("doctor", **external.settings)
    assert before.returncode == 1
    assert "WRONG  concordat_owner cannot connect to the server" in before.stdout
    script = concordat("doctor", "--sql", **external.settings).stdout
    passwords = [value for name, value in external.settings.items() if name.endswith("PASSWORD")]
    assert [password for password in passwords if password in script] == []
    for _ in range(2):  # as often as one likes
        done = external.run_script(script)
        assert done.returncode == 0, done.stderr
    assert concordat("migrate", **external.settings).returncode == 0
    after = concordat("doctor", **external.settings)
    assert "The server is PostgreSQL 15." in after.stdout or external.server.programs != DEBIAN / "15" / "bin"
    assert "The tables are up to date." in after.stdout
    # the throw-away server is fast and not durable, and the doctor says so; nothing else is wrong
    wrong = [line for line in after.stdout.splitlines() if line.startswith("WRONG")]
    assert len(wrong) == 1
    assert "a revocation may be lost in a power cut" in wrong[0]


@pytest.mark.parametrize(
    ("done", "undone", "sentence"),
    [
        (
            "ALTER ROLE concordat_app BYPASSRLS",
            "ALTER ROLE concordat_app NOBYPASSRLS",
            "concordat_app passes row security",
        ),
        (
            "ALTER ROLE concordat_signin SUPERUSER",
            "ALTER ROLE concordat_signin NOSUPERUSER",
            "concordat_signin is a super",
        ),
        (
            "ALTER ROLE concordat_backup NOBYPASSRLS",
            "ALTER ROLE concordat_backup BYPASSRLS",
            "does not pass row security",
        ),
        ("GRANT concordat_owner TO concordat_app", "REVOKE concordat_owner FROM concordat_app", "is a member of"),
        ("ALTER ROLE concordat_signin NOLOGIN", "ALTER ROLE concordat_signin LOGIN", "concordat_signin cannot connect"),
    ],
)
def test_a_role_with_other_rights_is_wrong(
    concordat: Concordat, external: External, done: str, undone: str, sentence: str
) -> None:
    assert external.run_script(concordat("doctor", "--sql", **external.settings).stdout).returncode == 0
    external.as_superuser(done)
    found = concordat("doctor", **external.settings)
    external.as_superuser(undone)
    assert found.returncode == 1
    assert [line for line in found.stdout.splitlines() if line.startswith("WRONG") and sentence in line]


def test_a_wrong_password_is_wrong(concordat: Concordat, external: External) -> None:
    assert external.run_script(concordat("doctor", "--sql", **external.settings).stdout).returncode == 0
    found = concordat("doctor", **external.settings | {"CONCORDAT_APP_PASSWORD": "another"})
    assert "WRONG  concordat_app cannot connect: " in found.stdout
    assert "another" not in found.stdout


def test_a_backup_moves_from_the_embedded_server_to_an_older_one(
    concordat: Concordat, external: External, state_folder: Path
) -> None:
    assert external.run_script(concordat("doctor", "--sql", **external.settings).stdout).returncode == 0
    external.as_superuser("DROP DATABASE IF EXISTS concordat")
    assert external.run_script(concordat("doctor", "--sql", **external.settings).stdout).returncode == 0
    file = state_folder / "moving.dump"
    assert concordat("migrate").returncode == 0
    assert concordat("backup", "--plain", str(file)).returncode == 0
    done = concordat("restore", "--without-seal-key", str(file), **external.settings)
    assert done.returncode == 0, done.stderr
    assert "The tables are up to date." in concordat("doctor", **external.settings).stdout
