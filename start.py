#!/usr/bin/env python3
"""Concordat with one command, on a machine that has nothing but Python.

    python3 start.py          install, build, start; prints the address and who can sign in
    python3 start.py test     install, then run every check this machine can; what follows goes to pytest

Only the standard library is used here. Everything is put into `.venv` beside this file; nothing else is touched.
"""

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

BASE = Path(__file__).resolve().parent
VENV = BASE / ".venv"
PYTHON = VENV / "bin" / "python"
REQUIREMENTS = BASE / "requirements"
NEEDED = (3, 11)
COMMAND = '#!/bin/sh\nexec "$(dirname "$(readlink -f "$0")")/python" -m concordat "$@"\n'
CHECKS = {
    "ruff check": ["-m", "ruff", "check", "--quiet", "."],
    "ruff format": ["-m", "ruff", "format", "--check", "--quiet", "."],
    "mypy": ["-m", "mypy"],
    "import-linter": ["-c", "from importlinter.cli import lint_imports_command as main; main()", "--no-cache"],
    "djlint": ["-m", "djlint", "--lint", "--quiet", "concordat"],
    "migrations": ["-W", "ignore", "-m", "django", "makemigrations", "--check", "--dry-run", "--verbosity=1"],
}


def main(arguments: list[str]) -> int:  # noqa: RET503 - or becomes another process
    """Install what is missing, then start or test."""
    if arguments[:1] not in ([], ["test"]):
        print(__doc__.strip())
        return 0 if arguments[0] in {"-h", "--help"} else 2
    refuse_this_machine()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # without compiled files every start is slow
    os.chdir(BASE)
    testing = arguments[:1] == ["test"]
    with one_at_a_time(), assets_meanwhile():
        install("test" if testing else "run")
    build_assets()
    if testing:
        return test(arguments[1:])
    os.execv(PYTHON, [str(PYTHON), "-m", "concordat", "start"])  # noqa: S606 - from here on it is that process


def refuse_this_machine() -> None:
    """Say in one sentence what is missing."""
    if sys.version_info < NEEDED:
        found = ".".join(map(str, sys.version_info[:2]))
        stop(f"Concordat needs Python 3.11 or newer, and this is {found}. On Debian: apt install python3 python3-venv")
    if not os.access(BASE, os.W_OK) and not PYTHON.exists():
        stop(f"{BASE} is not yours to write in. Copy Concordat to a folder of your own and start it there.")


def stop(sentence: str) -> NoReturn:
    """End with a sentence."""
    print(f"start.py: {sentence}", file=sys.stderr)
    sys.exit(1)


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let a second start in the same folder wait until the first has prepared it."""
    with Path(__file__).open("rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def install(kind: str) -> None:
    """Put the pinned packages of requirements/KIND.txt into `.venv`, unless exactly these are there already."""
    file, stamp = REQUIREMENTS / f"{kind}.txt", VENV / f".installed-{kind}"
    version = ".".join(map(str, sys.version_info[:2]))
    wanted = f"{hashlib.sha256(file.read_bytes()).hexdigest()} {version}"
    if stamp.exists() and stamp.read_text() == wanted and PYTHON.exists():
        return
    began = time.monotonic()
    installer = make_environment(version)
    print(f"Installing the packages of requirements/{kind}.txt into .venv ...", flush=True)
    options = ["--require-hashes", "--no-deps", "-r", str(file)]
    if subprocess.run([*installer, *options], check=False).returncode:
        stop("The packages could not be installed, see above. The first start needs a network or a package cache.")
    make_command()
    if kind == "test":  # holds the same versions of everything that runs
        run = hashlib.sha256((REQUIREMENTS / "run.txt").read_bytes()).hexdigest()
        (VENV / ".installed-run").write_text(f"{run} {version}")
    stamp.write_text(wanted)
    print(f"Installed in {time.monotonic() - began:.0f} s.", flush=True)


def make_environment(version: str) -> list[str]:
    """Make `.venv` where it is missing or broken; return the command that installs into it."""
    # what is imported is compiled when it is first imported; most is never
    pip = [str(PYTHON), "-m", "pip", "-qq", "--disable-pip-version-check", "install", "--no-compile"]
    uv = shutil.which("uv")
    with_uv = [uv, "--quiet", "pip", "install", "--python", str(PYTHON)] if uv else []
    if works(version, "-m", "pip", "--version"):
        return pip
    if with_uv and works(version, "-c", ""):
        return with_uv
    print("Making .venv ...", flush=True)
    if has_ensurepip():
        run_or_stop([sys.executable, "-m", "venv", "--clear", str(VENV)])
        return pip
    if uv:
        run_or_stop([uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(VENV)])
        return with_uv
    sudo = "" if os.geteuid() == 0 else "sudo "
    stop(f"Python's venv is missing. Run this, then start again: {sudo}apt install python3-venv")


def works(version: str, *arguments: str) -> bool:
    """Tell whether `.venv` has the right Python and it runs."""
    if not (VENV / "lib" / f"python{version}").is_dir() or not PYTHON.exists():
        return False
    return subprocess.run([PYTHON, *arguments], capture_output=True, check=False).returncode == 0


def has_ensurepip() -> bool:
    """Tell whether this Python can make an environment; Debian's cannot without a further package."""
    return importlib.util.find_spec("ensurepip") is not None


def run_or_stop(command: list[str]) -> None:
    """Run a command that has to succeed."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        stop(f"`{' '.join(command)}` failed: {(done.stderr or done.stdout).strip()}")


def make_command() -> None:
    """Make `.venv/bin/concordat`; it finds its place by itself, so the folder may be moved and may have any name."""
    packages = next((VENV / "lib").glob("python*/site-packages"))
    (packages / "concordat.pth").write_text("../../../..\n")
    command = VENV / "bin" / "concordat"
    command.write_text(COMMAND)
    command.chmod(0o755)


@contextmanager
def assets_meanwhile() -> Iterator[None]:
    """Build the assets while packages are installed, where the machine has Node: that needs none of the packages."""
    build = [sys.executable, "-m", "concordat.core.assets", "--if-needed"]
    early = subprocess.Popen(build, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) if has_node() else None
    try:
        yield
    finally:
        if early:
            early.wait()  # what went wrong is said by the build that follows, which else has nothing to do


def has_node() -> bool:
    """Tell whether the machine has what builds the assets."""
    return bool(shutil.which("node") and shutil.which("npm"))


def build_assets() -> None:
    """Build style sheet, fonts and icons when they are missing or older than their sources."""
    build = [str(PYTHON), "-m", "concordat.core.assets", "--if-needed"]
    first = subprocess.run(build, capture_output=not has_node(), check=False)
    if first.returncode and not has_node():
        install("node")
        first = subprocess.run(build, check=False)
    if first.returncode:
        stop("The style sheet could not be built, see above. The first start needs a network or a package cache.")


def test(arguments: list[str]) -> int:
    """Run all checks, two at a time, then pytest, whose summary is the last thing printed."""
    failed = [] if arguments else run_checks()
    if failed:
        print(f"\nFailed before the tests: {', '.join(failed)}. The tests follow.", flush=True)
    workers = str(min(os.cpu_count() or 1, 8))
    command = [str(PYTHON), "-m", "pytest", *(arguments or ["-n", workers, "--dist", "worksteal"])]
    tests = subprocess.run(command, check=False).returncode
    return tests or int(bool(failed))


def run_checks() -> list[str]:
    """Run the checks beside each other; print what each says, return the names of those that failed."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "concordat.config.settings",
        "RUFF_OUTPUT_FORMAT": "concise",
        "NO_COLOR": "1",
    }
    started = {
        name: subprocess.Popen(
            [PYTHON, *command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
        )
        for name, command in CHECKS.items()
    }
    failed = []
    for name, process in started.items():
        said, _ = process.communicate()
        if process.returncode:
            failed.append(name)
        print(f"{name}: {'failed' if process.returncode else 'passed'}\n{said if process.returncode else ''}", end="")
    sys.stdout.flush()
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
