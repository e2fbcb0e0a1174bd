"""Tests of the command run it as an operator does: another process, judged by what it prints and its exit code."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Concordat = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def concordat(state_folder: Path) -> Concordat:
    """Return a function that runs a command on the installation of this file's tests."""

    def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "concordat", *arguments]
        settings = os.environ | {"CONCORDAT_HOME": str(state_folder), "CONCORDAT_DEMO": "0"} | environment
        return subprocess.run(command, env=settings, capture_output=True, text=True, check=False, timeout=120)

    return run
