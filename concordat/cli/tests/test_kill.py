"""A few rounds of `make bench-kill`: web server, worker, PostgreSQL, and everything at once, while people work."""

import json
import subprocess
import sys
from pathlib import Path

from concordat.config.home import PACKAGE

ROUNDS = 4  # one for each thing that is killed


def test_what_was_confirmed_is_there_and_nothing_is_half_done(state_folder: Path) -> None:
    command = [sys.executable, "-m", "bench.kill", "--rounds", str(ROUNDS), "--home", str(state_folder)]
    done = subprocess.run(command, cwd=PACKAGE.parent, capture_output=True, text=True, check=False, timeout=400)
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout)
    assert found["faults"] == []
    assert found["kills"] == dict.fromkeys(("server", "worker", "postgres", "everything"), 1)
    assert all(number > 0 for number in found["confirmed"].values())
