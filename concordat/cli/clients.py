"""PostgreSQL's own programs for backup and restore, run as the user who typed the command."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import DEVNULL, PIPE
from tempfile import TemporaryFile
from typing import IO

from concordat.core.errors import Refused
from concordat.core.postgres.binaries import INSTALL, wheel_folder

ENCRYPTED = {"require", "verify-ca", "verify-full"}
DEBIAN = Path("/usr/lib/postgresql")
VARIABLES = {"host": "PGHOST", "port": "PGPORT", "user": "PGUSER", "password": "PGPASSWORD", "dbname": "PGDATABASE"}


def program(name: str, params: dict[str, str]) -> Path:
    """Return the newest `name` that can speak to the server; the wheel's cannot encrypt the connection."""
    if params.get("sslmode") not in ENCRYPTED:
        return wheel_folder() / INSTALL / "bin" / name
    found = sorted(installed(name), key=major_version)
    if not found:
        raise Refused(
            f"DATABASE_URL asks for an encrypted connection, which needs {name}: apt install postgresql-client"
        )
    return found[-1]


def installed(name: str) -> Iterator[Path]:
    """Find the programs that the machine has."""
    yield from DEBIAN.glob(f"*/bin/{name}")
    if found := shutil.which(name):
        yield Path(found)


def major_version(path: Path) -> int:
    """Ask a program for its version."""
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"\) (\d+)", said)
    return int(found[1]) if found else 0


def environment(params: dict[str, str]) -> dict[str, str]:
    """Tell the program how to connect; the password stands in no command line, where others could read it."""
    other = {f"PG{name.upper()}": value for name, value in params.items() if name not in VARIABLES}
    known = {VARIABLES[name]: value for name, value in params.items() if name in VARIABLES}
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return clean | other | known | {"LC_ALL": "C.UTF-8"}


@contextmanager
def reading(name: str, params: dict[str, str], *arguments: str) -> Iterator[IO[bytes]]:
    """Run a program and have what it writes inside the block; when it fails, the block ends in a refusal."""
    with TemporaryFile() as said:
        with started(name, params, *arguments, stdout=PIPE, stderr=said) as process:
            assert process.stdout is not None
            yield process.stdout
        refuse_failure(name, process.returncode, said)


@contextmanager
def started(
    name: str, params: dict[str, str], *arguments: str, stdin: int = DEVNULL, stdout: int, stderr: IO[bytes]
) -> Iterator[subprocess.Popen[bytes]]:
    """Have a program run inside the block; when the block fails, it is ended at once."""
    command = [str(program(name, params)), *arguments]
    env = environment(params)
    with subprocess.Popen(command, env=env, stdin=stdin, stdout=stdout, stderr=stderr) as process:
        try:
            yield process
        except BaseException:
            process.kill()
            raise


def refuse_failure(name: str, code: int, said: IO[bytes]) -> None:
    """Turn what a program complained about into the sentence of a refusal."""
    if code:
        said.seek(0)
        raise Refused(f"{name} failed: {complaint(said.read())}")


def complaint(said: bytes) -> str:
    """Return the first line that names an error."""
    lines = [line for line in said.decode(errors="replace").splitlines() if line.strip()]
    return next((line for line in lines if "error" in line.lower()), lines[0] if lines else "it gave no reason")
