"""A disk that fills up under a working installation: a page in words, nothing lost, and it goes on afterwards."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from concordat.config.home import PACKAGE


@pytest.mark.skipif(os.geteuid() != 0, reason="only root mounts a small disk on which PostgreSQL can run")
@pytest.mark.skipif(not shutil.which("unshare"), reason="There is no unshare. It comes with: apt install util-linux")
def test_a_full_disk_is_said_in_words_and_nothing_is_lost() -> None:
    command = [sys.executable, "-m", "bench.full_disk"]
    done = subprocess.run(command, cwd=PACKAGE.parent, capture_output=True, text=True, check=False, timeout=400)
    if done.stderr.startswith(("unshare:", "mount:")):
        pytest.skip(f"This machine lets nobody mount a disk of one's own: {done.stderr.strip()}")
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout)
    assert found["faults"] == []
    assert found["confirmed"] >= 2
    assert found["first"] == ""
    assert found["full"].startswith("503: ") or found["ended"]
