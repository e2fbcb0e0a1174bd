"""End a server that runs from this state folder."""

import argparse
import os
import signal
import time

from concordat.cli import database, running
from concordat.core.errors import Refused
from concordat.core.postgres import Cluster

HELP = "end the server"
PATIENCE = 90.0  # seconds


def arguments(_parser: argparse.ArgumentParser) -> None:
    """Take no options."""


def run(_options: argparse.Namespace) -> int:
    """Ask the server to end and wait; after a crash, end the PostgreSQL that was left."""
    home = database.home()
    found = running.find(home)
    if found and not found.pid:
        raise Refused("Concordat is still starting. Try again in a moment.")
    if found:
        os.kill(found.pid, signal.SIGTERM)
        end = time.monotonic() + PATIENCE
        while running.find(home) and time.monotonic() < end:
            time.sleep(0.1)
        if running.find(home):
            raise Refused(f"Concordat (process {found.pid}) does not end.")
    elif database.is_embedded() and Cluster(home).running():
        Cluster(home).stop()
    else:
        raise Refused("Concordat does not run.")
    print("Concordat has ended.")
    return 0
