"""Help, exit codes, and a sentence instead of a traceback."""

import pytest

from concordat.cli import rooms
from concordat.cli.main import COMMANDS, main
from concordat.cli.tests.conftest import Concordat
from concordat.config.home import PACKAGE

EVERYTHING = sorted([*COMMANDS, *rooms.COMMANDS])


def test_every_command_of_the_operator_exists() -> None:
    running = "start stop status doctor texts worker version"
    data = "demo import-caseload import-directory create-admin load-holidays backup restore move"
    owners = "export-key open-export open-threat"
    log = "verify-log log-export compare-checkpoints why keep-replicas"
    assert sorted([*running.split(), *data.split(), *owners.split(), *log.split()]) == EVERYTHING


def test_every_command_is_explained() -> None:
    readme = (PACKAGE / "cli" / "README.md").read_text()
    assert [name for name in EVERYTHING if f"| `concordat {name}" not in readme] == []


def test_the_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--help"])
    printed = capsys.readouterr().out
    assert end.value.code == 0
    assert [name for name in EVERYTHING if f"    {name}" not in printed] == []


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_each_command_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main([name, "--help"])
    assert end.value.code == 0
    assert f"usage: concordat {name}" in capsys.readouterr().out


@pytest.mark.parametrize("wrong", [[], ["nonsense"], ["start", "--nonsense"], ["restore"]])
def test_wrong_use_ends_with_2(wrong: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(wrong)
    assert end.value.code == 2
    assert "usage: concordat" in capsys.readouterr().err


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["version"]) == 0
    assert capsys.readouterr().out == "Concordat 0.1.0\n"


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"CONCORDAT_HOST": "x"}, "CONCORDAT_HOST is not a setting of Concordat. Did you mean CONCORDAT_HOSTS?"),
        ({"CONCORDAT_PORT": "http"}, "CONCORDAT_PORT is 'http'. Set it to a whole number from 1 to 65535."),
        ({"CONCORDAT_DEMO": "perhaps"}, "CONCORDAT_DEMO is 'perhaps'. Set it to 1 or 0."),
        (
            {"CONCORDAT_DEMO": "1", "CONCORDAT_HOSTS": "concordat.example.org"},
            "CONCORDAT_DEMO=1 lets anybody sign in, so CONCORDAT_HOSTS may then name nothing but localhost.",
        ),
        (
            {"CONCORDAT_HOSTS": "concordat.example.org"},
            (
                "CONCORDAT_HOSTS names a host that others reach, and nothing may cross a network in the clear. "
                "Put a web server with TLS in front (examples lie in deploy/), and set CONCORDAT_PROXY=1."
            ),
        ),
        (
            {"CONCORDAT_DEMO": "1", "CONCORDAT_PROXY": "1"},
            "CONCORDAT_DEMO=1 lets anybody sign in, so no web server may stand in front of it.",
        ),
        ({"CONCORDAT_METRICS_TOKEN": "short"}, "CONCORDAT_METRICS_TOKEN has to have at least 20 characters."),
        ({"CONCORDAT_SERVER": "apache"}, "CONCORDAT_SERVER is 'apache'. Set it to one of: waitress, gunicorn."),
        ({"CONCORDAT_SEAL_KEY": "short"}, "CONCORDAT_SEAL_KEY has to be set to at least 32 random characters."),
        (
            {"CONCORDAT_SEAL_KEY_FILE": "/nowhere"},
            "CONCORDAT_SEAL_KEY_FILE names /nowhere, which cannot be read: No such file or directory",
        ),
    ],
)
def test_a_wrong_setting_stops_the_start_with_a_sentence(
    concordat: Concordat, environment: dict[str, str], sentence: str
) -> None:
    done = concordat("start", **environment)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"concordat: {sentence}\n")


def test_a_server_that_does_not_answer_is_a_sentence(concordat: Concordat) -> None:
    keys = {
        f"CONCORDAT_{name}_KEY": f"{name}-{'0123456789abcdef' * 2}" for name in ("SECRET", "CONTEXT", "SEAL", "LOG")
    }
    passwords = {f"CONCORDAT_{name}_PASSWORD": "x" for name in ("APP", "SIGNIN", "BACKUP")}
    address = "postgresql://concordat_owner:x@127.0.0.1:1/concordat"
    done = concordat("migrate", DATABASE_URL=address, **keys, **passwords)
    assert done.returncode == 1
    assert done.stderr.startswith("concordat: The database refused: connection failed")
    assert done.stderr.count("\n") == 1
